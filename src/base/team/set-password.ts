import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { UserError } from '../errors.ts'
import { first, inTransaction, type Database } from '../postgres/postgres.ts'
import { audit } from './audit.ts'
import { shortestPassword } from './password.ts'
import type { Session } from './session.ts'

/**
 * The old password is asked for unless there is none or the person came by a one-time link, which is the way back
 * for those who forgot it. All other sessions of the member end.
 */
export async function setPassword(
  db: Database,
  session: Pick<Session, 'id' | 'who' | 'byLink'>,
  input: { password: string; current: string | null },
): Promise<void> {
  if (input.password.length < shortestPassword) {
    throw new UserError(`A password needs at least ${shortestPassword} characters`, {
      key: 'password-too-short',
      values: { minimum: shortestPassword },
      field: 'password',
    })
  }
  const { who } = session
  const known = await first(
    db,
    sql<{
      password: string
    }>`select password from credential where member_id = ${who.id} and provider_id = 'credential' and password is not null`,
  )
  if (
    known &&
    !session.byLink &&
    !(input.current !== null && (await verifyPassword({ hash: known.password, password: input.current })))
  ) {
    throw new UserError('The current password is needed, and this is not it', {
      key: 'password-current-wrong',
      field: 'currentPassword',
    })
  }
  const hash = await hashPassword(input.password)
  await inTransaction(db, async (tx) => {
    await sql`
      insert into credential (id, member_id, account_id, provider_id, password)
      values (${randomUUID()}, ${who.id}, ${who.id}, 'credential', ${hash})
      on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = now()`.execute(tx)
    await sql`delete from session where member_id = ${who.id} and id <> ${session.id}`.execute(tx)
    await sql`update session set by_link = false where id = ${session.id}`.execute(tx)
    await audit(tx, { project: null, who, action: 'password-set' })
  })
}
