import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'

/** Takes out what was written to these accounts, or in answer to these mentions, sent or not. */
export async function forgetReplies(
  tx: Database,
  project: number,
  mentions: string[],
  accounts: string[],
): Promise<void> {
  await sql`
    delete from reply
    where project_id = ${project}
      and (mention_id = any(${mentions}::text[]) or answers -> 'author' ->> 'id' = any(${accounts}::text[]))`.execute(
    tx,
  )
}
