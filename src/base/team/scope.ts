import { sql } from 'kysely'
import { NotFound } from '../errors.ts'
import { first, list, type Database } from '../postgres/postgres.ts'
import { may, type Action, type Role } from './role.ts'

/** Who asks: a person, or a program of one project with its key. */
export type Who =
  | { kind: 'member'; id: string; name: string; email: string; locale: 'en' | 'ru'; isHead: boolean }
  | { kind: 'key'; id: number; name: string; projectId: number; role: Role }

export type Project = { id: number; name: string; timeZone: string; isSample: boolean; createdAt: Date }
export type Scope = { who: Who; project: Project; role: Role }

/** The project as this one sees it. Throws NotFound when it does not exist for them. */
export async function projectFor(db: Database, who: Who, id: number): Promise<Scope> {
  const [project] = await projectsOf(db, who, id)
  if (!project) throw new NotFound()
  const { role, ...rest } = project
  return { who, project: rest, role }
}

/** Every project this one may see, by name. */
export async function listProjectsFor(db: Database, who: Who): Promise<(Project & { role: Role })[]> {
  return projectsOf(db, who, null)
}

/** Throws NotFound when the scope does not reach so far: without the right, the thing does not exist. */
export function allow(scope: Scope, action: Action): void {
  if (!may(scope.role, action)) throw new NotFound()
  // A key that leaks must not let its finder in for good.
  if (scope.who.kind === 'key' && (action === 'member' || action === 'key')) throw new NotFound()
}

/** Whether somebody may still do it in the project: a person by their id, or a program by `key:` and the number of its key. */
export async function mayStill(db: Database, project: number, actor: string, action: Action): Promise<boolean> {
  const key = /^key:(\d+)$/.exec(actor)?.[1]
  const held = await first(
    db,
    key === undefined
      ? sql<{ role: Role | null }>`
          select case when m.is_head then 'head' else s.role end as role
          from member m
          left join membership s on s.member_id = m.id and s.project_id = ${project}
          where m.id = ${actor}`
      : sql<{ role: Role }>`select role from api_key where id = ${key}::bigint and project_id = ${project}`,
  )
  return held?.role != null && may(held.role, action)
}

/** What is done to the whole installation, like a new project. Throws NotFound for everybody else. */
export function allowHead(who: Who): void {
  if (who.kind !== 'member' || !who.isHead) throw new NotFound()
}

/** True until the first project exists. */
export async function hasNoProject(db: Database): Promise<boolean> {
  return (await first(db, sql`select 1 from project limit 1`)) === null
}

async function projectsOf(db: Database, who: Who, only: number | null): Promise<(Project & { role: Role })[]> {
  // An id beyond 32 bits is no id of ours, and PostgreSQL would call it an error.
  if (only !== null && !(Number.isInteger(only) && only > 0 && only < 2 ** 31)) return []
  const member = who.kind === 'member' ? who.id : null
  const seesAll = who.kind === 'member' && who.isHead
  const found = await list(
    db,
    sql<Project & { role: Role | null }>`
      select p.id, p.name, p.time_zone, p.is_sample, p.created_at, m.role
      from project p
      left join membership m on m.project_id = p.id and m.member_id = ${member}
      where (${only}::int is null or p.id = ${only})
        and (${seesAll} or m.member_id is not null or p.id = ${who.kind === 'key' ? who.projectId : null})
      order by lower(p.name), p.id`,
  )
  return found.flatMap(({ role, ...project }) => {
    const held = seesAll ? 'head' : who.kind === 'key' ? who.role : role
    return held ? [{ ...project, role: held }] : []
  })
}
