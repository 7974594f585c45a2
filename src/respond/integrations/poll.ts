import { sql } from 'kysely'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { addNote, setStatus } from '../tickets/change.ts'
import { remember } from '../tickets/history.ts'
import { lockTickets } from '../tickets/lock.ts'
import { announceTicket } from '../tickets/outbox.ts'
import { isAllowed } from '../tickets/status.ts'
import { getTicket } from '../tickets/ticket.ts'
import { told } from './ask.ts'
import type { Integration } from './integration.ts'
import { listLinksOf, type Link } from './link.ts'
import { isOurs } from './marked.ts'
import type { Note, RecordState, Session, System, Told } from './system.ts'
import type { IntegrationWorld } from './work.ts'

const pollMs = 2 * 60_000
const mostPages = 20

/**
 * Hears what changed over there since it was last asked: stages, owners and values of our records, and of a ticket system what
 * was written beside them. A page is kept together with the cursor behind it, so that a page read twice changes nothing.
 */
export async function poll(
  world: IntegrationWorld,
  integration: Integration,
  system: System<unknown>,
  session: Session<unknown>,
): Promise<Told<null>> {
  const { db, now } = world
  let cursor =
    (await first(db, sql<{ cursor: string | null }>`select cursor from integration where id = ${integration.id}`))
      ?.cursor ?? null
  for (let page = 0; page < mostPages; page += 1) {
    const askedAt = now()
    const changes = await system.changes(session, cursor)
    if (changes.kind !== 'told') return changes
    const { records, next, more } = changes.value
    const links = await listLinksOf(
      db,
      integration.id,
      records.map(({ record }) => record),
    )
    const news: { link: Link; state: RecordState; notes: Note[] }[] = []
    for (const link of links) {
      const state = records.findLast(({ record }) => record === link.record)
      if (!state) continue
      // A CRM's own notes are between its people; those of a ticket system are part of the conversation.
      const notes = system.kind === 'desk' ? await system.listNotes(session, state.record) : told<Note[]>([])
      if (notes.kind === 'refused') continue
      if (notes.kind !== 'told') return notes
      news.push({ link, state, notes: notes.value.filter(({ text }) => text.trim() !== '' && !isOurs(text)) })
    }
    const touched = await inTransaction(db, async (tx) => {
      await lockTickets(tx, integration.projectId)
      const heard: number[] = []
      for (const one of news) if (await hear(tx, integration, one, askedAt)) heard.push(one.link.ticketId)
      await sql`
        update integration
        set cursor = ${next}, polled_at = ${askedAt}, poll_due_at = ${new Date(askedAt.getTime() + pollMs)}
        where id = ${integration.id}`.execute(tx)
      return heard
    })
    for (const ticket of new Set(touched)) await announceTicket(world, { id: ticket, projectId: integration.projectId })
    cursor = next
    if (!more) break
  }
  return told(null)
}

/** False: nothing is new. */
async function hear(
  tx: Database,
  { id, name, projectId, setup, choices }: Integration,
  { link, state, notes }: { link: Link; state: RecordState; notes: Note[] },
  at: Date,
): Promise<boolean> {
  const log = (kind: 'stage' | 'comment', cause: string) =>
    first(
      tx,
      sql`
        insert into integration_exchange (integration_id, link_id, kind, cause, key, state, settled_at)
        values (${id}, ${link.id}, ${kind}, ${cause}, ${link.key}, 'done', ${at})
        on conflict (link_id, cause) do nothing
        returning id`,
    )
  await sql`
    update integration_link
    set stage = ${state.stage}, owner = ${state.owner}, value = ${state.value}, currency = ${state.currency},
      ended = ${state.ended}, as_of = ${at}
    where id = ${link.id}`.execute(tx)
  let isNew = false
  for (const note of notes) {
    if (!(await log('comment', `comment:${note.id}`))) continue
    isNew = true
    await addNote(tx, projectId, link.ticketId, note.text, {
      id: `integration:${id}`,
      name: [note.author, name].filter(Boolean).join(' · '),
    })
  }
  if (link.stage === state.stage) return isNew
  // The first state that is told is where the record began; nobody has changed anything.
  if (link.stage === null) return true
  await log('stage', `stage:${at.toISOString()}`)
  const stages = choices.places.flatMap((place) => place.stages)
  const called = (stage: string | null) => stages.find((one) => one.id === stage)?.name ?? stage
  const ticket = await getTicket(tx, projectId, link.ticketId)
  await remember(tx, ticket, null, {
    kind: 'record-moved',
    about: name,
    from: called(link.stage),
    to: called(state.stage),
  })
  const status = state.stage === null ? undefined : setup.statuses[state.stage]
  if (status !== undefined && status !== ticket.status && isAllowed(ticket.status, status))
    await setStatus(tx, projectId, ticket.id, status, null, { now: at })
  return true
}
