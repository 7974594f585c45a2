import { sql } from 'kysely'
import type { Request } from '../../base/http/request.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { describe, type DescribeWorld } from '../happenings/describe.ts'
import { happeningsAfter, happeningKinds, noteHappening, type Happening } from '../happenings/happening.ts'
import { messageOf, post, type Posted } from './post.ts'
import { signingSecrets } from './webhook.ts'

export type WebhookWorld = DescribeWorld & {
  secrets: Secrets
  request: Request
  now: () => Date
  random: () => number
}

type Held = { id: number; projectId: number; url: string; takenUntil: Date }
type Due = Happening & { delivery: number; tries: number; firstAt: Date | null }

const second = 1000
const leaseMs = 60 * second
// Together with the last answer that is waited for it stays within the lease.
const turnMs = 30 * second
const perTurn = 500
/** Between the tries, as the specification proposes: some three days in all. */
const waitsMs = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400].map((seconds) => seconds * second)

/** Those that have something to hear and are in nobody's hands. */
export async function webhooksDue(db: Database, now: Date): Promise<number[]> {
  const rows = await list(
    db,
    sql<{ id: number }>`
      select w.id
      from webhook w
      where w.is_on and (w.taken_until is null or w.taken_until <= ${now})
        and (
          exists (select from happening h where h.project_id = w.project_id and h.id > w.after_id)
          or exists (select from (${sendable}) d where d.webhook_id = w.id and d.due_at <= ${now})
        )
      order by w.id`,
  )
  return rows.map(({ id }) => id)
}

/**
 * Posts to one webhook what is due, in order, until nothing is or its turn is over. At least once: what came of a post is
 * written down after it, so whoever dies in between leaves it to be posted again under the same id. In order: while the
 * receiver does not answer, the others wait behind the first; one that it refuses in so many words is tried on its own
 * schedule and holds up nobody. Never thrown at by a receiver.
 */
export async function deliverTo(world: WebhookWorld, id: number, signal: AbortSignal): Promise<void> {
  const { db, now } = world
  const held = await take(db, id, now())
  if (!held) return
  try {
    const until = now().getTime() + turnMs
    while (!signal.aborted && now().getTime() < until) {
      await queueUp(db, held)
      const due = await nextDue(db, held.id, now())
      if (!due || !(await deliver(world, held, due, signal))) return
    }
  } finally {
    await sql`update webhook set taken_until = null where id = ${held.id} and taken_until = ${held.takenUntil}`.execute(
      db,
    )
  }
}

async function take(db: Database, id: number, now: Date): Promise<Held | null> {
  return first(
    db,
    sql<Held>`
      update webhook set taken_until = ${new Date(now.getTime() + leaseMs)}
      where id = ${id} and is_on and (taken_until is null or taken_until <= ${now})
      returning id, project_id, url, taken_until`,
  )
}

/** Turns what happened since into deliveries; both move in one transaction. */
async function queueUp(db: Database, { id, projectId }: Held): Promise<void> {
  await inTransaction(db, async (tx) => {
    const hook = await first(
      tx,
      sql<{ afterId: number; kinds: string[]; topics: number[] }>`
        select after_id, kinds, topics from webhook where id = ${id} for update`,
    )
    if (!hook) return
    const happened = await happeningsAfter(tx, projectId, hook.afterId, happeningKinds, perTurn)
    const last = happened.at(-1)
    if (!last) return
    const wanted = happened.filter((one) => wants(hook, one)).map((one) => one.id)
    await sql`
      insert into webhook_delivery (webhook_id, happening_id, due_at)
      select ${id}, h.id, h.at from happening h where h.id = any(${wanted}::bigint[]) order by h.id
      on conflict do nothing`.execute(tx)
    await sql`update webhook set after_id = ${last.id} where id = ${id}`.execute(tx)
  })
}

/** Whether a webhook of these kinds and topics wants to hear of it. */
export function wants(
  { kinds, topics }: { kinds: readonly string[]; topics: readonly number[] },
  { kind, about }: Pick<Happening, 'kind' | 'about'>,
): boolean {
  if (!kinds.includes(kind)) return false
  if (kind === 'mention.arrived') return (about.topics ?? []).some((topic) => topics.includes(topic))
  return about.topic === undefined || topics.length === 0 || topics.includes(about.topic)
}

async function nextDue(db: Database, webhook: number, now: Date): Promise<Due | null> {
  return first(
    db,
    sql<Due>`
      select h.id, h.project_id, h.kind, h.at, h.about, d.id as delivery, d.tries, d.first_at
      from (${sendable}) d
      join happening h on h.id = d.happening_id
      join webhook w on w.id = d.webhook_id
      where w.id = ${webhook} and w.is_on and d.due_at <= ${now}
      order by d.id
      limit 1`,
  )
}

/** Deliveries that no earlier one holds up. */
const sendable = sql`
  select own.*
  from webhook_delivery own
  where own.state = 'waiting' and not (own.blocks and exists (
    select from webhook_delivery ahead
    where ahead.webhook_id = own.webhook_id and ahead.state = 'waiting' and ahead.blocks and ahead.id < own.id
  ))`

/** False when the webhook is better left alone for now. */
async function deliver(world: WebhookWorld, held: Held, due: Due, signal: AbortSignal): Promise<boolean> {
  const { db, now } = world
  const described = await describe(world, due)
  if (described === null) {
    await sql`update webhook_delivery set state = 'gone' where id = ${due.delivery}`.execute(db)
    return true
  }
  const secrets = await signingSecrets(world, held.projectId, held.id)
  const began = now()
  const posted: Posted = secrets
    ? await post({ ...world, signal }, { url: held.url, secrets }, messageOf(described))
    : { kind: 'failed', status: null, problem: 'secret-lost', tookMs: 0, notBefore: null }
  // What we broke off ourselves says nothing about the receiver.
  if (signal.aborted && posted.kind !== 'delivered') return false
  await inTransaction(db, async (tx) => {
    await sql`
      insert into webhook_attempt (delivery_id, at, status, problem, took_ms)
      values (${due.delivery}, ${began}, ${posted.status}, ${posted.problem}, ${posted.tookMs})
      on conflict do nothing`.execute(tx)
    await settle(tx, world, held, due, posted)
  })
  return posted.kind === 'delivered' || posted.kind === 'refused'
}

async function settle(tx: Database, world: WebhookWorld, held: Held, due: Due, posted: Posted): Promise<void> {
  const now = world.now()
  if (posted.kind === 'delivered') {
    await sql`update webhook_delivery set state = 'done', tries = tries + 1 where id = ${due.delivery}`.execute(tx)
    await sql`update webhook set last_success_at = ${now} where id = ${held.id}`.execute(tx)
    return
  }
  const waitMs = waitsMs[due.tries]
  const firstAt = due.firstAt ?? now
  if (posted.kind === 'gone' || waitMs === undefined) {
    await sql`
      update webhook_delivery set state = 'failed', tries = tries + 1, first_at = ${firstAt}
      where id = ${due.delivery}`.execute(tx)
    if (posted.kind === 'gone') await switchOff(tx, held, 'gone', now)
    else if (!(await tookSomethingSince(tx, held, firstAt))) await switchOff(tx, held, 'failing', now)
    return
  }
  // Up to a tenth more, so that all that failed together does not come back together.
  const dueAt = new Date(now.getTime() + waitMs * (1 + world.random() / 10))
  await sql`
    update webhook_delivery
    set tries = tries + 1, first_at = ${firstAt}, blocks = blocks and ${posted.kind === 'failed'},
      due_at = greatest(${dueAt}::timestamptz, ${posted.notBefore}::timestamptz)
    where id = ${due.delivery}`.execute(tx)
}

async function tookSomethingSince(tx: Database, { id }: Held, since: Date): Promise<boolean> {
  const took = await first(tx, sql`select id from webhook where id = ${id} and last_success_at > ${since}`)
  return took !== null
}

/** What waits keeps waiting; people hear of it where the project's alarms go, and on the screen of webhooks. */
async function switchOff(tx: Database, { id, projectId }: Held, because: 'gone' | 'failing', now: Date): Promise<void> {
  await sql`update webhook set is_on = false, off_because = ${because} where id = ${id}`.execute(tx)
  await noteHappening(tx, {
    project: projectId,
    kind: 'webhook.off',
    key: `webhook ${id} off ${now.toISOString()}`,
    at: now,
    about: { webhook: id, figures: { because } },
  })
}
