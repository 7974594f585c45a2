import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { bringIn } from '../bring-in.ts'
import { barePost } from '../posts/post.ts'
import type { WordPart } from '../query/cost.ts'
import { guessedShareOf } from '../query/cost.ts'
import { parseQuery } from '../query/parse.ts'
import { createTopicMatcher } from './topic-matcher.ts'
import { wordSharesOf } from './word-shares.ts'

const now = new Date()
let clickhouse: Clickhouse

beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  // A bank in every fourth, half of them in another form; whales in every hundredth; a shrew in one.
  const textOf = (i: number) =>
    [`post${i}`, i % 4 === 0 && (i % 8 === 0 ? 'банк' : 'банком'), i % 100 === 0 && 'whales', i === 7 && 'shrew', 'и']
      .filter(Boolean)
      .join(' ')
  await save(
    1,
    Array.from({ length: 800 }, (_, i) => textOf(i)),
  )
  await save(
    null,
    Array.from({ length: 600 }, (_, i) => textOf(i + 800)),
  )
  await save(
    2,
    Array.from({ length: 500 }, () => 'секрет чужого проекта'),
  )
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

async function save(project: number | null, texts: string[]): Promise<void> {
  const posts = texts.map((text, i) => ({
    ...barePost({ id: `${project}:${i}`, platform: 'x', text, lang: 'ru' }),
    postedAt: new Date(now.getTime() - i * 1000),
  }))
  await bringIn(posts, {
    clickhouse,
    topics: createTopicMatcher(),
    project,
    sourceId: null,
    keepAll: project !== null,
    collectedAt: now,
  })
}

const part = (text: string) => parseQuery(text).query as WordPart

test('a word is as common as it was in the newest posts that the project can find', async () => {
  const { shareOf, posts } = await wordSharesOf(clickhouse, 1, now)
  expect(posts).toBe(1400)
  expect(shareOf(part('банк'))).toBeCloseTo(0.25)
  expect(shareOf(part('=банк'))).toBeCloseTo(0.125)
  expect(shareOf(part('"банк whales"'))).toBeCloseTo(0.01)
  expect(shareOf(part('бан*'))).toBeCloseTo(0.25)
  expect(shareOf(part('*анком'))).toBeCloseTo(0.125)
  expect(shareOf(part('б?нк'))).toBeCloseTo(0.125)
  expect(shareOf(part('whalse~1'))).toBeCloseTo(0.01)
  expect(shareOf(part('и'))).toBe(1)
})

test('what was hardly seen is rare, and other projects say nothing', async () => {
  const { shareOf } = await wordSharesOf(clickhouse, 1, now)
  for (const text of ['shrew', 'секрет', 'неслыханное', 'секр*']) {
    expect(shareOf(part(text)), text).toBeGreaterThan(0)
    expect(shareOf(part(text)), text).toBeLessThanOrEqual(3 / 1400)
  }
})

test('with few posts shares are guessed, and it says so', async () => {
  const { shareOf, posts } = await wordSharesOf(clickhouse, 3, now)
  expect(posts).toBeNull()
  expect(shareOf(part('банк'))).toBe(guessedShareOf(part('банк')))
})

test('many patterns without a beginning are guessed from some point on', async () => {
  const { shareOf } = await wordSharesOf(clickhouse, 1, now)
  const asked = Array.from({ length: 40 }, () => shareOf(part('*анком')))
  expect(asked[0]).toBeCloseTo(0.125)
  expect(asked.at(-1)).toBe(guessedShareOf(part('*анком')))
})
