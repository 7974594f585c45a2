import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { storedWords } from '../../base/text/stored-words.ts'
import { barePost } from '../posts/post.ts'
import { changeMentions } from './change.ts'
import { countFacets } from './facets.ts'
import { resolveFilter, type MentionFilter } from './filter.ts'
import { saveMentions } from './save.ts'
import { orders, searchMentions, type Order } from './search.ts'

const texts = ['карта банка не работает', 'банк молодец', 'вклад открыла', 'карту вернули в банке', 'новости дня']
const count = 57
let clickhouse: Clickhouse
beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  const collectedAt = new Date('2026-11-20T00:00:00Z')
  const mentions = Array.from({ length: count }, (_, i) => {
    const post = barePost({
      id: `vk:${i}`,
      platform: i % 2 === 0 ? 'vk' : 'ok',
      text: texts[i % texts.length]!,
      lang: 'ru',
      likes: i % 3 === 0 ? null : i % 7,
      author: {
        id: `a${i % 5}`,
        name: null,
        handle: null,
        bio: null,
        followers: i % 4 === 0 ? null : (i % 5) * 100,
        verified: null,
      },
    })
    // Many share a moment, as imported posts do.
    const postedAt = new Date(Date.UTC(2026, 10, 1 + (i % 9)))
    return {
      post: { ...post, postedAt },
      project: 1,
      sourceId: null,
      collectedAt,
      langConfidence: null,
      cluster: `c${i % 5}`,
      topics: [1 + (i % 2)],
      places: {},
      words: storedWords(analysePost(post)),
    }
  })
  await saveMentions(clickhouse, mentions)
  await saveMentions(
    clickhouse,
    mentions.map((mention) => ({ ...mention, project: 2 })),
  )
  // Two processes saved the same page at the same moment.
  await clickhouse.command(`insert into mention select * from mention where project_id = 1 and id in ('vk:3', 'vk:4')`)
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

async function walk(filter: MentionFilter, order: Order, limit: number): Promise<{ ids: string[]; total: number }> {
  const condition = await resolveFilter(clickhouse, 1, filter)
  const ids: string[] = []
  let cursor: string | null = null
  for (;;) {
    const page = await searchMentions(clickhouse, condition, { order, limit, cursor })
    ids.push(...page.items.map((mention) => mention.id))
    if (page.next === null) return { ids, total: page.total }
    cursor = page.next
  }
}

test('what is known to be spam can be left out; of what nobody found out, nothing is', async () => {
  for (const [id, spam] of Object.entries({ 'vk:10': true, 'vk:11': false }))
    await clickhouse.command('update mention set spam = {spam:Bool} where project_id = 1 and id = {id:String}', {
      id,
      spam,
    })
  const { ids } = await walk({ without: ['spam'] }, 'newest', 100)
  expect([ids.length, ids.includes('vk:10'), ids.includes('vk:11')]).toEqual([count - 1, false, true])
  expect((await walk({ sign: ['spam'] }, 'newest', 100)).ids).toEqual(['vk:10'])
})

test('pages of any size and order show every mention once, also one that is stored twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...(Object.keys(orders) as Order[])),
      fc.integer({ min: 1, max: 70 }),
      fc.constantFrom<MentionFilter>(
        {},
        { q: 'банк' },
        { q: '"карта банка"' },
        { q: 'карта NEAR/3 банк' },
        { platform: ['vk'], q: 'NOT вклад AND (карта OR банк)' },
        { topic: [2], mark: 'unread' },
      ),
      async (order, limit, filter) => {
        const { ids, total } = await walk(filter, order, limit)
        expect(new Set(ids).size).toBe(ids.length)
        expect(ids.length).toBe(total)
        expect(new Set(ids)).toEqual(new Set((await walk(filter, 'newest', 200)).ids))
      },
    ),
    { numRuns: 30 },
  )
}, 60_000)

test('another project is never among them', async () => {
  expect((await walk({}, 'newest', 200)).total).toBe(count)
})

test('a cursor that Heed did not give out is a mistake of the person', async () => {
  const condition = await resolveFilter(clickhouse, 1, {})
  for (const cursor of ['', 'x', 'W10', Buffer.from('["a",1]').toString('base64url')]) {
    await expect(searchMentions(clickhouse, condition, { order: 'newest', limit: 5, cursor })).rejects.toMatchObject({
      key: 'cursor-unknown',
    })
  }
})

test('facets count what each value would leave, with the others applied', async () => {
  const filter: MentionFilter = { platform: ['vk'], q: 'банк' }
  const facets = await countFacets(clickhouse, (name) => resolveFilter(clickhouse, 1, { ...filter, [name]: undefined }))
  for (const { value, count: left } of facets.platform) {
    expect((await walk({ ...filter, platform: [value] }, 'newest', 200)).total).toBe(left)
  }
  expect(facets.platform.map(({ value }) => value).toSorted()).toEqual(['ok', 'vk'])
  for (const { value, count: left } of facets.topic) {
    expect((await walk({ ...filter, topic: [Number(value)] }, 'newest', 200)).total).toBe(left)
  }
})

test('a tag is found the moment it is given', async () => {
  await changeMentions(clickhouse, 1, ['vk:1', 'vk:2'], { addTags: ['срочно'] })
  expect((await walk({ tag: ['срочно'] }, 'oldest', 10)).ids.toSorted()).toEqual(['vk:1', 'vk:2'])
  expect((await walk({ q: 'tag:срочно' }, 'oldest', 10)).ids.toSorted()).toEqual(['vk:1', 'vk:2'])
})

test('a page too large to be indexed at once is found all the same, and so is a text that the platform changed', async () => {
  const mention = (i: number, text: string) => {
    const post = barePost({ id: `tg:${i}`, platform: 'telegram', text, lang: 'ru' })
    const postedAt = new Date(Date.UTC(2026, 10, 2, 0, i))
    const words = storedWords(analysePost(post))
    const rest = { sourceId: null, langConfidence: null, cluster: post.id, topics: [1], places: {}, words }
    return { post: { ...post, postedAt }, project: 3, collectedAt: postedAt, ...rest }
  }
  const found = async (q: string) => {
    const condition = await resolveFilter(clickhouse, 3, { q })
    return (await searchMentions(clickhouse, condition, { order: 'newest', limit: 5, cursor: null })).total
  }
  const all = Array.from({ length: 600 }, (_, i) => mention(i, i % 3 === 0 ? 'карта банка' : 'банка карт'))
  await saveMentions(clickhouse, all)
  expect([await found('карта'), await found('"карта банка"'), await found('ба*'), await found('вклад*')]).toEqual([
    600, 200, 600, 0,
  ])
  await saveMentions(
    clickhouse,
    all.slice(0, 6).map((_, i) => mention(i, 'вкладом недовольна')),
  )
  const counts = await Promise.all(
    ['карта', '"карта банка"', 'вклад', 'вкладом NEAR/0 недовольна', 'недов*', 'недовольна NOT банк', '=карта'].map(
      found,
    ),
  )
  expect(counts).toEqual([594, 198, 6, 6, 6, 6, 198])
})
