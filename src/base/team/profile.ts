import { sql } from 'kysely'
import { UserError } from '../errors.ts'
import { first, inTransaction, type Database } from '../postgres/postgres.ts'
import { audit } from './audit.ts'
import type { WhoMember } from './session.ts'

export type ProfileChange = { name?: string | undefined; locale?: 'en' | 'ru' | undefined; email?: string | undefined }

/** What people may change about themselves. */
export async function changeProfile(db: Database, who: WhoMember, change: ProfileChange): Promise<WhoMember> {
  const next = {
    ...who,
    name: change.name ?? who.name,
    locale: change.locale ?? who.locale,
    email: change.email?.toLowerCase() ?? who.email,
  }
  return inTransaction(db, async (tx) => {
    const taken = await first(tx, sql`select 1 from member where email = ${next.email} and id <> ${who.id}`)
    if (taken) throw new UserError('Somebody here has this email already', { key: 'email-taken', field: 'email' })
    await sql`update member set name = ${next.name}, locale = ${next.locale}, email = ${next.email}, updated_at = now() where id = ${who.id}`.execute(
      tx,
    )
    if (next.email !== who.email)
      await audit(tx, {
        project: null,
        who,
        action: 'email-changed',
        subject: next.email,
        details: { from: who.email },
      })
    return next
  })
}
