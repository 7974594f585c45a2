import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'

/** Takes out that these mentions arrived or were told of, and with it what webhooks were to be told and were. */
export async function forgetHappenings(tx: Database, project: number, mentions: string[]): Promise<void> {
  await sql`delete from happening where project_id = ${project} and about ->> 'mention' = any(${mentions}::text[])`.execute(
    tx,
  )
}
