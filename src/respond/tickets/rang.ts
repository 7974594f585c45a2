import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'
import type { Rang } from '../clocks/ring.ts'

/** Writes what rang into the histories of the tickets, and lets whoever is called watch them, in the transaction that took it. */
export async function tellRang(tx: Database, project: number, rang: Rang[]): Promise<void> {
  await tellHistory(tx, project, rang)
  await callPeople(tx, project, rang)
}

type Line = { ticket: number; at: Date; kind: 'promise-missed' | 'escalated'; about: string; to: string | null }

async function tellHistory(tx: Database, project: number, rang: Rang[]): Promise<void> {
  const lines = rang.flatMap(({ ticketId: ticket, at, clock: about, missed, to }): Line[] => [
    ...(missed ? [{ ticket, at, kind: 'promise-missed' as const, about, to: null }] : []),
    ...to.map((rung) => ({ ticket, at, kind: 'escalated' as const, about, to: rung })),
  ])
  if (lines.length === 0) return
  await sql`
    insert into ticket_event (project_id, ticket_id, at, kind, about, to_value)
    select ${project}, l.ticket, to_timestamp(l.ms / 1000), l.kind, l.about, l.called
    from unnest(${lines.map((line) => line.ticket)}::int[], ${lines.map((line) => line.at.getTime())}::float8[],
      ${lines.map((line) => line.kind)}::text[], ${lines.map((line) => line.about)}::text[],
      ${lines.map((line) => line.to)}::text[]) as l (ticket, ms, kind, about, called)`.execute(tx)
}

/** Managers and heads watch what they are called to; an alarm calls all of them. The assignee has the ticket already. */
async function callPeople(tx: Database, project: number, rang: Rang[]): Promise<void> {
  const called = rang.flatMap(({ ticketId, to }) =>
    to.flatMap((rung) =>
      rung === 'assignee'
        ? []
        : (rung === 'alarm' ? (['manager', 'head'] as const) : [rung]).map((role) => ({ ticketId, role })),
    ),
  )
  if (called.length === 0) return
  await sql`
    insert into ticket_watcher (ticket_id, member_id)
    select distinct c.ticket_id, s.member_id
    from unnest(${called.map(({ ticketId }) => ticketId)}::int[], ${called.map(({ role }) => role)}::text[]) as c (ticket_id, role)
    join membership s on s.project_id = ${project} and s.role = c.role
    on conflict do nothing`.execute(tx)
}
