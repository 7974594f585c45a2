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
import { startProgress } from '../../base/progress/progress.ts'
import { sentimentErrors } from '../../listen/enrich/sentiment/model.ts'
import { noWords } from '../../base/text/stored-words.ts'
import { saveMentions } from '../../listen/mentions/save.ts'
import { barePost } from '../../listen/posts/post.ts'
import { openTicket } from '../../respond/tickets/open.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'
import { listen } from './server.ts'
import type { Me, ProjectCard } from './shapes/project.ts'

let house: TestHouse
let api: Api
let head: Person

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  head = await enterAsHead(house, api)
})
afterAll(() => house[Symbol.asyncDispose]())

test('health answers everybody', async () => {
  const answer = await api.request('/api/health')
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true, version: expect.stringMatching(/^\d/) }])
})

test('a new installation says so until its first project', async () => {
  const before = (await (await head.ask('/api/me')).json()) as Me
  expect(before).toMatchObject({ member: { name: 'Head', isHead: true }, projects: [], isNew: true })
  const made = await head.ask('/api/projects', { method: 'POST', body: { name: 'Tea', timeZone: 'Asia/Almaty' } })
  expect(await made.json()).toMatchObject({ name: 'Tea', timeZone: 'Asia/Almaty', role: 'head', isSample: false })
  expect(((await (await head.ask('/api/me')).json()) as Me).isNew).toBe(false)
})

test('a person sets name, language, email and password, and comes in with them', async () => {
  const changed = await head.ask('/api/me', {
    method: 'PATCH',
    body: { name: 'Анна', locale: 'ru', email: 'Anna@heed.test', password: 'correct horse' },
  })
  expect(await changed.json()).toMatchObject({ member: { name: 'Анна', locale: 'ru', email: 'anna@heed.test' } })
  const answer = await personWith(house, api, '').ask('/api/sign-in/password', {
    method: 'POST',
    body: { email: 'anna@heed.test', password: 'correct horse' },
  })
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([
    204,
    expect.stringMatching(/HttpOnly; SameSite=Lax/),
  ])
})

test('refusals speak the language of the person and name the field', async () => {
  const ask = async (language: string, body: object) =>
    (await head.ask('/api/projects', { method: 'POST', body, headers: { 'accept-language': language } })).json()
  expect(await ask('en', { timeZone: 'UTC' })).toMatchObject({
    status: 422,
    key: 'invalid-missing',
    field: 'name',
    detail: '“name” is needed',
  })
  expect(await ask('ru-RU,ru;q=0.9', { name: '', timeZone: 'UTC' })).toMatchObject({
    key: 'invalid-missing',
    detail: 'Заполните «name»',
  })
  expect(await ask('de, ru;q=0.5', { name: 'x', timeZone: 'Mars/Base' })).toMatchObject({
    key: 'time-zone-unknown',
    field: 'timeZone',
    detail: expect.stringContaining('Mars/Base'),
  })
  expect(await ask('', { name: 'x'.repeat(121), timeZone: 'UTC' })).toMatchObject({
    key: 'invalid-too-long',
    detail: 'В «name» не больше 120 знаков',
  })
})

test('a refusal is a problem document', async () => {
  const answer = await head.ask('/api/projects/999')
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(await answer.json()).toMatchObject({ type: 'urn:heed:problem:not-found', status: 404, key: 'not-found' })
})

test('managers invite, change and remove members; the link brings them in once', async () => {
  const manager = await enterNewProject(house, api, 'manager')
  const at = `/api/projects/${manager.project}/members`
  const invited = (await (
    await manager.ask(at, { method: 'POST', body: { name: 'Carl', email: 'carl@heed.test', role: 'client' } })
  ).json()) as { member: { id: string }; link: string }
  const token = invited.link.replace('http://heed.test/sign-in/', '')
  const enter = () => personWith(house, api, '').ask('/api/sign-in/link', { method: 'POST', body: { token } })
  expect([(await enter()).status, (await enter()).status]).toEqual([204, 410])
  expect(
    await (await manager.ask(`${at}/${invited.member.id}`, { method: 'PATCH', body: { role: 'moderator' } })).json(),
  ).toMatchObject({ role: 'moderator' })
  expect((await manager.ask(`${at}/${invited.member.id}`, { method: 'DELETE' })).status).toBe(204)
  expect(((await (await manager.ask(at)).json()) as { items: object[] }).items).toHaveLength(1)
})

test('at the first sign-in the language of the browser becomes the language of the member, later only their choice', async () => {
  const manager = await enterNewProject(house, api, 'manager')
  const at = `/api/projects/${manager.project}/members`
  const link = async (path: string, input?: object) =>
    (await (await manager.ask(path, { method: 'POST', body: input })).json()) as {
      member: { id: string }
      link: string
    }
  const enter = async (address: string, language: string) => {
    const token = address.replace('http://heed.test/sign-in/', '')
    const headers = { 'accept-language': language }
    const answer = await personWith(house, api, '').ask('/api/sign-in/link', {
      method: 'POST',
      body: { token },
      headers,
    })
    const cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    const me = (await (await personWith(house, api, cookie).ask('/api/me')).json()) as { member: { locale: string } }
    return me.member.locale
  }
  const first = await link(at, { name: 'Вера', email: 'vera@heed.test', role: 'moderator' })
  expect(await enter(first.link, 'ru-RU,ru;q=0.9,en;q=0.8')).toBe('ru')
  const second = await link(`${at}/${first.member.id}/link`)
  expect(await enter(second.link, 'en')).toBe('ru')
})

test('a key is shown once and opens its project', async () => {
  const manager = await enterNewProject(house, api, 'manager')
  const at = `/api/projects/${manager.project}/api-keys`
  const made = (await (await manager.ask(at, { method: 'POST', body: { name: 'robot', role: 'client' } })).json()) as {
    secret: string
    key: { id: number }
  }
  expect(JSON.stringify(await (await manager.ask(at)).json())).not.toContain(made.secret)
  const robot = (path: string) => api.request(path, { headers: { authorization: `Bearer ${made.secret}` } })
  expect(await (await robot(`/api/projects/${manager.project}`)).json()).toMatchObject({ role: 'client' })
  expect((await robot('/api/me')).status).toBe(404)
  await manager.ask(`${at}/${made.key.id}`, { method: 'DELETE' })
  expect((await robot(`/api/projects/${manager.project}`)).status).toBe(401)
})

test('the audit is read page by page', async () => {
  const manager = await enterNewProject(house, api, 'manager')
  for (let i = 0; i < 60; i += 1)
    await manager.ask(`/api/projects/${manager.project}`, { method: 'PATCH', body: { name: `Name ${i}` } })
  type Page = { items: { id: number; subject: string }[]; next: string | null }
  const first = (await (await manager.ask(`/api/projects/${manager.project}/audit`)).json()) as Page
  const second = (await (
    await manager.ask(`/api/projects/${manager.project}/audit?cursor=${first.next}`)
  ).json()) as Page
  expect([first.items.length, first.items[0]?.subject, second.next]).toEqual([50, 'Name 59', null])
  expect(second.items.length).toBeGreaterThanOrEqual(12)
  expect((await manager.ask(`/api/projects/${manager.project}/audit?cursor=x`)).status).toBe(422)
})

test('the board shows each project its own day', async () => {
  const [mine, other] = [await enterNewProject(house, api, 'client'), await enterNewProject(house, api, 'client')]
  const at = new Date(Date.now() - 600_000).toISOString()
  const mention = (project: number, id: string) => ({
    project_id: project,
    id,
    posted_at: at,
    collected_at: at,
    version: 1,
    sentiment: 'negative',
    lang: 'ru',
    chance_negative: 1,
    chance_positive: 0,
  })
  await house.clickhouse.insert('mention', [
    mention(mine.project, 'a'),
    mention(mine.project, 'b'),
    mention(other.project, 'c'),
  ])
  const { db } = house.postgres
  for (const { project } of [mine, other]) {
    const first = { ...barePost({ id: 'a', platform: 'vk', text: 'a' }), postedAt: new Date(at) }
    await openTicket(db, project, { mentions: [first] }, null)
  }
  const { items } = (await (await mine.ask('/api/projects')).json()) as { items: ProjectCard[] }
  expect(items).toMatchObject([
    {
      id: mine.project,
      role: 'client',
      volume: { last24h: 2, usual24h: null },
      negativeShare: { estimate: 1, low: expect.closeTo(1 - (sentimentErrors()['ru'] ?? 0), 6), high: 1 },
      judged: 2,
      lastMentionAt: at,
      openTickets: 1,
      unassignedTickets: 1,
      lateTickets: 0,
      soonDueTickets: 0,
      waitingReplies: 0,
      illSources: [],
    },
  ])
  expect(items[0]?.volume.hours.at(-1)?.count).toBe(2)
})

test('whoever works corrects, whoever reads does not, and only with words that exist', async () => {
  const moderator = await enterNewProject(house, api, 'moderator')
  await saveMentions(house.clickhouse, [
    {
      post: { ...barePost({ id: 'vk:a', platform: 'vk', text: 'чай' }), postedAt: new Date() },
      ...{ project: moderator.project, sourceId: null },
      ...{ collectedAt: new Date(), langConfidence: null, cluster: 'c', topics: [], places: {}, words: noWords },
    },
  ])
  const path = `/api/projects/${moderator.project}`
  const correct = async (person: Person, body: object) =>
    (await person.ask(`${path}/corrections`, { method: 'POST', body: { ids: ['vk:a', 'vk:none'], ...body } })).json()
  expect(await correct(moderator, { field: 'stage', value: 'leaving' })).toEqual({
    items: [{ id: 'vk:a', value: 'leaving', corrected: true }],
  })
  expect(await correct(moderator, { field: 'stage', value: 'positive' })).toMatchObject({ status: 422 })
  expect(await correct(moderator, { field: 'text', value: 'x' })).toMatchObject({ status: 422 })
  const client = await enterProject(house, api, moderator.project, 'client')
  expect(await correct(client, { field: 'sentiment', value: 'positive' })).toMatchObject({ status: 404 })
  expect(await (await client.ask(`${path}/mentions/vk:a`)).json()).toMatchObject({
    mention: { stage: 'leaving', sentiment: null, corrected: ['stage'] },
    corrections: [{ field: 'stage', from: null, to: 'leaving', actor: 'The moderator' }],
  })
})

test('background work can be watched and stopped', async () => {
  const manager = await enterNewProject(house, api, 'manager')
  const work = await startProgress(house.postgres.db, manager.project, { kind: 'import', title: 'a file' })
  const at = `/api/projects/${manager.project}/progress`
  expect(await (await manager.ask(at)).json()).toMatchObject({
    items: [{ id: work.id, state: 'waiting', failures: [] }],
  })
  expect((await manager.ask(`${at}/${work.id}`, { method: 'DELETE' })).status).toBe(200)
  expect((await manager.ask(`${at}/nothing`)).status).toBe(404)
})

test('removing a project takes its mentions along', async () => {
  const project = await enterNewProject(house, api, 'head')
  await house.clickhouse.insert('mention', [
    {
      project_id: project.project,
      id: 'x:1',
      posted_at: '2026-03-01 00:00:00',
      collected_at: '2026-03-01 00:00:00',
      version: 1,
    },
  ])
  expect((await project.ask(`/api/projects/${project.project}`, { method: 'DELETE' })).status).toBe(204)
  expect((await head.ask(`/api/projects/${project.project}`)).status).toBe(404)
  expect(
    await house.clickhouse.row('select count() as left from mention final where project_id = {p:UInt32}', {
      p: project.project,
    }),
  ).toEqual({ left: 0 })
})

test('live events come only from projects of the listener, and the stream closes with the server', async () => {
  const [mine, other] = [await enterNewProject(house, api, 'client'), await enterNewProject(house, api, 'client')]
  const server = await listen(api, { host: '127.0.0.1', port: 0 }, 200)
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/events`, { headers: { cookie: mine.cookie } })
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader.read()).value).toBe('retry: 2000\n\n')
  await house.events.publish({ project: other.project, kind: 'ticket', ticket: 1 })
  await house.events.publish({ project: mine.project, kind: 'ticket', ticket: 2 })
  expect((await reader.read()).value).toBe(`data: {"project":${mine.project},"kind":"ticket","ticket":2}\nid: 1\n\n`)
  const ended = reader.read().then(
    ({ done }) => done,
    () => true,
  )
  await server.close()
  expect(await ended).toBe(true)
})

test('a listener that leaves is forgotten, and many events about one thing become one', async () => {
  const mine = await enterNewProject(house, api, 'client')
  let listening = 0
  const counted: TestHouse['events'] = {
    ...house.events,
    subscribe: (heard) => {
      const stop = house.events.subscribe(heard)
      listening += 1
      let stopped = false
      return () => {
        if (!stopped) listening -= 1
        stopped = true
        stop()
      }
    },
  }
  const server = await listen(await createApi({ ...house, events: counted }), { host: '127.0.0.1', port: 0 }, 200)
  const leaving = new AbortController()
  const answer = await fetch(`http://127.0.0.1:${server.port}/api/events`, {
    headers: { cookie: mine.cookie },
    signal: leaving.signal,
  })
  const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
  await reader.read()
  expect(listening).toBe(1)
  for (let i = 0; i < 50; i += 1) await house.events.publish({ project: mine.project, kind: 'mentions', added: 2 })
  let added = 0
  while (added < 100)
    for (const [, count] of ((await reader.read()).value ?? '').matchAll(/"added":(\d+)/g)) added += Number(count)
  expect(added).toBe(100)
  leaving.abort()
  await expect.poll(() => listening).toBe(0)
  expect((await mine.ask('/api/events', { method: 'HEAD' })).status).toBe(200)
  expect(listening).toBe(0)
  await server.close()
})

test('the readable page and the document tell of every operation in both languages', async () => {
  const document = (await (await api.request('/api/openapi.json')).json()) as {
    paths: { [path: string]: { [method: string]: { 'x-summary-ru'?: string } } }
  }
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
  expect(operations.length).toBeGreaterThan(15)
  for (const operation of operations) expect(operation['x-summary-ru']).toMatch(/[а-я]/i)
  const page = await api.request('/api?lang=ru')
  const text = await page.text()
  expect(text).toContain('/api/projects/{project}/members')
  expect(text).toContain('Пригласить')
  expect(text).not.toMatch(/https?:\/\/(?!heed\.test)/)
})
