import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { changeMentions } from '../../listen/mentions/change.ts'
import { resolveFilter, type MentionFilter } from '../../listen/mentions/filter.ts'
import { mentionColumns, type NewMention } from '../../listen/mentions/mention.ts'
import { barePost, mediaTypes, type Post } from '../../listen/posts/post.ts'
import { saveMentions } from '../../listen/mentions/save.ts'
import { bucketStarts } from './buckets.ts'
import { countSlowly, seededChance } from '../../../test/count-slowly.ts'
import type { ComparedTopic, Period } from './measure.ts'
import { noWords } from '../../base/text/stored-words.ts'
import { countOverview } from './overview.ts'

const project = 7
const timeZone = 'Europe/Berlin'
// The clocks change on the 29th.
const period: Period = { from: new Date('2026-03-20T23:00:00Z'), to: new Date('2026-04-05T22:00:00Z') }
const topics: ComparedTopic[] = [
  ...[1, 2, 3].map((id) => ({ id, name: `brand ${id}`, group: 'banks' })),
  ...Array.from({ length: 40 }, (_, index) => ({ id: 100 + index, name: `topic ${index}`, group: null })),
  { id: 900, name: 'never mentioned', group: 'alone' },
]

let clickhouse: Clickhouse
beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  const chance = seededChance(5)
  const mentions = Array.from({ length: 600 }, (_, index) => randomMention(index, chance))
  await saveMentions(clickhouse, mentions.slice(0, 300))
  await saveMentions(clickhouse, mentions.slice(200))
  // The platform tells more about some of them later, and somebody marks others.
  await saveMentions(
    clickhouse,
    mentions.slice(0, 150).map((mention, index) => ({
      ...mention,
      cluster: `other ${index % 20}`,
      post: {
        ...mention.post,
        text: 'edited',
        likes: (mention.post.likes ?? 0) + 5,
        source: `renamed ${index % 3}`,
        media: 'blog' as const,
        lang: 'kk',
      },
    })),
  )
  await changeMentions(
    clickhouse,
    project,
    mentions.slice(50, 120).map((mention) => mention.post.id),
    { read: true, addTags: ['seen'] },
  )
  await saveMentions(clickhouse, [{ ...randomMention(0, chance), project: project + 1 }])
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

function randomMention(index: number, chance: () => number): NewMention & { post: Post & { postedAt: Date } } {
  const pick = (n: number) => Math.floor(chance() ** 2 * n)
  const maybe = <T>(value: T) => (chance() < 0.5 ? null : value)
  const platform = ['vk', 'mastodon', 'feed'][pick(3)] as string
  const author = pick(40)
  const known = author % 7 !== 0
  return {
    post: {
      ...barePost({ id: `${platform}:${index}`, platform, text: `text ${index}` }),
      source: pick(15) === 14 ? null : `source ${pick(15)}`,
      media: maybe(mediaTypes[pick(7)] ?? null),
      lang: maybe('ru'),
      // Many at the same moment: platforms often tell seconds or days only.
      postedAt: new Date(period.from.getTime() + (pick(60) - 10) * 8 * 3_600_000),
      author: known
        ? {
            id: `${platform}:a${author}`,
            name: `Name ${author}`,
            handle: null,
            bio: null,
            followers: author % 3 === 0 ? null : author * 100,
            verified: null,
          }
        : null,
      likes: maybe(pick(50)),
      comments: maybe(pick(9)),
    },
    project,
    sourceId: null,
    collectedAt: new Date('2026-04-06T00:00:00Z'),
    langConfidence: null,
    cluster: `cluster ${pick(200)}`,
    topics: [...new Set([1 + pick(3), 100 + pick(40)])],
    places: {},
    words: noWords,
  }
}

const filters: { [name: string]: MentionFilter } = {
  'without a filter': {},
  'of one topic': { topic: [2] },
  'of one source': { source: ['source 3'] },
  'marked by somebody': { tag: ['seen'] },
  'of unknown authors': { author: 'nobody' },
}

describe.each(Object.entries(filters))(
  'the overview %s agrees with counting one mention after the other',
  (_, filter) => {
    test.each(['hour', 'day', 'week'] as const)('by the %s', async (width) => {
      const days = { hour: 2, day: 16, week: 120 }[width]
      const asked = { from: new Date(period.to.getTime() - days * 86_400_000), to: period.to }
      const earlier = { from: new Date(asked.from.getTime() - days * 86_400_000), to: asked.from }
      const condition = await resolveFilter(clickhouse, project, { ...filter, ...asked })
      const before = await resolveFilter(clickhouse, project, { ...filter, ...earlier })
      const counted = await countOverview(clickhouse, { condition, before, period: asked, timeZone, topics })
      const slow = await countSlowly(clickhouse, {
        condition,
        before,
        buckets: bucketStarts(asked, width, timeZone),
        topics,
      })

      expect(counted.period.bucket).toBe(width)
      const { topSources, topAuthors, topClusters, bySource, ...figures } = counted
      const { sources, authorCounts, clusters, ...slowFigures } = slow
      expect(figures).toMatchObject(slowFigures)

      const counts = (list: { count: number }[]) =>
        list
          .map(({ count }) => count)
          .toSorted((a, b) => b - a)
          .slice(0, 10)
      expect(topSources.map(({ count }) => count)).toEqual(counts([...sources.values()]))
      for (const { platform, source, ...rest } of topSources)
        expect(rest).toMatchObject({
          count: sources.get(`${platform}:${source}`)?.count,
          authors: sources.get(`${platform}:${source}`)?.authors.size,
        })
      expect(topAuthors.map(({ count }) => count)).toEqual(counts([...authorCounts.values()]))
      for (const { id, count } of topAuthors) expect(count).toBe(authorCounts.get(id)?.count)
      const repeated = [...clusters.values()].filter(({ count }) => count > 1)
      expect(topClusters.map(({ count }) => count)).toEqual(counts(repeated))
      for (const { cluster, count, authors, firstAt } of topClusters) {
        expect({ count, authors, firstAt }).toEqual({
          count: clusters.get(cluster)?.count,
          authors: clusters.get(cluster)?.authors.size,
          firstAt: clusters.get(cluster)?.firstAt,
        })
      }

      expect(bySource.filter(({ key }) => key !== 'other').map(({ total }) => total)).toEqual(
        counts([...sources.values()]).slice(0, 8),
      )
      for (const { key, counts: perBucket } of bySource)
        if (key !== 'other') expect(perBucket).toEqual(sources.get(key)?.perBucket)
      expect(bySource.reduce((sum, { total }) => sum + total, 0)).toBe(counted.total)
    })
  },
)

test('the figures stay the same when the engine tidies its files', async () => {
  const condition = await resolveFilter(clickhouse, project, period)
  const count = () => countOverview(clickhouse, { condition, before: condition, period, timeZone, topics })
  const loose = await count()
  await clickhouse.command('optimize table mention final')
  expect(await count()).toEqual(loose)
})

test('mentions that two workers saved at the same moment count once', async () => {
  const condition = await resolveFilter(clickhouse, project, period)
  const count = () => countOverview(clickhouse, { condition, before: condition, period, timeZone, topics })
  const once = await count()
  const columns = mentionColumns
  await clickhouse.command(
    `insert into mention (${columns}) select ${columns} from mention final where project_id = {project:UInt32} and cityHash64(id) % 3 = 0`,
    { project },
  )
  expect(await count()).toEqual(once)
})

test('a figure that nobody told is unknown, not zero', async () => {
  const quiet = 99
  await saveMentions(clickhouse, [
    {
      ...randomMention(1, seededChance(1)),
      project: quiet,
      post: { ...barePost({ id: 'vk:q', platform: 'vk', text: 'тихо' }), postedAt: new Date('2026-03-25T12:00:00Z') },
    },
  ])
  const condition = await resolveFilter(clickhouse, quiet, period)
  const overview = await countOverview(clickhouse, { condition, before: condition, period, timeZone, topics: [] })
  expect(overview).toMatchObject({
    total: 1,
    unique: 1,
    authors: 0,
    reach: null,
    engagement: null,
    shareOfVoice: [],
    byTopic: [],
    topSources: [],
    topAuthors: [],
    topClusters: [],
    languages: [{ lang: null, count: 1 }],
  })
  expect(overview.byMedia).toMatchObject([{ key: 'unknown', total: 1 }])
})

test('a group that nobody mentioned has no share of voice', async () => {
  const condition = await resolveFilter(clickhouse, project, { from: new Date(0), to: new Date(1) })
  const overview = await countOverview(clickhouse, {
    condition,
    before: condition,
    period: { from: new Date(0), to: new Date(1) },
    timeZone,
    topics,
  })
  expect(overview.total).toBe(0)
  expect(new Set(overview.shareOfVoice.map(({ share }) => share))).toEqual(new Set([null]))
})
