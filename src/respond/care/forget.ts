import { sql } from 'kysely'
import type { Database } from '../../base/postgres/postgres.ts'

// A week is counted; at the ends of the world a day begins some hours earlier or later.
const keptDays = 9

/** What is not counted any more, and what was counted of people who do not work in the project any more. */
export async function forgetOldReads(db: Database, now: Date): Promise<void> {
  for (const table of ['toxic_read', 'rest_told'])
    await sql`
      delete from ${sql.table(table)} r
      where r.day < ${now}::timestamptz::date - ${keptDays}::int
        or not exists (select from membership s where s.member_id = r.member_id and s.project_id = r.project_id)
          and not exists (select from member m where m.id = r.member_id and m.is_head)`.execute(db)
}

/** That so many texts were read stays; that they were these does not. */
export async function forgetInCare(tx: Database, project: number, mentions: string[]): Promise<void> {
  await sql`
    update toxic_read
    set mention_id = 'forgotten ' || gen_random_uuid()
    where project_id = ${project} and mention_id = any(${mentions}::text[])`.execute(tx)
}
