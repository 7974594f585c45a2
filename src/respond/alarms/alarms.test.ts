import { sql } from 'kysely'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from '../../../test/house.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import type { Request } from '../../base/http/request.ts'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { addSource } from '../../listen/collect/source.ts'
import { feedConnector } from '../../listen/connectors/feeds/feed.ts'
import { addTopic } from '../../listen/topics/topic.ts'
import { followSources } from '../happenings/follow-sources.ts'
import { followSpikes } from '../happenings/follow-spikes.ts'
import { followTickets } from '../happenings/follow-tickets.ts'
import { approvePlaybook, savePlaybook } from '../playbooks/playbook.ts'
import { readyMade } from '../playbooks/ready-made.ts'
import { letSpikesOpenTickets, noteHappening, type HappeningKind } from '../happenings/happening.ts'
import { raiseAlarm } from '../happenings/raise-alarm.ts'
import { addChannel, changeChannel, type AlarmChannel } from './channel.ts'
import { deliverAlarms, type AlarmWorld } from './deliver.ts'
import { gatherAlarms, isQuiet } from './gather.ts'
import { listMessages } from './message.ts'

// Telegram and Slack as their documents describe them: what they would refuse is refused here.

const token = '123456:AAExampleExampleExampleExample1234'
const at = new Date('2026-11-20T10:00:00Z')
const minute = 60_000

let house: TestHouse
let project = 0
let base = ''
let now = at
/** The texts that arrived. */
const told: string[] = []
const answers: ('busy' | 'gone' | 'broken' | 'cut' | 'kicked')[] = []

const server = createServer((request, response) => {
  void text(request).then((body) => {
    const answer = answers.shift()
    const said = JSON.parse(body) as { chat_id?: unknown; text?: unknown }
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
    if (answer === 'cut') return void response.destroy()
    if (answer === 'broken') return void response.writeHead(502).end()
    if (request.url === `/bot${token}/sendMessage`) {
      if (answer === 'busy')
        return json(429, {
          ok: false,
          error_code: 429,
          description: 'Too Many Requests',
          parameters: { retry_after: 120 },
        })
      if (answer === 'kicked')
        return json(403, { ok: false, error_code: 403, description: 'Forbidden: bot was kicked from the group chat' })
      if (said.chat_id !== '-100200')
        return json(400, { ok: false, error_code: 400, description: 'Bad Request: chat not found' })
      if (typeof said.text !== 'string' || said.text === '' || said.text.length > 4096)
        return json(400, { ok: false, error_code: 400, description: 'Bad Request: message text is wrong' })
      told.push(said.text)
      return json(200, { ok: true, result: { message_id: told.length } })
    }
    if (answer === 'gone') return void response.writeHead(404).end('no_service')
    if (typeof said.text !== 'string' || said.text.length > 40_000)
      return void response.writeHead(400).end('invalid_payload')
    told.push(said.text)
    response.end('ok')
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
  told.length = answers.length = 0
  now = at
  const { rows } = await house.postgres.pool.query<{ id: number }>(
    "insert into project (name, time_zone) values ('Bank', 'Europe/Moscow') returning id",
  )
  project = rows[0]?.id ?? 0
})

test('each thing is told once, with the project and the way to it; many at once are one message', async () => {
  await add()
  await raise('one')
  await raise('one')
  await tell()
  expect(told).toEqual([expect.stringMatching(/^Bank: Look at one\n/)])
  expect(told[0]).toContain(`http://heed.test/projects/${project}`)
  for (let n = 0; n < 30; n += 1) await raise(`n${n}`)
  await tell()
  expect(told).toHaveLength(1)
  now = new Date(at.getTime() + minute)
  await Promise.all([tell(), tell()])
  expect(told).toHaveLength(2)
  expect(told[1]).toContain('30 alarms')
  expect(told[1]).toContain('Look at n9')
  expect(told[1]).not.toContain('Look at n10')
  expect(told[1]).toContain('And 20 more.')
})

test('Slack gets what has a meaning there escaped', async () => {
  await add({ service: 'slack', typed: { url: 'https://hooks.slack.com/services/T/B/x' } })
  await raise('<!channel> & <https://evil.test|bank>')
  await tell()
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('&lt;!channel&gt; &amp; &lt;https://evil.test|bank&gt;')
})

test('e-mail goes to every address once, through the letters of the house', async () => {
  await add({ service: 'email', typed: { addresses: 'a@bank.test, b@bank.test' } })
  await raise('one')
  await Promise.all([tell(), tell()])
  const { rows } = await house.postgres.pool.query<{ recipient: string; subject: string }>(
    'select recipient, subject from letter where project_id = $1 order by recipient',
    [project],
  )
  expect(rows).toEqual([
    { recipient: 'a@bank.test', subject: 'Bank: Look at one' },
    { recipient: 'b@bank.test', subject: 'Bank: Look at one' },
  ])
})

test('a service that is busy is asked again when it says, and the message arrives once', async () => {
  await add()
  await raise('one')
  answers.push('busy')
  await tell()
  now = new Date(at.getTime() + 90_000)
  await tell()
  expect(told).toEqual([])
  now = new Date(at.getTime() + 130_000)
  await tell()
  expect(told).toHaveLength(1)
  expect(await states()).toEqual(['sent'])
})

test('when nobody can say whether it arrived, it is not sent again and the screen says so', async () => {
  await add()
  for (const answer of ['cut', 'broken'] as const) {
    await raise(answer)
    answers.push(answer)
    await tell()
    now = new Date(now.getTime() + 10 * minute)
    await tell()
  }
  expect(told).toEqual([])
  expect(await states()).toEqual(['unsure', 'unsure'])
})

test('a process that dies while it tells leaves the message unsure, one that dies before leaves it waiting', async () => {
  await add()
  await raise('one')
  await gatherAlarms(house.postgres.db, now)
  await sql`update alarm_message set taken_until = ${at}, begun_at = ${at} where state = 'waiting'`.execute(
    house.postgres.db,
  )
  now = new Date(at.getTime() + minute)
  await raise('two')
  await gatherAlarms(house.postgres.db, now)
  await sql`update alarm_message set taken_until = ${at} where begun_at is null`.execute(house.postgres.db)
  await tell()
  expect(await states()).toEqual(['sent', 'unsure'])
  expect(told).toEqual([expect.stringContaining('two')])
})

test('a bot that was removed, a chat that is not there and a webhook that is gone say so', async () => {
  const cases = [
    ['kicked', {}],
    [null, { typed: { token, chat: '-1' } }],
    ['gone', { service: 'slack', typed: { url: 'https://hooks.slack.com/services/T/B/x' } }],
  ] as const
  for (const [answer, change] of cases) {
    const channel = await add(change)
    await raise(`${answer} ${JSON.stringify(change)}`)
    if (answer) answers.push(answer)
    await tell()
    await changeChannel(house.postgres.db, project, channel.id, { isOn: false })
  }
  const messages = await listMessages(house.postgres.db, project, 10)
  expect(messages.map(({ state, problem }) => [state, problem])).toEqual(cases.map(() => ['refused', 'no-chat']))
})

test('quiet hours are those of the clocks of the project, and everything of them is told at their end', async () => {
  await add({ quietFrom: 22 * 60, quietTo: 8 * 60 })
  now = new Date('2026-11-20T20:30:00Z')
  await raise('late')
  await tell()
  now = new Date('2026-11-21T04:59:00Z')
  await raise('early')
  await tell()
  expect(told).toEqual([])
  now = new Date('2026-11-21T05:00:00Z')
  await tell()
  expect(told).toEqual([expect.stringMatching(/late[^]*early/)])
})

test('quiet hours may lie within a day or go over midnight', () => {
  const inMoscow = (from: number, to: number, time: string) =>
    isQuiet({ quietFrom: from, quietTo: to, timeZone: 'Europe/Moscow' }, new Date(`2026-11-20T${time}:00Z`))
  expect(inMoscow(600, 660, '07:00')).toBe(true)
  expect(inMoscow(600, 660, '08:00')).toBe(false)
  expect(inMoscow(1320, 480, '19:00')).toBe(true)
  expect(inMoscow(1320, 480, '12:00')).toBe(false)
  expect(isQuiet({ quietFrom: null, quietTo: null, timeZone: 'UTC' }, at)).toBe(false)
})

test('missed promises, every step of the ladder and the alarm are told as what they are; the alarm also in quiet hours', async () => {
  const kinds: HappeningKind[] = ['promise.near', 'promise.missed', 'promise.escalated', 'promise.explosion']
  await add({ kinds, quietFrom: 0, quietTo: 1439 })
  const { rows } = await house.postgres.pool.query<{ id: number }>(
    "insert into ticket (project_id, title) values ($1, 'Card does not work') returning id",
    [project],
  )
  const ticket = rows[0]?.id ?? 0
  const ring = async (kind: string, to: string | null) => {
    await house.postgres.pool.query(
      'insert into ticket_event (project_id, ticket_id, kind, to_value) values ($1, $2, $3, $4)',
      [project, ticket, kind, to],
    )
    await tell()
  }
  await ring('escalated', 'assignee')
  await ring('promise-missed', null)
  await ring('escalated', 'manager')
  expect(told).toEqual([])
  await ring('escalated', 'alarm')
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('4 alarms')
  expect(told[0]).toContain('information explosion')
  expect(told[0]).toContain(`#${ticket} Card does not work`)
  expect(told[0]).toContain(`/tickets/${ticket}`)
})

test('a source that falls ill is told once, and again only after it was well', async () => {
  await add({ kinds: ['source.ill', 'source.silent'] })
  const { db } = house.postgres
  const source = await addSource({ db, secrets: house.secrets }, project, feedConnector, {
    settings: { url: `${base}/feed.xml` },
    name: 'News',
  })
  const become = async (answer: string) => {
    await sql`update source set last_answer = ${answer}, error = null where id = ${source.id}`.execute(db)
    now = new Date(now.getTime() + 2 * minute)
    await followSources(db, now)
    await tell()
  }
  for (const answer of ['gone', 'gone', 'unchanged', 'gone']) await become(answer)
  expect(told).toHaveLength(2)
  expect(told[0]).toContain('“News” is ill')
})

test('a spike is told once with its figures and its main text, counts copies once, and opens a ticket where that is wanted', async () => {
  await add({ kinds: ['spike.volume', 'spike.negative', 'ticket.opened'] })
  const { db } = house.postgres
  const { id: topic } = await addTopic(db, project, { name: 'Cards', query: 'card', group: null }, 'Test')
  const row = (id: string, posted: Date, cluster: string) => ({
    ...{ project_id: project, id, version: 1, platform: 'vk', topics: [topic], cluster },
    ...{ posted_at: moment(posted), collected_at: moment(posted), text: `Text of ${cluster}` },
  })
  const hours = Array.from({ length: 4 * 168 }, (_, hour) => new Date(at.getTime() - (hour + 1.5) * 3_600_000))
  await house.clickhouse.insert(
    'mention',
    hours.map((posted, n) => row(`vk:old${n}`, posted, `old${n}`)),
  )
  const desk = { db, clickhouse: house.clickhouse, announce: async () => {} }
  const copies = Array.from({ length: 40 }, (_, n) =>
    row(`vk:copy${n}`, new Date(at.getTime() - 60_000 * (n + 1)), 'copied'),
  )
  await house.clickhouse.insert('mention', copies)
  await followSpikes(desk, at)
  await tell()
  expect(told).toEqual([])
  await letSpikesOpenTickets(db, project, true)
  const fresh = Array.from({ length: 25 }, (_, n) =>
    row(`vk:new${n}`, new Date(at.getTime() - 60_000 * (n + 1)), `new${n}`),
  )
  await house.clickhouse.insert('mention', fresh)
  await Promise.all([followSpikes(desk, at), followSpikes(desk, at)])
  now = new Date(at.getTime() + 15 * minute)
  await followSpikes(desk, now)
  await tell()
  expect(told).toHaveLength(1)
  expect(told[0]).toContain('A spike of “Cards”: 26 different texts in 1 h')
  expect(told[0]).toContain('— 40 × Text of copied')
  expect(told[0]).toContain(`/projects/${project}/tickets/`)
  const { rows } = await house.postgres.pool.query<{ title: string }>(
    'select title from ticket where project_id = $1',
    [project],
  )
  expect(rows).toEqual([{ title: 'Cards ↑' }])
})

test('where a playbook may be begun, the link of an alarm leads to where it is', async () => {
  await add({ kinds: ['spike.volume'] })
  const { db } = house.postgres
  const { id: topic } = await addTopic(db, project, { name: 'Cards', query: 'card', group: null }, 'Test')
  const spike = (key: string) =>
    inTransaction(db, (tx) => noteHappening(tx, { project, kind: 'spike.volume', key, at: now, about: { topic } }))
  await spike('one')
  await tell()
  expect(told[0]).toContain(`/projects/${project}/inbox?topic=${topic}`)
  const { id } = await savePlaybook(db, project, null, readyMade('en')[0]!, 'Test')
  await approvePlaybook(db, project, id, { by: 'Test', now })
  const alarm = await spike('two')
  now = new Date(at.getTime() + minute)
  await tell()
  expect(told[1]).toContain(`/projects/${project}/playbooks?alarm=${alarm}`)
})

test('where a channel leads is kept sealed, and what is typed wrongly is named', async () => {
  await add()
  const { rows } = await house.postgres.pool.query('select * from alarm_channel where project_id = $1', [project])
  expect(JSON.stringify(rows)).not.toContain(token.slice(8))
  for (const [service, typed, field] of [
    ['email', { addresses: 'nobody' }, 'addresses'],
    ['email', { addresses: '' }, 'addresses'],
    ['telegram', { token: 'x', chat: '1' }, 'token'],
    ['telegram', { token, chat: 'my group' }, 'chat'],
    ['slack', { url: 'http://hooks.slack.com/x' }, 'url'],
    ['slack', { url: 'x' }, 'url'],
  ] as const)
    await expect(add({ service, typed })).rejects.toMatchObject({ field })
  await expect(add({ quietFrom: 1 })).rejects.toMatchObject({ field: 'quietFrom' })
})

type Change = Partial<Parameters<typeof addChannel>[2]>

function add(change: Change = {}): Promise<AlarmChannel> {
  const usual = {
    name: 'Night',
    kinds: ['rule.told'] as HappeningKind[],
    locale: 'en' as const,
    quietFrom: null,
    quietTo: null,
  }
  const telegram = { service: 'telegram' as const, typed: { token, chat: '-100200' } }
  return addChannel(
    { db: house.postgres.db, secrets: house.secrets },
    project,
    { ...usual, ...telegram, ...change },
    'Test',
  )
}

async function raise(what: string): Promise<void> {
  await inTransaction(house.postgres.db, (tx) =>
    raiseAlarm(tx, { project, key: what, text: `Look at ${what}`, at: now }),
  )
}

/** The services' own addresses lead to the server of this test. */
const request: Request = (url, options) =>
  house.request(url.replace(/^https:\/\/(api\.telegram\.org|hooks\.slack\.com)/, base), options)

async function tell(): Promise<void> {
  const { clickhouse, config, secrets, postgres } = house
  const world: AlarmWorld = { db: postgres.db, clickhouse, config, secrets, request, now: () => now }
  await followTickets(postgres.db)
  await gatherAlarms(postgres.db, now)
  await deliverAlarms(world, AbortSignal.timeout(8_000))
}

/** Newest first. */
async function states(): Promise<string[]> {
  return (await listMessages(house.postgres.db, project, 10)).map(({ state }) => state)
}
