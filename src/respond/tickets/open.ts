import { sql } from 'kysely'
import { must, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import { customerBehind } from '../customers/customer.ts'
import { putStatus } from './change.ts'
import { titleOfGone } from './forget.ts'
import { remember, type Actor } from './history.ts'
import { lockTickets } from './lock.ts'
import { tellMentions } from './outbox.ts'
import { followMention, promiseFor } from './promises.ts'
import { getTicket, type Ticket } from './ticket.ts'

export type TicketMention = Pick<Mention, 'id' | 'platform' | 'postedAt' | 'author' | 'title' | 'text'> &
  // What a promise is chosen by, and whether its words are blurred; absent where nobody looked.
  Partial<Pick<Mention, 'stage' | 'sentiment' | 'toxic'>>

/**
 * Opens a ticket for these mentions. A mention is in one ticket that is not closed at most: when one of them has such
 * a ticket already, the others join it and nothing new is opened, also when two people press at once.
 */
export async function openTicket(
  db: Database,
  project: number,
  input: { mentions: TicketMention[]; title?: string | undefined },
  actor: Actor,
  now = new Date(),
): Promise<Ticket> {
  const mentions = input.mentions.toSorted(
    (a, b) => a.postedAt.getTime() - b.postedAt.getTime() || (a.id < b.id ? -1 : 1),
  )
  const oldest = must(mentions[0], 'mention')
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const there = await liveTicketsOf(tx, project, mentions)
    const [ticket] = there
    if (ticket !== undefined) {
      refuseSeveral(there)
      return joinMore(tx, await getTicket(tx, project, ticket), mentions, actor, now)
    }
    const writer = mentions.find((mention) => mention.author !== null && mention.author.id !== '')
    const customer = writer?.author
      ? await customerBehind(tx, project, {
          authorId: writer.author.id,
          platform: writer.platform,
          name: writer.author.name,
          handle: writer.author.handle,
        })
      : null
    const gone = input.title === undefined && (await wasJustRemoved(tx, project, oldest.id, now))
    const title = gone ? titleOfGone : (input.title ?? titleFrom(oldest))
    const wordsOf = input.title === undefined && !gone ? oldest.id : null
    const titleOf = oldest.toxic === true ? wordsOf : null
    const { id } = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into ticket (project_id, title, title_of, words_of, customer_id, opened_at, turned_at, opened_by, platform, stage, tonality)
          values (${project}, ${title}, ${titleOf}, ${wordsOf}, ${customer?.id ?? null}, ${now}, ${now}, ${actor?.name ?? null}, ${oldest.platform},
            ${oldest.stage ?? null}, ${oldest.sentiment ?? null})
          returning id`,
      ),
    )
    await remember(tx, { id, projectId: project }, actor, { kind: 'opened', to: title })
    await joinMentions(tx, project, id, mentions, actor)
    await promiseFor(tx, { id, projectId: project }, now)
    await tellMentions(tx, project, id)
    return getTicket(tx, project, id)
  })
}

/**
 * Puts more mentions into a ticket that is not closed. Throws UserError when one of them has another one. `reopens` false: they
 * ask for nothing, and whose turn it is stays as it is.
 */
export async function addMentions(
  db: Database,
  project: number,
  ticket: number,
  mentions: TicketMention[],
  actor: Actor,
  now = new Date(),
  { reopens = true }: { reopens?: boolean } = {},
): Promise<Ticket> {
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const before = await getTicket(tx, project, ticket)
    if (before.status === 'closed')
      throw new UserError('A closed ticket has to be opened again first', { key: 'ticket-closed' })
    refuseSeveral([...new Set([ticket, ...(await liveTicketsOf(tx, project, mentions))])])
    return joinMore(tx, before, mentions, actor, now, reopens)
  })
}

/** What the customer wrote since we waited for them, answered, or thought the matter solved makes it our turn again. */
async function joinMore(
  tx: Database,
  ticket: Ticket,
  mentions: TicketMention[],
  actor: Actor,
  now: Date,
  reopens = true,
): Promise<Ticket> {
  const { id, projectId, status } = ticket
  const joined = await joinMentions(tx, projectId, id, mentions, actor)
  if (reopens && joined.some(({ postedAt }) => postedAt > ticket.turnedAt)) {
    if (status !== 'open') await putStatus(tx, ticket, 'open', null, now)
    await followMention(tx, ticket, now)
  }
  await tellMentions(tx, projectId, id)
  return getTicket(tx, projectId, id)
}

/** Those that were not in the ticket before. */
async function joinMentions(
  tx: Database,
  project: number,
  ticket: number,
  mentions: TicketMention[],
  actor: Actor,
): Promise<TicketMention[]> {
  const all: TicketMention[] = []
  for (const mention of mentions) {
    const joined = await first(
      tx,
      sql`
        insert into ticket_mention (ticket_id, project_id, mention_id, posted_at)
        values (${ticket}, ${project}, ${mention.id}, ${mention.postedAt})
        on conflict (ticket_id, mention_id) do nothing
        returning mention_id`,
    )
    if (!joined) continue
    all.push(mention)
    await remember(tx, { id: ticket, projectId: project }, actor, { kind: 'mention-added', to: mention.id })
  }
  return all
}

/** The tickets that are not closed and have any of these mentions, oldest first. */
async function liveTicketsOf(tx: Database, project: number, mentions: TicketMention[]): Promise<number[]> {
  const rows = await list(
    tx,
    sql<{ ticketId: number }>`
      select distinct ticket_id
      from ticket_mention
      where project_id = ${project} and live and mention_id = any(${mentions.map((mention) => mention.id)}::text[])
      order by ticket_id`,
  )
  return rows.map((row) => row.ticketId)
}

function refuseSeveral(tickets: number[]): void {
  if (tickets.length < 2) return
  const numbers = tickets.map((ticket) => `#${ticket}`).join(', ')
  throw new UserError(`These mentions already belong to different tickets: ${numbers}`, {
    key: 'ticket-mentions-elsewhere',
    values: { tickets: numbers },
  })
}

const readBeforeMs = 60_000

/** Deleted where it was published after it was read for this ticket; one that went earlier and can be read has come back. */
async function wasJustRemoved(tx: Database, project: number, mention: string, now: Date): Promise<boolean> {
  const row = await first(
    tx,
    sql`
      select mention_id from removed_mention
      where project_id = ${project} and mention_id = ${mention} and removed_at > ${new Date(now.getTime() - readBeforeMs)}`,
  )
  return row !== null
}

const titleLength = 80

function titleFrom(mention: TicketMention): string {
  const text = (mention.title ?? mention.text).replace(/\s+/g, ' ').trim()
  if (text === '') return mention.id
  return text.length <= titleLength ? text : `${text.slice(0, titleLength).replace(/\s+\S*$/, '')}…`
}
