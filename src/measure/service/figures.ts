import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import type { Words } from '../analytics/measure.ts'
import { answeredParts, answeredSums, answeredWords } from './answered.ts'
import { breachesParts, breachesSums, breachesWords } from './breaches.ts'
import { inCohort, ticketsWords, type Cohort } from './cohort.ts'
import { firstResponseParts, firstResponseTimes, firstResponseWords } from './first-response.ts'
import { satisfiedParts, satisfiedWords } from './satisfied.ts'
import type { ServiceTicket } from './service-ticket.ts'
import { solutionParts, solutionTimes, solutionWords } from './solution.ts'
import { timesOf, type Times } from './times.ts'

/** The formulas of the figures counted here, by name. */
export const figureWords = {
  tickets: ticketsWords,
  answered: answeredWords,
  firstResponse: firstResponseWords,
  solution: solutionWords,
  satisfied: satisfiedWords,
  breaches: breachesWords,
} satisfies { [figure: string]: Words }

const conditions = {
  all: sql`true`,
  ...answeredParts,
  ...firstResponseParts,
  ...solutionParts,
  ...satisfiedParts,
  ...breachesParts,
}

/** What a figure counts, and what it opens down to: the same condition gives the number and the list. */
export type Part = keyof typeof conditions
export const parts = Object.keys(conditions) as [Part, ...Part[]]

export type ServiceFigures = {
  /** Tickets of each part. */
  counts: { [part in Part]: number }
  mentions: number
  answeredMentions: number
  /** Promises that were missed. */
  breaches: number
  first: Times
  firstWork: Times
  solution: Times
  solutionWork: Times
}

type Counted = Pick<ServiceFigures, 'counts' | 'mentions' | 'answeredMentions' | 'breaches'> & {
  [time in 'first' | 'firstWork' | 'solution' | 'solutionWork']: (number | null)[] | null
}

/** Every figure that tickets alone tell, in one pass over them. */
export async function countService(db: Database, cohort: Cohort): Promise<ServiceFigures> {
  const counts = sql.join(parts.map((part) => sql`${sql.lit(part)}, count(*) filter (where ${conditions[part]})`))
  const { found } = must(
    await first(
      db,
      sql<{ found: Counted }>`
        select jsonb_build_object('counts', jsonb_build_object(${counts}), ${answeredSums}, ${breachesSums},
          ${firstResponseTimes}, ${solutionTimes}) as found
        from service_ticket s
        where ${inCohort(cohort)}`,
    ),
  )
  const { first: answer, firstWork, solution, solutionWork, ...sums } = found
  return {
    ...sums,
    first: timesOf(answer),
    firstWork: timesOf(firstWork),
    solution: timesOf(solution),
    solutionWork: timesOf(solutionWork),
  }
}

export type Listed = Pick<
  ServiceTicket,
  'ticketId' | 'openedAt' | 'firstMs' | 'firstWorkMs' | 'solutionMs' | 'solutionWorkMs' | 'breaches' | 'outcome'
>

/** The tickets that a part counts, newest first, opened before the ticket `before`. */
export async function listCounted(
  db: Database,
  cohort: Cohort,
  part: Part,
  page: { before: number | null; limit: number },
): Promise<{ items: Listed[]; next: number | null }> {
  const found = await list(
    db,
    sql<Listed>`
      select s.ticket_id, s.opened_at, s.first_ms, s.first_work_ms, s.solution_ms, s.solution_work_ms, s.breaches, s.outcome
      from service_ticket s
      where ${inCohort(cohort)} and ${conditions[part]}
        and (${page.before}::int is null
          or (s.opened_at, s.ticket_id) < (select opened_at, ticket_id from service_ticket where ticket_id = ${page.before}))
      order by s.opened_at desc, s.ticket_id desc
      limit ${page.limit + 1}`,
  )
  const items = found.slice(0, page.limit)
  return { items, next: found.length > page.limit ? (items.at(-1)?.ticketId ?? null) : null }
}
