import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'

/** What rules did stays, with the ticket; which of these mentions it was for does not. */
export async function forgetInRules(tx: Database, project: number, mentions: string[]): Promise<void> {
  const theirs = sql`project_id = ${project} and mention_id = any(${mentions}::text[])`
  const roots = mentions.map((id) => `mention ${id}`)
  await sql`delete from rule_seen where ${theirs}`.execute(tx)
  await sql`delete from rule_mark where ${theirs}`.execute(tx)
  await sql`
    update rule_run
    set mention_id = null,
      event = case when event like 'mention %' then 'forgotten ' || id else event end,
      root = case when root like 'mention %' then 'forgotten ' || id else root end
    where ${theirs} or project_id = ${project} and root = any(${roots}::text[])`.execute(tx)
}
