import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  enterAsHead,
  enterNewProject,
  enterProject,
  openTestHouse,
  type Person,
  type TestHouse,
} from '../../../test/house.ts'
import { putMentions } from '../../../test/written.ts'
import { must } from '../../base/errors.ts'
import { first } from '../../base/postgres/postgres.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'
import type { Integration, IntegrationExchange, IntegrationSetup, TicketRecords } from './shapes/integration.ts'
import type { TicketDetail } from './shapes/ticket.ts'
import { forgetPerson } from '../../respond/people/forget.ts'
import { bitrix24StandIn } from '../../respond/integrations/bitrix24/stand-in.testing.ts'
import { findSystem } from '../../respond/integrations/catalogue.ts'
import { beginNext } from '../../respond/integrations/exchange.ts'
import { hold } from '../../respond/integrations/hold.ts'
import { workIntegrations } from '../../respond/integrations/work.ts'
import { zammadStandIn } from '../../respond/integrations/zammad/stand-in.testing.ts'

let house: TestHouse
let api: Api
let moderator: Person & { project: number }
let manager: Person
let crm: Awaited<ReturnType<typeof bitrix24StandIn>>
let desk: Awaited<ReturnType<typeof zammadStandIn>>
let at = ''
let offset = 0
const now = () => new Date(Date.now() + offset)
let mentions = 0

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  await enterAsHead(house, api)
  crm = await bitrix24StandIn()
  desk = await zammadStandIn()
}, 60_000)
afterAll(async () => {
  const mistakes = [...crm.mistakes, ...desk.mistakes]
  if (mistakes.length > 0) throw new Error(`Not as documented: ${mistakes.join('; ')}`)
  await crm[Symbol.asyncDispose]()
  await desk[Symbol.asyncDispose]()
  await house[Symbol.asyncDispose]()
})
beforeEach(async () => {
  // Those of the tests before would be asked, too, for whole days of the clock that is put forward here.
  await sql`update integration set state = 'paused'`.execute(house.postgres.db)
  moderator = await enterNewProject(house, api, 'moderator')
  manager = await enterProject(house, api, moderator.project, 'manager')
  at = `/api/projects/${moderator.project}`
  offset = 0
  crm.trouble.length = 0
  crm.items[2].length = 0
  crm.comments.length = 0
})

const work = () =>
  workIntegrations({ ...house, db: house.postgres.db, now, systemOf: findSystem }, new AbortController().signal)

async function told<T>(person: Person, path: string, method = 'GET', body?: unknown): Promise<T> {
  const answer = await person.ask(`${at}${path}`, { method, ...(body === undefined ? {} : { body }) })
  if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}

const connect = (system: 'bitrix24' | 'zammad' = 'bitrix24') =>
  told<Integration>(manager, '/integrations', 'POST', {
    system,
    settings: (system === 'bitrix24' ? crm : desk).settings,
  })
const setUp = (one: Integration, change: Partial<IntegrationSetup>) =>
  told<Integration>(manager, `/integrations/${one.id}/setup`, 'PUT', { ...one.setup, ...change })
const stateOf = async (one: Integration) =>
  must((await told<{ items: Integration[] }>(manager, '/integrations')).items.find(({ id }) => id === one.id))
const log = async (one: Integration) =>
  (await told<{ items: IntegrationExchange[] }>(manager, `/integrations/${one.id}/exchanges`)).items
const records = (ticket: number) => told<TicketRecords>(moderator, `/tickets/${ticket}/records`)
const handOver = (ticket: number, { id }: Integration) =>
  told<TicketRecords>(moderator, `/tickets/${ticket}/records`, 'POST', { integration: id })
const later = (ms: number) => {
  offset += ms
}

async function openOne(topics: number[] = []): Promise<number> {
  mentions += 1
  const id = `vk:${mentions}`
  await putMentions(house.clickhouse, moderator.project, [
    {
      id,
      posted_at: '2026-11-22 11:00:00',
      text: 'Когда вернут деньги за карту?',
      url: `https://vk.com/wall1_${mentions}`,
      author_id: `vk:ivan${moderator.project}`,
      author_name: 'Иван',
      author_handle: 'ivan',
      topics,
    },
  ])
  return (await told<TicketDetail>(moderator, '/tickets', 'POST', { mentions: [id] })).ticket.id
}

test('only managers connect, what is typed wrong is told at its field, and no secret comes back', async () => {
  const refused = await moderator.ask(`${at}/integrations`, {
    method: 'POST',
    body: { system: 'bitrix24', settings: crm.settings },
  })
  expect(refused.status).toBe(404)
  const odd = await manager.ask(`${at}/integrations`, {
    method: 'POST',
    body: { system: 'bitrix24', settings: { hook: 'bank' } },
  })
  expect(await odd.json()).toMatchObject({ field: 'hook', key: 'integration.address' })
  const shut = await manager.ask(`${at}/integrations`, {
    method: 'POST',
    body: { system: 'bitrix24', settings: crm.wrong },
  })
  expect(await shut.json()).toMatchObject({ key: 'integration.signed-out' })
  const one = await connect()
  expect(one).toMatchObject({ system: 'bitrix24', kind: 'crm', state: 'on', problem: null })
  const { rows } = await house.postgres.pool.query<{ row: string }>(
    'select row_to_json(i)::text as row from integration i',
  )
  expect(JSON.stringify([one, await log(one), rows])).not.toContain('abcdef0123456789')
})

test('a person chooses among what the system lists, and nothing else', async () => {
  const one = await connect()
  const saved = await setUp(one, { place: 'deal:0', stage: 'EXECUTING', owner: '1', statuses: { WON: 'solved' } })
  expect(saved.setup).toMatchObject({ place: 'deal:0', stage: 'EXECUTING' })
  const odd = await manager.ask(`${at}/integrations/${one.id}/setup`, {
    method: 'PUT',
    body: { ...one.setup, stage: 'C9:LOST' },
  })
  expect(await odd.json()).toMatchObject({ key: 'integration-choice' })
})

test('a ticket is handed over once, however often and by however many it is asked', async () => {
  const one = await connect()
  const ticket = await openOne()
  await Promise.all([handOver(ticket, one), handOver(ticket, one), handOver(ticket, one)])
  expect((await records(ticket)).items).toMatchObject([{ state: 'queued', stage: null, value: null, asOf: null }])
  await Promise.all([work(), work(), work(), work()])
  await work()
  expect(crm.items[2]).toHaveLength(1)
  expect(crm.items[2][0]).toMatchObject({
    title: 'Когда вернут деньги за карту?',
    comments: expect.stringContaining('https://vk.com/wall1_') as string,
  })
  const [contact] = crm.items[3].filter((item) => item['originId'] === `vk:ivan${moderator.project}`)
  expect(crm.items[2][0]).toMatchObject({ contactId: contact?.id })
  const shown = must((await records(ticket)).items[0])
  expect(shown).toMatchObject({ state: 'done', url: expect.stringMatching(/\/crm\/deal\/details\/\d+\/$/) as string })
  expect((await records(ticket)).offered).toEqual([])
})

test('stage, value and owner come back, and the stage that a person chose changes the ticket', async () => {
  const one = await connect()
  await setUp(one, { statuses: { EXECUTING: 'pending' } })
  const ticket = await openOne()
  await handOver(ticket, one)
  await work()
  // Nobody waits for the next round to see where it stands.
  await work()
  expect((await records(ticket)).items[0]).toMatchObject({ stage: 'Новая', value: 0, owner: 'Анна Смирнова' })
  await crm.move(`deal:${crm.items[2][0]?.id}`)
  later(121_000)
  await work()
  expect((await records(ticket)).items[0]).toMatchObject({
    stage: 'В работе',
    value: 1500.5,
    currency: 'RUB',
    owner: '7',
  })
  const { ticket: moved, history } = await told<TicketDetail>(moderator, `/tickets/${ticket}`)
  expect(moved.status).toBe('pending')
  expect(history.filter(({ kind }) => kind === 'record-moved')).toMatchObject([{ from: 'Новая', to: 'В работе' }])
  const author = await told<{ items: unknown[] }>(moderator, `/authors/vk:ivan${moderator.project}/records`)
  expect(author.items).toHaveLength(1)
})

test('a reply that was sent is noted there once, also when the connection breaks after it was taken', async () => {
  const one = await connect()
  const ticket = await openOne()
  await handOver(ticket, one)
  await work()
  await sql`
    insert into reply (project_id, ticket_id, mention_id, platform, answers, state, text, seen_event, sent_at, url)
    values (${moderator.project}, ${ticket}, ${`vk:${mentions}`}, 'vk', '{"author":{"name":"Иван"}}', 'sent', 'Деньги уже в пути', 0, now(), 'https://vk.com/wall1_9')`.execute(
    house.postgres.db,
  )
  crm.trouble.push('break-off-after')
  await work()
  expect((await log(one))[0]).toMatchObject({ kind: 'note', state: 'sending' })
  later(10 * 60_000)
  await work()
  await work()
  expect(crm.comments.map(({ COMMENT }) => COMMENT)).toEqual([expect.stringContaining('↩ Иван: Деньги уже в пути')])
  expect((await log(one))[0]).toMatchObject({ kind: 'note', state: 'done', problem: null })
})

test('what a killed process had begun is looked up first: done stays done, not done is done', async () => {
  const one = await connect()
  // Their contact is there already.
  await handOver(await openOne(), one)
  await work()
  const [there, lost] = [await openOne(), await openOne()]
  for (const ticket of [there, lost]) await handOver(ticket, one)
  // One died after the system had taken it, the other before it was asked.
  crm.trouble.push('break-off-after')
  await work()
  expect(crm.items[2]).toHaveLength(2)
  later(40_000)
  const held = must(await hold(house.postgres.db, one.id, now()))
  expect(await beginNext(house.postgres.db, held, { now: now(), settleMs: 60_000 })).toMatchObject({
    kind: 'open',
    does: 'say',
  })
  later(10 * 60_000)
  await work()
  await work()
  expect(crm.items[2]).toHaveLength(3)
  for (const ticket of [there, lost]) expect((await records(ticket)).items[0]).toMatchObject({ state: 'done' })
})

test('a system that asks to go slower is left in peace until then', async () => {
  const one = await connect()
  const ticket = await openOne()
  await handOver(ticket, one)
  crm.trouble.push('slow-down')
  await work()
  expect(await stateOf(one)).toMatchObject({ state: 'on', problem: expect.stringContaining('slower') as string })
  later(30_000)
  await work()
  expect(crm.items[2]).toHaveLength(0)
  later(31_000)
  await work()
  expect(crm.items[2]).toHaveLength(1)
  expect(await stateOf(one)).toMatchObject({ problem: null, waitUntil: null })
})

test('rights taken away in the middle pause it with a sentence, and everything goes on when they are back', async () => {
  const one = await connect()
  const [a, b] = [await openOne(), await openOne()]
  for (const ticket of [a, b]) await handOver(ticket, one)
  crm.trouble.push('revoked')
  await work()
  expect(await stateOf(one)).toMatchObject({
    state: 'paused',
    problem: expect.stringContaining('Give it the right') as string,
  })
  later(3_600_000)
  await work()
  expect(crm.items[2]).toHaveLength(0)
  expect((await records(a)).items[0]).toMatchObject({ state: 'queued' })
  expect(await told<Integration>(manager, `/integrations/${one.id}/test`, 'POST')).toMatchObject({
    state: 'on',
    problem: null,
  })
  await work()
  expect(crm.items[2]).toHaveLength(2)
})

test('what the system does not take waits for a person, who tries it again', async () => {
  const one = await connect()
  const ticket = await openOne()
  await handOver(ticket, one)
  crm.trouble.push('refuse')
  await work()
  const [line] = await log(one)
  expect(line).toMatchObject({ state: 'refused', problem: expect.stringContaining('UF_CRM_SOURCE') as string })
  const again = () => manager.ask(`${at}/integration-exchanges/${line?.id}/retry`, { method: 'POST' })
  expect((await again()).status).toBe(204)
  await work()
  expect((await log(one))[0]).toMatchObject({ state: 'done' })
  expect(await (await again()).json()).toMatchObject({ key: 'integration-exchange-over' })
})

test('tickets of chosen topics are handed over as they are opened, others are not', async () => {
  const one = await connect()
  await setUp(one, { topics: [5] })
  const [mine, other] = [await openOne([5]), await openOne([6])]
  await work()
  await work()
  expect((await records(mine)).items).toMatchObject([{ state: 'done', askedBy: null }])
  expect((await records(other)).items).toEqual([])
})

test('a ticket system hears of the end, and what is written there becomes a note once', async () => {
  const one = await connect('zammad')
  await setUp(one, { closes: true })
  const ticket = await openOne()
  await handOver(ticket, one)
  await work()
  const record =
    must((await records(ticket)).items[0]?.url)
      .split('/')
      .at(-1) ?? ''
  await desk.comment(record, 'Вернули вчера')
  later(121_000)
  await work()
  later(121_000)
  await work()
  const detail = await told<TicketDetail>(moderator, `/tickets/${ticket}`)
  const notes = detail.history.filter(({ kind }) => kind === 'note-added')
  expect(notes.map(({ note, actor }) => [note, actor])).toEqual([['Вернули вчера', expect.stringMatching(/^Anna · /)]])
  await told(moderator, `/tickets/${ticket}/status`, 'PUT', { status: 'solved' })
  await work()
  later(121_000)
  await work()
  expect((await records(ticket)).items[0]).toMatchObject({ stage: 'closed', ended: true })
})

test('whoever is forgotten leaves no link, and what Heed cannot remove is named', async () => {
  const one = await connect()
  const ticket = await openOne()
  await handOver(ticket, one)
  await work()
  const { url } = must((await records(ticket)).items[0])
  const who = { kind: 'member', id: 'm', name: 'Head', email: 'h@heed.test', locale: 'en', isHead: true } as const
  const forgotten = await forgetPerson(
    { db: house.postgres.db, clickhouse: house.clickhouse },
    moderator.project,
    [`vk:ivan${moderator.project}`],
    who,
  )
  expect(forgotten.elsewhere).toEqual([{ system: 'bitrix24', name: one.name, url }])
  const left = await first(
    house.postgres.db,
    sql<{ n: number }>`select count(*)::int as n from integration_link where project_id = ${moderator.project}`,
  )
  expect(left?.n).toBe(0)
})

test('a hook makes Heed look, and only the one who knows its address has it', async () => {
  const one = await connect()
  const ticket = await openOne()
  await handOver(ticket, one)
  await work()
  // It looks once by itself after it handed over, and is at rest then.
  await work()
  const path = new URL(one.hook).pathname
  expect((await api.request(`${path.slice(0, -1)}x`, { method: 'POST', body: 'event=forged' })).status).toBe(404)
  const due = async () =>
    must(
      await first(house.postgres.db, sql<{ at: Date }>`select poll_due_at as at from integration where id = ${one.id}`),
    ).at
  const before = await due()
  expect((await api.request(path, { method: 'POST', body: 'event=ONCRMDEALUPDATE' })).status).toBe(204)
  expect((await due()).getTime()).toBeLessThan(before.getTime())
})
