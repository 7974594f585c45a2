import { sql } from 'kysely'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { saveCalendar, findCalendar } from '../clocks/calendar.ts'
import {
  answerGiven,
  beginClocks,
  customerWrote,
  followCalendar,
  matterSolved,
  pauseClocks,
  reconsider,
  resumeClocks,
} from '../clocks/clocks.ts'
import type { TicketFacts } from '../clocks/policy.ts'
import type { Calendar } from '../clocks/working-time.ts'
import { lockTickets } from './lock.ts'
import { tellMentions } from './outbox.ts'
import { tellDue } from './rang.ts'
import type { TicketStatus } from './status.ts'

type Subject = { id: number; projectId: number }

/** A ticket is there: what we promise for it begins to run. */
export async function promiseFor(tx: Database, ticket: Subject, now: Date): Promise<void> {
  await beginClocks(tx, ticket, await factsOf(tx, ticket), now)
  await settle(tx, ticket)
}

/** The status says whose turn it is: our time runs while it is ours. */
export async function followStatus(
  tx: Database,
  ticket: Subject,
  { from, to, now }: { from: TicketStatus; to: TicketStatus; now: Date },
): Promise<void> {
  await ringFirst(tx, ticket, now)
  const wasOver = from === 'solved' || from === 'closed'
  const isOver = to === 'solved' || to === 'closed'
  if (isOver && !wasOver) await matterSolved(tx, ticket, now)
  if (!isOver && (wasOver || from === 'pending')) await resumeClocks(tx, ticket, now)
  if (to === 'pending') await pauseClocks(tx, ticket, now)
  await settle(tx, ticket)
}

/** The customer wrote more. */
export async function followMention(tx: Database, ticket: Subject, now: Date): Promise<void> {
  await customerWrote(tx, ticket, await factsOf(tx, ticket), now)
  await settle(tx, ticket)
}

/** We answered where the customer wrote. */
export async function followAnswer(tx: Database, ticket: Subject, now: Date): Promise<void> {
  await ringFirst(tx, ticket, now)
  await sql`update ticket set turned_at = ${now} where id = ${ticket.id}`.execute(tx)
  await answerGiven(tx, ticket, now)
  await settle(tx, ticket)
  await tellMentions(tx, ticket.projectId, ticket.id)
}

/** What the promise was chosen by is another by now. */
export async function followFacts(tx: Database, ticket: Subject, now: Date): Promise<void> {
  await ringFirst(tx, ticket, now)
  await reconsider(tx, ticket, await factsOf(tx, ticket), now)
  await settle(tx, ticket)
  await tellMentions(tx, ticket.projectId, ticket.id)
}

/** The project works at other times from now on; everything promised in it ends accordingly. Null: around the clock. */
export async function changeCalendar(
  tx: Database,
  project: number,
  calendar: Calendar | null,
  now: Date,
): Promise<void> {
  await lockTickets(tx, project)
  const before = await findCalendar(tx, project)
  await saveCalendar(tx, project, calendar)
  for (const id of await followCalendar(tx, project, before, now)) {
    await settle(tx, { id, projectId: project })
    await tellMentions(tx, project, id)
  }
}

/** A promise that is missed is told before anything is done about it, however long ago the last sweep was. */
async function ringFirst(tx: Database, ticket: Subject, now: Date): Promise<void> {
  await tellDue(tx, ticket.projectId, now, { limit: 10, ticket: ticket.id })
}

async function factsOf(tx: Database, ticket: Subject): Promise<TicketFacts> {
  const [facts] = await list(
    tx,
    sql<TicketFacts>`select platform, priority, stage, tonality from ticket where id = ${ticket.id}`,
  )
  return facts ?? { platform: null, priority: 'normal', stage: null, tonality: null }
}

/** Writes down when it hurts next, for the queue and for the stream. */
async function settle(tx: Database, ticket: Subject): Promise<void> {
  await first(
    tx,
    sql`
      update ticket
      set hurts_at = coalesce(
        (select min(due_at) from ticket_clock where ticket_id = ${ticket.id} and due_at is not null), 'infinity')
      where id = ${ticket.id}`,
  )
}
