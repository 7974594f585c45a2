import { sql } from 'kysely'
import { randomUUID } from 'node:crypto'
import { UserError } from '../../base/errors.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { remember, type Actor } from '../tickets/history.ts'
import { lockTickets } from '../tickets/lock.ts'
import { getTicket } from '../tickets/ticket.ts'
import { getPolicy, refuseEmpty } from './approval.ts'
import { changedSince, newestEvent } from './changed-since.ts'
import { keepText } from './draft.ts'
import { getReply, refuseOddAddress, refuseOtherState, refuseOtherVersion, ticketOf, type Reply } from './reply.ts'

export type Order = {
  version: number
  /** Null: at once. */
  sendAt: Date | null
  /** Names of the checks that the sender has read and sends in spite of. */
  despite: string[]
}

/**
 * Lets a reply go out once, at its time. Throws UserError when somebody changed the ticket since it was begun, so of two
 * people who answer the same ticket at once the second one is stopped.
 */
export async function queueReply(
  db: Database,
  project: number,
  id: number,
  { version, sendAt, despite }: Order,
  by: Actor,
  now: Date,
): Promise<Reply> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const reply = await mayGoOut(tx, project, id, version)
    if (reply.channelId === null)
      throw new UserError('This platform is answered by hand: copy the reply and open the mention', {
        key: 'reply-by-hand',
      })
    await keepText(tx, reply, by)
    await sql`
      insert into reply_outbox (reply_id, key, due_at)
      values (${id}, ${randomUUID()}, ${sendAt ?? now})`.execute(tx)
    await remember(tx, ticketOf(reply), by, { kind: 'reply-queued', to: reply.channelName })
    await sql`
      update reply
      set state = 'queued', send_at = ${sendAt}, despite = ${JSON.stringify(despite)}::jsonb, sent_by_id = ${by?.id ?? null}, sent_by = ${by?.name ?? null},
        problem = null, changed_at = now(), seen_event = ${await newestEvent(tx, reply.ticketId)}
      where id = ${id}`.execute(tx)
    return getReply(tx, project, id)
  })
}

/** Takes a reply out of the queue; throws UserError once its sending has begun. */
export async function takeBack(db: Database, project: number, id: number, by: Actor): Promise<Reply> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const reply = await getReply(tx, project, id)
    refuseOtherState(reply, ['queued'])
    const taken = await first(
      tx,
      sql`delete from reply_outbox where reply_id = ${id} and began_at is null returning reply_id`,
    )
    if (!taken) throw new UserError('It is on its way already', { key: 'reply-on-its-way' })
    await remember(tx, ticketOf(reply), by, { kind: 'reply-taken-back' })
    await sql`
      update reply
      set state = ${stateBefore(reply)}, send_at = null, changed_at = now(), seen_event = ${await newestEvent(tx, reply.ticketId)}
      where id = ${id}`.execute(tx)
    return getReply(tx, project, id)
  })
}

/** A person has posted it at the platform themselves. */
export async function sentByHand(
  db: Database,
  project: number,
  id: number,
  { version, url, despite }: { version: number; url: string | null; despite: string[] },
  by: Actor,
): Promise<Reply> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const reply = await mayGoOut(tx, project, id, version)
    refuseOddAddress(url)
    await keepText(tx, reply, by)
    await sql`
      update reply
      set state = 'sent', url = ${url}, sent_at = now(), sent_by_id = ${by?.id ?? null}, sent_by = ${by?.name ?? null}, channel_id = null, problem = null,
        despite = ${JSON.stringify(despite)}::jsonb, changed_at = now()
      where id = ${id}`.execute(tx)
    await remember(tx, ticketOf(reply), by, { kind: 'answered', to: url })
    return getReply(tx, project, id)
  })
}

/** Where a reply stands that has left the queue without going out. */
export function stateBefore(reply: Reply): 'draft' | 'approved' {
  return reply.steps.length > 0 ? 'approved' : 'draft'
}

/** Whoever let it go out; their own reply is no news to them when it is there. */
export function senderOf({ sentById, sentBy }: Reply): Actor {
  return sentById === null ? null : { id: sentById, name: sentBy ?? sentById }
}

async function mayGoOut(tx: Database, project: number, id: number, version: number): Promise<Reply> {
  const reply = await getReply(tx, project, id)
  refuseOtherState(reply, ['draft', 'approved'])
  refuseOtherVersion(reply, version)
  refuseEmpty(reply)
  if (reply.state === 'draft' && (await getPolicy(tx, project)).length > 0)
    throw new UserError('Replies of this project are approved before they go out', { key: 'reply-needs-approval' })
  const ticket = await getTicket(tx, project, reply.ticketId)
  if (ticket.status === 'closed')
    throw new UserError('A closed ticket has to be opened again first', { key: 'ticket-closed' })
  const changes = await changedSince(tx, reply)
  if (changes.length > 0) {
    throw new UserError('The ticket has changed since this reply was begun; look at what changed first', {
      key: 'reply-ticket-changed',
      values: { count: changes.length },
    })
  }
  return reply
}
