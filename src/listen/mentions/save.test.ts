import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { nothingUnderstood } from '../enrich/understanding.ts'
import { changeMentions, copyWorkState, setCorrected } from './change.ts'
import { fromRow, pageColumns, unpack, type NewMention, type PackedRow } from './mention.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { storedWords } from '../../base/text/stored-words.ts'
import { barePost, type Post } from '../posts/post.ts'
import { findMentions, findThread, listOfCluster } from './read.ts'
import { saveMentions } from './save.ts'
import { searchMentions } from './search.ts'

let clickhouse: Clickhouse
let project = 0
beforeAll(async () => {
  clickhouse = await openTestClickhouse()
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

function seen(post: Partial<Post> & { id: string }, more: Partial<NewMention> = {}): NewMention {
  return {
    post: {
      ...barePost({ platform: 'vk', text: 'карта не работает', ...post }),
      postedAt: post.postedAt ?? new Date('2026-11-01T10:00:00Z'),
    },
    project,
    sourceId: null,
    collectedAt: new Date('2026-11-01T11:00:00Z'),
    langConfidence: null,
    cluster: 'c',
    topics: [1],
    places: { 1: [{ field: 'text', start: 0, end: 5 }] },
    words: storedWords(analysePost({ title: null, text: 'карта не работает', lang: 'ru' })),
    ...more,
  }
}

test('a page that comes twice changes nothing', async () => {
  project = 1
  const page = [seen({ id: 'vk:1', likes: 3 }), seen({ id: 'vk:2' }), seen({ id: 'vk:1', likes: 3 })]
  expect(await saveMentions(clickhouse, page)).toEqual({ added: 2, changed: 0, same: 0 })
  expect(await saveMentions(clickhouse, page)).toEqual({ added: 0, changed: 0, same: 2 })
  const rows = await clickhouse.rows<{ n: number }>('select count() as n from mention final where project_id = 1')
  expect(rows).toEqual([{ n: 2 }])
})

test('what people did stays when the platform changes the text and the counts', async () => {
  project = 2
  await saveMentions(clickhouse, [seen({ id: 'vk:1', likes: 3, views: 10 })])
  await changeMentions(clickhouse, 2, ['vk:1'], { addTags: ['важно', 'важно'], important: true })
  await copyWorkState(clickhouse, 2, ['vk:1'], { ticket: 7, status: 'open', assignee: 'm1', dueAt: null })
  const edited = seen(
    { id: 'vk:1', likes: 5, text: 'карта снова работает', rating: 4.7 },
    { topics: [2], places: { 2: [] } },
  )
  expect(await saveMentions(clickhouse, [edited])).toEqual({ added: 0, changed: 1, same: 0 })
  expect(await saveMentions(clickhouse, [edited])).toEqual({ added: 0, changed: 0, same: 1 })
  const [mention] = await findMentions(clickhouse, 2, ['vk:1'])
  expect(mention).toMatchObject({
    text: 'карта снова работает',
    likes: 5,
    views: 10,
    tags: ['важно'],
    important: true,
    ticket: 7,
    status: 'open',
    assignee: 'm1',
    topics: [1, 2],
    places: { 2: [] },
  })
})

test('unknown stays unknown and is never a zero', async () => {
  project = 3
  await saveMentions(clickhouse, [seen({ id: 'vk:1' })])
  const [mention] = await findMentions(clickhouse, 3, ['vk:1'])
  expect(mention).toMatchObject({
    likes: null,
    views: null,
    author: null,
    place: null,
    lang: null,
    sentiment: null,
    spam: null,
    ticket: null,
  })
})

test('a mention keeps its moment although a later page gives another one', async () => {
  project = 4
  await saveMentions(clickhouse, [seen({ id: 'vk:1' })])
  await saveMentions(clickhouse, [seen({ id: 'vk:1', postedAt: new Date('2026-12-05T00:00:00Z'), likes: 1 })])
  const found = await clickhouse.rows('select posted_at, likes from mention final where project_id = 4')
  expect(found).toEqual([{ posted_at: '2026-11-01 10:00:00.000', likes: 1 }])
})

test('a thread is shown above and below, also when it bites its own tail', async () => {
  project = 5
  await saveMentions(clickhouse, [
    seen({ id: 'vk:a', parent: 'vk:c' }),
    seen({ id: 'vk:b', parent: 'vk:a' }),
    seen({ id: 'vk:c', parent: 'vk:b' }),
  ])
  const [middle] = await findMentions(clickhouse, 5, ['vk:b'])
  const thread = await findThread(clickhouse, 5, middle!)
  expect(thread.above.map((mention) => mention.id)).toEqual(['vk:c', 'vk:a'])
  expect(thread.below.map((mention) => mention.id)).toEqual(['vk:c'])
  expect((await listOfCluster(clickhouse, 5, 'c', 10)).length).toBe(3)
})

test('a page says what the columns say one by one, also after edits, judgements and work', async () => {
  project = 6
  const understood = { ...nothingUnderstood, emotions: ['joy'], toxic: true, aspects: ['app:negative'], spam: false }
  const author = { id: 'a', name: 'Анна', handle: 'anna', bio: 'кофе', followers: 120, verified: true }
  const images = [{ url: 'https://example.org/1.jpg', alt: 'чек "за кофе"' }]
  const mentions = [
    seen(
      { id: 'vk:1', author, likes: 3, rating: 4.5, links: ['https://example.org'], has: ['image'], images },
      { understood },
    ),
    seen({ id: 'vk:2' }),
  ]
  await saveMentions(clickhouse, mentions)
  await saveMentions(clickhouse, [
    seen({ id: 'vk:1', text: 'карта снова работает', likes: 9, source: 'Клуб' }, { topics: [4] }),
  ])
  await changeMentions(clickhouse, 6, ['vk:1'], { addTags: ['важно'], read: true })
  await copyWorkState(clickhouse, 6, ['vk:2'], { ticket: 7, status: 'open', assignee: 'm1', dueAt: null })
  const judged = { sentiment: 'negative', sentiment_confidence: 1, chance_negative: 1, chance_positive: 0 }
  await setCorrected(clickhouse, 6, 'sentiment', [{ id: 'vk:1', columns: judged, corrected: true }])
  const condition = { where: 'project_id = {f_project:UInt32}', params: { f_project: 6 } }
  const { items } = await searchMentions(clickhouse, condition, { order: 'newest', limit: 50, cursor: null })
  expect(items).toHaveLength(2)
  expect(items.find(({ id }) => id === 'vk:1')).toMatchObject({
    likes: 9,
    source: 'Клуб',
    sentiment: 'negative',
    images,
  })
  const plain = await findMentions(clickhouse, 6, ['vk:1', 'vk:2'])
  for (const one of plain) expect(items.find(({ id }) => id === one.id)).toMatchObject(one)
})

test('pictures follow the platform, and stay where it tells nothing of them', async () => {
  project = 7
  const picture = (url: string, alt: string | null = null) => ({ url: `https://cdn.example/${url}`, alt })
  const save = async (post: Partial<Post>) => saveMentions(clickhouse, [seen({ id: 'vk:1', ...post })])
  const kept = async () => {
    const [mention] = await findMentions(clickhouse, 7, ['vk:1'])
    return { images: mention?.images, has: mention?.has }
  }
  await save({ images: [picture('1.jpg', 'чек'), picture('2.jpg')], has: ['image'] })
  expect(await save({ has: ['link'] })).toMatchObject({ same: 1 })
  expect(await save({ likes: 1 })).toMatchObject({ changed: 1 })
  expect(await kept()).toEqual({ images: [picture('1.jpg', 'чек'), picture('2.jpg')], has: ['image'] })

  // Signed anew, which is no change by itself and comes with the next one.
  const signed = { images: [picture('1.jpg?sign=b', 'чек'), picture('2.jpg?sign=b')], has: ['image'] as const }
  expect(await save({ ...signed, has: ['image'], likes: 1 })).toMatchObject({ same: 1 })
  expect(await save({ ...signed, has: ['image'], likes: 2 })).toMatchObject({ changed: 1 })
  expect((await kept()).images).toEqual(signed.images)

  expect(await save({ images: [picture('3.jpg', 'сдача?')], has: ['image', 'link'] })).toMatchObject({ changed: 1 })
  expect(await kept()).toEqual({ images: [picture('3.jpg', 'сдача?')], has: ['image', 'link'] })
  expect(await save({ images: [picture('3.jpg', 'сдача? нет')], has: ['image'] })).toMatchObject({ changed: 1 })
  expect(await save({ images: [], has: [] })).toMatchObject({ changed: 1 })
  expect(await kept()).toEqual({ images: [], has: [] })
  expect(await save({ images: [], has: [] })).toMatchObject({ same: 1 })

  await saveMentions(clickhouse, [seen({ id: 'vk:2' })])
  expect(await saveMentions(clickhouse, [seen({ id: 'vk:2', images: [] })])).toMatchObject({ same: 1 })
})

test('a row that was packed before pictures and programs were kept has none', async () => {
  project = 8
  const known = { id: 'a', name: 'Robo', handle: null, bio: null, followers: null, verified: null }
  const { packed, ...row } = (await packedOf({ id: 'vk:1', likes: 3, author: { ...known, bot: true } }))!
  expect(fromRow(unpack({ ...row, packed })).author).toEqual({ ...known, bot: true })
  const before = JSON.stringify((JSON.parse(packed) as unknown[]).slice(0, -2))
  const old = fromRow(unpack({ ...row, packed: before }))
  expect(old).toMatchObject({ id: 'vk:1', likes: 3, images: null })
  expect(old.author).toEqual(known)
})

async function packedOf(post: Partial<Post> & { id: string }): Promise<PackedRow | null> {
  await saveMentions(clickhouse, [seen(post)])
  return clickhouse.row<PackedRow>(`select ${pageColumns} from mention where project_id = {project:UInt32}`, {
    project,
  })
}
