import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { recount } from './vote.ts'
import { askToConfirm, type LetterDesk } from './tell-subscribers.ts'
import type { HelpPost } from './post.ts'
import type { Visitor } from './visitor.ts'

export type Subscription = { id: number; topicId: number; visitorId: number; projectId: number; isConfirmed: boolean }

/**
 * Somebody wants to hear what becomes of a topic. An address that this visitor has confirmed before is subscribed at once; any
 * other is asked by a letter, so that nobody subscribes somebody else. Says which of the two it was.
 */
export async function subscribe(
  desk: LetterDesk,
  topic: HelpPost,
  visitor: Visitor,
  email: string,
  now: Date,
): Promise<'subscribed' | 'asked'> {
  return inTransaction(desk.db, async (tx) => {
    const confirmedAt = visitor.email === email ? now : null
    const { id, isConfirmed } = must(
      await first(
        tx,
        sql<{ id: number; isConfirmed: boolean }>`
          insert into help_subscription as s (topic_id, visitor_id, email, asked_at, confirmed_at)
          values (${topic.id}, ${visitor.id}, ${email}, ${now}, ${confirmedAt})
          on conflict (topic_id, email) do update
            set confirmed_at = coalesce(s.confirmed_at, excluded.confirmed_at), asked_at = excluded.asked_at,
              visitor_id = case when s.confirmed_at is null then excluded.visitor_id else s.visitor_id end
          returning id, confirmed_at is not null as is_confirmed`,
      ),
    )
    if (!isConfirmed) await askToConfirm({ ...desk, db: tx }, topic, { id, email, visitor: visitor.id }, now)
    // Whether an address is subscribed already is nobody's business who cannot read its letters.
    return confirmedAt === null ? 'asked' : 'subscribed'
  })
}

/** Null: it was ended, or never confirmed in time. */
export async function findSubscription(db: Database, project: number, id: number): Promise<Subscription | null> {
  return first(
    db,
    sql<Subscription>`
      select s.id, coalesce(t.merged_into, t.id) as topic_id, s.visitor_id, t.project_id, s.confirmed_at is not null as is_confirmed
      from help_subscription s
      join help_post t on t.id = s.topic_id
      where s.id = ${id} and t.project_id = ${project}`,
  )
}

/**
 * The owner of the address agrees. Where they do it in the browser that asked, the address stands for this visitor from now on:
 * with the same address confirmed elsewhere they are one, with one vote.
 */
export async function confirmSubscription(
  db: Database,
  { id, projectId, visitorId }: Subscription,
  browser: Visitor | null,
  now: Date,
): Promise<Visitor | null> {
  return inTransaction(db, async (tx) => {
    // Of two browsers that confirm one address at once the second one finds the first.
    await sql`select from help_page where project_id = ${projectId} for no key update`.execute(tx)
    const asked = await first(
      tx,
      sql<{ email: string }>`
        update help_subscription set confirmed_at = coalesce(confirmed_at, ${now}) where id = ${id} returning email`,
    )
    if (!asked || browser === null || browser.id !== visitorId || browser.email === asked.email) return browser
    const other = await first(
      tx,
      sql<Visitor>`
        select id, approved, email from help_visitor
        where project_id = ${projectId} and email = ${asked.email} and same_as is null
        for update`,
    )
    if (other) return joinVisitors(tx, browser, other)
    await sql`update help_visitor set email = ${asked.email} where id = ${browser.id}`.execute(tx)
    return { ...browser, email: asked.email }
  })
}

export async function endSubscription(db: Database, id: number): Promise<void> {
  await sql`
    delete from help_subscription gone
    using help_subscription named, help_post t
    where named.id = ${id} and t.id = named.topic_id and gone.email = named.email
      and gone.topic_id in (named.topic_id, t.merged_into)`.execute(db)
}

async function joinVisitors(tx: Database, one: Visitor, into: Visitor): Promise<Visitor> {
  const moved = await list(
    tx,
    sql<{ topicId: number }>`delete from help_vote where visitor_id = ${one.id} returning topic_id`,
  )
  const topics = moved.map(({ topicId }) => topicId)
  await sql`
    insert into help_vote (topic_id, visitor_id, voted_at)
    select topic, ${into.id}, now() from unnest(${topics}::int[]) topic
    on conflict do nothing`.execute(tx)
  await recount(tx, topics)
  await sql`update help_post set visitor_id = ${into.id} where visitor_id = ${one.id}`.execute(tx)
  await sql`update help_subscription set visitor_id = ${into.id} where visitor_id = ${one.id}`.execute(tx)
  await sql`update help_visitor set approved = approved + ${one.approved} where id = ${into.id}`.execute(tx)
  await sql`update help_visitor set same_as = ${into.id}, email = null, approved = 0 where id = ${one.id} or same_as = ${one.id}`.execute(
    tx,
  )
  return { ...into, approved: into.approved + one.approved }
}
