import { z } from '@hono/zod-openapi'
import { NotFound } from '../../base/errors.ts'
import { admit } from '../../respond/knowledge/admit.ts'
import {
  answerQuestion,
  askExpert,
  findQuestion,
  isOpen,
  listQuestions,
  withdrawQuestion,
  type ExpertQuestion,
} from '../../respond/knowledge/expert.ts'
import { addressOfQuestion, readLink } from '../../respond/knowledge/expert-link.ts'
import { announceTicket } from '../../respond/tickets/outbox.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import { Refused } from './problem.ts'
import * as shapes from './shapes/knowledge.ts'

const tags = ['knowledge']
const at = '/api/projects/{project}/knowledge/expert-questions'
/** A person opens a link and sends one answer; more is a machine. */
const perAddress = { tries: 30, perMs: 60_000 }

/** Questions to people who know and have no account: asked beside a ticket, answered behind a signed link. */
export function serveExperts(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Questions to experts, newest first', ru: 'Вопросы экспертам, новые сверху' },
      {
        method: 'get',
        path: at,
        tags,
        request: {
          params: InProject,
          query: z.object({
            ticket: z
              .string()
              .regex(/^[1-9]\d{0,8}$/)
              .optional(),
          }),
        },
      },
      items(shapes.ExpertQuestion),
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const { ticket } = c.req.valid('query')
      const found = await listQuestions(db, project.id, ticket === undefined ? null : Number(ticket))
      return c.json({ items: found.map(show) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Ask an expert; the answer has the link for them', ru: 'Спросить эксперта; в ответе — ссылка для него' },
      { method: 'post', path: at, tags, request: { params: InProject, body: body(shapes.NewExpertQuestion) } },
      shapes.ExpertQuestion,
    ),
    async (c) => {
      const { email = null, days = 7, ...asking } = c.req.valid('json')
      const { project, who } = allowed(c, 'ticket')
      const asked = await askExpert(db, project.id, { ...asking, email, days }, who.name, house.now())
      return c.json(show(asked), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Take a question back: its link ends', ru: 'Отозвать вопрос: ссылка перестаёт действовать' },
      { method: 'delete', path: `${at}/{id}`, tags, request: { params: WithId } },
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      await withdrawQuestion(db, project.id, c.req.valid('param').id, house.now())
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      {
        en: 'What the link of an expert asks; without an account',
        ru: 'О чём спрашивает ссылка эксперта; без учётной записи',
      },
      { method: 'post', path: '/api/public/expert-question', tags, request: { body: body(shapes.ExpertLink) } },
      shapes.AskedOfExpert,
    ),
    async (c) => {
      await admitAddress(c.var.address)
      const question = await behindLink(c.req.valid('json').link)
      const { projectName: project, askedBy, expert, text } = question
      return c.json({ project, askedBy, expert, text, expiresAt: question.expiresAt.toISOString() }, 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'The answer of an expert, once; without an account', ru: 'Ответ эксперта, один раз; без учётной записи' },
      { method: 'post', path: '/api/public/expert-answer', tags, request: { body: body(shapes.ExpertAnswer) } },
    ),
    async (c) => {
      await admitAddress(c.var.address)
      const { link, text } = c.req.valid('json')
      const { id } = await behindLink(link)
      const answered = await answerQuestion(db, id, text, house.now())
      if (!answered) throw new Refused(410, 'expert-question-over')
      const { ticketId, projectId } = answered
      await announceTicket({ ...house, db }, { id: ticketId, projectId })
      return c.body(null, 204)
    },
  )

  async function admitAddress(address: string): Promise<void> {
    const admission = await admit(db, `expert ${address}`, perAddress, house.now())
    if (admission.kind === 'admitted') return
    const seconds = Math.max(1, Math.ceil((admission.retryAt.getTime() - house.now().getTime()) / 1000))
    throw new Refused(429, 'public-too-often', { values: { seconds }, headers: { 'retry-after': String(seconds) } })
  }

  /** Throws like an address that names nothing when the signature is wrong, and 410 when the question is over. */
  async function behindLink(link: string): Promise<ExpertQuestion> {
    const id = readLink(house.secrets, link)
    const question = id === null ? null : await findQuestion(db, id)
    if (!question) throw new NotFound()
    if (!isOpen(question, house.now())) throw new Refused(410, 'expert-question-over')
    return question
  }

  function show(question: ExpertQuestion): shapes.ExpertQuestion {
    const { id, ticketId, expert, email, text, askedBy, reminded, answer, articleId } = question
    const open = isOpen(question, house.now())
    return {
      ...{ id, ticketId, expert, email, text, askedBy, reminded, answer, articleId },
      askedAt: question.askedAt.toISOString(),
      expiresAt: question.expiresAt.toISOString(),
      remindAt: question.remindAt?.toISOString() ?? null,
      answeredAt: question.answeredAt?.toISOString() ?? null,
      state: question.answeredAt ? 'answered' : question.withdrawnAt ? 'withdrawn' : open ? 'open' : 'expired',
      link: open ? addressOfQuestion(house.secrets, house.config.publicUrl, id) : null,
    }
  }
}
