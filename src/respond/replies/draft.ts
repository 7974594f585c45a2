import { sql } from 'kysely'
import { must, UserError } from '../../base/errors.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import type { AnsweredMention } from '../../listen/connectors/reply-channel.ts'
import type { Actor } from '../tickets/history.ts'
import { lockTickets } from '../tickets/lock.ts'
import { getTicket, listMentionIds } from '../tickets/ticket.ts'
import { newestEvent } from './changed-since.ts'
import { getReply, refuseOtherState, refuseOtherVersion, type Reply } from './reply.ts'

export const longestText = 20_000

/** Begins a reply to a mention of the ticket, or goes on with the draft that this person has for it. */
export async function beginDraft(
  db: Database,
  project: number,
  to: { ticket: number; mention: AnsweredMention & { platform: string }; channel: number | null },
  actor: Actor,
): Promise<Reply> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const ticket = await getTicket(tx, project, to.ticket)
    if (ticket.status === 'closed')
      throw new UserError('A closed ticket has to be opened again first', { key: 'ticket-closed' })
    if (!(await listMentionIds(tx, project, to.ticket)).includes(to.mention.id))
      throw new UserError('This mention does not belong to the ticket', {
        key: 'reply-mention-elsewhere',
        field: 'mention',
      })
    const there = await first(
      tx,
      sql<{ id: number }>`
        select id from reply
        where ticket_id = ${to.ticket} and mention_id = ${to.mention.id} and state = 'draft'
          and writer_id is not distinct from ${actor?.id ?? null}`,
    )
    const { id } =
      there ??
      must(
        await first(
          tx,
          sql<{ id: number }>`
            insert into reply (project_id, ticket_id, mention_id, platform, answers, channel_id, seen_event, writer_id, writer)
            values (${project}, ${to.ticket}, ${to.mention.id}, ${to.mention.platform}, ${JSON.stringify(answersOf(to.mention))}::jsonb, ${to.channel},
              ${await newestEvent(tx, to.ticket)}, ${actor?.id ?? null}, ${actor?.name ?? null})
            returning id`,
        ),
      )
    return getReply(tx, project, id)
  })
}

export type Written = { text?: string | undefined; channel?: number | null | undefined; version: number }

/** Keeps what was typed. A reply that was approved or refused becomes a draft again: nobody has approved the new text. */
export async function writeDraft(db: Database, project: number, id: number, written: Written): Promise<Reply> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const reply = await getReply(tx, project, id)
    refuseOtherState(reply, ['draft', 'approved', 'refused'])
    refuseOtherVersion(reply, written.version)
    const text = written.text ?? reply.text
    const channel = written.channel === undefined ? reply.channelId : written.channel
    if (text === reply.text && channel === reply.channelId) return reply
    await sql`
      update reply
      set text = ${text}, channel_id = ${channel}, version = version + 1, changed_at = now(), problem = null,
        state = 'draft', round = round + case when state = 'approved' then 1 else 0 end
      where id = ${id}`.execute(tx)
    return getReply(tx, project, id)
  })
}

/** The person has seen what changed in the ticket and wants to go on with this text. */
export async function acknowledgeChanges(db: Database, project: number, id: number, upTo: number): Promise<Reply> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    await getReply(tx, project, id)
    await sql`
      update reply
      set seen_event = greatest(seen_event, ${upTo}), problem = null
      where id = ${id} and state in ('draft', 'waiting', 'approved')`.execute(tx)
    return getReply(tx, project, id)
  })
}

/** Puts a reply away that never went out. */
export async function dropDraft(db: Database, project: number, id: number): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    refuseOtherState(await getReply(tx, project, id), ['draft', 'waiting', 'approved', 'refused'])
    await sql`update reply set state = 'dropped', changed_at = now() where id = ${id}`.execute(tx)
  })
}

/** Keeps this version of the text for good. */
export async function keepText(
  tx: Database,
  { id, version, text }: Pick<Reply, 'id' | 'version' | 'text'>,
  by: Actor,
): Promise<void> {
  await sql`
    insert into reply_text (reply_id, version, text, written_by)
    values (${id}, ${version}, ${text}, ${by?.name ?? null})
    on conflict do nothing`.execute(tx)
}

function answersOf({ id, url, title, parent, root, author }: AnsweredMention): AnsweredMention {
  const writer = author && { id: author.id, name: author.name, handle: author.handle }
  return { id, url, title, parent, root, author: writer }
}
