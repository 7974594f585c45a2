import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'

/** How a client speaks and is called. */
export type Voice = {
  /** The first is the one it is spoken of by. */
  names: string[]
  /** Words and phrases that never stand in a reply. */
  banned: string[]
  /** In Russian: «вы» or «ты»; null: either. */
  address: 'formal' | 'informal' | null
  /** In which it replies, as ISO 639-1 codes; none: in any. */
  languages: string[]
}

/** By the name of the project until somebody writes it down. */
export async function getVoice(db: Database, project: number): Promise<Voice> {
  return must(await first(db, sql<Voice>`${voices} where p.id = ${project}`))
}

export async function setVoice(
  db: Database,
  project: number,
  { names, banned, address, languages }: Voice,
): Promise<void> {
  await sql`
    insert into reply_voice (project_id, names, banned, address, languages)
    values (${project}, ${names}::text[], ${banned}::text[], ${address}, ${languages}::text[])
    on conflict (project_id) do update
    set names = excluded.names, banned = excluded.banned, address = excluded.address, languages = excluded.languages`.execute(
    db,
  )
}

/** What other clients of the installation are called. Not sure: it is only the name of a project. */
export async function listNamesOfOthers(db: Database, project: number): Promise<{ name: string; sure: boolean }[]> {
  return list(
    db,
    sql<{ name: string; sure: boolean }>`
      select called.name, v.project_id is not null as sure
      from project p
      left join reply_voice v on v.project_id = p.id
      cross join unnest(coalesce(v.names, array[p.name])) as called (name)
      where p.id <> ${project}
      order by p.id`,
  )
}

const voices = sql`
  select coalesce(v.names, array[p.name]) as names, coalesce(v.banned, '{}') as banned, v.address,
    coalesce(v.languages, '{}') as languages
  from project p
  left join reply_voice v on v.project_id = p.id`
