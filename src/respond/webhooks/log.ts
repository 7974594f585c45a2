import { sql } from 'kysely'
import { NotFound } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { describe, type DescribeWorld } from '../happenings/describe.ts'
import type { Happening, HappeningKind } from '../happenings/happening.ts'
import { wants } from './deliver.ts'
import { messageOf, type PostProblem } from './post.ts'
import { getWebhook } from './webhook.ts'

export type Delivery = {
  id: number
  kind: HappeningKind
  happenedAt: Date
  state: 'waiting' | 'done' | 'failed' | 'gone'
  /** The next try, of one that waits. */
  dueAt: Date
  attempts: { at: Date; status: number | null; problem: PostProblem | null; tookMs: number }[]
}

/** The newest deliveries, before the number `before`. */
export async function listDeliveries(
  db: Database,
  project: number,
  webhook: number,
  { before, limit }: { before: number | null; limit: number },
): Promise<Delivery[]> {
  await getWebhook(db, project, webhook)
  const rows = await list(
    db,
    sql<Omit<Delivery, 'attempts'> & { attempts: (Omit<Delivery['attempts'][number], 'at'> & { at: string })[] }>`
      select d.id, h.kind, h.at as happened_at, d.state, d.due_at,
        coalesce((
          select jsonb_agg(jsonb_build_object('at', a.at, 'status', a.status, 'problem', a.problem, 'tookMs', a.took_ms) order by a.at)
          from webhook_attempt a
          where a.delivery_id = d.id
        ), '[]') as attempts
      from webhook_delivery d
      join happening h on h.id = d.happening_id
      where d.webhook_id = ${webhook} and (${before}::bigint is null or d.id < ${before})
      order by d.id desc
      limit ${limit}`,
  )
  return rows.map((row) => ({ ...row, attempts: row.attempts.map((one) => ({ ...one, at: new Date(one.at) })) }))
}

/** The message as it would go out now; null when what it is about is gone. Throws NotFound. */
export async function bodyOf(
  world: DescribeWorld,
  project: number,
  webhook: number,
  delivery: number,
): Promise<string | null> {
  const happening = await first(
    world.db,
    sql<Happening>`
      select h.id, h.project_id, h.kind, h.at, h.about
      from webhook_delivery d
      join happening h on h.id = d.happening_id
      where d.id = ${delivery} and d.webhook_id = ${webhook} and h.project_id = ${project}`,
  )
  if (!happening) throw new NotFound()
  const described = await describe(world, happening)
  return described && messageOf(described).body
}

/** Sends one again, under the same id and without making others wait. Throws NotFound. */
export async function replayOne(
  db: Database,
  project: number,
  webhook: number,
  delivery: number,
  now: Date,
): Promise<void> {
  await getWebhook(db, project, webhook)
  const again = await first(
    db,
    sql`
      update webhook_delivery set state = 'waiting', blocks = false, due_at = ${now}, tries = 0, first_at = null
      where id = ${delivery} and webhook_id = ${webhook}
      returning id`,
  )
  if (!again) throw new NotFound()
}

/** Sends everything of a span again that this webhook wants to hear, also what happened before it was there or while it was off. Returns how many. */
export async function replaySpan(
  db: Database,
  project: number,
  webhook: number,
  { from, to }: { from: Date; to: Date },
  now: Date,
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const hook = await getWebhook(tx, project, webhook)
    const happened = await list(
      tx,
      sql<Pick<Happening, 'id' | 'kind' | 'about'>>`
        select id, kind, about
        from happening
        where project_id = ${project} and at >= ${from} and at < ${to}
        order by id`,
    )
    const wanted = happened.filter((one) => wants(hook, one)).map(({ id }) => id)
    await sql`
      insert into webhook_delivery (webhook_id, happening_id, due_at, blocks)
      select ${webhook}, id, ${now}::timestamptz, false from unnest(${wanted}::bigint[]) with ordinality as one (id, place)
      order by place
      on conflict (webhook_id, happening_id) do update
      set state = 'waiting', blocks = false, due_at = excluded.due_at, tries = 0, first_at = null`.execute(tx)
    return wanted.length
  })
}
