import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { dropServiceTickets, putServiceTickets, type ServiceTicket } from '../../measure/service/service-ticket.ts'
import { workingTimeBetween, type Calendar } from '../clocks/working-time.ts'

type Found = Omit<ServiceTicket, 'firstMs' | 'firstWorkMs' | 'solutionMs' | 'solutionWorkMs'> & {
  mergedInto: number | null
  answeredAt: Date | null
  solvedAt: Date | null
}

/** Works out anew what these tickets say about the service. Null calendar: the project works around the clock. */
export async function workOutTickets(tx: Database, tickets: number[], calendar: Calendar | null): Promise<void> {
  const found = await list(
    tx,
    sql<Found>`
      select t.id as ticket_id, t.project_id, t.opened_at, t.platform, t.queue_id, t.assignee, t.status, t.merged_into,
        m.mentions, m.answered_mentions, coalesce(m.first_mention_at, before.first_mention_at) as first_mention_at,
        a.answered_at, s.solved_at,
        ${promise('first')} as first_promise, ${promise('solution')} as solution_promise, b.breaches, o.result as outcome
      from ticket t
      left join service_ticket before on before.ticket_id = t.id
      left join ticket_outcome o on o.ticket_id = t.id
      -- What was merged into a ticket is its own work: answers and misses stand in the histories they were made in.
      cross join lateral (
        with recursive joined(id) as (
          select t.id
          union
          select v.from_ticket from ticket_move v join joined j on v.into_ticket = j.id where v.kind = 'merge' and v.undone_at is null
        )
        select array(select id from joined) as ids
      ) whole
      cross join lateral (
        select min(at) as answered_at, max(at) as last_answer_at
        from ticket_event where ticket_id = any(whole.ids) and kind = 'answered'
      ) a
      cross join lateral (
        select count(*)::int as mentions, min(posted_at) as first_mention_at,
          count(*) filter (where posted_at <= a.last_answer_at)::int as answered_mentions
        from ticket_mention where ticket_id = t.id
      ) m
      cross join lateral (
        select max(at) as solved_at
        from ticket_event
        where ticket_id = t.id and kind = 'status-changed' and t.status in ('solved', 'closed')
          and to_value in ('solved', 'closed') and from_value not in ('solved', 'closed')
      ) s
      cross join lateral (
        select count(*)::int as breaches
        from ticket_clock c
        join ticket_clock_told told on told.clock_id = c.id
        where c.ticket_id = any(whole.ids) and c.kind <> 'window' and told.missed_at is not null
      ) b
      where t.id = any(${tickets}::int[])`,
  )
  const own = found.filter(({ mergedInto }) => mergedInto === null)
  await putServiceTickets(
    tx,
    own.map(({ mergedInto: _, answeredAt, solvedAt, ...ticket }) => {
      // A ticket whose words were forgotten keeps the times that were counted before.
      const from = ticket.firstMentionAt ?? ticket.openedAt
      return {
        ...ticket,
        firstMs: between(from, answeredAt),
        firstWorkMs: workedBetween(from, answeredAt, calendar),
        solutionMs: between(from, solvedAt),
        solutionWorkMs: workedBetween(from, solvedAt, calendar),
      }
    }),
  )
  await dropServiceTickets(
    tx,
    found.filter(({ mergedInto }) => mergedInto !== null).map(({ ticketId }) => ticketId),
  )
}

/** One that was missed stays missed; one that runs, or was dropped, is none yet. */
function promise(kind: 'first' | 'solution') {
  return sql`(
    select case when missed_at is not null then 'missed' else nullif(outcome, 'dropped') end
    from ticket_clock c
    join ticket_clock_told told on told.clock_id = c.id
    where c.ticket_id = t.id and c.kind = ${kind}
    order by c.id desc
    limit 1
  )`
}

/** Never below 0: a mention may join after its answer. */
function between(from: Date, to: Date | null): number | null {
  return to === null ? null : Math.max(0, to.getTime() - from.getTime())
}

function workedBetween(from: Date, to: Date | null, calendar: Calendar | null): number | null {
  return to === null || calendar === null ? between(from, to) : workingTimeBetween(calendar, from, to)
}
