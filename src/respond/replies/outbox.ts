import { sql } from 'kysely'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { mayStill } from '../../base/team/scope.ts'
import type { Problem } from '../../listen/connectors/problems.ts'
import type { Published } from '../../listen/connectors/reply-channel.ts'
import { remember } from '../tickets/history.ts'
import { lockTickets } from '../tickets/lock.ts'
import { changedSince } from './changed-since.ts'
import { senderOf, stateBefore } from './queue.ts'
import { getReply, ticketOf, type Reply } from './reply.ts'

/** A reply in the hands of one process until `until`, written down before anything is done with it. */
export type Claim = {
  reply: Reply
  key: string
  /** Send it, or look up what came of an earlier try. */
  does: 'send' | 'find'
  begunAt: Date
  until: Date
  lookups: number
  tries: number
}

type Row = { replyId: number; projectId: number }

/**
 * Takes the reply that has been due longest; null when none is due. Stopped: the ticket has changed since it was queued, or whoever
 * let it go out may no longer do so, and it went back to its writer. Taken: another process was quicker. `leaseMs` is how long it may be in hand.
 */
export async function claimDue(
  db: Database,
  now: Date,
  leaseMs: (reply: Reply) => number,
): Promise<({ kind: 'claimed' } & Claim) | { kind: 'stopped'; reply: Reply } | { kind: 'taken' } | null> {
  const due = await first(
    db,
    sql<Row>`
      select o.reply_id, r.project_id
      from reply_outbox o
      join reply r on r.id = o.reply_id
      where o.due_at <= ${now}
      order by o.due_at
      limit 1`,
  )
  if (!due) return null
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, due.projectId)
    const row = await first(
      tx,
      sql<{ key: string; beganAt: Date | null; firstBeganAt: Date | null; lookups: number; tries: number }>`
        select key, began_at, first_began_at, lookups, tries
        from reply_outbox
        where reply_id = ${due.replyId} and due_at <= ${now}
        for update`,
    )
    if (!row) return { kind: 'taken' }
    const reply = await getReply(tx, due.projectId, due.replyId)
    const does = row.beganAt === null ? 'send' : 'find'
    const reason = does === 'send' ? await whyNotAnyMore(tx, reply) : null
    if (reason !== null) {
      await sql`delete from reply_outbox where reply_id = ${reply.id}`.execute(tx)
      await sql`
        update reply
        set state = ${stateBefore(reply)}, send_at = null, changed_at = now(), problem = ${json(reason)}::jsonb
        where id = ${reply.id}`.execute(tx)
      return { kind: 'stopped', reply }
    }
    const until = new Date(now.getTime() + leaseMs(reply))
    const begunAt = row.firstBeganAt ?? now
    await sql`
      update reply_outbox
      set began_at = ${does === 'send' ? now : row.beganAt}, first_began_at = ${begunAt}, due_at = ${until},
        lookups = lookups + ${does === 'find' ? 1 : 0}, tries = tries + ${does === 'send' ? 1 : 0}
      where reply_id = ${reply.id}`.execute(tx)
    await sql`update reply set state = 'sending' where id = ${reply.id}`.execute(tx)
    return { kind: 'claimed', reply, key: row.key, does, begunAt, until, lookups: row.lookups, tries: row.tries }
  })
}

/** Why a reply that waited does not go out; null: it does. */
async function whyNotAnyMore(tx: Database, reply: Reply): Promise<Problem | null> {
  const { projectId, sentById, sentBy } = reply
  if (sentById !== null && !(await mayStill(tx, projectId, sentById, 'ticket')))
    return { key: 'reply.sender-gone', values: { name: sentBy ?? '' } }
  return (await changedSince(tx, reply)).length > 0 ? { key: 'reply.ticket-changed', values: {} } : null
}

/** When the next one is due; null when nothing waits. */
export async function nextDue(db: Database): Promise<Date | null> {
  const row = await first(db, sql<{ dueAt: Date | null }>`select min(due_at) as due_at from reply_outbox`)
  return row?.dueAt ?? null
}

/** It is there. Told twice, or late, it is written down once. */
export async function settleSent(db: Database, { reply }: Claim, published: Published, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockTickets(tx, reply.projectId)
    const settled = await first(
      tx,
      sql`
        update reply
        set state = 'sent', platform_id = ${published.id}, published_as = ${published.mention}, url = ${published.url},
          sent_at = ${now}, problem = null, changed_at = now()
        where id = ${reply.id} and state in ('queued', 'sending', 'unsure')
        returning id`,
    )
    await sql`delete from reply_outbox where reply_id = ${reply.id}`.execute(tx)
    if (settled) await remember(tx, ticketOf(reply), senderOf(reply), { kind: 'answered', to: published.url, at: now })
  })
}

/** It is certainly not there and will not be: the writer's turn. */
export async function settleRefused(db: Database, claim: Claim, problem: Problem): Promise<void> {
  await end(db, claim, 'refused', problem)
}

/** Nobody can say whether it is there, and asking again has not helped: a person's turn. */
export async function settleUnsure(db: Database, claim: Claim, problem: Problem): Promise<void> {
  await end(db, claim, 'unsure', problem)
}

/** It is certainly not there, and is tried again from `at` on. */
export async function tryAgain(db: Database, claim: Claim, at: Date, problem: Problem | null): Promise<void> {
  await inTransaction(db, async (tx) => {
    const held = await first(
      tx,
      sql`
        update reply_outbox set began_at = null, due_at = ${at}
        where reply_id = ${claim.reply.id} and due_at = ${claim.until}
        returning reply_id`,
    )
    if (held)
      await sql`update reply set state = 'queued', problem = ${json(problem)}::jsonb where id = ${claim.reply.id}`.execute(
        tx,
      )
  })
}

/** It may be there: it is looked up at `at`, and not sent before. */
export async function lookUpAt(db: Database, claim: Claim, at: Date, problem: Problem): Promise<void> {
  await inTransaction(db, async (tx) => {
    const held = await first(
      tx,
      sql`
        update reply_outbox set due_at = ${at}
        where reply_id = ${claim.reply.id} and due_at = ${claim.until}
        returning reply_id`,
    )
    if (held) await sql`update reply set problem = ${json(problem)}::jsonb where id = ${claim.reply.id}`.execute(tx)
  })
}

async function end(db: Database, claim: Claim, state: 'refused' | 'unsure', problem: Problem): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockTickets(tx, claim.reply.projectId)
    const held = await first(
      tx,
      sql`
        delete from reply_outbox
        where reply_id = ${claim.reply.id} and due_at = ${claim.until}
        returning reply_id`,
    )
    if (!held) return
    if (state === 'refused') await remember(tx, ticketOf(claim.reply), senderOf(claim.reply), { kind: 'reply-refused' })
    await sql`
      update reply set state = ${state}, problem = ${json(problem)}::jsonb, changed_at = now()
      where id = ${claim.reply.id}`.execute(tx)
  })
}

function json(problem: Problem | null): string | null {
  return problem === null ? null : JSON.stringify(problem)
}
