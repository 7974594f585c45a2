import fc from 'fast-check'
import { setTimeout } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestClickhouse, openTestPostgres } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database, type Postgres } from '../../base/postgres/postgres.ts'
import type { Author } from '../../listen/posts/post.ts'
import { barePost } from '../../listen/posts/post.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { removePosts } from '../../listen/mentions/removal.ts'
import { saveMentions } from '../../listen/mentions/save.ts'
import { listAuthorsOf } from '../customers/customer.ts'
import { changeAttributes } from './attributes.ts'
import { addNote, assignTicket, closeTicket, reopenTicket, setStatus } from './change.ts'
import { listHistory } from './history.ts'
import { listLinks, setLinked } from './links.ts'
import { splitTicket } from './move.ts'
import { addMentions, openTicket } from './open.ts'
import { deliverOutbox } from './outbox.ts'
import { isAllowed, statuses, type TicketStatus } from './status.ts'
import { noWords } from '../../base/text/stored-words.ts'
import { getTicket, listMentionIds, listTickets } from './ticket.ts'

let postgres: Postgres
let clickhouse: Clickhouse
let db: Database
let project = 0
const anna = { id: 'm1', name: 'Anna' }
const members = {
  findMember: async (_: Database, id: string) => ({ m1: { name: 'Anna' }, m2: { name: 'Boris' } })[id] ?? null,
}

beforeAll(async () => {
  postgres = await openTestPostgres()
  db = postgres.db
  clickhouse = await openTestClickhouse()
  await sql`insert into member (id, name, email) values ('m1', 'Anna', 'a@x'), ('m2', 'Boris', 'b@x')`.execute(db)
})
afterAll(async () => {
  await clickhouse[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})
beforeEach(async () => {
  project = must(await first(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)).id
})

const ivan: Author = { id: 'vk:ivan', name: 'Иван', handle: 'ivan', bio: null, followers: 5, verified: null }

/** Saves mentions of these ids and reads them back, as the door does. */
async function mentionsOf(...ids: string[]) {
  await saveMentions(
    clickhouse,
    ids.map((id, index) => ({
      post: {
        ...barePost({ id, platform: 'vk', text: `Карта ${id} не работает`, author: ivan }),
        postedAt: new Date(Date.UTC(2026, 4, 1, 10, index)),
      },
      project,
      sourceId: null,
      collectedAt: new Date(),
      langConfidence: null,
      cluster: id,
      topics: [],
      places: {},
      words: noWords,
    })),
  )
  return findMentions(clickhouse, project, ids)
}

async function workStates(...ids: string[]) {
  return (await findMentions(clickhouse, project, ids)).map(({ ticket, status, assignee }) => ({
    ticket,
    status,
    assignee,
  }))
}

test('a ticket takes its title, its first moment and its customer from the oldest mention', async () => {
  const ticket = await openTicket(db, project, { mentions: (await mentionsOf('vk:1', 'vk:2')).toReversed() }, anna)
  expect(ticket).toMatchObject({
    title: 'Карта vk:1 не работает',
    status: 'open',
    customerName: 'Иван',
    mentionCount: 2,
    openedBy: 'Anna',
    assigneeId: null,
    firstMentionAt: new Date('2026-05-01T10:00:00Z'),
  })
  expect(await listAuthorsOf(db, project, must(ticket.customerId))).toEqual([
    { platform: 'vk', authorId: 'vk:ivan', name: 'Иван', handle: 'ivan' },
  ])
})

test('the next ticket of the same author belongs to the same customer', async () => {
  const [one, two] = await mentionsOf('vk:1', 'vk:2')
  const opened = await openTicket(db, project, { mentions: [must(one)] }, anna)
  await closeTicket(db, project, opened.id, anna)
  expect((await openTicket(db, project, { mentions: [must(two)] }, anna)).customerId).toBe(opened.customerId)
})

test('two people who press at once get one ticket', async () => {
  const mentions = await mentionsOf('vk:1', 'vk:2')
  const tickets = await Promise.all([1, 2, 3].map(() => openTicket(db, project, { mentions }, anna)))
  expect(new Set(tickets.map((ticket) => ticket.id)).size).toBe(1)
  expect(await listMentionIds(db, project, must(tickets[0]).id)).toEqual(['vk:1', 'vk:2'])
})

test('opening again brings the new mentions into the ticket that is there', async () => {
  const [one, two] = await mentionsOf('vk:1', 'vk:2')
  const ticket = await openTicket(db, project, { mentions: [must(one)] }, anna)
  expect(await openTicket(db, project, { mentions: [must(one), must(two)] }, anna)).toMatchObject({
    id: ticket.id,
    mentionCount: 2,
  })
})

test('mentions of different tickets do not come together by accident', async () => {
  const [one, two] = await mentionsOf('vk:1', 'vk:2')
  const first = await openTicket(db, project, { mentions: [must(one)] }, anna)
  await openTicket(db, project, { mentions: [must(two)] }, anna)
  await expect(openTicket(db, project, { mentions: [must(one), must(two)] }, anna)).rejects.toThrow(UserError)
  await expect(addMentions(db, project, first.id, [must(two)], anna)).rejects.toThrow(UserError)
})

test('a closed ticket lets its mentions begin a new one, and then cannot be reopened', async () => {
  const mentions = await mentionsOf('vk:1')
  const old = await openTicket(db, project, { mentions }, anna)
  await closeTicket(db, project, old.id, anna)
  const fresh = await openTicket(db, project, { mentions }, anna)
  expect(fresh.id).not.toBe(old.id)
  await expect(reopenTicket(db, project, old.id, anna)).rejects.toThrow(`#${fresh.id}`)
  await changeAttributes(db, project, old.id, { title: 'Старое' }, anna)
  await assignTicket(db, project, old.id, { member: 'm2', ...members }, anna)
  await deliverOutbox(db, clickhouse)
  expect(await workStates('vk:1')).toEqual([{ ticket: fresh.id, status: 'open', assignee: null }])
})

test('the history says who did what, from what to what', async () => {
  const { id } = await openTicket(db, project, { mentions: await mentionsOf('vk:1'), title: 'Карта' }, anna)
  await assignTicket(db, project, id, { member: 'm2', ...members }, anna)
  await assignTicket(db, project, id, { member: 'm2', ...members }, anna)
  await setStatus(db, project, id, 'pending', null)
  await addNote(db, project, id, 'Звонили, не ответил', anna)
  await changeAttributes(db, project, id, { title: 'Карта Ивана' }, anna)
  await assignTicket(db, project, id, { member: null, ...members }, anna)
  await closeTicket(db, project, id, anna)
  await reopenTicket(db, project, id, anna)
  expect(
    (await listHistory(db, project, id)).map(({ actor, kind, from, to, note }) => [actor, kind, from, to, note]),
  ).toEqual([
    ['Anna', 'opened', null, 'Карта', null],
    ['Anna', 'mention-added', null, 'vk:1', null],
    ['Anna', 'assigned', null, 'Boris', null],
    [null, 'status-changed', 'open', 'pending', null],
    ['Anna', 'note-added', null, null, 'Звонили, не ответил'],
    ['Anna', 'title-changed', 'Карта', 'Карта Ивана', null],
    ['Anna', 'assigned', 'Boris', null, null],
    ['Anna', 'status-changed', 'pending', 'closed', null],
    ['Anna', 'status-changed', 'closed', 'open', null],
  ])
})

test('what is deleted where it was published leaves titles, and what is told of them, but never what a person wrote', async () => {
  const gone = async (id: string) =>
    removePosts({ db, clickhouse }, { project, platform: 'vk', ids: [id], authors: [], at: new Date() })
  const opened = async (title?: string, ...ids: string[]) =>
    openTicket(db, project, { mentions: await mentionsOf(...ids), title }, anna)
  const whole = await opened(undefined, 'vk:a', 'vk:b')
  const other = await opened('Вклад', 'vk:c')
  await setLinked(db, project, { ticket: other.id, other: whole.id, linked: true }, anna)
  await setLinked(db, project, { ticket: other.id, other: whole.id, linked: false }, anna)
  const part = await splitTicket(db, project, { from: whole.id, mentions: ['vk:b'] }, anna)
  await changeAttributes(db, project, whole.id, { title: 'Карта Ивана' }, anna)
  const everything = async () =>
    JSON.stringify([
      await list(db, sql`select title from ticket where project_id = ${project}`),
      await list(db, sql`select from_value, to_value from ticket_event where project_id = ${project}`),
    ])
  expect(await everything()).toContain('Карта vk:a не работает')
  await gone('vk:c')
  expect((await getTicket(db, project, other.id)).title).toBe('Вклад')
  await gone('vk:a')
  await gone('vk:a')
  expect(await everything()).not.toContain('Карта vk:a не работает')
  expect((await getTicket(db, project, whole.id)).title).toBe('Карта Ивана')
  expect((await getTicket(db, project, part.id)).title).toBe('—')
  const told = await listHistory(db, project, other.id)
  expect(told.filter(({ kind }) => kind === 'linked' || kind === 'unlinked').map(({ to, from }) => to ?? from)).toEqual(
    [`#${whole.id}`, `#${whole.id}`],
  )
})

test('words do not outlive their mention in a ticket that is opened while it goes, nor when it comes back and goes again', async () => {
  const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms)
  const gone = (id: string, ms: number) =>
    removePosts({ db, clickhouse }, { project, platform: 'vk', ids: [id], authors: [], at: at(ms) })
  const [late, meanwhile, back] = [
    await mentionsOf('vk:late'),
    await mentionsOf('vk:meanwhile'),
    await mentionsOf('vk:back'),
  ]
  const title = async (id: number) => (await getTicket(db, project, id)).title

  await gone('vk:late', 0)
  expect((await openTicket(db, project, { mentions: late }, anna, at(1_000))).title).toBe('—')

  const begun = Promise.withResolvers<number>()
  const opening = inTransaction(db, async (tx) => {
    begun.resolve((await openTicket(tx, project, { mentions: meanwhile }, anna, at(0))).id)
    await setTimeout(200)
  })
  const opened = await begun.promise
  await Promise.all([gone('vk:meanwhile', 0), opening])
  expect(await title(opened)).toBe('—')

  await gone('vk:back', 0)
  await mentionsOf('vk:back')
  const ticket = await openTicket(db, project, { mentions: back }, anna, at(3_600_000))
  expect(ticket.title).toBe('Карта vk:back не работает')
  await gone('vk:back', 7_200_000)
  expect(await title(ticket.id)).toBe('—')
})

test('a title that repeats a toxic text says of which mention it is, until a person gives another; sentences leave it out', async () => {
  const [one, two] = [await mentionsOf('vk:rude'), await mentionsOf('vk:calm')]
  const rude = await openTicket(db, project, { mentions: one.map((mention) => ({ ...mention, toxic: true })) }, anna)
  const calm = await openTicket(db, project, { mentions: two }, anna)
  expect(rude).toMatchObject({ title: 'Карта vk:rude не работает', titleOf: 'vk:rude' })
  expect(calm.titleOf).toBeNull()
  await setLinked(db, project, { ticket: calm.id, other: rude.id, linked: true }, anna)
  expect((await listHistory(db, project, calm.id)).at(-1)?.to).toBe(`#${rude.id}`)
  expect(await listLinks(db, project, calm.id)).toMatchObject([{ id: rude.id, titleOf: 'vk:rude' }])
  await changeAttributes(db, project, rude.id, { title: 'Карта не работает' }, anna)
  expect(await getTicket(db, project, rude.id)).toMatchObject({ title: 'Карта не работает', titleOf: null })
  const named = await openTicket(
    db,
    project,
    { mentions: (await mentionsOf('vk:named')).map((mention) => ({ ...mention, toxic: true })), title: 'Вклад' },
    anna,
  )
  expect(named.titleOf).toBeNull()
})

test('only members of the project can have its tickets', async () => {
  const { id } = await openTicket(db, project, { mentions: await mentionsOf('vk:1') }, anna)
  await expect(assignTicket(db, project, id, { member: 'stranger', ...members }, anna)).rejects.toThrow(UserError)
})

test('a ticket does not exist in another project', async () => {
  const { id } = await openTicket(db, project, { mentions: await mentionsOf('vk:1') }, anna)
  await expect(getTicket(db, project + 1, id)).rejects.toThrow(NotFound)
  await expect(setStatus(db, project + 1, id, 'closed', anna)).rejects.toThrow(NotFound)
})

test('a closed ticket is opened before it is anything else', async () => {
  const { id } = await openTicket(db, project, { mentions: await mentionsOf('vk:1') }, anna)
  await closeTicket(db, project, id, anna)
  await expect(setStatus(db, project, id, 'solved', anna)).rejects.toThrow(UserError)
  expect((await reopenTicket(db, project, id, anna)).status).toBe('open')
  expect((await reopenTicket(db, project, id, anna)).status).toBe('open')
})

test('the list goes page by page, newest first, with the counts of every status', async () => {
  const mentions = await mentionsOf('vk:1', 'vk:2', 'vk:3')
  const ids: number[] = []
  for (const mention of mentions) ids.unshift((await openTicket(db, project, { mentions: [mention] }, anna)).id)
  await assignTicket(db, project, must(ids[0]), { member: 'm1', ...members }, anna)
  await setStatus(db, project, must(ids[1]), 'solved', anna)
  const all = { status: null, assignee: null }
  const page = await listTickets(db, project, all, { before: null, limit: 2 })
  expect(page).toMatchObject({
    items: ids.slice(0, 2).map((id) => ({ id })),
    next: ids[1],
    counts: { open: 2, pending: 0, solved: 1, closed: 0 },
  })
  expect(await listTickets(db, project, all, { before: page.next, limit: 2 })).toMatchObject({
    items: [{ id: ids[2] }],
    next: null,
  })
  expect(
    (await listTickets(db, project, { status: ['open'], assignee: 'none' }, { before: null, limit: 9 })).items.map(
      ({ id }) => id,
    ),
  ).toEqual([ids[2]])
  expect(
    await listTickets(db, project, { status: null, assignee: { member: 'm1' } }, { before: null, limit: 9 }),
  ).toMatchObject({ items: [{ id: ids[0], assigneeName: 'Anna' }], counts: { open: 1, solved: 0 } })
})

test('the stream learns the work state, and a failure in between loses nothing and does nothing twice', async () => {
  await deliverOutbox(db, clickhouse)
  const { id } = await openTicket(db, project, { mentions: await mentionsOf('vk:1', 'vk:2') }, anna)
  await assignTicket(db, project, id, { member: 'm1', ...members }, anna)
  await setStatus(db, project, id, 'pending', anna)
  let calls = 0
  const failing = new Proxy(clickhouse, {
    get: (target, name) => {
      const value = Reflect.get(target, name, target) as unknown
      if (name !== 'command') return typeof value === 'function' ? value.bind(target) : value
      return (text: string, params: object) =>
        ++calls === 2
          ? Promise.reject(new Error('the engine went away'))
          : target.command(text, params as { [name: string]: unknown })
    },
  })
  await expect(deliverOutbox(db, failing)).rejects.toThrow('went away')
  expect(await workStates('vk:1')).toEqual([{ ticket: id, status: 'open', assignee: null }])
  await deliverOutbox(db, clickhouse)
  const told = { ticket: id, status: 'pending', assignee: 'm1' }
  expect(await workStates('vk:1', 'vk:2')).toEqual([told, told])
  expect(await list(db, sql`select id from outbox`)).toEqual([])
  await deliverOutbox(db, clickhouse)
  expect(await workStates('vk:1')).toEqual([told])
})

test('a mention that the platform changes keeps its work state', async () => {
  const mentions = await mentionsOf('vk:1')
  const { id } = await openTicket(db, project, { mentions }, anna)
  await deliverOutbox(db, clickhouse)
  await mentionsOf('vk:0', 'vk:1')
  expect(await workStates('vk:1')).toEqual([{ ticket: id, status: 'open', assignee: null }])
})

test('every status can be reached from every other, and a closed ticket is only ever reopened', () => {
  for (const from of statuses) {
    const reached = new Set<TicketStatus>([from])
    for (let i = 0; i < statuses.length; i++)
      for (const status of reached) for (const next of statuses) if (isAllowed(status, next)) reached.add(next)
    expect(reached.size).toBe(statuses.length)
  }
  expect(statuses.filter((status) => isAllowed('closed', status))).toEqual(['open', 'closed'])
})

test('whatever people do, a mention has one ticket that is not closed at most, and the stream agrees with the desk', async () => {
  const ids = ['vk:1', 'vk:2', 'vk:3', 'vk:4']
  const step = fc.oneof(
    fc.record({ does: fc.constant('open' as const), of: fc.subarray(ids, { minLength: 1 }) }),
    fc.record({ does: fc.constant('status' as const), ticket: fc.nat(5), to: fc.constantFrom(...statuses) }),
    fc.record({ does: fc.constant('assign' as const), ticket: fc.nat(5), to: fc.constantFrom('m1', 'm2', null) }),
    fc.record({ does: fc.constant('deliver' as const) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      project = must(await first(db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)).id
      const mentions = await mentionsOf(...ids)
      for (const one of steps) await work(one).catch(onlyUserErrors)
      await deliverOutbox(db, clickhouse)
      const live = await list(
        db,
        sql<{ mentionId: string }>`select mention_id from ticket_mention where project_id = ${project} and live`,
      )
      expect(new Set(live.map((row) => row.mentionId)).size).toBe(live.length)
      for (const { id, ticket, status, assignee } of await findMentions(clickhouse, project, ids)) {
        const newest = await first(
          db,
          sql<{
            ticketId: number
          }>`select ticket_id from ticket_mention where project_id = ${project} and mention_id = ${id} order by turn desc limit 1`,
        )
        const truth = newest && (await getTicket(db, project, newest.ticketId))
        expect({ ticket, status, assignee }).toEqual({
          ticket: truth?.id ?? null,
          status: truth?.status ?? null,
          assignee: truth?.assigneeId ?? null,
        })
      }

      async function work(one: typeof step extends fc.Arbitrary<infer T> ? T : never) {
        const numbers = (
          await listTickets(db, project, { status: null, assignee: null }, { before: null, limit: 9 })
        ).items.map((ticket) => ticket.id)
        if (one.does === 'deliver') return deliverOutbox(db, clickhouse)
        if (one.does === 'open')
          return openTicket(db, project, { mentions: mentions.filter((mention) => one.of.includes(mention.id)) }, anna)
        const id = numbers[one.ticket % Math.max(numbers.length, 1)]
        if (id === undefined) return
        if (one.does === 'status') return setStatus(db, project, id, one.to, anna)
        return assignTicket(db, project, id, { member: one.to, ...members }, anna)
      }
    }),
    { numRuns: 25 },
  )
}, 120_000)

function onlyUserErrors(error: unknown): void {
  if (!(error instanceof UserError)) throw error
}
