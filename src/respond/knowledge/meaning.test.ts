import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { must } from '../../base/errors.ts'
import { openModel, type Model } from '../../base/model/model.ts'
import { first, list, type Postgres } from '../../base/postgres/postgres.ts'
import { embedSome, embeds, type Embeds } from './meaning.ts'
import { KnowledgeIndex } from './project-index.ts'
import { suggest } from './suggest.ts'
import { addArticle, changeArticle, writeText } from './write.ts'

// A server after OpenAI's documentation of embeddings: texts about the same of these matters point the same way.
const matters = [
  'salary wages',
  'card',
  'credit loan',
  'insurance',
  'deposit',
  'mortgage',
  'transfer',
  'tax',
  'phone',
  'branch',
]
let answers = true
let asked: string[] = []
const server = createServer((incoming, response) => {
  let text = ''
  incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
  incoming.on('end', () => {
    const { model, input } = JSON.parse(text) as { model: string; input: string[] }
    if (!answers || model === '' || incoming.url !== '/v1/embeddings') return void response.writeHead(500).end()
    asked.push(...input)
    const data = input.map((one, index) => ({ index, embedding: vectorOf(one) }))
    // In no order that anybody promised.
    response.end(JSON.stringify({ data: data.toReversed() }))
  })
})
const vectorOf = (text: string) =>
  matters.map((matter) => (matter.split(' ').some((word) => text.toLowerCase().includes(word)) ? 3 : 0.1))

let postgres: Postgres
let model: Model
let project = 0

beforeAll(async () => {
  postgres = await openTestPostgres()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  model = must(modelCalled('meaning-1'))
})
afterAll(async () => {
  await model.close()
  server.close()
  await postgres[Symbol.asyncDispose]()
})
beforeEach(async () => {
  answers = true
  asked = []
  const made = first(postgres.db, sql<{ id: number }>`insert into project (name) values ('p') returning id`)
  project = must(await made).id
  for (const matter of matters) await write(`About ${matter.split(' ')[0]}`)
})

function modelCalled(embeddingModel: string): Model | null {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
  return openModel({ endpoint: { url, model: 'm', key: null }, embeddingModel })
}

async function write(title: string): Promise<number> {
  const text = { kind: 'article', lang: 'en', title, body: 'Read this.', isPublic: true } as const
  const { id } = await addArticle(postgres.db, project, { ...text, ownerId: null, reviewOn: null }, 'Anna')
  await changeArticle(postgres.db, project, id, { state: 'ready' })
  return id
}

const embed = async (with_ = model) => {
  while ((await embedSome(postgres.db, with_ as Embeds)) > 0);
}
const found = async (text: string, with_: Model | null = model) =>
  suggest(postgres.db, KnowledgeIndex.ofArticles(postgres.db, with_), project, {
    text,
    lang: 'en',
    limit: 5,
    byMeaning: true,
  })

test('an article that says it in other words is found by its meaning, and says so', async () => {
  const question = 'Where are my wages this month?'
  expect(await found(question)).toEqual([])
  await embed()
  expect(await found(question)).toMatchObject([
    { title: 'About salary', why: { words: [], meaning: expect.any(Number) } },
  ])
  expect(await found(question, null)).toEqual([])
})

test('what both words and meaning find stands first, with both reasons', async () => {
  await embed()
  const [best] = await found('My card is blocked')
  expect(best).toMatchObject({ title: 'About card', why: { words: ['card'], meaning: expect.any(Number) } })
})

test('strangers and lists ask no model', async () => {
  await embed()
  const before = asked.length
  const index = KnowledgeIndex.ofArticles(postgres.db, model)
  const text = 'Where are my wages this month?'
  expect(await suggest(postgres.db, index, project, { text, lang: 'en', limit: 5, publicOnly: true })).toEqual([])
  expect(asked).toHaveLength(before)
})

test('a model that does not answer leaves what words find', async () => {
  await embed()
  answers = false
  expect((await found('My card is blocked')).map(({ title, why }) => [title, why.meaning])).toEqual([
    ['About card', null],
  ])
  await write('About wages')
  expect(await embedSome(postgres.db, model as Embeds)).toBe(0)
})

test('a text is asked about once for each version and each model, and a new version counts', async () => {
  await embed()
  const before = asked.length
  await embed()
  expect(asked).toHaveLength(before)
  const index = KnowledgeIndex.ofArticles(postgres.db, model)
  const ask = () =>
    suggest(postgres.db, index, project, { text: 'Where are my wages?', lang: 'en', limit: 5, byMeaning: true })
  const { articleId } = must((await ask())[0])
  await writeText(
    postgres.db,
    project,
    articleId,
    { lang: 'en', was: 1, title: 'About phone', body: 'Read this.' },
    'Anna',
  )
  await embed()
  expect((await ask()).map((one) => one.articleId)).not.toContain(articleId)

  const other = must(modelCalled('meaning-2'))
  expect(embeds(other)).toBe(true)
  await embed(other)
  await other.close()
  const kept = await list(postgres.db, sql<{ model: string }>`select distinct model from article_vector order by model`)
  expect(kept.map((row) => row.model)).toEqual(['meaning-1', 'meaning-2'])
})
