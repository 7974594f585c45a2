import { NotFound } from '../../base/errors.ts'
import { readSigned, sign } from '../../respond/help/visitor.ts'
import { admit } from '../../respond/knowledge/admit.ts'
import { answerOutcome, findAskedCustomer } from '../../respond/outcome/question.ts'
import { announceTicket } from '../../respond/tickets/outbox.ts'
import type { House } from '../house.ts'
import { body, operation, type Api } from './door.ts'
import { Refused } from './problem.ts'
import * as shapes from './shapes/outcome.ts'

const tags = ['outcome']
const purpose = 'outcome-question'
/** A person opens a link and presses once or twice; more is a machine. */
const perAddress = { tries: 30, perMs: 60_000 }

/** Where the customer of a ticket says whether it is solved; nobody can guess the address of another one. */
export function questionAddress({ secrets, config }: Pick<House, 'secrets' | 'config'>, ticket: number): string {
  return `${config.publicUrl}/solved/${sign(secrets, purpose, ticket)}`
}

/** The one question to a customer, behind the link that stood in our reply. Opening it answers nothing: mail filters open links too. */
export function serveOutcomeQuestion(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      {
        en: 'What the link of a customer asks; without an account',
        ru: 'О чём спрашивает ссылка клиента; без учётной записи',
      },
      { method: 'post', path: '/api/public/outcome-question', tags, request: { body: body(shapes.CustomerLink) } },
      shapes.AskedCustomer,
    ),
    async (c) => {
      await admitAddress(c.var.address)
      const asked = await findAskedCustomer(db, readLink(c.req.valid('json').link), house.now())
      if (!asked) throw new Refused(410, 'outcome-question-over')
      return c.json({ project: asked.projectName, answer: asked.answer }, 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'The answer of a customer, the later one holds; without an account',
        ru: 'Ответ клиента, действует последний; без учётной записи',
      },
      { method: 'post', path: '/api/public/outcome-answer', tags, request: { body: body(shapes.CustomerAnswer) } },
      shapes.AskedCustomer,
    ),
    async (c) => {
      await admitAddress(c.var.address)
      const { link, verdict, words } = c.req.valid('json')
      const answered = await answerOutcome(db, readLink(link), { verdict, words: words || null }, house.now())
      if (!answered) throw new Refused(410, 'outcome-question-over')
      const { ticketId, projectId, projectName, answer } = answered
      await announceTicket({ ...house, db }, { id: ticketId, projectId })
      return c.json({ project: projectName, answer }, 200)
    },
  )

  /** A signature that is not ours is like an address that names nothing. */
  function readLink(link: string): number {
    const ticket = readSigned(house.secrets, purpose, link)
    if (ticket === null) throw new NotFound()
    return ticket
  }

  async function admitAddress(address: string): Promise<void> {
    const admission = await admit(db, `outcome ${address}`, perAddress, house.now())
    if (admission.kind === 'admitted') return
    const seconds = Math.max(1, Math.ceil((admission.retryAt.getTime() - house.now().getTime()) / 1000))
    throw new Refused(429, 'public-too-often', { values: { seconds }, headers: { 'retry-after': String(seconds) } })
  }
}
