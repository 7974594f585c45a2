import { sql } from 'kysely'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { audit } from '../../base/team/audit.ts'
import type { Who } from '../../base/team/scope.ts'

export const purposes = ['contact', 'quote', 'share'] as const
/** contact: written to about other matters. quote: their words shown elsewhere. share: given to a CRM or ticket system. */
export type Purpose = (typeof purposes)[number]

export type Consent = {
  purpose: Purpose
  /** Null: what was said before is taken back, and nobody knows. */
  given: boolean | null
  /** Where and how they said it. */
  how: string
  at: Date
  actor: string
}

/** Notes what somebody said; it holds until they say otherwise, and everything they ever said stays to be read. */
export async function setConsent(
  db: Database,
  project: number,
  author: string,
  { purpose, given, how }: Pick<Consent, 'purpose' | 'given' | 'how'>,
  { who, now }: { who: Who; now: Date },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sql`
      insert into customer_consent (project_id, author_id, purpose, given, how, at, actor_id, actor)
      values (${project}, ${author}, ${purpose}, ${given}, ${how}, ${now}, ${who.kind === 'key' ? `key:${who.id}` : who.id}, ${who.name})`.execute(
      tx,
    )
    // Of whom it is stays out of the audit, which outlives a person's wish to be forgotten.
    await audit(tx, { project, who, action: 'consent-noted', details: { purpose, given } })
  })
}

/** Everything these accounts of one person said, newest first: the first line of a purpose is what holds. */
export async function listConsents(db: Database, project: number, accounts: string[]): Promise<Consent[]> {
  return list(
    db,
    sql<Consent>`
      select purpose, given, how, at, actor
      from customer_consent
      where project_id = ${project} and author_id = any(${accounts}::text[])
      order by id desc`,
  )
}

/** Those of the accounts that have refused this, by their own newest word. */
export async function listRefusals(
  db: Database,
  project: number,
  accounts: string[],
  purpose: Purpose,
): Promise<string[]> {
  const rows = await list(
    db,
    sql<{ authorId: string; given: boolean | null }>`
      select distinct on (author_id) author_id, given
      from customer_consent
      where project_id = ${project} and author_id = any(${accounts}::text[]) and purpose = ${purpose}
      order by author_id, id desc`,
  )
  return rows.filter(({ given }) => given === false).map(({ authorId }) => authorId)
}

/** Whether the newest word of this person, over all their accounts, is a refusal. */
export async function refuses(db: Database, project: number, accounts: string[], purpose: Purpose): Promise<boolean> {
  const said = await listConsents(db, project, accounts)
  return said.find((one) => one.purpose === purpose)?.given === false
}
