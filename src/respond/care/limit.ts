import { sql } from 'kysely'
import { first, type Database } from '../../base/postgres/postgres.ts'

/** How many toxic texts a shift may hold; null: nobody is asked to swap or rest. */
export async function findLimit(db: Database, project: number): Promise<number | null> {
  const row = await first(db, sql<{ texts: number }>`select texts from care_limit where project_id = ${project}`)
  return row?.texts ?? null
}

export async function setLimit(tx: Database, project: number, texts: number | null): Promise<void> {
  if (texts === null) await sql`delete from care_limit where project_id = ${project}`.execute(tx)
  else
    await sql`
      insert into care_limit (project_id, texts) values (${project}, ${texts})
      on conflict (project_id) do update set texts = excluded.texts`.execute(tx)
}
