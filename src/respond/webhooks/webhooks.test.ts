import { sql } from 'kysely'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { Webhook as Verifier } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { createRequest } from '../../base/http/request.ts'
import { forgetHappenings } from '../happenings/forget.ts'
import { followMentions } from '../happenings/follow-mentions.ts'
import { followTickets } from '../happenings/follow-tickets.ts'
import type { HappeningKind } from '../happenings/happening.ts'
import { raiseAlarm } from '../happenings/raise-alarm.ts'
import { closeTicket, setStatus } from '../tickets/change.ts'
import { openTicket } from '../tickets/open.ts'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { deliverTo, webhooksDue, type WebhookWorld } from './deliver.ts'
import { bodyOf, listDeliveries, replayOne, replaySpan } from './log.ts'
import { addWebhook, changeWebhook, getWebhook, rotateSecret } from './webhook.ts'

type Got = { id: string; path: string; type: string; body: string; headers: { [name: string]: string } }

let house: TestHouse
let project = 0
let base = ''
let later = 0
const got: Got[] = []
/** How the receiver answers next; after these with 204. */
const answers: (number | 'hang' | { status: number; headers: { [name: string]: string } })[] = []
const ticketKinds: HappeningKind[] = ['ticket.opened', 'ticket.changed', 'ticket.solved', 'reply.sent']

const server = createServer((request, response) => {
  void text(request).then((body) => {
    const answer = answers.shift() ?? 204
    if (answer === 'hang') return
    const { status, headers } = typeof answer === 'number' ? { status: answer, headers: {} } : answer
    const { type } = JSON.parse(body) as { type: string }
    const named = Object.entries(request.headers).map(([name, value]) => [name, String(value)])
    if (status < 300)
      got.push({
        id: String(request.headers['webhook-id']),
        path: request.url ?? '',
        type,
        body,
        headers: Object.fromEntries(named),
      })
    response.writeHead(status, headers).end()
  })
})

beforeAll(async () => {
  house = await openTestHouse()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await house[Symbol.asyncDispose]()
})
beforeEach(async () => {
  got.length = answers.length = 0
  later = 0
  const { rows } = await house.postgres.pool.query<{ id: number }>(
    "insert into project (name) values ('p') returning id",
  )
  project = rows[0]?.id ?? 0
})

test('what happens to a ticket is told in order, signed so that an independent verifier agrees', async () => {
  const { webhook, secret } = await add()
  const ticket = await open()
  await setStatus(house.postgres.db, project, ticket, 'solved', null)
  await deliver(webhook.id)
  expect(got.map(({ type }) => type)).toEqual(['ticket.opened', 'ticket.changed', 'ticket.solved'])
  const verifier = new Verifier(secret)
  for (const { body, headers } of got)
    expect(verifier.verify(body, headers)).toMatchObject({ data: { ticket: { id: ticket } } })
  expect(() => verifier.verify(`${got[0]?.body} `, got[0]?.headers ?? {})).toThrow('No matching signature found')
  expect(new Set(got.map(({ id }) => id)).size).toBe(3)
  expect((await getWebhook(house.postgres.db, project, webhook.id)).waiting).toBe(0)
})

test('nothing is told that happened before, of other kinds, or in another project', async () => {
  await open()
  const { webhook } = await add({ kinds: ['ticket.solved'] })
  const there = project
  const { rows } = await house.postgres.pool.query<{ id: number }>(
    "insert into project (name) values ('q') returning id",
  )
  project = rows[0]?.id ?? 0
  const other = await add()
  await open()
  await deliver(webhook.id)
  expect(got).toEqual([])
  await deliver(other.webhook.id)
  expect(got.length).toBeGreaterThan(0)
  project = there
})

test('while a receiver does not answer, everything waits behind the first and comes in order later', async () => {
  const { webhook } = await add()
  const ticket = await open()
  await closeTicket(house.postgres.db, project, ticket, null)
  answers.push(503)
  await deliver(webhook.id)
  await deliver(webhook.id)
  expect(got).toEqual([])
  later = 10_000
  await deliver(webhook.id)
  expect(got.map(({ type }) => type)).toEqual(['ticket.opened', 'ticket.changed', 'ticket.changed'])
})

test('one message that is refused in so many words holds up nobody', async () => {
  const { webhook } = await add()
  await open()
  answers.push(422)
  await deliver(webhook.id)
  expect(got.map(({ type }) => type)).toEqual(['ticket.changed'])
  later = 10_000
  await deliver(webhook.id)
  expect(got.map(({ type }) => type)).toEqual(['ticket.changed', 'ticket.opened'])
})

test('a receiver that says when to come again is left alone until then', async () => {
  const { webhook } = await add()
  await open()
  answers.push({ status: 429, headers: { 'retry-after': '3600' } })
  await deliver(webhook.id)
  later = 30 * 60_000
  await deliver(webhook.id)
  expect(got).toEqual([])
  later = 62 * 60_000
  await deliver(webhook.id)
  expect(got).toHaveLength(2)
})

test('a receiver that hangs is cut off and holds up no other', async () => {
  const hanging = await add()
  const { webhook } = await add()
  await open()
  await followTickets(house.postgres.db)
  answers.push('hang')
  const request = createRequest({ allowPrivate: true })
  const impatient = { ...world(), request: (url: string, options = {}) => request(url, { ...options, timeoutMs: 200 }) }
  const waiting = deliverTo(impatient, hanging.webhook.id, AbortSignal.timeout(5_000))
  await expect.poll(() => answers.length).toBe(0)
  await deliver(webhook.id)
  expect(got).toHaveLength(2)
  await waiting
  await request.close()
  const [first] = (await log(hanging.webhook.id)).toReversed()
  expect(first).toMatchObject({ state: 'waiting', attempts: [{ status: null, problem: 'timed-out' }] })
})

test('after three days of trying the webhook is switched off, people are told, and what waits is sent when it is on again', async () => {
  const { webhook } = await add()
  await open()
  answers.push(...Array.from({ length: 10 }, () => 500))
  for (let days = 0; days < 10; days += 1) {
    later = days * 86_400_000
    await deliver(webhook.id)
  }
  expect(answers).toEqual([])
  const { db } = house.postgres
  expect(await getWebhook(db, project, webhook.id)).toMatchObject({ isOn: false, offBecause: 'failing', waiting: 1 })
  const { rows } = await house.postgres.pool.query('select kind from happening where project_id = $1 order by id', [
    project,
  ])
  expect(rows.at(-1)).toEqual({ kind: 'webhook.off' })
  await deliver(webhook.id)
  expect(got).toEqual([])
  await changeWebhook(db, project, webhook.id, { isOn: true }, now())
  await deliver(webhook.id)
  expect(got.map(({ type }) => type)).toEqual(['ticket.changed'])
})

test('410 switches off at once; a redirect is not followed', async () => {
  const { webhook } = await add()
  await open()
  answers.push({ status: 302, headers: { location: `${base}/elsewhere` } }, 410)
  await deliver(webhook.id)
  expect(await log(webhook.id)).toMatchObject([{}, { attempts: [{ status: 302, problem: 'redirected' }] }])
  later = 60_000
  await deliver(webhook.id)
  expect(await getWebhook(house.postgres.db, project, webhook.id)).toMatchObject({ isOn: false, offBecause: 'gone' })
  expect(got).toEqual([])
})

test('only public addresses are asked', async () => {
  const { webhook } = await add()
  await open()
  await followTickets(house.postgres.db)
  const request = createRequest({ allowPrivate: false })
  await deliverTo({ ...world(), request }, webhook.id, AbortSignal.timeout(5_000))
  await request.close()
  expect((await log(webhook.id)).at(-1)).toMatchObject({ attempts: [{ problem: 'private-address' }] })
  expect(got).toEqual([])
})

test('several processes at once, and one that dies before it writes down what came of it: at least once, under the same id', async () => {
  const { webhook } = await add()
  await open()
  await Promise.all([deliver(webhook.id), deliver(webhook.id), deliver(webhook.id)])
  expect(got).toHaveLength(2)
  const first = got[0]?.id
  await sql`update webhook_delivery set state = 'waiting' where webhook_id = ${webhook.id}`.execute(house.postgres.db)
  await sql`update webhook set taken_until = now() + interval '1 minute' where id = ${webhook.id}`.execute(
    house.postgres.db,
  )
  await deliver(webhook.id)
  expect(got).toHaveLength(2)
  later = 61_000
  await deliver(webhook.id)
  expect(got).toHaveLength(4)
  expect(got[2]?.id).toBe(first)
})

test('one is sent again by a press, and so is a span, also of what was there before the webhook', async () => {
  const { webhook } = await add()
  await open()
  await deliver(webhook.id)
  const { db } = house.postgres
  const [newest] = await log(webhook.id)
  await replayOne(db, project, webhook.id, newest?.id ?? 0, now())
  await deliver(webhook.id)
  expect(got).toHaveLength(3)
  expect(got[2]?.id).toBe(got[1]?.id)
  const young = await add({ kinds: ['ticket.opened'] })
  const span = { from: new Date(Date.now() - 60_000), to: new Date(Date.now() + 60_000) }
  expect(await replaySpan(db, project, young.webhook.id, span, now())).toBe(1)
  await deliver(young.webhook.id)
  expect(got.at(-1)).toMatchObject({ type: 'ticket.opened' })
})

test('after a rotation both secrets verify for a day, then the new one only', async () => {
  const { webhook, secret } = await add()
  const fresh = await rotateSecret({ ...house, db: house.postgres.db }, project, webhook.id, now())
  await open()
  await deliver(webhook.id)
  const [one] = got
  for (const each of [secret, fresh])
    expect(new Verifier(each).verify(one?.body ?? '', one?.headers ?? {})).toBeTruthy()
  later = 25 * 3_600_000
  await inTransaction(house.postgres.db, (tx) => raiseAlarm(tx, { project, key: 'x', text: 'Look', at: now() }))
  await changeWebhook(house.postgres.db, project, webhook.id, { kinds: ['rule.told'] }, now())
  await deliver(webhook.id)
  const told = got.at(-1)
  expect(told?.type).toBe('rule.told')
  const signatures = told?.headers['webhook-signature']?.split(' ')
  expect(signatures).toHaveLength(1)
})

test('the secret is kept sealed', async () => {
  const { secret } = await add()
  const { rows } = await house.postgres.pool.query('select * from webhook where project_id = $1', [project])
  expect(JSON.stringify(rows)).not.toContain(secret.slice(6))
})

test('every new mention of the chosen topics is told once, and nothing of it is kept', async () => {
  const { webhook } = await add({ kinds: ['mention.arrived'], topics: [7] })
  const row = { project_id: project, version: 1, posted_at: moment(new Date()), collected_at: moment(new Date()) }
  await house.clickhouse.insert('mention', [
    { ...row, id: 'vk:1', text: 'Secret words', topics: [7], author_id: 'vk:ann', platform: 'vk' },
    { ...row, id: 'vk:2', text: 'Of another topic', topics: [8], platform: 'vk' },
    { ...row, id: 'vk:3', text: 'Old', topics: [7], posted_at: '2026-01-01 00:00:00' },
  ])
  for (let turn = 0; turn < 3; turn += 1)
    await followMentions({ db: house.postgres.db, clickhouse: house.clickhouse }, new Date())
  await deliver(webhook.id)
  expect(got).toHaveLength(1)
  expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({
    type: 'mention.arrived',
    data: { mention: { id: 'vk:1', text: 'Secret words', author: { id: 'vk:ann' } } },
  })
  const tables = ['happening', 'webhook_delivery', 'webhook_attempt']
  const kept = await Promise.all(tables.map((table) => house.postgres.pool.query(`select * from ${table}`)))
  expect(JSON.stringify(kept.map(({ rows }) => rows as unknown))).not.toContain('Secret')
  const [delivery] = await log(webhook.id)
  expect(await bodyOf(world(), project, webhook.id, delivery?.id ?? 0)).toContain('Secret words')
  await house.clickhouse.command(`delete from mention where id = 'vk:1'`)
  expect(await bodyOf(world(), project, webhook.id, delivery?.id ?? 0)).toBeNull()
  await replayOne(house.postgres.db, project, webhook.id, delivery?.id ?? 0, now())
  await deliver(webhook.id)
  expect(got).toHaveLength(1)
  expect(await log(webhook.id)).toMatchObject([{ state: 'gone' }])
  await forgetHappenings(house.postgres.db, project, ['vk:1'])
  expect(await log(webhook.id)).toEqual([])
})

function add(change: { kinds?: HappeningKind[]; topics?: number[] } = {}) {
  const input = { name: 'CRM', url: `${base}/hook`, kinds: ticketKinds, topics: [], ...change }
  return addWebhook({ db: house.postgres.db, secrets: house.secrets }, project, input, 'Test')
}

let mentions = 0
async function open(): Promise<number> {
  mentions += 1
  const mention = { id: `x:${mentions}`, platform: 'x', postedAt: new Date(), author: null, title: null, text: 'Why?' }
  return (await openTicket(house.postgres.db, project, { mentions: [mention] }, null)).id
}

function now(): Date {
  return new Date(Date.now() + later)
}

function world(): WebhookWorld {
  const { clickhouse, config, secrets, request } = house
  return { db: house.postgres.db, clickhouse, config, secrets, request, now, random: () => 0 }
}

async function deliver(webhook: number): Promise<void> {
  await followTickets(house.postgres.db)
  if ((await webhooksDue(house.postgres.db, now())).includes(webhook))
    await deliverTo(world(), webhook, AbortSignal.timeout(8_000))
}

function log(webhook: number) {
  return listDeliveries(house.postgres.db, project, webhook, { before: null, limit: 50 })
}
