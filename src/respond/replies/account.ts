import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import type { ConnectorIo } from '../../listen/connectors/connector.ts'
import { tell } from '../../listen/connectors/problems.ts'
import type { ReplyChannel } from '../../listen/connectors/reply-channel.ts'

/** An official account of the project; what it signs in with stays sealed. */
export type ConnectedAccount = {
  id: number
  platform: string
  name: string
  connectedAt: Date
  connectedBy: string | null
}

/**
 * Connects an account after the platform has said who it is; the same account again takes the new credentials. Throws
 * UserError with what the platform says when it refuses.
 */
export async function connectAccount(
  db: Database,
  secrets: Secrets,
  project: number,
  input: { channel: ReplyChannel<unknown>; settings: unknown; by: string | null },
  io: ConnectorIo,
): Promise<ConnectedAccount> {
  const { channel } = input
  const greeted = await channel.greet(channel.parseAccount(input.settings), io)
  if (greeted.kind !== 'ready') {
    const { key, values } = greeted.problem
    throw new UserError(tell(greeted.problem, 'en'), { key, values })
  }
  return keepAccount(db, secrets, project, { ...greeted, platform: channel.platform, by: input.by })
}

/** Calls an account anew, wherever it is shown. */
export async function renameAccount(db: Database, project: number, id: number, name: string): Promise<void> {
  await sql`update channel set name = ${name} where project_id = ${project} and id = ${id}`.execute(db)
}

/** Keeps an account that is known to be the project's own. */
export async function keepAccount(
  db: Database,
  secrets: Secrets,
  project: number,
  kept: { platform: string; name: string; account: unknown; by: string | null },
): Promise<ConnectedAccount> {
  return inTransaction(db, async (tx) => {
    const { id } = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into channel (project_id, platform, name, sealed, connected_by)
          values (${project}, ${kept.platform}, ${kept.name}, '', ${kept.by})
          on conflict (project_id, platform, name) do update set connected_at = now(), connected_by = excluded.connected_by
          returning id`,
      ),
    )
    await sql`update channel set sealed = ${secrets.seal(owner(id), JSON.stringify(kept.account))} where id = ${id}`.execute(
      tx,
    )
    return getAccount(tx, project, id)
  })
}

export async function listAccounts(db: Database, project: number): Promise<ConnectedAccount[]> {
  return list(db, sql<ConnectedAccount>`${whole} where project_id = ${project} order by platform, name`)
}

/** Throws NotFound when this project has no such account. */
export async function getAccount(db: Database, project: number, id: number): Promise<ConnectedAccount> {
  const account = await first(db, sql<ConnectedAccount>`${whole} where project_id = ${project} and id = ${id}`)
  if (!account) throw new NotFound()
  return account
}

/** What each account signs in with, sealed, for those that exchange it in time. */
export async function listSealed(db: Database, platforms: string[]): Promise<SealedAccount[]> {
  return list(
    db,
    sql<SealedAccount>`select id, platform, sealed from channel where platform = any(${platforms}::text[])`,
  )
}
export type SealedAccount = { id: number; platform: string; sealed: string }

/** Replies that wait to go out from it are refused when their time comes; what was sent stays. */
export async function disconnectAccount(db: Database, project: number, id: number): Promise<void> {
  await sql`delete from channel where project_id = ${project} and id = ${id}`.execute(db)
}

/** What the channel signs in with; null when the account was disconnected or sealed with another key. */
export async function openAccount(
  db: Database,
  secrets: Secrets,
  { projectId, channelId }: { projectId: number; channelId: number | null },
): Promise<unknown> {
  const row = await first(
    db,
    sql<SealedAccount>`
      select id, platform, sealed from channel where project_id = ${projectId} and id = ${channelId}`,
  )
  return row && openSealed(secrets, row)
}

/** Null when it was sealed with another key. */
export function openSealed(secrets: Secrets, { id, sealed }: SealedAccount): unknown {
  const opened = secrets.open(owner(id), sealed)
  return opened.kind === 'opened' ? (JSON.parse(opened.text) as unknown) : null
}

/** Keeps what an account signs in with from now on, unless it was given something else since it was read. */
export async function exchangeSealed(
  db: Database,
  secrets: Secrets,
  { id, sealed }: SealedAccount,
  account: unknown,
): Promise<void> {
  await sql`
    update channel set sealed = ${secrets.seal(owner(id), JSON.stringify(account))}
    where id = ${id} and sealed = ${sealed}`.execute(db)
}

const whole = sql`select id, platform, name, connected_at, connected_by from channel`

function owner(id: number): string {
  return `channel:${id}`
}
