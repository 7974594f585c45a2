import { sql } from 'kysely'
import { must, NotFound, UserError } from '../errors.ts'
import { first, inTransaction, list, type Database } from '../postgres/postgres.ts'
import { audit } from './audit.ts'
import { isAtLeast, type Role } from './role.ts'
import type { Scope, Who } from './scope.ts'
import { hashToken, newToken } from './token.ts'

/** Lets a program act in one project with one role. */
export type ApiKey = { id: number; name: string; prefix: string; role: Role; createdAt: Date; lastUsedAt: Date | null }

const columns = sql.raw('id, name, prefix, role, created_at, last_used_at')

export async function listApiKeys(db: Database, project: number): Promise<ApiKey[]> {
  return list(db, sql<ApiKey>`select ${columns} from api_key where project_id = ${project} order by id`)
}

/** The secret is shown this once; only its hash is kept. A key never may more than who made it. */
export async function makeApiKey(
  db: Database,
  scope: Scope,
  input: { name: string; role: Role },
): Promise<{ key: ApiKey; secret: string }> {
  if (!isAtLeast(scope.role, input.role))
    throw new UserError('You cannot give a role above your own', { key: 'role-above-own', field: 'role' })
  const secret = `heed_${newToken()}`
  return inTransaction(db, async (tx) => {
    const key = await first(
      tx,
      sql<ApiKey>`
        insert into api_key (project_id, name, role, hash, prefix, made_by)
        values (${scope.project.id}, ${input.name}, ${input.role}, ${hashToken(secret)}, ${secret.slice(0, 10)}, ${scope.who.name})
        returning ${columns}`,
    )
    await audit(tx, {
      project: scope.project.id,
      who: scope.who,
      action: 'key-made',
      subject: input.name,
      details: { role: input.role },
    })
    return { key: must(key), secret }
  })
}

export async function removeApiKey(db: Database, scope: Scope, id: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    const removed = await first(
      tx,
      sql<{ name: string }>`delete from api_key where id = ${id} and project_id = ${scope.project.id} returning name`,
    )
    if (!removed) throw new NotFound()
    await audit(tx, { project: scope.project.id, who: scope.who, action: 'key-removed', subject: removed.name })
  })
}

/** Who comes with this secret. Notes the use, at most once a minute. */
export async function findByApiKey(db: Database, secret: string, now: Date): Promise<Who | null> {
  const key = await first(
    db,
    sql<{ id: number; name: string; projectId: number; role: Role; lastUsedAt: Date | null }>`
      select id, name, project_id, role, last_used_at from api_key where hash = ${hashToken(secret)}`,
  )
  if (!key) return null
  if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() > 60_000) {
    await sql`update api_key set last_used_at = ${now} where id = ${key.id}`.execute(db)
  }
  return { kind: 'key', id: key.id, name: key.name, projectId: key.projectId, role: key.role }
}
