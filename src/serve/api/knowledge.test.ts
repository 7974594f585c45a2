import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { createApi } from './api.ts'
import { Article, ArticlePage, Filled, Suggestion } from './shapes/knowledge.ts'

let house: TestHouse
let writer: Person & { project: number }
let client: Person
let at: string

beforeAll(async () => {
  house = await openTestHouse()
  const api = await createApi(house)
  writer = await enterNewProject(house, api, 'copywriter')
  client = await enterProject(house, api, writer.project, 'client')
  at = `/api/projects/${writer.project}/knowledge`
  const postedAt = moment(new Date(Date.UTC(2026, 4, 3)))
  const mention = { project_id: writer.project, id: 'vk:1', version: 1, author_handle: 'vera', cluster: 'c' }
  await house.clickhouse.insert('mention', [
    { ...mention, posted_at: postedAt, collected_at: postedAt, text: 'Где моя карта? Курьера нет.', lang: 'ru' },
  ])
})
afterAll(() => house[Symbol.asyncDispose]())

test('an article is written, made ready, suggested for a mention with the shared words, and used', async () => {
  const draft = await make({
    kind: 'canned',
    lang: 'ru',
    title: 'Карта в пути',
    body: '{{author.handle}}, карту везёт курьер. {{customer.name}}',
  })
  expect(Article.parse(draft)).toEqual(draft)
  await change(draft.id, { state: 'ready', reviewOn: '2020-01-01' })
  const { items } = (await (await writer.ask(`${at}/suggestions?mention=vk:1`)).json()) as { items: Suggestion[] }
  expect(items.map((item) => Suggestion.parse(item))).toMatchObject([
    { articleId: draft.id, why: { words: ['карта', 'Курьера'] } },
  ])
  const used = await writer.ask(`${at}/articles/${draft.id}/uses`, {
    method: 'POST',
    body: { lang: 'ru', mention: 'vk:1' },
  })
  expect(Filled.parse(await used.json())).toEqual({
    text: 'vera, карту везёт курьер. {{customer.name}}',
    gaps: [{ name: 'customer.name', reason: 'empty' }],
  })
  const page = ArticlePage.parse(await (await writer.ask(`${at}/articles?overdue=yes`)).json())
  expect(page).toMatchObject({ overdue: 1, items: [{ id: draft.id, uses: 1 }] })
})

test('a search finds drafts by other forms of the words', async () => {
  const draft = await make({ kind: 'article', lang: 'ru', title: 'Ипотека', body: 'Ставки по ипотеке' })
  const page = (await (
    await writer.ask(`${at}/articles?q=${encodeURIComponent('ставку по ипотекам')}`)
  ).json()) as ArticlePage
  expect(page.items.map(({ id }) => id)).toEqual([draft.id])
})

test('a client reads what is public and ready, and nothing else', async () => {
  const inside = await make({ kind: 'article', lang: 'en', title: 'Inside', body: 'hush' })
  await change(inside.id, { state: 'ready' })
  expect((await client.ask(`${at}/articles/${inside.id}`)).status).toBe(404)
  expect((await client.ask(`${at}/articles/${inside.id}/versions?lang=en`)).status).toBe(404)
  expect(await (await client.ask(`${at}/suggestions?text=hush`)).json()).toEqual({ items: [] })
  await change(inside.id, { isPublic: true })
  expect((await client.ask(`${at}/articles/${inside.id}`)).status).toBe(200)
  expect(((await (await client.ask(`${at}/articles`)).json()) as ArticlePage).items.map(({ id }) => id)).toEqual([
    inside.id,
  ])
})

test('a variable that does not exist is refused where it is written', async () => {
  const answer = await writer.ask(`${at}/articles`, {
    method: 'POST',
    body: { kind: 'canned', lang: 'en', title: 'x', body: 'Hi {{custmer.name}}' },
  })
  expect(answer.status).toBe(422)
  expect(await answer.json()).toMatchObject({
    key: 'variable-unknown',
    field: 'body',
    detail: expect.stringContaining('{{custmer.name}}'),
  })
})

test('only somebody of the project can be asked to keep an article true', async () => {
  const { id } = await make({ kind: 'article', lang: 'en', title: 'x', body: 'y' })
  const answer = await writer.ask(`${at}/articles/${id}`, { method: 'PATCH', body: { ownerId: 'nobody' } })
  expect([answer.status, await answer.json()]).toMatchObject([422, { key: 'article-owner-unknown' }])
})

async function make(body: object): Promise<Article> {
  const answer = await writer.ask(`${at}/articles`, { method: 'POST', body })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Article
}

async function change(id: number, body: object): Promise<void> {
  expect((await writer.ask(`${at}/articles/${id}`, { method: 'PATCH', body })).status).toBe(200)
}
