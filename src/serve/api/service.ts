import { createRoute, z } from '@hono/zod-openapi'
import { audit } from '../../base/team/audit.ts'
import { may } from '../../base/team/role.ts'
import { listProjectsFor, type Project } from '../../base/team/scope.ts'
import { dayIn } from '../../base/time/day.ts'
import type { Period } from '../../measure/analytics/measure.ts'
import type { Cohort } from '../../measure/service/cohort.ts'
import { countService, listCounted, type Part } from '../../measure/service/figures.ts'
import { countHours } from '../../measure/service/hours.ts'
import { countLoad, type Load } from '../../measure/service/load.ts'
import { reachOfSolved } from '../../measure/service/reach.ts'
import { compareServed, ratioOf } from '../../measure/service/served.ts'
import { ticketsOfTopic } from '../../measure/service/tickets-of-topic.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { findCalendar } from '../../respond/clocks/calendar.ts'
import { followDesk } from '../../respond/outcome/follow.ts'
import type { Result } from '../../respond/outcome/outcome.ts'
import { listServed, listSolvedAnswers } from '../../respond/outcome/served-customers.ts'
import { listTicketsByIds } from '../../respond/tickets/ticket.ts'
import type { House } from '../house.ts'
import { readCursor } from './cursor.ts'
import { allowed, InProject, operation, spoken, type Api } from './door.ts'
import { showMentions } from './mention-shape.ts'
import { periodBefore, periodOf } from './period.ts'
import { figureLines, ticketLines } from './service-csv.ts'
import { serveServiceHours } from './service-hours.ts'
import { sayMeasures, showFigures, showHours } from './service-shape.ts'
import * as shapes from './shapes/service.ts'

const tags = ['service']
const at = '/api/projects/{project}/service'
const pageSize = 50
const turnedShown = 20

const exportRoute = createRoute({
  method: 'get',
  path: `${at}/export`,
  tags,
  ...spoken({ en: 'Figures, or the tickets they count, as CSV', ru: 'Показатели или посчитанные обращения в CSV' }),
  request: {
    params: InProject,
    query: shapes.ServiceFilter.extend({ of: z.enum(['figures', 'tickets']).default('figures') }),
  },
  responses: {
    200: { description: 'CSV', content: { 'text/csv': { schema: z.string().openapi({ format: 'binary' }) } } },
  },
})

/** How well customers are served: every figure by its formula, each with the tickets behind it. */
export function serveService(api: Api, house: House): void {
  const { clickhouse } = house
  const { db } = house.postgres
  serveServiceHours(api, house)

  api.openapi(
    operation(
      {
        en: 'Figures of the service, of the last 30 days unless told, beside the period before',
        ru: 'Показатели сервиса рядом с предыдущим периодом; без дат — за последние 30 дней',
      },
      { method: 'get', path: at, tags, request: { params: InProject, query: shapes.ServiceFilter } },
      shapes.Service,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      const { project } = scope
      const { now, before } = await cohortsFor(project, c.req.valid('query'))
      const seesCosts = may(scope.role, 'project')
      const hours = await hoursOf(project, now)
      return c.json(
        {
          period: showPeriod(now),
          before: showPeriod(before),
          figures: showFigures(await countService(db, now)),
          figuresBefore: showFigures(await countService(db, before)),
          hours: showHours(hours, seesCosts),
          hoursBefore: showHours(await hoursOf(project, before), seesCosts),
          load: withMinutes(await countLoad(db, now), hours.members),
          worksAroundTheClock: (await findCalendar(db, project.id)) === null,
          measures: sayMeasures(c.var.locale),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'What became of the people who were answered, and how many could see the solutions',
        ru: 'Что стало с теми, кому ответили, и сколько людей могло увидеть решения',
      },
      { method: 'get', path: `${at}/people`, tags, request: { params: InProject, query: shapes.ServiceFilter } },
      shapes.ServicePeople,
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const { now: cohort } = await cohortsFor(project, c.req.valid('query'))
      const answered = await listSolvedAnswers(db, cohort)
      const served = await listServed(db, cohort)
      const [reach, compared] = await Promise.all([
        reachOfSolved(clickhouse, project.id, answered),
        compareServed(clickhouse, project.id, served),
      ])
      const { authors, before, after, turned } = compared
      const newest = turned.slice(0, turnedShown)
      const mentions = await findMentions(
        clickhouse,
        project.id,
        newest.flatMap((one) => [one.before, one.after]),
      )
      const shown = new Map((await showMentions(clickhouse, project.id, mentions)).map((one) => [one.id, one]))
      return c.json(
        {
          ...{ reach, authors, before, after, turnedCount: turned.length },
          ratioBefore: ratioOf(before),
          ratioAfter: ratioOf(after),
          turned: newest.flatMap((one) => {
            const [was, is] = [shown.get(one.before), shown.get(one.after)]
            return was && is ? [{ author: one.author, before: was, after: is }] : []
          }),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'The tickets that a figure counts', ru: 'Обращения, которые посчитаны в показателе' },
      {
        method: 'get',
        path: `${at}/tickets`,
        tags,
        request: {
          params: InProject,
          query: shapes.ServiceFilter.extend({
            part: z.enum([...shapes.ServicePart.options, 'hours']).optional(),
            cursor: z.string().max(40).optional(),
          }),
        },
      },
      shapes.ServiceTickets,
    ),
    async (c) => {
      const { part = 'all', cursor, ...asked } = c.req.valid('query')
      const { project } = allowed(c, 'ticket')
      const { now: cohort } = await cohortsFor(project, asked)
      if (part === 'hours') return c.json({ items: await listWorked(project, cohort), next: null }, 200)
      const page = await listRows(cohort, part, { before: readCursor(cursor), limit: pageSize })
      return c.json({ items: page.items, next: page.next === null ? null : String(page.next) }, 200)
    },
  )

  api.openapi(exportRoute, async (c) => {
    const { of, ...asked } = c.req.valid('query')
    const { project, who } = allowed(c, 'export')
    const { now, before } = await cohortsFor(project, asked)
    const lines =
      of === 'figures'
        ? [...figureLines(showFigures(await countService(db, now)), showFigures(await countService(db, before)))]
        : [...ticketLines((await listRows(now, 'all', { before: null, limit: house.config.limits.exportRows })).items)]
    const details = { ...asked, of, rows: lines.length - 1 }
    await audit(db, { project: project.id, who, action: 'export', subject: 'service', details })
    const name = `${project.name} ${of} ${dayIn(house.now(), project.timeZone)}.csv`
    // The mark tells spreadsheets that it is UTF-8.
    return c.body(`\uFEFF${lines.join('')}`, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="heed-service.csv"; filename*=UTF-8''${encodeURIComponent(name)}`,
    })
  })

  api.openapi(
    operation(
      {
        en: 'Figures of the service of every project I work in',
        ru: 'Показатели сервиса всех проектов, где я работаю',
      },
      {
        method: 'get',
        path: '/api/service',
        tags,
        request: { query: shapes.ServiceFilter.pick({ from: true, to: true }) },
      },
      shapes.ServiceBoard,
    ),
    async (c) => {
      const projects = await listProjectsFor(db, c.var.who)
      const period = periodOf(readPeriod(c.req.valid('query')), house.now())
      const rows: shapes.ServiceBoard['items'] = []
      for (const project of projects.filter(({ role }) => may(role, 'ticket'))) {
        const { now, before } = await cohortsFor(project, c.req.valid('query'))
        rows.push({
          project: { id: project.id, name: project.name },
          figures: showFigures(await countService(db, now)),
          figuresBefore: showFigures(await countService(db, before)),
          hours: showHours(await hoursOf(project, now), may(project.role, 'project')),
        })
      }
      return c.json({ period: showPeriod(period), items: rows, measures: sayMeasures(c.var.locale) }, 200)
    },
  )

  /** What is asked about, and the same of the period before; the figures have followed the desk up to now. */
  async function cohortsFor(project: Project, asked: shapes.ServiceFilter): Promise<{ now: Cohort; before: Cohort }> {
    const period = periodOf(readPeriod(asked), house.now())
    await followDesk(db, project.id, house.now())
    const cohort: Cohort = {
      ...period,
      project: project.id,
      platform: asked.platform ?? null,
      queue: asked.queue === undefined ? null : Number(asked.queue),
      member: asked.member ?? null,
      tickets: asked.topic === undefined ? null : await ticketsOfTopic(clickhouse, project.id, Number(asked.topic)),
    }
    return { now: cohort, before: { ...cohort, ...periodBefore(period) } }
  }

  async function listRows(cohort: Cohort, part: Part, page: { before: number | null; limit: number }) {
    const { items: counted, next } = await listCounted(db, cohort, part, page)
    const named = await nameTickets(counted.map(({ ticketId }) => ticketId))
    return {
      next,
      items: counted.flatMap(({ ticketId, openedAt, outcome, ...figures }) => {
        const name = named.get(ticketId)
        return name === undefined
          ? []
          : [
              {
                ...name,
                ...figures,
                openedAt: openedAt.toISOString(),
                outcome: outcome as Result | null,
                minutes: null,
              },
            ]
      }),
    }
  }

  /** Tickets with time written down for them; they may have been opened long before. */
  async function listWorked(project: Project, cohort: Cohort): Promise<shapes.ServiceTickets['items']> {
    const { tickets } = await hoursOf(project, cohort)
    const named = await nameTickets(tickets.map(({ ticketId }) => ticketId))
    const unknown = { firstMs: null, firstWorkMs: null, solutionMs: null, solutionWorkMs: null, outcome: null }
    return tickets.flatMap(({ ticketId, minutes }) => {
      const name = named.get(ticketId)
      return name === undefined ? [] : [{ ...name, ...unknown, breaches: 0, minutes }]
    })
  }

  async function nameTickets(ids: number[]) {
    const found = await listTicketsByIds(db, ids)
    return new Map(
      found.map(({ id, title, titleOf, status, assigneeName, openedAt }) => [
        id,
        { id, title, titleOf, status, assignee: assigneeName, openedAt: openedAt.toISOString() },
      ]),
    )
  }

  function hoursOf({ timeZone }: Project, cohort: Cohort) {
    const last = new Date(cohort.to.getTime() - 1)
    return countHours(db, cohort, { from: dayIn(cohort.from, timeZone), to: dayIn(last, timeZone) })
  }
}

/** Whoever wrote time down stands there too when they have no ticket of the period. */
function withMinutes(
  load: Load[],
  members: { memberId: string; member: string; minutes: number }[],
): shapes.Service['load'] {
  const minutesOf = new Map(members.map(({ memberId, minutes }) => [memberId, minutes]))
  const others = members.filter(({ memberId }) => !load.some(({ member }) => member?.id === memberId))
  return [
    ...load.map((one) => ({ ...one, minutes: one.member === null ? 0 : (minutesOf.get(one.member.id) ?? 0) })),
    ...others.map(({ memberId, member, minutes }) => ({
      member: { id: memberId, name: member },
      ...{ tickets: 0, solved: 0, unsolved: 0, firstMs: null, minutes },
    })),
  ]
}

function readPeriod({ from, to }: { from?: string | undefined; to?: string | undefined }) {
  return { from: from === undefined ? undefined : new Date(from), to: to === undefined ? undefined : new Date(to) }
}

function showPeriod({ from, to }: Period): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() }
}
