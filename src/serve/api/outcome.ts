import { z } from '@hono/zod-openapi'
import { findMentions } from '../../listen/mentions/read.ts'
import { NotFound } from '../../base/errors.ts'
import { advocatesWords, findAdvocates, thanksTags } from '../../respond/people/advocates.ts'
import { articleScoreWords, scoreArticles } from '../../respond/outcome/article-scores.ts'
import { followDesk } from '../../respond/outcome/follow.ts'
import { markOutcome } from '../../respond/outcome/mark.ts'
import { findOutcome, listEvidence } from '../../respond/outcome/outcome.ts'
import { changeAttributes } from '../../respond/tickets/attributes.ts'
import { announceTicket } from '../../respond/tickets/outbox.ts'
import { openTicket } from '../../respond/tickets/open.ts'
import { getTicket } from '../../respond/tickets/ticket.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, operation, WithId, type Api } from './door.ts'
import { showMentions } from './mention-shape.ts'
import { serveOutcomeQuestion } from './outcome-question.ts'
import { periodOf } from './period.ts'
import * as shapes from './shapes/outcome.ts'
import { ServiceFilter } from './shapes/service.ts'
import { TicketDetail } from './shapes/ticket.ts'
import { actorOf, tellChange } from './ticket-desk.ts'

const tags = ['outcome']
const at = '/api/projects/{project}'

/** What came of answers for the people who got them, and what that says about our texts. */
export function serveOutcome(api: Api, house: House): void {
  const { clickhouse } = house
  const { db } = house.postgres
  serveOutcomeQuestion(api, house)

  const show = async (project: number, ticket: number): Promise<shapes.TicketOutcome> => {
    const outcome = await findOutcome(db, project, ticket)
    const evidence = await listEvidence(db, project, ticket)
    return {
      outcome: outcome && {
        result: outcome.result,
        saidBy: outcome.saidBy,
        since: outcome.since.toISOString(),
        until: outcome.until.toISOString(),
      },
      evidence: evidence.map(({ id, at: done, kind, verdict, mentionId, details, actor }) => ({
        ...{ id, kind, verdict, actor },
        at: done.toISOString(),
        mention: mentionId,
        from: details.from ?? null,
        to: details.to ?? null,
        words: details.words ?? null,
      })),
    }
  }

  api.openapi(
    operation(
      {
        en: 'What came of a ticket for its author, and what that stands on',
        ru: 'Чем обращение кончилось для автора и из чего это видно',
      },
      { method: 'get', path: `${at}/tickets/{id}/outcome`, tags, request: { params: WithId } },
      shapes.TicketOutcome,
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const { id } = await getTicket(db, project.id, c.req.valid('param').id)
      await followDesk(db, project.id, house.now())
      return c.json(await show(project.id, id), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Say how it ended for the author; this holds above what was observed',
        ru: 'Отметить, чем это кончилось для автора; отметка важнее наблюдений',
      },
      {
        method: 'put',
        path: `${at}/tickets/{id}/outcome`,
        tags,
        request: { params: WithId, body: body(shapes.OutcomeMark) },
      },
      shapes.TicketOutcome,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      const { project } = scope
      const { id } = c.req.valid('param')
      await markOutcome(db, project.id, id, c.req.valid('json'), actorOf(scope), house.now())
      await announceTicket({ ...house, db }, { id, projectId: project.id })
      return c.json(await show(project.id, id), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'How tickets ended in which an article or a canned part went into a reply',
        ru: 'Чем кончились обращения, в ответы на которые вошла статья или заготовка',
      },
      { method: 'get', path: `${at}/knowledge/scores`, tags, request: { params: InProject } },
      shapes.ArticleScores,
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const items = await scoreArticles(db, project.id)
      return c.json({ items, measure: articleScoreWords[c.var.locale] }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'People who speak for the brand to others', ru: 'Люди, которые говорят о бренде хорошее другим' },
      {
        method: 'get',
        path: `${at}/advocates`,
        tags,
        request: { params: InProject, query: ServiceFilter.pick({ from: true, to: true }) },
      },
      shapes.Advocates,
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const { from, to } = c.req.valid('query')
      const period = periodOf({ from: momentOf(from), to: momentOf(to) }, house.now())
      const found = await findAdvocates({ db, clickhouse }, project.id, period)
      const shown = await showMentions(
        clickhouse,
        project.id,
        found.map(({ mention }) => mention),
      )
      return c.json(
        {
          items: found.flatMap(({ author, reasons, warm, thankedIn }, index) => {
            const mention = shown[index]
            return mention ? [{ author, reasons, mention, warm, thankedIn }] : []
          }),
          measure: advocatesWords[c.var.locale],
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'Open a ticket in which an author is thanked; nothing is sent by itself',
        ru: 'Открыть обращение, чтобы поблагодарить автора; само ничего не отправляется',
      },
      {
        method: 'post',
        path: `${at}/advocates`,
        tags,
        request: { params: InProject, body: body(z.object({ mention: z.string().min(1).max(2000) })) },
      },
      TicketDetail,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      const [mention] = await findMentions(clickhouse, scope.project.id, [c.req.valid('json').mention])
      if (!mention) throw new NotFound()
      const opened = await openTicket(db, scope.project.id, { mentions: [mention] }, actorOf(scope), house.now())
      const thanks = changeAttributes(
        db,
        scope.project.id,
        opened.id,
        { addTags: [thanksTags[c.var.locale]] },
        actorOf(scope),
        house.now(),
      )
      return c.json(await tellChange(house, scope, thanks), 200)
    },
  )
}

function momentOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text)
}
