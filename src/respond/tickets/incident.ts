import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { putStatus } from './change.ts'
import { remember, type Actor } from './history.ts'
import { inTicket } from './in-ticket.ts'
import type { TicketName } from './links.ts'
import { lockTickets } from './lock.ts'
import { getTicket, type Ticket } from './ticket.ts'

/** One cause that many tickets have. */
export type Incident = {
  id: number
  title: string
  openedAt: Date
  openedBy: string | null
  solvedAt: Date | null
  tickets: number
}

/** Those that go on first, newest first, up to 100. */
export async function listIncidents(db: Database, project: number): Promise<Incident[]> {
  return list(
    db,
    sql<Incident>`${incidents} where i.project_id = ${project} order by i.solved_at is not null, i.id desc limit 100`,
  )
}

export async function getIncident(db: Database, project: number, id: number): Promise<Incident> {
  const incident = await first(db, sql<Incident>`${incidents} where i.project_id = ${project} and i.id = ${id}`)
  if (!incident) throw new NotFound()
  return incident
}

/** The tickets of an incident, oldest first. */
export async function listTicketsOfIncident(db: Database, incident: number): Promise<TicketName[]> {
  return list(
    db,
    sql<TicketName>`select id, title, title_of, status from ticket where incident_id = ${incident} order by id`,
  )
}

/** Begins an incident with this ticket. A ticket has one cause at most. */
export async function openIncident(
  db: Database,
  project: number,
  { ticket, title }: { ticket: number; title: string },
  actor: Actor,
): Promise<Ticket> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    await getTicket(tx, project, ticket)
    const { id } = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into incident (project_id, title, opened_by) values (${project}, ${title}, ${actor?.name ?? null})
          returning id`,
      ),
    )
    return setIncident(tx, project, ticket, id, actor)
  })
}

/** Null takes the ticket out of its incident. Joining one that is solved throws UserError: its cause is gone. */
export async function setIncident(
  db: Database,
  project: number,
  ticket: number,
  incident: number | null,
  actor: Actor,
): Promise<Ticket> {
  return inTicket(db, project, ticket, async (tx, before) => {
    if (before.incidentId === incident) return
    const joined = incident === null ? null : await getIncident(tx, project, incident)
    if (joined?.solvedAt)
      throw new UserError('This incident is solved; begin a new one', { key: 'incident-solved', field: 'incident' })
    await sql`update ticket set incident_id = ${incident} where id = ${ticket}`.execute(tx)
    if (before.incidentTitle !== null)
      await remember(tx, before, actor, { kind: 'incident-left', from: before.incidentTitle })
    if (joined) await remember(tx, before, actor, { kind: 'incident-joined', to: joined.title })
  })
}

/** The cause is gone: tickets of it that are open or wait are solved with it. Returns them. Solving twice changes nothing. */
export async function solveIncident(db: Database, project: number, id: number, actor: Actor): Promise<Ticket[]> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const incident = await getIncident(tx, project, id)
    if (incident.solvedAt !== null) return []
    await sql`update incident set solved_at = now() where id = ${id}`.execute(tx)
    const solved: Ticket[] = []
    for (const { id: ticket, status } of await listTicketsOfIncident(tx, id)) {
      if (status !== 'open' && status !== 'pending') continue
      await putStatus(tx, await getTicket(tx, project, ticket), 'solved', actor, new Date())
      solved.push(await getTicket(tx, project, ticket))
    }
    return solved
  })
}

/** The cause is back. Tickets that were solved with it stay so, because people may have worked on them since. */
export async function reopenIncident(db: Database, project: number, id: number): Promise<void> {
  await getIncident(db, project, id)
  await sql`update incident set solved_at = null where id = ${id}`.execute(db)
}

const incidents = sql`
  select i.id, i.title, i.opened_at, i.opened_by, i.solved_at,
    (select count(*)::int from ticket t where t.incident_id = i.id) as tickets
  from incident i`
