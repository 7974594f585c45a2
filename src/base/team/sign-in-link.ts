import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { first, inTransaction, type Database } from '../postgres/postgres.ts'
import { hashToken, newToken } from './token.ts'

/** What the first head is called until they say their name. */
export const firstHeadName = { en: 'Head', ru: 'Руководитель' }

const minuteMs = 60_000
/** For the link that the start prints into a terminal. */
export const shortLinkMs = 15 * minuteMs
/** For an invitation that travels by mail or messenger. */
export const invitationMs = 7 * 24 * 60 * minuteMs

/** A token that signs the member in once. Their earlier unused ones stop working. */
export async function makeSignInLink(
  db: Database,
  member: string,
  options: { madeBy: string | null; expiresAt: Date },
): Promise<string> {
  const token = newToken()
  await inTransaction(db, async (tx) => {
    await sql`delete from sign_in_link where member_id = ${member} and used_at is null`.execute(tx)
    await sql`
      insert into sign_in_link (hash, member_id, made_by, expires_at)
      values (${hashToken(token)}, ${member}, ${options.madeBy}, ${options.expiresAt})`.execute(tx)
  })
  return token
}

/** The member this token stands for, and the token is spent. Null when it was spent, has expired or never was. */
export async function spendSignInLink(db: Database, token: string, now: Date): Promise<string | null> {
  const spent = await first(
    db,
    sql<{ memberId: string }>`
      update sign_in_link
      set used_at = ${now}
      where hash = ${hashToken(token)} and used_at is null and expires_at > ${now}
      returning member_id`,
  )
  return spent?.memberId ?? null
}

/**
 * Makes the first head when nobody exists. Returns a token for them as long as nobody has set a password;
 * null afterwards. Asked at every start, so a lost terminal costs one restart.
 */
export async function ensureFirstHead(db: Database, now: Date): Promise<string | null> {
  return inTransaction(db, async (tx) => {
    await sql`
      insert into member (id, name, email, is_head)
      select ${randomUUID()}, ${firstHeadName.en}, 'head@heed.local', true
      where not exists (select from member)
      on conflict (email) do nothing`.execute(tx)
    const head = await first(
      tx,
      sql<{ id: string }>`
        select id from member
        where is_head and not exists (select from credential where password is not null)
        order by created_at
        limit 1`,
    )
    return head && makeSignInLink(tx, head.id, { madeBy: null, expiresAt: new Date(now.getTime() + shortLinkMs) })
  })
}
