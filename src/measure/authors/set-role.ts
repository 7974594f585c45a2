import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { AuthorRole } from './role.ts'

export type RoleSet = {
  /** Null: it was taken back. */
  role: AuthorRole | null
  at: Date
  actor: string
}

/** A person's word on what an author is; null takes it back. It holds until somebody says otherwise. */
export async function setRole(
  db: Database,
  project: number,
  author: string,
  role: AuthorRole | null,
  by: { actor: { id: string; name: string }; now: Date },
): Promise<void> {
  await sql`
    insert into author_role (project_id, author_id, role, at, actor_id, actor)
    values (${project}, ${author}, ${role}, ${by.now}, ${by.actor.id}, ${by.actor.name})`.execute(db)
}

/** What people have said of these accounts of one person, newest first: the first line is what holds. */
export async function listRolesSet(db: Database, project: number, accounts: string[]): Promise<RoleSet[]> {
  return list(
    db,
    sql<RoleSet>`
      select role, at, actor
      from author_role
      where project_id = ${project} and author_id = any(${accounts}::text[])
      order by id desc`,
  )
}

export async function forgetRoles(db: Database, project: number, accounts: string[]): Promise<void> {
  await sql`delete from author_role where project_id = ${project} and author_id = any(${accounts}::text[])`.execute(db)
}
