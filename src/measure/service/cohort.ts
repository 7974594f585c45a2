import { sql, type RawBuilder } from 'kysely'
import type { Period, Words } from '../analytics/measure.ts'

/** Which tickets are counted: those of a project that were opened in the period, narrowed by whatever is not null. */
export type Cohort = {
  project: number
  from: Date
  to: Date
  platform: string | null
  queue: number | null
  /** Whoever has the ticket now. */
  member: string | null
  /** Only these, such as those with a mention of a topic. */
  tickets: number[] | null
}

/** All that were opened in the period. */
export function everyTicketOf(project: number, { from, to }: Period): Cohort {
  return { project, from, to, platform: null, queue: null, member: null, tickets: null }
}

export const ticketsWords: Words = {
  en: 'Tickets: those opened in the period. A ticket that was merged into another counts with that one. Every figure here is counted from these tickets, as they are now.',
  ru: 'Тикеты: открытые за период. Объединённый с другим считается вместе с тем. Все показатели здесь посчитаны по этим тикетам, какие они сейчас.',
}

/** A condition over `service_ticket s`. */
export function inCohort({ project, from, to, platform, queue, member, tickets }: Cohort): RawBuilder<boolean> {
  const conditions = [
    sql`s.project_id = ${project} and s.opened_at >= ${from} and s.opened_at < ${to}`,
    ...(platform === null ? [] : [sql`s.platform = ${platform}`]),
    ...(queue === null ? [] : [sql`s.queue_id = ${queue}`]),
    ...(member === null ? [] : [sql`s.assignee = ${member}`]),
    ...(tickets === null ? [] : [sql`s.ticket_id = any(${tickets}::int[])`]),
  ]
  return sql<boolean>`${sql.join(conditions, sql` and `)}`
}
