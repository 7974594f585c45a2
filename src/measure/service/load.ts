import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Words } from '../analytics/measure.ts'
import { inCohort, type Cohort } from './cohort.ts'
import { solutionParts } from './solution.ts'

export const loadWords: Words = {
  en: 'Load of a member: the tickets of the period that they have now, how many of them are solved and how many are not, and the median of their first response. Tickets that nobody has stand apart.',
  ru: 'Загрузка участника: тикеты периода, которые сейчас за ним, сколько из них решено и сколько нет, медиана первого ответа. Ничьи тикеты показаны отдельно.',
}

/** `member` null: nobody has them. */
export type Load = {
  member: { id: string; name: string } | null
  tickets: number
  solved: number
  unsolved: number
  firstMs: number | null
}

/** Most tickets first. */
export async function countLoad(db: Database, cohort: Cohort): Promise<Load[]> {
  return list(
    db,
    sql<Load>`
      select case when l.assignee is not null then jsonb_build_object('id', l.assignee, 'name', coalesce(m.name, l.assignee)) end
          as member,
        l.tickets, l.solved, l.unsolved, l.first_ms
      from (
        select s.assignee, count(*)::int as tickets,
          count(*) filter (where ${solutionParts.solved})::int as solved,
          count(*) filter (where ${solutionParts.unsolved})::int as unsolved,
          percentile_cont(0.5) within group (order by s.first_ms) as first_ms
        from service_ticket s
        where ${inCohort(cohort)}
        group by s.assignee
      ) l
      left join member m on m.id = l.assignee
      order by l.tickets desc, l.assignee nulls last`,
  )
}
