import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { listAuthorsOf, type CustomerAuthor } from '../customers/customer.ts'
import { getTicket, listMentionIds, type Ticket } from '../tickets/ticket.ts'
import { refused, told } from './ask.ts'
import type { Exchange } from './exchange.ts'
import type { Integration } from './integration.ts'
import type { Link } from './link.ts'
import { hasMark } from './marked.ts'
import type { Opened, Person, Session, System, Told } from './system.ts'

type World = { db: Database; clickhouse: Clickhouse; now: () => Date; config: { publicUrl: string } }

/** Says one thing over there and keeps what came of it. True: it is there. */
export async function say(
  world: World,
  integration: Integration,
  system: System<unknown>,
  session: Session<unknown>,
  link: Link,
  exchange: Exchange,
): Promise<Told<true>> {
  if (exchange.kind === 'open') return open(world, integration, system, session, link)
  if (link.record === null) return refused('integration.gone')
  if (exchange.kind === 'close') {
    const closed = await system.close?.(session, link.record)
    return closed === undefined || closed.kind === 'told' ? told(true) : closed
  }
  const text = exchange.replyId === null ? await mentionText(world, link) : await replyText(world.db, exchange.replyId)
  if (text === null) return refused('reply.gone')
  const added = await system.addNote(session, link.record, { key: exchange.key, text })
  return added.kind === 'told' ? told(true) : added
}

/** Whether something that was begun is there. Null: it certainly is not. */
export async function lookUp(
  world: World,
  system: System<unknown>,
  session: Session<unknown>,
  link: Link,
  { kind, key }: Exchange,
): Promise<Told<true | null>> {
  if (kind === 'open') {
    const found = await system.find(session, key, link.place)
    if (found.kind !== 'told' || found.value === null) return found as Told<null>
    await keepRecord(world.db, system, link, found.value)
    return told(true)
  }
  // Closing twice changes nothing, so it is simply done again.
  if (kind === 'close' || link.record === null) return told(null)
  const notes = await system.listNotes(session, link.record)
  if (notes.kind !== 'told') return notes
  return told(notes.value.some(({ text }) => hasMark(text, key)) ? true : null)
}

async function open(
  world: World,
  { id, setup }: Integration,
  system: System<unknown>,
  session: Session<unknown>,
  link: Link,
): Promise<Told<true>> {
  const { db } = world
  const ticket = await getTicket(db, link.projectId, link.ticketId)
  const person = await personBehind(db, ticket)
  const contact = await contactOf(db, system, session, link, person)
  if (contact.kind !== 'told') return contact
  const { words, url } = await wordsOf(world, ticket, person)
  const opened = await system.open(session, {
    key: link.key,
    place: link.place,
    stage: setup.stage,
    owner: (ticket.assigneeId === null ? null : setup.owners[ticket.assigneeId]) ?? setup.owner,
    title: ticket.title,
    text: words,
    link: url,
    contact: contact.value,
    person,
  })
  if (opened.kind !== 'told') return opened
  await keepRecord(db, system, link, opened.value)
  // Where the record stands over there is asked at once, for whoever handed it over is looking.
  await sql`update integration set poll_due_at = least(poll_due_at, ${world.now()}) where id = ${id}`.execute(db)
  return told(true)
}

/** What is said of a ticket: the words of its first mention, who wrote it, and where the ticket is. */
async function wordsOf({ db, clickhouse, config }: World, { id, projectId, title }: Ticket, person: Person | null) {
  const [mention] = await findMentions(clickhouse, projectId, await listMentionIds(db, projectId, id))
  const here = `Heed: ${config.publicUrl}/projects/${projectId}/tickets/${id}`
  return { words: [mention?.text ?? title, ...(person?.handles ?? []), here].join('\n\n'), url: mention?.url ?? null }
}

/** The same as one text, for systems whose records have none. */
async function mentionText(world: World, { projectId, ticketId }: Link): Promise<string> {
  const ticket = await getTicket(world.db, projectId, ticketId)
  const { words, url } = await wordsOf(world, ticket, await personBehind(world.db, ticket))
  return [words, url].filter(Boolean).join('\n\n')
}

/** The contact of the person over there, made where there is none; null where the system has no contacts or we no person. */
async function contactOf(
  db: Database,
  { contacts }: System<unknown>,
  session: Session<unknown>,
  link: Link,
  person: Person | null,
): Promise<Told<string | null>> {
  if (!contacts || person === null || link.contact !== null) return told(link.contact)
  const known = await contacts.find(session, person)
  if (known.kind !== 'told') return known
  const saved = await contacts.save(session, person, known.value)
  if (saved.kind !== 'told') return saved
  await sql`update integration_link set contact = ${saved.value.id} where id = ${link.id}`.execute(db)
  return told(saved.value.id)
}

async function personBehind(db: Database, { projectId, customerId, customerName }: Ticket): Promise<Person | null> {
  if (customerId === null) return null
  const accounts = await listAuthorsOf(db, projectId, customerId)
  const [one] = accounts
  if (!one) return null
  return {
    key: one.authorId,
    name: customerName ?? one.name ?? one.handle ?? one.authorId,
    emails: accounts.flatMap(emailOf),
    // No platform tells a telephone number.
    phones: [],
    handles: accounts
      .filter((account) => emailOf(account).length === 0)
      .map(({ platform, handle, authorId }) => `${platform}: ${handle ?? authorId}`),
  }
}

function emailOf({ platform, authorId }: CustomerAuthor): string[] {
  const address = /[^\s:]+@[^\s@]+$/.exec(authorId)?.[0]
  return platform === 'email' && address !== undefined ? [address] : []
}

async function replyText(db: Database, id: number | null): Promise<string | null> {
  const reply = await first(
    db,
    sql<{ text: string; url: string | null; to: string | null }>`
      select text, url, coalesce(answers -> 'author' ->> 'name', answers -> 'author' ->> 'handle') as to
      from reply where id = ${id}`,
  )
  if (!reply) return null
  return [`↩ ${reply.to === null ? '' : `${reply.to}: `}${reply.text}`, reply.url].filter(Boolean).join('\n')
}

async function keepRecord(
  db: Database,
  { textApart }: System<unknown>,
  { id, integrationId, key }: Link,
  { record, url }: Opened,
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sql`update integration_link set record = ${record}, url = ${url} where id = ${id}`.execute(tx)
    if (textApart !== true) return
    await sql`
      insert into integration_exchange (integration_id, link_id, kind, cause, key)
      values (${integrationId}, ${id}, 'note', 'text', ${`${key}-text`})
      on conflict (link_id, cause) do nothing`.execute(tx)
  })
}
