import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { putMentions } from '../../../test/written.ts'
import { addTopic } from '../../listen/topics/topic.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'
import type { AuthorCard, AuthorProposal, CalledAuthor, Forgotten } from './shapes/author.ts'

let house: TestHouse
let api: Api
let moderator: Person & { project: number }
let head: Person
let at = ''

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  moderator = await enterNewProject(house, api, 'moderator')
  const { project } = moderator
  head = await enterProject(house, api, project, 'head')
  at = `/api/projects/${project}/authors`
  const topic = await addTopic(house.postgres.db, project, { name: 'Чай', group: null, query: 'чай' }, null)
  const vera = { author_id: 'vk:vera/ч', author_name: 'Вера', author_handle: 'vera_chay', author_followers: 40 }
  await putMentions(house.clickhouse, project, [
    {
      ...{ id: 'vk:1', posted_at: '2026-03-02 10:00:00.000', ...vera, topics: [topic.id], source: 'чайный клуб' },
      ...{ text: 'Какой чай взять?', lang: 'ru', city: 'Казань', country: 'RU', stage: 'product-request' },
    },
    { id: 'vk:2', posted_at: '2026-03-10 10:00:00.000', ...vera, text: 'Спасибо!', likes: 3, sentiment: 'positive' },
    { id: 'x:1', posted_at: '2026-03-11 10:00:00.000', author_id: 'x:vera', author_handle: 'Vera_Chay' },
    { id: 'ok:1', posted_at: '2026-03-11 11:00:00.000', author_id: 'ok:vera', author_handle: 'vera_chay' },
  ])
})
afterAll(() => house[Symbol.asyncDispose]())

const vera = encodeURIComponent('vk:vera/ч')

async function read<T>(answer: Promise<Response>): Promise<T> {
  const got = await answer
  expect(got.status).toBe(200)
  return (await got.json()) as T
}

test('an author is found by any words of name and handle', async () => {
  const called = async (words: string) =>
    (await read<{ items: CalledAuthor[] }>(moderator.ask(`${at}?called=${encodeURIComponent(words)}`))).items
  expect((await called('вер чай')).map(({ id }) => id)).toEqual([])
  expect((await called('ВЕР chay')).map(({ id, mentions }) => [id, mentions])).toEqual([['vk:vera/ч', 2]])
  expect((await called('@vera')).map(({ id }) => id)).toEqual(['vk:vera/ч', 'ok:vera', 'x:vera'])
  expect((await moderator.ask(`${at}?called=${encodeURIComponent('в')}`)).status).toBe(422)
})

test('the card tells who, how often, about what, with reasons and formulas in the language of the request', async () => {
  const card = await read<AuthorCard>(moderator.ask(`${at}/${vera}`, { headers: { 'accept-language': 'ru' } }))
  expect(card).toMatchObject({
    author: { id: 'vk:vera/ч', platform: 'vk', name: 'Вера', handle: 'vera_chay', followers: 40 },
    accounts: [{ id: 'vk:vera/ч', mentions: 2 }],
    ...{ mentions: 2, firstAt: '2026-03-02T10:00:00.000Z', lastAt: '2026-03-10T10:00:00.000Z', bucket: 'week' },
    tonality: { negative: [0, 0], neutral: [0, 0], positive: [0, 1], unknown: [1, 0] },
    topics: [{ name: 'Чай', count: 1 }],
    stages: [
      { stage: null, count: 1 },
      { stage: 'product-request', count: 1 },
    ],
    ...{ places: [{ country: 'RU', city: 'Казань', count: 1 }], reach: 40, engagement: 3 },
    role: { set: null, likely: null, evidence: [{ role: 'customer', key: 'own-experience', points: 2 }] },
    path: { step: 'potential', leaving: false },
    questions: [{ mention: { id: 'vk:1' }, state: 'open', ticket: null }],
    latest: [{ id: 'vk:2' }, { id: 'vk:1' }],
  })
  expect(card.measures['reach']).toMatch(/^Охват/)
})

test('proposals wait for a person: one is taken and unmade, another refused and offered no more', async () => {
  const proposals = async () =>
    (await read<{ items: AuthorProposal[] }>(moderator.ask(`${at}/${vera}/proposals`))).items.map(
      ({ account }) => account.id,
    )
  expect((await proposals()).toSorted()).toEqual(['ok:vera', 'x:vera'])
  const joined = await read<AuthorCard>(
    moderator.ask(`${at}/${vera}/links`, { method: 'POST', body: { author: 'x:vera' } }),
  )
  expect(joined).toMatchObject({
    mentions: 3,
    accounts: [{ id: 'vk:vera/ч' }, { id: 'x:vera', mentions: 1 }],
    decisions: [{ decision: 'same', actor: 'The moderator', reasons: [{ key: 'same-handle' }] }],
  })
  expect((await read<AuthorCard>(moderator.ask(`${at}/x%3Avera`))).accounts.map(({ id }) => id)).toEqual([
    'x:vera',
    'vk:vera/ч',
  ])
  const refusal = `${at}/${vera}/refusals/ok%3Avera`
  expect((await moderator.ask(refusal, { method: 'PUT' })).status).toBe(204)
  expect(await proposals()).toEqual([])
  expect((await moderator.ask(refusal, { method: 'DELETE' })).status).toBe(204)
  expect(await proposals()).toEqual(['ok:vera'])
  const apart = await read<AuthorCard>(moderator.ask(`${at}/x%3Avera/links`, { method: 'DELETE' }))
  expect(apart).toMatchObject({ mentions: 1, accounts: [{ id: 'x:vera' }], decisions: [{ decision: 'apart' }, {}] })
})

test('the role a person sets holds, and is taken back', async () => {
  const set = (role: string | null) =>
    read<AuthorCard>(moderator.ask(`${at}/${vera}/role`, { method: 'PUT', body: { role } }))
  expect((await set('journalist')).role.set).toMatchObject({ role: 'journalist', actor: 'The moderator' })
  expect((await set(null)).role).toMatchObject({ set: null, history: [{ role: null }, { role: 'journalist' }] })
  expect((await moderator.ask(`${at}/${vera}/role`, { method: 'PUT', body: { role: 'spy' } })).status).toBe(422)
})

test('another project, a stranger and an author of nothing are not there', async () => {
  const other = await enterNewProject(house, api, 'manager', 'Other')
  const asked = [
    ['GET', ''],
    ['GET', '/proposals'],
    ['POST', '/links', { author: 'x:vera' }],
    ['DELETE', '/links'],
    ['PUT', '/refusals/x%3Avera'],
    ['DELETE', '/refusals/x%3Avera'],
    ['PUT', '/role', { role: 'customer' }],
    ['DELETE', ''],
  ] as const
  for (const [method, path, body] of asked) {
    const options = { method, ...(body ? { body } : {}) }
    expect((await other.ask(`${at}/${vera}${path}`, options)).status, `${method} ${path}`).toBe(404)
    const own = `/api/projects/${other.project}/authors/${vera}${path}`
    expect((await other.ask(own, options)).status, `${method} ${path}`).toBe(404)
  }
  const absent = { method: 'POST', body: { author: 'x:nobody' } }
  expect((await moderator.ask(`${at}/${vera}/links`, absent)).status).toBe(404)
})

test('a client reads the card and changes nothing', async () => {
  const client = await enterProject(house, api, moderator.project, 'client')
  expect((await client.ask(`${at}/${vera}`)).status).toBe(200)
  const link = { method: 'POST', body: { author: 'x:vera' } }
  expect((await client.ask(`${at}/${vera}/links`, link)).status).toBe(404)
  expect((await client.ask(`${at}/${vera}/service`)).status).toBe(404)
  expect((await client.ask(`${at}/${vera}/role`, { method: 'PUT', body: { role: 'customer' } })).status).toBe(404)
})

test('only a head removes a person, and then nobody is there', async () => {
  expect((await moderator.ask(`${at}/${vera}`, { method: 'DELETE' })).status).toBe(404)
  expect(await read<Forgotten>(head.ask(`${at}/${vera}`, { method: 'DELETE' }))).toEqual({
    ...{ mentions: 2, archived: 0, tickets: 0, elsewhere: [] },
  })
  expect((await moderator.ask(`${at}/${vera}`)).status).toBe(404)
  expect((await moderator.ask(`${at}/x%3Avera`)).status).toBe(200)
})
