import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { barePost } from '../../listen/posts/post.ts'
import { removePosts } from '../../listen/mentions/removal.ts'
import { must } from '../../base/errors.ts'
import { saveMentions } from '../../listen/mentions/save.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'
import type { Me, Member, ProjectCard } from './shapes/project.ts'
import { noWords } from '../../base/text/stored-words.ts'
import type { TicketDetail, TicketPage } from './shapes/ticket.ts'

let house: TestHouse
let api: Api
let moderator: Person & { project: number }
let at = ''

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  moderator = await enterNewProject(house, api, 'moderator')
  at = `/api/projects/${moderator.project}/tickets`
  const author = { id: 'vk:ivan', name: 'Иван', handle: null, bio: null, followers: null, verified: null }
  const saved = [1, 2, 3, 4].map((n) => ({
    post: {
      ...barePost({ id: `vk:${n}`, platform: 'vk', text: `Письмо ${n}`, author }),
      postedAt: new Date(Date.UTC(2026, 4, n)),
    },
    project: moderator.project,
    sourceId: null,
    collectedAt: new Date(),
    langConfidence: null,
    cluster: `c${n}`,
    topics: [],
    places: {},
    words: noWords,
  }))
  await saveMentions(house.clickhouse, saved)
})
afterAll(() => house[Symbol.asyncDispose]())

async function read<T>(answer: Promise<Response>): Promise<T> {
  const got = await answer
  expect(got.status).toBe(200)
  return (await got.json()) as T
}

test('a ticket is opened, assigned, talked about, closed and opened again, and the answer shows all of it', async () => {
  const heard: number[] = []
  const stop = house.events.subscribe((event) => event.kind === 'ticket' && heard.push(event.ticket))
  const opened = await read<TicketDetail>(moderator.ask(at, { method: 'POST', body: { mentions: ['vk:2', 'vk:1'] } }))
  expect(opened).toMatchObject({
    ticket: {
      title: 'Письмо 1',
      status: 'open',
      mentionCount: 2,
      customer: { name: 'Иван' },
      assignee: null,
      openedBy: 'The moderator',
    },
    mentions: [
      { id: 'vk:1', status: 'open' },
      { id: 'vk:2', status: 'open' },
    ],
    customerMentions: [{ id: 'vk:4' }, { id: 'vk:3' }],
    customerAuthors: [{ platform: 'vk', authorId: 'vk:ivan', name: 'Иван', handle: null }],
  })
  const ticket = `${at}/${opened.ticket.id}`
  const me = await read<Me>(moderator.ask('/api/me'))
  await read(moderator.ask(`${ticket}/assignment`, { method: 'PUT', body: { member: me.member.id } }))
  await read(moderator.ask(`${ticket}/notes`, { method: 'POST', body: { text: 'Ждём банк' } }))
  await read(moderator.ask(`${ticket}/mentions`, { method: 'POST', body: { ids: ['vk:3'] } }))
  await read(moderator.ask(ticket, { method: 'PATCH', body: { title: 'Письма Ивана' } }))
  await read(moderator.ask(`${ticket}/status`, { method: 'PUT', body: { status: 'pending' } }))
  expect(await read<TicketDetail>(moderator.ask(`${ticket}/closure`, { method: 'POST' }))).toMatchObject({
    mentions: [{ status: 'closed' }, { status: 'closed' }, { status: 'closed' }],
  })
  const last = await read<TicketDetail>(moderator.ask(`${ticket}/closure`, { method: 'DELETE' }))
  expect(last.ticket).toMatchObject({
    title: 'Письма Ивана',
    status: 'open',
    assignee: { id: me.member.id, name: 'The moderator' },
    mentionCount: 3,
  })
  expect(last.history.map(({ kind }) => kind)).toEqual([
    'opened',
    'mention-added',
    'mention-added',
    'assigned',
    'note-added',
    'mention-added',
    'title-changed',
    'status-changed',
    'status-changed',
    'status-changed',
  ])
  expect(await read(moderator.ask(ticket))).toEqual(last)
  await expect.poll(() => heard.length).toBe(8)
  stop()
})

test('the list is narrowed by status and by who has it', async () => {
  const page = (query: string) => read<TicketPage>(moderator.ask(`${at}?${query}`))
  await read(moderator.ask(at, { method: 'POST', body: { mentions: ['vk:4'], title: 'Другое' } }))
  expect(await page('assignee=none')).toMatchObject({ items: [{ title: 'Другое' }], counts: { open: 1 }, next: null })
  expect(await page('assignee=me&status=open,pending')).toMatchObject({ items: [{ title: 'Письма Ивана' }] })
  expect((await page('status=solved')).items).toEqual([])
  expect((await moderator.ask(`${at}?status=lost`)).status).toBe(422)
})

test('the board counts what waits, what is late and what is due within the hour', async () => {
  const board = async () => (await read<{ items: ProjectCard[] }>(moderator.ask('/api/projects'))).items
  expect(await board()).toMatchObject([
    { id: moderator.project, openTickets: 2, unassignedTickets: 1, lateTickets: 0, soonDueTickets: 0 },
  ])
  const { items } = await read<TicketPage>(moderator.ask(`${at}?status=open`))
  const due = (id: number, minutes: number) => {
    const dueAt = new Date(house.now().getTime() + minutes * 60_000)
    return sql`update ticket set hurts_at = ${dueAt} where id = ${id}`.execute(house.postgres.db)
  }
  await due(must(items[0]).id, 0)
  await due(must(items[1]).id, 60)
  expect(await board()).toMatchObject([{ lateTickets: 1, soonDueTickets: 1 }])
  await due(must(items[1]).id, 61)
  expect(await board()).toMatchObject([{ lateTickets: 1, soonDueTickets: 0 }])
  await sql`update ticket set hurts_at = 'infinity'`.execute(house.postgres.db)
})

test('mistakes are told in words: a stranger cannot have a ticket, a missing mention has none', async () => {
  const { items } = await read<TicketPage>(moderator.ask(at))
  const ticket = `${at}/${items[0]?.id}`
  const refused = await moderator.ask(`${ticket}/assignment`, {
    method: 'PUT',
    body: { member: 'stranger' },
    headers: { 'accept-language': 'ru' },
  })
  expect(await refused.json()).toMatchObject({ status: 422, key: 'ticket-assignee-unknown', field: 'member' })
  expect((await moderator.ask(at, { method: 'POST', body: { mentions: ['vk:404'] } })).status).toBe(404)
})

test('a client looks at tickets and changes none', async () => {
  const client = await enterNewProject(house, api, 'client')
  const theirs = `/api/projects/${client.project}/tickets`
  expect(await read(client.ask(theirs))).toMatchObject({ items: [] })
  expect((await client.ask(theirs, { method: 'POST', body: { mentions: ['vk:1'] } })).status).toBe(404)
  const { items } = await read<{ items: Member[] }>(client.ask(`/api/projects/${client.project}/members`))
  expect(items).toHaveLength(1)
})

test('notes stay with the team: a client reads the history of a ticket without them', async () => {
  const { items } = await read<TicketPage>(moderator.ask(`${at}?assignee=me`))
  const ticket = `${at}/${items[0]?.id}`
  expect(JSON.stringify(await read(moderator.ask(ticket)))).toContain('Ждём банк')
  const client = await enterProject(house, api, moderator.project, 'client')
  const { history } = await read<TicketDetail>(client.ask(ticket))
  expect(history.map(({ kind }) => kind)).toContain('assigned')
  expect(JSON.stringify(history)).not.toMatch(/note-added|Ждём банк/)
})

test('tickets are joined, split, linked and put under one cause, and every step can be taken back', async () => {
  const author = { id: 'vk:petr', name: 'Пётр', handle: null, bio: null, followers: null, verified: null }
  await saveMentions(
    house.clickhouse,
    [11, 12, 13].map((n) => ({
      post: {
        ...barePost({ id: `vk:${n}`, platform: 'vk', text: `Счёт ${n}`, author }),
        postedAt: new Date(Date.UTC(2026, 5, n)),
      },
      project: moderator.project,
      sourceId: null,
      collectedAt: new Date(),
      langConfidence: null,
      cluster: `c${n}`,
      topics: [],
      places: {},
      words: noWords,
    })),
  )
  const open = (...mentions: string[]) =>
    read<TicketDetail>(moderator.ask(at, { method: 'POST', body: { mentions } })).then(({ ticket }) => ticket.id)
  const [one, two] = [await open('vk:11', 'vk:12'), await open('vk:13')]
  const put = (path: string, method: string, body?: unknown) =>
    read<TicketDetail>(moderator.ask(path, { method, ...(body === undefined ? {} : { body }) }))
  const merged = await put(`${at}/${two}/merge`, 'POST', { into: one })
  expect(merged).toMatchObject({
    ticket: { id: one, mentionCount: 3 },
    mentions: [{ ticket: one }, { ticket: one }, { ticket: one }],
  })
  expect((await read<TicketDetail>(moderator.ask(`${at}/${two}`))).ticket.mergedInto).toBe(one)
  const back = await put(`/api/projects/${moderator.project}/ticket-moves/${merged.moves[0]?.id}`, 'DELETE')
  expect(back).toMatchObject({ ticket: { id: two, status: 'open' }, mentions: [{ id: 'vk:13', ticket: two }] })
  const split = await put(`${at}/${one}/split`, 'POST', { mentions: ['vk:12'], title: 'Другое дело' })
  expect(split).toMatchObject({
    ticket: { title: 'Другое дело' },
    mentions: [{ id: 'vk:12', ticket: split.ticket.id }],
  })
  expect(await put(`${at}/${one}/links/${two}`, 'PUT')).toMatchObject({ links: [{ id: two }] })
  expect(await put(`${at}/${one}/links/${two}`, 'DELETE')).toMatchObject({ links: [] })
  const { ticket } = await put(`${at}/${one}/incident`, 'PUT', { title: 'Сбой' })
  await put(`${at}/${two}/incident`, 'PUT', { incident: ticket.incident?.id })
  const solved = await moderator.ask(`/api/projects/${moderator.project}/incidents/${ticket.incident?.id}/solution`, {
    method: 'POST',
  })
  expect(await solved.json()).toMatchObject({ title: 'Сбой', tickets: 2, solvedAt: expect.any(String) })
  expect(await read(moderator.ask(`${at}/${two}`))).toMatchObject({
    ticket: { status: 'solved' },
    mentions: [{ status: 'solved' }],
  })
})

test('what a project decides about its tickets is decided by its managers', async () => {
  const manager = await enterProject(house, api, moderator.project, 'manager')
  const of = `/api/projects/${moderator.project}`
  const queue = await read<{ id: number }>(
    manager.ask(`${of}/ticket-queues`, { method: 'POST', body: { name: 'Юристы' } }),
  )
  const field = await read<{ id: number }>(
    manager.ask(`${of}/ticket-fields`, {
      method: 'POST',
      body: { name: 'Срочность', kind: 'choice', choices: ['A', 'B'] },
    }),
  )
  expect((await moderator.ask(`${of}/ticket-queues`, { method: 'POST', body: { name: 'Моя' } })).status).toBe(404)
  const { items } = await read<TicketPage>(moderator.ask(at))
  const change = { queue: queue.id, priority: 'urgent', addTags: ['суд'], fields: { [field.id]: 'B' } }
  const body = { ...change, was: { queue: null, priority: 'normal' } }
  expect(await read(moderator.ask(`${at}/${items[0]?.id}`, { method: 'PATCH', body }))).toMatchObject({
    ticket: { queue: { name: 'Юристы' }, priority: 'urgent', tags: ['суд'], fields: { [field.id]: 'B' } },
  })
  const late = await manager.ask(`${at}/${items[0]?.id}`, {
    method: 'PATCH',
    body: { priority: 'low', was: { priority: 'normal' } },
  })
  expect(await late.json()).toMatchObject({
    status: 422,
    key: 'ticket-overtaken',
    detail: expect.stringContaining('The moderator'),
  })
  const me = await read<Me>(manager.ask('/api/me'))
  expect(await read(moderator.ask(`${at}/${items[0]?.id}/watchers/${me.member.id}`, { method: 'PUT' }))).toMatchObject({
    watchers: [{ id: me.member.id }],
  })
})

test('what was deleted at its platform keeps its place in the ticket, and none of its words', async () => {
  const { postgres, clickhouse } = house
  const { ticket } = await read<TicketDetail>(moderator.ask(at, { method: 'POST', body: { mentions: ['vk:4'] } }))
  const removedAt = new Date('2026-11-22T12:00:00Z')
  const removal = { project: moderator.project, platform: 'vk', ids: ['vk:4'], authors: [], at: removedAt }
  await removePosts({ db: postgres.db, clickhouse }, removal)
  expect(await read(moderator.ask(`${at}/${ticket.id}`))).toMatchObject({
    mentions: [],
    removedMentions: [
      {
        mentionId: 'vk:4',
        platform: 'vk',
        postedAt: '2026-05-04T00:00:00.000Z',
        removedAt: '2026-11-22T12:00:00.000Z',
      },
    ],
  })
})
