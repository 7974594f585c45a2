import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../test/database.ts'
import { analysePost } from '../base/text/analyse.ts'
import type { Clickhouse } from '../base/clickhouse/clickhouse.ts'
import { mentionColumns } from './mentions/mention.ts'
import { PageWriter } from './mentions/page.ts'
import { bringIn } from './bring-in.ts'
import { Clusters } from './clusters/clusters.ts'
import { understand, type Circumstances } from './pipeline.ts'
import { barePost, type Post } from './posts/post.ts'
import { createCategories } from './categories/project-categories.ts'
import { createThreads } from './threads.ts'
import { createTopicMatcher } from './topics/topic-matcher.ts'

let clickhouse: Clickhouse
beforeAll(async () => {
  clickhouse = await openTestClickhouse()
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

const collectedAt = new Date('2026-11-22T12:00:00Z')
const circumstances: Circumstances = { project: 1, sourceId: 4, keepAll: false, collectedAt }
const posts: Post[] = Array.from({ length: 500 }, (_, n) => ({
  ...barePost({ id: `vk:${n}`, platform: 'vk', text: n % 7 === 6 ? ' ' : `Карта ${n} не работает, банк молчит` }),
  postedAt: n % 5 === 0 ? null : new Date(Date.UTC(2026, 10, 1) + n * 60_000),
  author: { id: `a${n % 9}`, name: 'Имя', handle: null, bio: null, followers: n, verified: null },
  links: ['https://example.org/a'],
}))

function topicsOnCards() {
  const topics = createTopicMatcher()
  topics.set({ id: 1, projectId: 1, query: 'карта AND банк NOT 42' })
  topics.set({ id: 2, projectId: 2, query: 'карта' })
  topics.set({ id: 3, projectId: 1, query: 'cards:"bank"' })
  return topics
}

test('a thread makes the same rows as this one', async () => {
  const topics = topicsOnCards()
  await using threads = createThreads(1, topics, createCategories())
  const there = await threads.understand(posts, circumstances)
  const [mentions, archive] = [new PageWriter({}), new PageWriter({})]
  const here = understand(posts, { ...circumstances, topics, categories: null, mentions, archive })
  const bytes = ({ understood }: typeof here) => Buffer.from(understood.mentions.rows.bytes)
  expect(bytes(there).equals(bytes(here))).toBe(true)
  const facts = ({ understood: { mentions, archive, ...rest } }: typeof here) => ({
    ...rest,
    ids: [mentions.ids, archive.ids],
    spelled: mentions.spelled,
    ends: mentions.rows.ends,
  })
  expect(facts(there)).toEqual(facts(here))
  expect(there.understood.mentions.ids).toHaveLength(428)
  expect(there.understood.dropped).toHaveLength(71)
})

test('words are told until they are kept, so that no lost page loses one', async () => {
  await using threads = createThreads(1, topicsOnCards(), createCategories())
  const first = await threads.understand(posts, circumstances)
  const again = await threads.understand(posts, circumstances)
  expect(again.understood.mentions.spelled).toEqual(first.understood.mentions.spelled)
  first.kept()
  const kept = await threads.understand(posts, circumstances)
  expect(kept.understood.mentions.spelled).toEqual([])
})

test('a page meets the topics as they are when it is given, also those changed while others are in hand', async () => {
  const topics = topicsOnCards()
  await using threads = createThreads(2, topics, createCategories())
  const idsOf = async (answer: ReturnType<typeof threads.understand>) => (await answer).understood.mentions.ids.length
  const before = idsOf(threads.understand(posts, circumstances))
  await before
  topics.set({ id: 1, projectId: 1, query: 'ничего' })
  const after = idsOf(threads.understand(posts, circumstances))
  topics.remove(1)
  topics.set({ id: 9, projectId: 1, query: 'молчит' })
  const later = [1, 2, 3].map(() => idsOf(threads.understand(posts, circumstances)))
  expect([await before, ...(await Promise.all(later))]).toEqual([428, 429, 429, 429])
  // Its topic changed again while a thread had it, which the run over the archive makes up for.
  expect([0, 429]).toContain(await after)
})

test('a page goes through a thread into the tables, and what a thread cannot read fails only its page', async () => {
  const topics = topicsOnCards()
  await using threads = createThreads(1, topics, createCategories())
  const flow = { ...circumstances, clickhouse, topics, threads }
  expect(await bringIn(posts, flow)).toMatchObject({ added: 428, unmatched: 1 })
  const broken = posts.map((post) => ({ ...post, text: post.id === 'vk:250' ? (5 as unknown as string) : post.text }))
  await expect(bringIn(broken, flow)).rejects.toThrow(/slice/)
  expect(await bringIn(posts, flow)).toMatchObject({ added: 0, same: 428 })
  const [row] = await clickhouse.rows(`select ${mentionColumns} from mention where id = 'vk:3'`)
  expect(row).toMatchObject({ posted_at: '2026-11-01 00:03:00.000', author_followers: 3, topics: [1], source_id: 4 })
})

test('pages that are understood at once are settled and saved in their order, and end with the one before them', async () => {
  const topics = createTopicMatcher()
  const clusters = new Clusters(clickhouse, { mostPosts: 100_000, alone: true })
  await using threads = createThreads(2, topics, createCategories())
  const flow = { ...circumstances, project: 8, keepAll: true, clickhouse, topics, threads, clusters }
  const told = 'Банк сообщил, что карты снова работают во всех городах, и просит прощения за долгие очереди'
  const page = (from: number) =>
    Array.from({ length: 250 }, (_, n) => barePost({ id: `vk:${from + n}`, platform: 'vk', text: told }))
  // The first page has far more to read than the second.
  const long = barePost({ id: 'vk:0', platform: 'vk', text: `${told}. ${'слово за слово '.repeat(5_000)}` })
  const first = bringIn([long, ...page(1)], flow)
  const second = bringIn(page(1_000), flow, first)
  expect((await second).added).toBe(250)
  const there = await clickhouse.rows<{ cluster: string }>(
    `select distinct cluster from mention where project_id = 8 and id in ('vk:1', 'vk:2', 'vk:1000', 'vk:1249')`,
  )
  expect(there).toEqual([{ cluster: 'vk:1' }])
  const failed = bringIn([{ ...long, text: 5 as unknown as string }, ...page(2_000)], flow)
  await expect(bringIn(page(3_000), flow, failed)).rejects.toThrow(/slice/)
  expect(await clickhouse.rows(`select id from mention where project_id = 8 and id = 'vk:3000'`)).toEqual([])
})

test('a thread that dies with a post in hand holds up a change of topics until its end is known, and no longer', async () => {
  const topics = topicsOnCards()
  // It stops for good where it would look at a post, as one does that runs out of memory there.
  const dying = new Worker(
    `const { workerData } = require('node:worker_threads')
     import(workerData.gate).then(({ Gate }) => {
       new Gate(workerData.memory['gate']).enter()
       process.exit()
     })`,
    { eval: true, workerData: { memory: topics.memory, gate: new URL('./match/gate.ts', import.meta.url).href } },
  )
  const { threadId } = dying
  await once(dying, 'exit')
  const found = () => [...topics.match(posts[0]!, analysePost(posts[0]!), null).keys()]
  topics.set({ id: 2, projectId: 2, query: 'ничего' })
  topics.set({ id: 4, projectId: 4, query: 'молчит' })
  const settled = topics.settled()
  expect(found()).not.toContain(4)
  topics.forget(threadId)
  await settled
  expect(found()).toEqual([1, 4])
  topics.set({ id: 5, projectId: 5, query: 'карта' })
  expect(found()).toEqual([1, 4, 5])
})

test('nothing is held when the pages of before are saved', async () => {
  const topics = createTopicMatcher()
  const done: string[] = []
  const gate = Promise.withResolvers<void>()
  const page = topics.holding(async () => {
    await gate.promise
    done.push('page')
  })
  const settled = topics.settled().then(() => done.push('settled'))
  gate.resolve()
  await Promise.all([page, settled])
  expect(done).toEqual(['page', 'settled'])
})
