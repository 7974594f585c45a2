import { sql } from 'kysely'
import { timingSafeEqual } from 'node:crypto'
import { must } from '../../base/errors.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'

/** Somebody on a page. Who they are nobody knows; their browser shows a signed number. */
export type Visitor = { id: number; approved: number; email: string | null }

export async function addVisitor(db: Database, project: number, now: Date): Promise<Visitor> {
  const added = await first(
    db,
    sql<Visitor>`
      insert into help_visitor (project_id, made_at) values (${project}, ${now}) returning id, approved, email`,
  )
  return must(added)
}

/** The visitor whom a cookie names; null for a cookie of another page, one that nobody signed, or none. */
export async function findVisitor(
  db: Database,
  secrets: Secrets,
  project: number,
  cookie: string | undefined,
): Promise<Visitor | null> {
  const id = readSigned(secrets, 'help-visitor', cookie ?? '')
  if (id === null) return null
  return first(
    db,
    sql<Visitor>`
      select v.id, v.approved, v.email
      from help_visitor named
      join help_visitor v on v.id = coalesce(named.same_as, named.id)
      where named.id = ${id} and named.project_id = ${project}`,
  )
}

/** What the browser keeps. */
export function cookieOf(secrets: Secrets, { id }: Visitor): string {
  return sign(secrets, 'help-visitor', id)
}

/** A number and its signature for one purpose, which nobody can make for another number. */
export function sign(secrets: Secrets, purpose: string, id: number): string {
  return `${id}-${secrets.derive(`${purpose}:${id}`)}`
}

/** The number, null where the signature is not ours. */
export function readSigned(secrets: Secrets, purpose: string, text: string): number | null {
  const id = Number(/^([1-9]\d{0,8})-[\w-]{43}$/.exec(text)?.[1] ?? 0)
  if (id === 0) return null
  return timingSafeEqual(Buffer.from(text), Buffer.from(sign(secrets, purpose, id))) ? id : null
}
