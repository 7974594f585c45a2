import { sql } from 'kysely'
import { UserError } from '../../base/errors.ts'
import { inTransaction, type Database } from '../../base/postgres/postgres.ts'
import type { Secrets } from '../../base/secrets/secrets.ts'
import { payer } from '../../listen/collect/budget.ts'
import type { ConnectorIo } from '../../listen/connectors/connector.ts'
import { tell, type Problem } from '../../listen/connectors/problems.ts'
import type { Changed, Published, ReplyChannel } from '../../listen/connectors/reply-channel.ts'
import { remember, type Actor } from '../tickets/history.ts'
import { lockTickets } from '../tickets/lock.ts'
import { openAccount } from './account.ts'
import { worded } from './channel.ts'
import { newestEvent } from './changed-since.ts'
import { keepText } from './draft.ts'
import { stateBefore } from './queue.ts'
import { getReply, refuseOddAddress, refuseOtherState, refuseOtherVersion, ticketOf, type Reply } from './reply.ts'

type Desk = {
  db: Database
  secrets: Secrets
  channelOf: (platform: string) => ReplyChannel<unknown> | null
  io: ConnectorIo
}

/**
 * Changes a reply where it stands. The platform goes first: when we die in between, the edit is done again and changes
 * nothing. Throws UserError with what the platform says when it does not let us.
 */
export async function editPublished(
  desk: Desk,
  project: number,
  id: number,
  { version, text }: { version: number; text: string },
  by: Actor,
): Promise<Reply> {
  const reply = await getReply(desk.db, project, id)
  refuseOtherVersion(reply, version)
  const { channel, account, published } = await reach(desk, reply)
  if (!channel.edit) throw new UserError('This platform has no editing', { key: 'reply-no-edit' })
  const changed = told(
    await channel.edit(published, worded(channel, text, reply.answers), account, paying(desk, reply)),
  )
  return inTransaction(desk.db, async (tx) => {
    await lockTickets(tx, project)
    const { id: platformId, mention, url } = changed.published ?? published
    await sql`
      update reply
      set text = ${text}, version = version + 1, changed_at = now(), platform_id = ${platformId}, published_as = ${mention}, url = ${url}
      where id = ${id}`.execute(tx)
    const edited = await getReply(tx, project, id)
    await keepText(tx, edited, by)
    await remember(tx, ticketOf(reply), by, { kind: 'reply-edited' })
    return edited
  })
}

/** Takes a reply away from the platform; its text stays with the ticket. */
export async function removePublished(desk: Desk, project: number, id: number, by: Actor): Promise<Reply> {
  const reply = await getReply(desk.db, project, id)
  const { channel, account, published } = await reach(desk, reply)
  if (!channel.remove) throw new UserError('This platform has no deleting', { key: 'reply-no-remove' })
  told(await channel.remove(published, account, paying(desk, reply)))
  return inTransaction(desk.db, async (tx) => {
    await lockTickets(tx, project)
    await sql`update reply set state = 'removed', changed_at = now() where id = ${id}`.execute(tx)
    await remember(tx, ticketOf(reply), by, { kind: 'reply-removed' })
    return getReply(tx, project, id)
  })
}

/** A person has looked at the platform: the reply is there, or it is not and may be sent anew. */
export async function settleByHand(
  db: Database,
  project: number,
  id: number,
  saw: { there: true; url: string | null } | { there: false },
  by: Actor,
): Promise<Reply> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const reply = await getReply(tx, project, id)
    refuseOtherState(reply, ['unsure'])
    if (saw.there) refuseOddAddress(saw.url)
    if (saw.there) {
      await remember(tx, ticketOf(reply), by, { kind: 'answered', to: saw.url })
      await sql`
        update reply set state = 'sent', url = ${saw.url}, sent_at = now(), problem = null, changed_at = now()
        where id = ${id}`.execute(tx)
    } else {
      await sql`
        update reply
        set state = ${stateBefore(reply)}, problem = null, send_at = null, changed_at = now(),
          seen_event = ${await newestEvent(tx, reply.ticketId)}
        where id = ${id}`.execute(tx)
    }
    return getReply(tx, project, id)
  })
}

async function reach(
  { db, secrets, channelOf }: Desk,
  reply: Reply,
): Promise<{ channel: ReplyChannel<unknown>; account: unknown; published: Published }> {
  refuseOtherState(reply, ['sent'])
  const channel = channelOf(reply.platform)
  const account = await openAccount(db, secrets, reply)
  const { platformId, publishedAs, url } = reply
  if (!channel || account === null || platformId === null || publishedAs === null)
    throw new UserError('Heed cannot reach this reply; open it at the platform', { key: 'reply-out-of-reach' })
  return { channel, account, published: { id: platformId, mention: publishedAs, url } }
}

function paying({ db, io }: Desk, { projectId: project, platform }: Reply): ConnectorIo {
  return { ...io, pay: payer(db, { project, platform, credential: 'replies' }, io.now) }
}

function told(changed: Changed): Extract<Changed, { kind: 'done' }> {
  if (changed.kind === 'done') return changed
  const { key, values }: Problem = changed.problem
  throw new UserError(tell(changed.problem, 'en'), { key, values })
}
