import { sql } from 'kysely'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'

/**
 * "Me too": a second vote of one visitor changes nothing, and one for a topic that was merged counts where it went. The count
 * is that of the votes at every moment.
 */
export async function vote(db: Database, topic: number, visitor: number, now: Date): Promise<void> {
  await inTransaction(db, async (tx) => {
    const there = await first(
      tx,
      sql<{ id: number }>`
        select coalesce(merged_into, id) as id from help_post
        where id = ${topic} and topic_id is null and state = 'public'
        for no key update`,
    )
    if (!there) return
    const added = await first(
      tx,
      sql`
        insert into help_vote (topic_id, visitor_id, voted_at) values (${there.id}, ${visitor}, ${now})
        on conflict do nothing
        returning topic_id`,
    )
    if (added) await sql`update help_post set votes = votes + 1 where id = ${there.id}`.execute(tx)
  })
}

export async function takeVoteBack(db: Database, topic: number, visitor: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const gone = await first(
      tx,
      sql`delete from help_vote where topic_id = ${topic} and visitor_id = ${visitor} returning topic_id`,
    )
    if (gone) await sql`update help_post set votes = votes - 1 where id = ${topic}`.execute(tx)
  })
}

export async function hasVoted(db: Database, topic: number, visitor: number): Promise<boolean> {
  return (await first(db, sql`select from help_vote where topic_id = ${topic} and visitor_id = ${visitor}`)) !== null
}

/** Counts the votes of these topics anew, after votes were moved or forgotten. */
export async function recount(tx: Database, topics: number[]): Promise<void> {
  await sql`
    update help_post p
    set votes = (select count(*) from help_vote v where v.topic_id = p.id)
    where p.id = any(${topics}::int[])`.execute(tx)
}
