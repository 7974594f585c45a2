import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { must } from '../../base/errors.ts'
import { noWords } from '../../base/text/stored-words.ts'
import { saveMentions } from '../../listen/mentions/save.ts'
import { barePost } from '../../listen/posts/post.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'
import type { Calendar, Forecast, Ladder, Policy } from './shapes/clock.ts'
import type { ProjectCard } from './shapes/project.ts'
import type { Service } from './shapes/service.ts'
import type { Colleague, Shift } from './shapes/shift.ts'
import type { Presence, ShiftPage, TicketDetail } from './shapes/ticket.ts'

let house: TestHouse
let api: Api
let manager: Person & { project: number }
let at = ''
let now = new Date('2026-05-11T09:00:00Z')

beforeAll(async () => {
  const opened = await openTestHouse()
  house = Object.assign(opened, { now: () => now })
  api = await createApi(house)
  manager = await enterNewProject(house, api, 'manager')
  at = `/api/projects/${manager.project}`
  await saveMentions(house.clickhouse, [
    {
      post: { ...barePost({ id: 'vk:1', platform: 'vk', text: 'Письмо' }), postedAt: now },
      ...{ project: manager.project, sourceId: null, collectedAt: now, langConfidence: null, cluster: 'c' },
      ...{ topics: [], places: {}, words: noWords },
    },
  ])
})
afterAll(() => house[Symbol.asyncDispose]())

async function read<T>(answer: Promise<Response>): Promise<T> {
  const got = await answer
  expect(got.status).toBe(200)
  return (await got.json()) as T
}

test('how long platforms take a reply is set by managers only', async () => {
  const windows = [{ platform: 'webhook', minutes: 1440 }]
  const writer = await enterProject(house, api, manager.project, 'copywriter')
  const put = (who: Person, body: unknown) => who.ask(`${at}/reply-windows`, { method: 'PUT', body })
  expect((await put(writer, { windows })).status).toBe(404)
  expect((await put(manager, { windows: [{ platform: 'webhook', minutes: 0 }] })).status).toBe(422)
  await read(put(manager, { windows }))
  expect(await read(writer.ask(`${at}/reply-windows`))).toEqual({ windows })
  expect(await read(put(manager, { windows: [] }))).toEqual({ windows: [] })
})

test('a project says when it works and what it promises, and tickets are held to it', async () => {
  const office = [{ from: 540, to: 1080 }]
  const calendar = { timeZone: 'UTC', week: [office, office, office, office, office, [], []], exceptions: [] }
  expect(await read(manager.ask(`${at}/calendar`))).toEqual({ calendar: null })
  await read(manager.ask(`${at}/calendar`, { method: 'PUT', body: { calendar } }))
  expect(await read<{ calendar: Calendar }>(manager.ask(`${at}/calendar`))).toEqual({ calendar })

  const { ladders } = await read<{ ladders: { [name: string]: Ladder } }>(manager.ask(`${at}/policies`))
  expect(Object.keys(ladders)).toEqual(['real-time', 'quarter-hour', 'hour-and-half', 'one-day'])
  const asked = { name: 'Всем', platforms: [], priorities: [], stages: [], tonalities: [], ...ladders['hour-and-half'] }
  const all = await read<Policy>(manager.ask(`${at}/policies`, { method: 'POST', body: asked }))
  const fast = await read<Policy>(
    manager.ask(`${at}/policies`, {
      method: 'POST',
      body: { ...asked, ...ladders['quarter-hour'], platforms: ['vk'] },
    }),
  )
  expect((await manager.ask(`${at}/policy-order`, { method: 'PUT', body: { ids: [fast.id, all.id] } })).status).toBe(
    204,
  )

  const { ticket, clocks } = await read<TicketDetail>(
    manager.ask(`${at}/tickets`, { method: 'POST', body: { mentions: ['vk:1'] } }),
  )
  expect(ticket.nextDueAt).toBe('2026-05-11T09:15:00.000Z')
  expect(clocks).toMatchObject([
    { kind: 'first', minutes: 15, outcome: null },
    { kind: 'solution', minutes: 240, dueAt: '2026-05-11T13:00:00.000Z' },
  ])
  expect(await read<Forecast>(manager.ask(`${at}/forecast`))).toMatchObject({
    pace: 0,
    hours: [{ due: 1, late: 1 }, {}, {}, {}, {}, {}, {}, {}],
  })

  now = new Date('2026-05-11T09:10:00Z')
  const answered = await read<TicketDetail>(manager.ask(`${at}/tickets/${ticket.id}/answers`, { method: 'POST' }))
  expect(answered.clocks[0]).toMatchObject({ kind: 'first', outcome: 'kept', endedAt: '2026-05-11T09:10:00.000Z' })
  expect(answered.history.at(-1)).toMatchObject({ kind: 'answered', at: '2026-05-11T09:10:00.000Z' })
  expect((await manager.ask(`${at}/policies/${fast.id}`, { method: 'DELETE' })).status).toBe(204)
  expect(await read(manager.ask(`${at}/policies`))).toMatchObject({ items: [{ id: all.id }] })
  expect((await manager.ask(`${at}/policies/${fast.id}/return`, { method: 'POST' })).status).toBe(204)
})

test('the board sets the first answers of today beside those of yesterday, by the figure of the service', async () => {
  const boss = await enterNewProject(house, api, 'manager')
  const here = `/api/projects/${boss.project}`
  await read(boss.ask(here, { method: 'PATCH', body: { timeZone: 'Europe/Moscow' } }))
  const { ladders } = await read<{ ladders: { [name: string]: Ladder } }>(boss.ask(`${here}/policies`))
  const everybody = { name: 'Всем', platforms: [], priorities: [], stages: [], tonalities: [] }
  await read(boss.ask(`${here}/policies`, { method: 'POST', body: { ...everybody, ...ladders['quarter-hour'] } }))
  const answer = async (opened: string, minutes: number) => {
    now = new Date(opened)
    await saveMentions(house.clickhouse, [
      {
        post: { ...barePost({ id: `vk:${opened}`, platform: 'vk', text: 'Письмо' }), postedAt: now },
        ...{ project: boss.project, sourceId: null, collectedAt: now, langConfidence: null, cluster: opened },
        ...{ topics: [], places: {}, words: noWords },
      },
    ])
    const body = { mentions: [`vk:${opened}`] }
    const { ticket } = await read<TicketDetail>(boss.ask(`${here}/tickets`, { method: 'POST', body }))
    now = new Date(now.getTime() + minutes * 60_000)
    await read(boss.ask(`${here}/tickets/${ticket.id}/answers`, { method: 'POST' }))
  }
  const before = now
  await answer('2026-05-10T20:30:00Z', 5)
  // The last minute of a day in Moscow, answered too late on the next one.
  await answer('2026-05-10T20:59:00Z', 16)
  await answer('2026-05-10T21:01:00Z', 10)
  const board = async (person: Person) =>
    must((await read<{ items: ProjectCard[] }>(person.ask('/api/projects'))).items[0]).firstResponse
  const { today, yesterday } = must(await board(boss))
  expect(today).toMatchObject({ from: '2026-05-10T21:00:00.000Z', kept: 1, missed: 0, inTarget: 1 })
  expect(yesterday).toMatchObject({ from: '2026-05-09T21:00:00.000Z', kept: 1, missed: 1, inTarget: 0.5 })
  for (const { from, to, kept, missed, inTarget } of [today, yesterday]) {
    const { figures } = await read<Service>(boss.ask(`${here}/service?from=${from}&to=${to}`))
    const { counts, firstInTarget } = figures
    expect([counts['first-kept'], counts['first-missed'], firstInTarget]).toEqual([kept, missed, inTarget])
  }
  expect(await board(await enterProject(house, api, boss.project, 'client'))).toBeNull()
  now = before
})

test('mistakes are told in words, and a moderator promises nothing', async () => {
  const week = Array(7).fill([])
  const put = async (calendar: object) => {
    const answer = await manager.ask(`${at}/calendar`, { method: 'PUT', body: { calendar } })
    return ((await answer.json()) as { key: string }).key
  }
  expect(await put({ timeZone: 'UTC', week, exceptions: [] })).toBe('calendar-empty')
  expect(await put({ timeZone: 'Mars', week: [[{ from: 1, to: 2 }], ...week.slice(1)], exceptions: [] })).toBe(
    'calendar-zone',
  )
  expect(await put({ timeZone: 'UTC', week: [[{ from: 600, to: 540 }], ...week.slice(1)], exceptions: [] })).toBe(
    'calendar-block',
  )
  const moderator = await enterProject(house, api, manager.project, 'moderator')
  expect((await moderator.ask(`${at}/calendar`, { method: 'PUT', body: { calendar: null } })).status).toBe(404)
  const nothing = {
    name: 'x',
    platforms: [],
    priorities: [],
    stages: [],
    tonalities: [],
    aroundTheClock: true,
    steps: [],
  }
  const refused = await manager.ask(`${at}/policies`, {
    method: 'POST',
    body: { ...nothing, firstMinutes: null, nextMinutes: null, solutionMinutes: null },
  })
  expect(await refused.json()).toMatchObject({ key: 'policy-promises-nothing' })
})

test('one queue over all projects of a member, and who is at a ticket is seen by the others', async () => {
  const { items } = await read<ShiftPage>(manager.ask('/api/queue'))
  expect(items).toMatchObject([{ project: { id: manager.project }, nextDueAt: '2026-05-11T13:00:00.000Z' }])
  expect((await manager.ask('/api/queue?cursor=nonsense')).status).toBe(422)
  const stranger = await enterNewProject(house, api, 'moderator')
  expect(await read<ShiftPage>(stranger.ask('/api/queue'))).toEqual({ items: [], next: null, late: 0 })
  const client = await enterProject(house, api, manager.project, 'client')
  expect(await read<ShiftPage>(client.ask('/api/queue'))).toMatchObject({ items: [] })

  const presence = `${at}/tickets/${items[0]?.id}/presence`
  const heard: number[] = []
  const stop = house.events.subscribe((event) => event.kind === 'presence' && heard.push(event.ticket))
  await read(manager.ask(presence, { method: 'PUT', body: { writes: true } }))
  await read(manager.ask(presence, { method: 'PUT', body: { writes: true } }))
  const seen = await read<Presence>(manager.ask(presence))
  expect(seen.items).toMatchObject([{ name: 'The manager', writes: true }])
  expect((await stranger.ask(presence)).status).toBe(404)
  expect((await client.ask(presence)).status).toBe(404)
  expect((await manager.ask(presence, { method: 'DELETE' })).status).toBe(204)
  expect(await read<Presence>(manager.ask(presence))).toMatchObject({ items: [] })
  await expect.poll(() => heard.length).toBe(2)
  stop()
})

test('a shift is begun and handed over, and a ticket goes to whoever’s turn it is', async () => {
  const moderator = await enterNewProject(house, api, 'moderator')
  const boss = await enterProject(house, api, moderator.project, 'manager')
  const here = `/api/projects/${moderator.project}`
  await saveMentions(house.clickhouse, [
    {
      post: { ...barePost({ id: 'vk:9', platform: 'vk', text: 'Письмо' }), postedAt: now },
      ...{ project: moderator.project, sourceId: null, collectedAt: now, langConfidence: null, cluster: 'c' },
      ...{ topics: [], places: {}, words: noWords },
    },
  ])
  const { ticket } = await read<TicketDetail>(
    boss.ask(`${here}/tickets`, { method: 'POST', body: { mentions: ['vk:9'] } }),
  )
  const turn = () => moderator.ask(`${here}/tickets/${ticket.id}/turn`, { method: 'POST' })
  const nobody = await turn()
  expect([nobody.status, await nobody.json()]).toMatchObject([422, { key: 'nobodys-turn' }])
  expect(await read<Shift>(moderator.ask('/api/shift'))).toEqual({ since: null, handovers: [] })
  await read(moderator.ask('/api/shift', { method: 'PUT' }))
  expect(await read(turn())).toMatchObject({ ticket: { assignee: { name: 'The moderator' } } })
  const colleagues = async () => (await read<{ items: Colleague[] }>(moderator.ask(`${here}/colleagues`))).items
  const mine = must((await colleagues()).find(({ member }) => member.name === 'The moderator'))
  expect(mine).toMatchObject({ open: 1, since: now.toISOString(), capacity: null })
  const aptitude = { capacity: 1, languages: ['ru'], skills: ['Возвраты'] }
  const set = (who: Person, body: unknown) =>
    who.ask(`${here}/colleagues/${mine.member.id}`, { method: 'PUT', body }).then(({ status }) => status)
  expect(await set(moderator, aptitude)).toBe(404)
  expect(await set(boss, { ...aptitude, languages: ['russian'] })).toBe(422)
  expect(await set(boss, aptitude)).toBe(204)
  expect(await colleagues()).toContainEqual({ ...mine, ...aptitude })
  const text = 'Ждём ответ склада'
  expect((await moderator.ask(`${here}/handovers`, { method: 'POST', body: { text } })).status).toBe(204)
  expect(await read<Shift>(moderator.ask('/api/shift', { method: 'DELETE' }))).toMatchObject({ since: null })
  expect(await read<Shift>(boss.ask('/api/shift'))).toMatchObject({ handovers: [{ text, author: 'The moderator' }] })
  const stranger = await enterNewProject(house, api, 'moderator')
  expect(await read<Shift>(stranger.ask('/api/shift'))).toMatchObject({ handovers: [] })
})
