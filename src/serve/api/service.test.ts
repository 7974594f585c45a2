import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  enterAsHead,
  enterNewProject,
  enterProject,
  openTestHouse,
  personWith,
  type Person,
  type TestHouse,
} from '../../../test/house.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { createApi } from './api.ts'
import { Advocates, ArticleScores, AskedCustomer, TicketOutcome } from './shapes/outcome.ts'
import { Service, ServiceBoard, ServicePeople, ServiceRate, ServiceTickets, WorkMinutes } from './shapes/service.ts'
import type { TicketDetail } from './shapes/ticket.ts'
import { questionAddress } from './outcome-question.ts'

let house: TestHouse
let head: Person
let manager: Person & { project: number }
let moderator: Person
let client: Person
let stranger: Person
let at: string
const day = 86_400_000
const now = Date.now()

beforeAll(async () => {
  house = await openTestHouse()
  const api = await createApi(house)
  head = await enterAsHead(house, api)
  manager = await enterNewProject(house, api, 'manager', '=Bank')
  moderator = await enterProject(house, api, manager.project, 'moderator')
  client = await enterProject(house, api, manager.project, 'client')
  stranger = personWith(house, api, '')
  at = `/api/projects/${manager.project}`
  await bring([
    {
      id: 'vk:1',
      author_id: 'a',
      text: '=1+1',
      sentiment: 'negative',
      author_followers: 500,
      ago: 5 * day,
      topics: [7],
    },
    { id: 'vk:2', author_id: 'b', text: 'Где карта?', sentiment: 'neutral', ago: 4 * day },
    { id: 'email:3', author_id: 'c', text: 'Письмо', platform: 'email', kind: 'message', ago: 3 * day },
  ])
})
afterAll(() => house[Symbol.asyncDispose]())

test('figures, lists and files agree; the period before stands beside', async () => {
  const [one, two] = [await open('vk:1'), await open('vk:2')]
  await ask(moderator, 'POST', `/tickets/${one}/answers`)
  await ask(moderator, 'PUT', `/tickets/${one}/status`, { status: 'solved' })
  await ask(moderator, 'PUT', `/tickets/${one}/outcome`, { verdict: 'satisfied' })
  const service = Service.parse(await ask(moderator, 'GET', '/service'))
  expect(service.figures).toMatchObject({
    counts: { all: 2, answered: 1, unanswered: 1, solved: 1, satisfied: 1, unknown: 1 },
    ...{ mentions: 2, answeredMentions: 1, shareAnswered: 0.5, firstInTarget: null },
    satisfied: { estimate: 1, high: 1 },
  })
  expect(service.figures.first.median).toBeGreaterThan(4.9 * day)
  expect(service.figuresBefore).toMatchObject({ counts: { all: 0 }, shareAnswered: null, satisfied: null })
  expect(service.load).toMatchObject([{ member: null, tickets: 2, minutes: 0 }])
  const solved = ServiceTickets.parse(await ask(moderator, 'GET', '/service/tickets?part=solved'))
  expect(solved.items).toMatchObject([{ id: one, status: 'solved', outcome: 'satisfied' }])
  const all = ServiceTickets.parse(await ask(moderator, 'GET', '/service/tickets'))
  expect(all.items.map(({ id }) => id)).toEqual([two, one])

  const figures = await text(manager, '/service/export?of=figures')
  expect(figures).toContain('tickets_solved,1,0\r\n')
  const tickets = await text(manager, '/service/export?of=tickets')
  expect(tickets).toContain(`${one},'=1+1,solved`)
  expect(tickets.trim().split('\r\n')).toHaveLength(3)
})

test('filters narrow by platform, topic, queue, member and period', async () => {
  const count = async (query: string) =>
    Service.parse(await ask(moderator, 'GET', `/service?${query}`)).figures.counts.all
  await house.clickhouse.command(`update mention set topics = [7] where id = 'vk:1'`)
  expect(await count('platform=vk')).toBe(2)
  expect(await count('platform=telegram')).toBe(0)
  expect(await count('topic=7')).toBe(1)
  expect(await count('topic=8')).toBe(0)
  expect(await count('member=nobody')).toBe(0)
  expect(await count('queue=99')).toBe(0)
  expect(await count(`to=${new Date(now - day).toISOString()}`)).toBe(0)
  const wrong = await moderator.ask(`${at}/service?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z`)
  expect(wrong.status).toBe(422)
  expect((await moderator.ask(`${at}/service?topic=x`)).status).toBe(422)
  expect((await moderator.ask(`${at}/service/tickets?part=best`)).status).toBe(422)
})

test('people: reach of the solved, before and after, who turned', async () => {
  await bring([{ id: 'vk:9', author_id: 'a', text: 'Спасибо, теперь всё хорошо', sentiment: 'positive', ago: -60_000 }])
  const people = ServicePeople.parse(await ask(moderator, 'GET', '/service/people'))
  expect(people).toMatchObject({
    ...{ authors: 1, before: { positive: 0, negative: 1 }, after: { positive: 1, negative: 0 } },
    ...{ ratioBefore: 0, ratioAfter: null, turnedCount: 1, reach: { reach: null, threads: 0 } },
    turned: [{ author: 'a', before: { id: 'vk:1' }, after: { id: 'vk:9' } }],
  })
  const [ticket] = ServiceTickets.parse(await ask(moderator, 'GET', '/service/tickets?part=solved')).items
  await house.postgres.pool.query(
    `insert into reply (project_id, ticket_id, mention_id, platform, answers, state, seen_event, sent_at)
     values ($1, $2, 'vk:1', 'vk', '{}', 'sent', 0, now())`,
    [manager.project, ticket?.id],
  )
  const seen = ServicePeople.parse(await ask(moderator, 'GET', '/service/people'))
  expect(seen.reach).toEqual({ reach: 500, threads: 1, known: 1 })
})

test('time is written down by whoever worked; cost is for those who run the project, rates for the head', async () => {
  const ticket = await open('vk:2')
  const noted = WorkMinutes.parse(await ask(moderator, 'POST', `/tickets/${ticket}/minutes`, { minutes: 90 }))
  expect(
    (await moderator.ask(`${at}/tickets/${ticket}/minutes`, { method: 'POST', body: { minutes: 0 } })).status,
  ).toBe(422)
  const rate = { fromDay: '2026-01-01', cents: 5000, currency: 'EUR' }
  for (const person of [moderator, manager])
    expect((await person.ask(`${at}/service/rates`, { method: 'PUT', body: rate })).status).toBe(404)
  expect((await moderator.ask(`${at}/service/rates`)).status).toBe(404)
  expect((await head.ask(`${at}/service/rates`, { method: 'PUT', body: rate })).status).toBe(200)
  const { items } = (await ask(manager, 'GET', '/service/rates')) as { items: unknown[] }
  expect(items.map((one) => ServiceRate.parse(one))).toEqual([rate])
  const hoursFor = async (person: Person) => Service.parse(await ask(person, 'GET', '/service')).hours
  expect(await hoursFor(manager)).toEqual({
    minutes: 90,
    unpricedMinutes: 0,
    costs: [{ currency: 'EUR', cents: 7500 }],
  })
  expect(await hoursFor(moderator)).toMatchObject({ minutes: 90, costs: null })
  const worked = ServiceTickets.parse(await ask(moderator, 'GET', '/service/tickets?part=hours'))
  expect(worked.items).toMatchObject([{ id: ticket, minutes: 90 }])
  expect((await moderator.ask(`${at}/work-minutes/${noted.id}`, { method: 'DELETE' })).status).toBe(204)
  expect((await moderator.ask(`${at}/work-minutes/${noted.id}`, { method: 'DELETE' })).status).toBe(404)
  expect(await hoursFor(manager)).toMatchObject({ minutes: 0, costs: [] })
  expect((await head.ask(`${at}/service/rates/2026-01-01`, { method: 'DELETE' })).status).toBe(204)
})

test('the board shows the projects one works in; a client sees none of it', async () => {
  const board = ServiceBoard.parse(await (await moderator.ask('/api/service')).json())
  expect(board.items.map(({ project }) => project.name)).toEqual(['=Bank'])
  expect(board.items[0]?.figures.counts.all).toBe(2)
  expect(ServiceBoard.parse(await (await client.ask('/api/service')).json()).items).toEqual([])
  for (const path of [
    '/service',
    '/service/people',
    '/service/tickets',
    '/service/export',
    '/advocates',
    '/knowledge/scores',
  ])
    expect([(await client.ask(at + path)).status, path]).toEqual([404, path])
})

test('a customer answers behind a signed link, and nobody else can', async () => {
  const ticket = await open('email:3')
  const link = questionAddress(house, ticket).split('/').at(-1) ?? ''
  const question = (asked: string) =>
    stranger.ask('/api/public/outcome-question', { method: 'POST', body: { link: asked } })
  // Neither answered nor solved, there is nothing to ask.
  expect((await question(link)).status).toBe(410)
  await ask(moderator, 'POST', `/tickets/${ticket}/answers`)
  await ask(moderator, 'GET', `/tickets/${ticket}/outcome`)
  expect(AskedCustomer.parse(await (await question(link)).json())).toEqual({ project: '=Bank', answer: null })
  const forged = `${ticket + 1}${link.slice(String(ticket).length)}`
  for (const wrong of [forged, `${link}x`, '', 'x'])
    expect([(await question(wrong)).status, wrong]).toEqual([404, wrong])
  const answer = (body: object) =>
    stranger.ask('/api/public/outcome-answer', { method: 'POST', body: { link, ...body } })
  expect((await answer({ verdict: 'perhaps' })).status).toBe(422)
  expect((await answer({ verdict: 'satisfied', words: 'x'.repeat(1001) })).status).toBe(422)
  expect(AskedCustomer.parse(await (await answer({ verdict: 'satisfied', words: 'Быстро' })).json()).answer).toBe(
    'satisfied',
  )
  const outcome = TicketOutcome.parse(await ask(moderator, 'GET', `/tickets/${ticket}/outcome`))
  expect(outcome.outcome).toMatchObject({ result: 'satisfied', saidBy: 'author' })
  expect(outcome.evidence).toMatchObject([{ kind: 'answer', words: 'Быстро' }])
})

test('the link stands in a private answer only', async () => {
  const made = (await ask(manager, 'POST', '/knowledge/articles', {
    ...{ kind: 'canned', lang: 'ru', title: 'Итог', body: 'Решили? {{question.link}}' },
  })) as { id: number }
  const use = async (mention: string) =>
    (await ask(moderator, 'POST', `/knowledge/articles/${made.id}/uses`, {
      ...{ lang: 'ru', ticket: await open(mention), mention },
    })) as { text: string; gaps: { name: string }[] }
  expect((await use('email:3')).text).toMatch(/^Решили\? http:\/\/heed\.test\/solved\/\d+-[\w-]{43}$/)
  expect(await use('vk:2')).toMatchObject({ text: 'Решили? {{question.link}}', gaps: [{ name: 'question.link' }] })
  expect(ArticleScores.parse(await ask(moderator, 'GET', '/knowledge/scores')).items).toEqual([])
})

test('an advocate is found by the path of their card, and thanked in a ticket that sends nothing', async () => {
  await bring(
    [20, 12, 4].map((days) => ({
      ...{
        id: `vk:kind-${days}`,
        author_id: 'fan',
        author_name: 'Вера',
        text: 'Лучший банк, советую',
        stage: 'praise',
      },
      ...{ sentiment: 'positive', kind: days === 12 ? 'comment' : 'post', ago: days * day },
    })),
  )
  const found = Advocates.parse(await ask(moderator, 'GET', '/advocates'))
  expect(found.items).toMatchObject([{ author: 'fan', warm: 3, thankedIn: null, mention: { id: 'vk:kind-4' } }])
  const thanked = (await ask(moderator, 'POST', '/advocates', { mention: 'vk:kind-4' })) as TicketDetail
  expect(thanked.ticket.tags).toContain('thanks')
  expect((await moderator.ask(`${at}/advocates`, { method: 'POST', body: { mention: 'vk:none' } })).status).toBe(404)
  const again = Advocates.parse(await ask(moderator, 'GET', '/advocates'))
  expect(again.items).toMatchObject([{ thankedIn: thanked.ticket.id }])
  const inRussian = await moderator.ask(`${at}/advocates`, {
    method: 'POST',
    body: { mention: 'vk:kind-20' },
    headers: { 'accept-language': 'ru' },
  })
  expect(((await inRussian.json()) as TicketDetail).ticket.tags).toContain('благодарность')
  const sent = await house.postgres.pool.query('select 1 from reply where ticket_id = $1', [thanked.ticket.id])
  expect(sent.rowCount).toBe(0)
})

type Brought = { id: string; ago: number; platform?: string } & { [column: string]: unknown }

async function bring(mentions: Brought[]): Promise<void> {
  await house.clickhouse.insert(
    'mention',
    mentions.map(({ ago, ...columns }) => ({
      ...{ project_id: manager.project, version: 1, platform: 'vk' },
      ...{ posted_at: moment(new Date(now - ago)), collected_at: moment(new Date(now)) },
      ...columns,
    })),
  )
}

/** The ticket of a mention, the same when there is one. */
async function open(mention: string): Promise<number> {
  return ((await ask(moderator, 'POST', '/tickets', { mentions: [mention] })) as TicketDetail).ticket.id
}

async function ask(person: Person, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await person.ask(at + path, { method, ...(body === undefined ? {} : { body }) })
  expect([answer.status, method, path]).toEqual([200, method, path])
  return answer.json()
}

async function text(person: Person, path: string): Promise<string> {
  const answer = await person.ask(at + path)
  expect(answer.status).toBe(200)
  return answer.text()
}
