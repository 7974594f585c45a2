import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { nextRevision } from '../knowledge/write.ts'
import { authorOf } from './tell-subscribers.ts'
import { recount } from './vote.ts'

/**
 * Takes these visitors off the page of a project with what they wrote, their votes and their addresses. A topic of theirs goes with
 * everything beneath it, and an answer to a comment with the comment: either may quote them. Of a topic an empty row stays,
 * from which the search learns that it is gone.
 */
export async function forgetVisitors(tx: Database, project: number, accounts: string[]): Promise<void> {
  const theirs = await list(
    tx,
    sql<{ id: number }>`
      with named as (
        select coalesce(same_as, id) as id from help_visitor
        where project_id = ${project} and ${authorOf(0).slice(0, -1)}::text || id = any(${accounts}::text[])
      )
      select id from help_visitor where id in (select id from named) or same_as in (select id from named)`,
  )
  if (theirs.length === 0) return
  const visitors = theirs.map(({ id }) => id)
  const topics = await list(
    tx,
    sql<{ id: number }>`
      update help_post
      set visitor_id = null, name = null, title = '—', text = '', reason = null, state = 'rejected', search = '',
        revision = ${await nextRevision(tx, project)}
      where topic_id is null and visitor_id = any(${visitors}::int[])
      returning id`,
  )
  const gone = topics.map(({ id }) => id)
  await sql`delete from help_post where topic_id = any(${gone}::int[])`.execute(tx)
  await sql`delete from help_subscription where topic_id = any(${gone}::int[])`.execute(tx)
  const voted = await list(
    tx,
    sql<{ topicId: number }>`delete from help_vote where visitor_id = any(${visitors}::int[]) returning topic_id`,
  )
  await recount(
    tx,
    voted.map(({ topicId }) => topicId),
  )
  await sql`delete from help_visitor where id = any(${visitors}::int[])`.execute(tx)
}
