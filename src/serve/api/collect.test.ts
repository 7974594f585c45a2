import { sql } from 'kysely'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { enterAsHead, enterNewProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { must } from '../../base/errors.ts'
import { createSecrets } from '../../base/secrets/secrets.ts'
import { startCollecting } from '../../listen/collect/collector.ts'
import { findSource, openSecrets } from '../../listen/collect/source.ts'
import { collectWorld } from '../../listen/collect/world.ts'
import { saveEngagement } from '../../listen/mentions/engagement.ts'
import { removePosts } from '../../listen/mentions/removal.ts'
import { barePost } from '../../listen/posts/post.ts'
import { inspectSources } from '../local/inspect-sources.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'

let house: TestHouse
let api: Api
let head: Person
let site: Server
let feed = ''
type InProject = Person & { project: number }

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  head = await enterAsHead(house, api)
  site = createServer((_asked, answer) =>
    answer.writeHead(200, { 'content-type': 'application/rss+xml' }).end(rss),
  ).listen(0, '127.0.0.1')
  await new Promise((resolve) => site.once('listening', resolve))
  feed = `http://127.0.0.1:${(site.address() as AddressInfo).port}/feed`
})
afterAll(async () => {
  site.close()
  await house[Symbol.asyncDispose]()
})

describe('sources', () => {
  test('a person sees what a feed brings before adding it, adds it once, and it is read', async () => {
    const manager = await enterNewProject(house, api, 'manager')
    const base = `/api/projects/${manager.project}/sources`
    const check = await json<{ ok: boolean; title: string; items: { title: string }[] }>(manager, `${base}/check`, {
      platform: 'feed',
      url: feed,
    })
    expect(check).toMatchObject({ ok: true, title: 'Местные новости', items: [{ title: 'Банк открыл отделение' }] })
    const source = await json<{ id: number; health: string }>(manager, base, { platform: 'feed', url: feed })
    expect(source).toMatchObject({ health: 'new', state: 'active', mentions: 0, lastError: null })
    const again = await manager.ask(base, { method: 'POST', body: { platform: 'feed', url: feed }, headers: russian })
    expect([again.status, ((await again.json()) as { detail: string }).detail]).toEqual([
      422,
      'Такой источник уже есть',
    ])
    await collect(async () => (await items<{ health: string }>(manager, base))[0]?.health !== 'new')
    expect(await items(manager, base)).toMatchObject([{ id: source.id, health: 'well', name: 'Местные новости' }])
  })

  test('mentions are asked for by the number of their source, which outlives its name', async () => {
    const manager = await enterNewProject(house, api, 'manager')
    const base = `/api/projects/${manager.project}`
    await json(manager, `${base}/topics`, { name: 'Банк', group: null, query: 'банк' })
    const { id } = await json<{ id: number }>(manager, `${base}/sources`, {
      platform: 'feed',
      url: feed,
      name: 'Местное',
    })
    const found = async (filter: string) => items<{ title: string }>(manager, `${base}/mentions?${filter}`)
    await collect(async () => (await found(`sourceId=${id}`)).length > 0)
    expect(await found(`sourceId=${id},${id + 1}`)).toMatchObject([{ title: 'Банк открыл отделение' }])
    expect(await found(`sourceId=${id + 1}`)).toEqual([])
    expect((await manager.ask(`${base}/mentions?sourceId=Местное`)).status).toBe(422)
  })

  test('what is wrong with an address is said in the language of the person', async () => {
    const manager = await enterNewProject(house, api, 'manager')
    const answer = await manager.ask(`/api/projects/${manager.project}/sources/check`, {
      method: 'POST',
      body: { platform: 'feed', url: 'not an address' },
      headers: russian,
    })
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      422,
      'Адрес ленты должен начинаться с http:// или https://',
    ])
    const missing = await json<{ ok: boolean; hint: string }>(
      manager,
      `/api/projects/${manager.project}/sources/check`,
      { platform: 'feed', url: 'http://127.0.0.1:1/feed' },
    )
    expect(missing).toMatchObject({ ok: false, items: [] })
    expect(missing.hint).toMatch(/cannot be reached/)
  })

  test('every platform says what it asks for, and what was typed wrong is said in its own words', async () => {
    const manager = await enterNewProject(house, api, 'manager')
    const catalogue = await items<{ platform: string; asks: string; example: string }>(manager, '/api/catalogue')
    expect(catalogue.map(({ platform }) => platform)).toEqual(
      expect.arrayContaining(['feed', 'telegram', 'hackernews', 'discourse', 'stackexchange', 'gdelt', 'mastodon']),
    )
    for (const { asks, example } of catalogue) expect(Math.min(asks.length, example.length)).toBeGreaterThan(2)
    const answer = await manager.ask(`/api/projects/${manager.project}/sources`, {
      method: 'POST',
      body: { platform: 'telegram', url: 'https://t.me/+AbCd' },
      headers: russian,
    })
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      422,
      'Это приглашение в закрытый канал или группу; здесь собираются только открытые каналы',
    ])
  })

  test('keys are asked for by the catalogue, kept sealed, renewed, and never shown again', async () => {
    const manager = await enterNewProject(house, api, 'manager')
    const base = `/api/projects/${manager.project}/sources`
    const catalogue = await items<{ platform: string; fields: { name: string; secret: boolean }[] }>(
      manager,
      '/api/catalogue',
    )
    const bluesky = catalogue.find(({ platform }) => platform === 'bluesky')
    expect(bluesky?.fields).toMatchObject([
      { name: 'handle', secret: false },
      { name: 'password', secret: true },
    ])
    const entered = { platform: 'bluesky', url: 'acme bank', settings: { handle: 'acme.bsky.social' } }
    const secret = 'abcd-efgh-ijkl-mnop'
    const { id, ...added } = await json<{ id: number }>(manager, base, { ...entered, secrets: { password: secret } })
    expect(added).toMatchObject({ secrets: ['password'], latency: { medianMs: null, p95Ms: null } })
    const renewed = await manager.ask(`${base}/${id}`, {
      method: 'PATCH',
      body: { secrets: { password: 'new-one-now' } },
    })
    expect(await renewed.json()).toMatchObject({ secrets: ['password'] })
    const kept = must(await findSource(house.postgres.db, id))
    expect(openSecrets(house.secrets, kept)).toEqual({ password: 'new-one-now' })
    const shown = [
      added,
      await items(manager, base),
      await items(manager, `/api/projects/${manager.project}/audit`),
      kept,
    ]
    for (const word of [secret, 'new-one-now']) expect(JSON.stringify(shown)).not.toContain(word)
    // A secret belongs among the secrets, and nothing is taken that nobody asks for.
    for (const wrong of [
      { settings: { password: secret } },
      { secrets: { token: 'x' } },
      { settings: { host: 'x' } },
    ]) {
      const answer = await manager.ask(base, { method: 'POST', body: { platform: 'bluesky', url: 'other', ...wrong } })
      expect([answer.status, ((await answer.json()) as { key: string }).key]).toEqual([422, 'source-field-unknown'])
    }
    const foreign = await manager.ask(`${base}/${id}`, { method: 'PATCH', body: { secrets: { handle: 'x' } } })
    expect(foreign.status).toBe(422)
    expect((await manager.ask(`${base}/${id}`, { method: 'DELETE' })).status).toBe(204)
  })

  test('the doctor asks every source that is not well and says what to do', async () => {
    const manager = await enterNewProject(house, api, 'manager')
    const base = `/api/projects/${manager.project}/sources`
    await json(manager, base, { platform: 'feed', url: `${feed}?well`, name: 'Answering' })
    await json(manager, base, { platform: 'feed', url: 'http://127.0.0.1:1/feed', name: 'Silent host' })
    const { id } = await json<{ id: number }>(manager, base, {
      platform: 'bluesky',
      url: 'acme',
      name: 'Moved here',
      settings: { handle: 'acme.bsky.social' },
      secrets: { password: 'p-p-p-p' },
    })
    const gone = await json<{ id: number }>(manager, base, {
      platform: 'feed',
      url: `${feed}?gone`,
      name: 'Closed blog',
    })
    await sql`update source set state = 'gone', last_answer = 'gone' where id = ${gone.id}`.execute(house.postgres.db)
    const elsewhere = { ...house, secrets: createSecrets(new Uint8Array(32).fill(9)) }
    const told = (await inspectSources(elsewhere)).map(({ well, what, todo }) =>
      [well, what.en, todo?.en ?? ''].join(' | '),
    )
    expect(told).toContainEqual(
      expect.stringMatching(/^false \| Silent host: .*cannot be reached.* \| Open the source/),
    )
    expect(told).toContainEqual(
      expect.stringMatching(/^false \| Moved here: its keys were sealed .* \| Enter its keys anew/),
    )
    expect(told).toContain('false | Closed blog: it is gone for good | Enter its new address, or remove the source')
    expect(told.join()).not.toContain('Answering')
    await manager.ask(`${base}/${id}`, { method: 'DELETE' })
  })

  test('a platform that bills has a budget, which others may not set and no other platform has', async () => {
    const manager = await enterNewProject(house, api, 'manager')
    const base = `/api/projects/${manager.project}/budgets`
    expect(await items(manager, base)).toEqual([])
    const put = (platform: string, body: object) => manager.ask(`${base}/${platform}`, { method: 'PUT', body })
    const set = await put('x', { monthly: 50.5 })
    expect(await set.json()).toMatchObject({
      platform: 'x',
      currency: 'USD',
      monthly: 50.5,
      spent: 0,
      forecast: null,
      state: 'fine',
    })
    expect(await items(manager, base)).toMatchObject([{ platform: 'x', monthly: 50.5 }])
    expect((await put('feed', { monthly: 5 })).status).toBe(422)
    expect((await put('x', { monthly: -1 })).status).toBe(422)
    const other = await enterNewProject(house, api, 'manager')
    expect(await items(other, `/api/projects/${other.project}/budgets`)).toEqual([])
    // Without a budget nothing is asked, and the sentence says where to set one.
    const check = await other.ask(`/api/projects/${other.project}/sources/check`, {
      method: 'POST',
      body: { platform: 'x', url: 'acme', secrets: { token: 'AAAA' } },
      headers: russian,
    })
    expect(await check.json()).toMatchObject({
      ok: false,
      hint: expect.stringContaining('бюджета на неё у проекта нет'),
    })
    const audit = await items<{ action: string }>(manager, `/api/projects/${manager.project}/audit`)
    expect(audit.map(({ action }) => action)).toContain('budget-set')
  })

  test('pausing, going on and removing are written down', async () => {
    const manager = await enterNewProject(house, api, 'manager')
    const base = `/api/projects/${manager.project}/sources`
    const { id } = await json<{ id: number }>(manager, base, { platform: 'feed', url: feed, name: 'Paused' })
    const paused = await manager.ask(`${base}/${id}`, { method: 'PATCH', body: { state: 'paused' } })
    expect(await paused.json()).toMatchObject({ state: 'paused', nextCheckAt: null })
    expect((await manager.ask(`${base}/${id}`, { method: 'DELETE' })).status).toBe(204)
    expect(await items(manager, base)).toEqual([])
    const audit = await items<{ action: string }>(manager, `/api/projects/${manager.project}/audit`)
    expect(audit.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['source-added', 'source-changed', 'source-removed']),
    )
  })
})

describe('imports', () => {
  test('a file is shown before anything is saved, told how to read, and brought in', async () => {
    const manager = await enterNewProject(house, api, 'manager')
    const preview = await upload(
      manager,
      'выгрузка.csv',
      'Дата;Сообщение;Лайки\r\n01.11.2026 10:00;Первое о банке;5\r\n31.02.2026;Второе;1\r\n',
    )
    expect(preview).toMatchObject({ file: 'выгрузка.csv', format: 'csv', delimiter: ';', missing: [] })
    expect(preview.columns).toMatchObject([
      { name: 'Дата', field: 'posted_at', samples: ['01.11.2026 10:00', '31.02.2026'] },
      { name: 'Сообщение', field: 'text' },
      { name: 'Лайки', field: 'likes' },
    ])
    expect(preview.rows.map(({ reason }) => reason !== null)).toEqual([false, true])
    const base = `/api/projects/${manager.project}/imports/${preview.id}`
    const mapped = await manager.ask(`${base}/mapping`, {
      method: 'PUT',
      body: { columns: [{ index: 2, field: null }], keepAll: true },
    })
    expect(((await mapped.json()) as Preview).columns[2]).toMatchObject({ field: null })
    const { id } = await json<{ id: string }>(manager, `${base}/start`, {})
    expect((await json<{ id: string }>(manager, `${base}/start`, {})).id).toBe(id)
    const progress = () =>
      manager
        .ask(`/api/projects/${manager.project}/progress/${id}`)
        .then((answer) => answer.json() as Promise<{ endedAt: string | null }>)
    await collect(async () => (await progress()).endedAt !== null)
    expect(await progress()).toMatchObject({
      state: 'done',
      done: 2,
      saved: 1,
      failureCount: 1,
      failures: [{ row: 3 }],
    })
  })

  test('a file that cannot be read is refused with what to do', async () => {
    const manager = await enterNewProject(house, api, 'manager')
    const answer = await send(manager, 'old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]))
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      422,
      'Это старая книга (XLS) или книга с паролем; сохраните её как XLSX без пароля',
    ])
    expect((await send(manager, '', Buffer.from('text\nx'))).status).toBe(422)
  })

  test('an unknown field or column is named', async () => {
    const manager = await enterNewProject(house, api, 'manager')
    const { id } = await upload(manager, 'a.csv', 'text\nПривет\n')
    const put = (columns: object[]) =>
      manager.ask(`/api/projects/${manager.project}/imports/${id}/mapping`, {
        method: 'PUT',
        body: { columns, keepAll: false },
      })
    expect(await (await put([{ index: 9, field: 'text' }])).json()).toMatchObject({
      status: 422,
      key: 'import-column-unknown',
    })
    expect(await (await put([{ index: 0, field: 'constructor' }])).json()).toMatchObject({
      status: 422,
      key: 'import-field-unknown',
    })
  })
})

test('an export is one file, defuses formulas, and is written down', async () => {
  const manager = await enterNewProject(house, api, 'manager')
  const { id } = await upload(
    manager,
    'a.jsonl',
    `${JSON.stringify({ id: '1', platform: 'vk', text: '=HYPERLINK("http://evil.example")' })}\n`,
  )
  await manager.ask(`/api/projects/${manager.project}/imports/${id}/mapping`, {
    method: 'PUT',
    body: { columns: [], keepAll: true },
  })
  expect(await (await manager.ask(`/api/projects/${manager.project}/imports/${id}`)).json()).toMatchObject({
    keepAll: true,
  })
  await json(manager, `/api/projects/${manager.project}/imports/${id}/start`, {})
  const lines = async () =>
    (await (await manager.ask(`/api/projects/${manager.project}/export?format=jsonl`)).text())
      .split('\n')
      .filter((line) => line !== '')
  await collect(async () => (await lines()).length > 0)
  expect(JSON.parse((await lines())[0] ?? '')).toMatchObject({
    id: 'vk:1',
    platform: 'vk',
    text: '=HYPERLINK("http://evil.example")',
  })
  const csv = await (await manager.ask(`/api/projects/${manager.project}/export?format=csv`)).text()
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.example"")"`)
  const xlsx = await manager.ask(`/api/projects/${manager.project}/export?format=xlsx`)
  expect(
    Buffer.from(await xlsx.arrayBuffer())
      .subarray(0, 2)
      .toString(),
  ).toBe('PK')
  const moderator = await enterNewProject(house, api, 'client')
  expect((await moderator.ask(`/api/projects/${moderator.project}/export`)).status).toBe(404)
  const audit = await items<{ action: string; details: object }>(manager, `/api/projects/${manager.project}/audit`)
  expect(audit.filter(({ action }) => action === 'export')[0]).toMatchObject({ details: { format: 'xlsx', rows: 1 } })
})

test('what a platform counted is told over time, to those who see the mention', async () => {
  const manager = await enterNewProject(house, api, 'manager')
  const { id } = await upload(manager, 'c.jsonl', `${JSON.stringify({ id: 'e1', platform: 'vk', text: 'Банк' })}\n`)
  await manager.ask(`/api/projects/${manager.project}/imports/${id}/mapping`, {
    method: 'PUT',
    body: { columns: [], keepAll: true },
  })
  await json(manager, `/api/projects/${manager.project}/imports/${id}/start`, {})
  const told = async (who: InProject) => who.ask(`/api/projects/${who.project}/mentions/vk%3Ae1/engagement`)
  await collect(async () => (await told(manager)).status === 200)
  const counted = { platform: 'vk', text: 'Банк', likes: 3, comments: 1 }
  await saveEngagement(house.clickhouse, [barePost({ id: 'vk:e1', ...counted })], new Date('2026-11-22T12:00:00Z'))
  expect(await (await told(manager)).json()).toEqual({
    removedAt: null,
    counted: [{ at: '2026-11-22T12:00:00.000Z', likes: 3, shares: null, comments: 1, views: null }],
  })
  expect((await told(await enterNewProject(house, api, 'manager'))).status).toBe(404)
  const removal = { project: manager.project, platform: 'vk', ids: ['vk:e1'], authors: [], at: house.now() }
  await removePosts({ db: house.postgres.db, clickhouse: house.clickhouse }, removal)
  expect(await (await told(manager)).json()).toMatchObject({ removedAt: expect.any(String), counted: [] })
})

test('the sample is for the head, and only it can be replayed', async () => {
  const manager = await enterNewProject(house, api, 'manager')
  expect((await manager.ask('/api/sample', { method: 'POST', body: {} })).status).toBe(404)
  expect(
    (await manager.ask(`/api/projects/${manager.project}/replay`, { method: 'POST', body: { speed: 10 } })).status,
  ).toBe(404)
  const { project, progress } = await json<{ project: { id: number; isSample: boolean }; progress: { kind: string } }>(
    head,
    '/api/sample',
    {},
  )
  expect(project.isSample).toBe(true)
  expect(progress.kind).toBe('sample')
  expect((await json<{ project: { id: number } }>(head, '/api/sample', {})).project.id).toBe(project.id)
})

const russian = { 'accept-language': 'ru' }

type Preview = {
  id: number
  file: string
  columns: { name: string; field: string | null; samples: string[] }[]
  rows: { reason: string | null }[]
}

async function json<T>(who: Person, path: string, body: object): Promise<T> {
  const answer = await who.ask(path, { method: 'POST', body })
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}

async function items<T = object>(who: Person, path: string): Promise<T[]> {
  return ((await (await who.ask(path)).json()) as { items: T[] }).items
}

async function send(who: InProject, name: string, bytes: Buffer): Promise<Response> {
  const headers = {
    cookie: who.cookie,
    origin: house.config.publicUrl,
    'x-file-name': encodeURIComponent(name),
    ...russian,
  }
  return api.request(`/api/projects/${who.project}/imports`, { method: 'POST', headers, body: new Uint8Array(bytes) })
}

async function upload(who: InProject, name: string, text: string): Promise<Preview> {
  const answer = await send(who, name, Buffer.from(text))
  if (answer.status !== 200) throw new Error(`upload answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Preview
}

/** Lets the work in the background go on until something is so. */
async function collect(until: () => Promise<boolean>): Promise<void> {
  await using _collecting = await startCollecting(collectWorld(house), { onlyProcess: true })
  const deadline = Date.now() + 20_000
  while (!(await until())) {
    if (Date.now() > deadline) throw new Error('It did not happen in time')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const rss = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Местные новости</title><link>http://news.example</link>
<item><title>Банк открыл отделение</title><link>http://news.example/1</link><guid>n1</guid><pubDate>${new Date(Date.now() - 3_600_000).toUTCString()}</pubDate><description>Подробности завтра</description></item>
</channel></rss>`
