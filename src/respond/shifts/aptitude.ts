import { sql } from 'kysely'
import { NotFound } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { earliestBegin } from './shift.ts'

/** Which tickets of a project somebody is given in turn. */
export type Aptitude = {
  /** Open tickets at once; null: as many as come. */
  capacity: number | null
  /** ISO 639-1; empty: any. */
  languages: string[]
  /** Names of queues or tags; empty: any. */
  skills: string[]
}

export type Colleague = Aptitude & {
  memberId: string
  name: string
  /** Since when they work; null: they do not. */
  since: Date | null
  /** Open tickets that they have in this project. */
  open: number
  givenAt: Date | null
}

/** Everybody who answers in the project; a head of the installation while they work. */
export async function listColleagues(db: Database, project: number, now: Date): Promise<Colleague[]> {
  return list(db, sql<Colleague>`${colleagues(project, now)} order by m.name, m.id`)
}

/** Throws NotFound unless they work in the project. */
export async function setAptitude(
  db: Database,
  project: number,
  member: string,
  { capacity, languages, skills }: Aptitude,
): Promise<void> {
  const works = await first(
    db,
    sql`
      select from member m
      left join membership p on p.member_id = m.id and p.project_id = ${project}
      where m.id = ${member} and (p.role <> 'client' or m.is_head)`,
  )
  if (!works) throw new NotFound()
  await sql`
    insert into aptitude (project_id, member_id, capacity, languages, skills)
    values (${project}, ${member}, ${capacity}, ${languages}::text[], ${skills}::text[])
    on conflict (project_id, member_id)
    do update set capacity = excluded.capacity, languages = excluded.languages, skills = excluded.skills`.execute(db)
}

/** It was their turn. */
export async function noteTurn(tx: Database, project: number, member: string, now: Date): Promise<void> {
  await sql`
    insert into aptitude (project_id, member_id, given_at) values (${project}, ${member}, ${now})
    on conflict (project_id, member_id) do update set given_at = excluded.given_at`.execute(tx)
}

function colleagues(project: number, now: Date) {
  return sql`
    select m.id as member_id, m.name, s.began_at as since, a.capacity, coalesce(a.languages, '{}') as languages,
      coalesce(a.skills, '{}') as skills, a.given_at,
      (select count(*)::int from ticket t where t.project_id = ${project} and t.assignee = m.id and t.status = 'open') as open
    from member m
    left join membership p on p.member_id = m.id and p.project_id = ${project}
    left join shift s on s.member_id = m.id and s.began_at > ${earliestBegin(now)}
    left join aptitude a on a.member_id = m.id and a.project_id = ${project}
    where p.role <> 'client' or (m.is_head and s.member_id is not null)`
}
