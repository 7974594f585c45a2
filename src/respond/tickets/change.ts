import { sql } from 'kysely'
import { must, UserError } from '../../base/errors.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'
import { remember, type Actor } from './history.ts'
import { inTicket, refuseIfOvertaken } from './in-ticket.ts'
import { tellMentions } from './outbox.ts'
import { followStatus } from './promises.ts'
import { refuseForbiddenChange, type TicketStatus } from './status.ts'
import { getTicket, type Ticket } from './ticket.ts'

/**
 * Throws UserError when the status cannot follow the present one, when it is not `was` any more, or when a mention has begun
 * another ticket meanwhile.
 */
export async function setStatus(
  db: Database,
  project: number,
  id: number,
  status: TicketStatus,
  actor: Actor,
  { was, now = new Date() }: { was?: TicketStatus | undefined; now?: Date } = {},
): Promise<Ticket> {
  return inTicket(db, project, id, async (tx, ticket) => {
    if (ticket.status === status) return
    await refuseIfOvertaken(tx, ticket, 'status-changed', was, ticket.status)
    refuseForbiddenChange(ticket.status, status)
    if (ticket.status === 'closed') await refuseTakenMentions(tx, project, ticket)
    await putStatus(tx, ticket, status, actor, now)
  })
}

/** Whatever follows from a status follows here, for people and for Heed alike. */
export async function putStatus(
  tx: Database,
  ticket: Ticket,
  status: TicketStatus,
  actor: Actor,
  now: Date,
): Promise<void> {
  await sql`update ticket set status = ${status}, turned_at = ${now} where id = ${ticket.id}`.execute(tx)
  await (
    ticket.status === 'closed'
      ? sql`update ticket_mention set live = true, turn = default where ticket_id = ${ticket.id}`
      : sql`update ticket_mention set live = ${status !== 'closed'} where ticket_id = ${ticket.id}`
  ).execute(tx)
  await remember(tx, ticket, actor, { kind: 'status-changed', from: ticket.status, to: status, at: now })
  await followStatus(tx, ticket, { from: ticket.status, to: status, now })
  await tellMentions(tx, ticket.projectId, ticket.id)
}

export async function closeTicket(
  db: Database,
  project: number,
  id: number,
  actor: Actor,
  now = new Date(),
): Promise<Ticket> {
  return setStatus(db, project, id, 'closed', actor, { now })
}

/** A ticket that is not closed stays as it is. */
export async function reopenTicket(
  db: Database,
  project: number,
  id: number,
  actor: Actor,
  now = new Date(),
): Promise<Ticket> {
  const { status } = await getTicket(db, project, id)
  return setStatus(db, project, id, status === 'closed' ? 'open' : status, actor, { now })
}

/** Null takes the ticket away from everybody. `findMember` knows who works in the project; others are refused. */
export async function assignTicket(
  db: Database,
  project: number,
  id: number,
  to: {
    member: string | null
    findMember: (db: Database, member: string) => Promise<{ name: string } | null>
    was?: string | null | undefined
  },
  actor: Actor,
): Promise<Ticket> {
  return inTicket(db, project, id, async (tx, ticket) => {
    if (ticket.assigneeId === to.member) return
    await refuseIfOvertaken(tx, ticket, 'assigned', to.was, ticket.assigneeId)
    const member = to.member === null ? null : await to.findMember(tx, to.member)
    if (to.member !== null && !member) {
      throw new UserError('Only members of the project can have its tickets', {
        key: 'ticket-assignee-unknown',
        field: 'member',
      })
    }
    await sql`update ticket set assignee = ${to.member} where id = ${id}`.execute(tx)
    await remember(tx, ticket, actor, { kind: 'assigned', from: ticket.assigneeName, to: member?.name ?? null })
    await tellMentions(tx, project, id)
  })
}

/** We answered where Heed cannot see it: the promise of an answer is kept with it. */
export async function noteAnswer(
  db: Database,
  project: number,
  id: number,
  actor: Actor,
  now = new Date(),
): Promise<Ticket> {
  return inTicket(db, project, id, async (tx, ticket) => {
    await remember(tx, ticket, actor, { kind: 'answered', at: now })
  })
}

/** Stays inside: the customer never sees it. */
export async function addNote(db: Database, project: number, id: number, text: string, actor: Actor): Promise<Ticket> {
  return inTicket(db, project, id, async (tx, ticket) => {
    const note = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into note (project_id, ticket_id, text, written_by)
          values (${project}, ${id}, ${text}, ${actor?.name ?? null})
          returning id`,
      ),
    )
    await remember(tx, ticket, actor, { kind: 'note-added', noteId: note.id })
  })
}

async function refuseTakenMentions(tx: Database, project: number, { id, mergedInto }: Ticket): Promise<void> {
  const other = await first(
    tx,
    sql<{ ticketId: number }>`
      select other.ticket_id
      from ticket_mention mine
      join ticket_mention other on other.project_id = mine.project_id and other.mention_id = mine.mention_id and other.live
      where mine.project_id = ${project} and mine.ticket_id = ${id}
      limit 1`,
  )
  const goneTo = mergedInto ?? other?.ticketId
  if (goneTo === undefined) return
  const ticket = `#${goneTo}`
  throw new UserError(`A mention of this ticket has begun ticket ${ticket} meanwhile; go on there`, {
    key: 'ticket-went-on',
    values: { ticket },
  })
}
