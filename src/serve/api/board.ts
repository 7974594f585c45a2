import { may } from '../../base/team/role.ts'
import { listProjectsFor } from '../../base/team/scope.ts'
import { dayAround } from '../../base/time/zone.ts'
import { healthOf } from '../../listen/collect/health.ts'
import { listSources } from '../../listen/collect/source.ts'
import { plainCondition } from '../../listen/mentions/filter.ts'
import { countTonality } from '../../measure/analytics/tonality.ts'
import { lastDays, type LastDay } from '../../measure/analytics/usual-day.ts'
import { everyTicketOf } from '../../measure/service/cohort.ts'
import { countService } from '../../measure/service/figures.ts'
import { followDesk } from '../../respond/outcome/follow.ts'
import { countWaiting } from '../../respond/replies/reply.ts'
import { countOpen } from '../../respond/tickets/ticket.ts'
import type { House } from '../house.ts'
import { items, operation, type Api } from './door.ts'
import { showFigures } from './service-shape.ts'
import { ProjectCard } from './shapes/project.ts'
import { sayTrouble, type Locale } from './source-words.ts'

/** The first screen: one card per project, with what needs a person. */
export function serveBoard(api: Api, house: House): void {
  api.openapi(
    operation(
      { en: 'The board: a card of every project I see', ru: 'Доска: карточка каждого проекта, который я вижу' },
      { method: 'get', path: '/api/projects', tags: ['projects'] },
      items(ProjectCard),
    ),
    async (c) => {
      const projects = await listProjectsFor(house.postgres.db, c.var.who)
      const ids = projects.map(({ id }) => id)
      const [days, tickets, waiting] = await Promise.all([
        lastDays(house.clickhouse, ids, house.now()),
        countOpen(house.postgres.db, ids, house.now()),
        countWaiting(house.postgres.db, ids),
      ])
      const cards = projects.map(async ({ id, name, role, isSample, timeZone }) => {
        const [negative, firstResponse, illSources] = await Promise.all([
          countNegative(house, id, days.get(id)?.total ?? 0),
          may(role, 'ticket') ? countFirstResponse(house, id, timeZone) : null,
          listIllSources(house, id, c.var.locale),
        ])
        return {
          ...{ id, name, role, isSample, firstResponse, illSources },
          ...showDay(days.get(id)),
          ...negative,
          openTickets: tickets.get(id)?.open ?? 0,
          unassignedTickets: tickets.get(id)?.unassigned ?? 0,
          lateTickets: tickets.get(id)?.late ?? 0,
          soonDueTickets: tickets.get(id)?.soon ?? 0,
          waitingReplies: waiting.get(id) ?? 0,
        }
      })
      return c.json({ items: await Promise.all(cards) }, 200)
    },
  )
}

function showDay(day: LastDay | undefined): Pick<ProjectCard, 'volume' | 'lastMentionAt'> {
  return {
    volume: {
      hours: (day?.hours ?? []).map((hour) => ({ ...hour, at: hour.at.toISOString() })),
      last24h: day?.total ?? 0,
      usual24h: day?.usual ?? null,
    },
    lastMentionAt: day?.lastMentionAt?.toISOString() ?? null,
  }
}

/** Of the last 24 hours; a project in which nothing was said is not asked about. */
async function countNegative(
  house: House,
  project: number,
  mentions: number,
): Promise<Pick<ProjectCard, 'negativeShare' | 'judged'>> {
  if (mentions === 0) return { negativeShare: null, judged: 0 }
  const now = house.now()
  const day = plainCondition(project, { from: new Date(now.getTime() - 86_400_000), to: now })
  const { shares, mentions: judged } = await countTonality(
    { db: house.postgres.db, clickhouse: house.clickhouse },
    project,
    day,
  )
  const negative = shares.find(({ tonality }) => tonality === 'negative')
  if (!negative) return { negativeShare: null, judged }
  const { estimate, low, high } = negative
  return { negativeShare: { estimate, low, high }, judged }
}

/** The figure of the service screen, of the tickets opened today and of those of yesterday. */
async function countFirstResponse(
  house: House,
  project: number,
  timeZone: string,
): Promise<NonNullable<ProjectCard['firstResponse']>> {
  const { db } = house.postgres
  const now = house.now()
  await followDesk(db, project, now)
  const { from: began } = dayAround(now, timeZone)
  const { from: before } = dayAround(new Date(began.getTime() - 1), timeZone)
  const count = async (from: Date, to: Date) => {
    const { counts, firstInTarget } = showFigures(await countService(db, everyTicketOf(project, { from, to })))
    return {
      ...{ from: from.toISOString(), to: to.toISOString(), inTarget: firstInTarget },
      ...{ kept: counts['first-kept'], missed: counts['first-missed'] },
    }
  }
  return { today: await count(began, now), yesterday: await count(before, began) }
}

async function listIllSources(house: House, project: number, locale: Locale): Promise<ProjectCard['illSources']> {
  const sources = await listSources(house.postgres.db, project)
  return sources.flatMap((source) => {
    const { health, trouble } = healthOf(source, house.now())
    if (source.state === 'paused' || health !== 'ill') return []
    return [{ id: source.id, name: source.name, error: trouble ? sayTrouble(trouble, locale) : '' }]
  })
}
