import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { analysePost, storedWords } from '../../base/text/analyse.ts'
import { evaluate } from '../match/evaluate.ts'
import { fromRow, mentionColumns, type MentionRow } from '../mentions/mention.ts'
import { barePost, type Post } from '../posts/post.ts'
import { saveMentions } from '../mentions/save.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import type { Query } from './query.ts'
import { compileSql } from './sql.ts'

let clickhouse: Clickhouse
beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  await save(posts)
})
afterAll(() => clickhouse[Symbol.asyncDispose]())

const texts = [
  'Карта банка не работает. Банкомат съел карту!',
  'банки огурцов и банкет',
  'Альфа-банк лучше, чем банк-партнёр\nвторой абзац: карты и комиссия',
  'По-русски говорю: приложение упало, #сбой @filinbank',
  'The bank card was declined, the cards of my bank are fine',
  'niño y nino, café cafe',
  'Банк',
  'комиссия за перевод без комиссии? переводы',
  '',
  '100% C++ и $SBER 👍 https://news.example/bank?x=1',
  'Ёлка и елка; ВТБ, втб',
  'банк карта банк карта банк',
]

const posts: Post[] = texts.map((text, i) =>
  barePost({
    id: `x:${i}`,
    platform: i % 3 === 0 ? 'vk' : 'telegram',
    text,
    title: i % 4 === 0 ? 'Новости банка' : null,
    lang: i === 4 ? 'en' : i === 5 ? 'es' : 'ru',
    likes: i % 2 === 0 ? i * 10 : null,
    media: i % 5 === 0 ? 'news' : null,
    postedAt: new Date(Date.UTC(2026, 9, 1 + i, i)),
    tags: i % 3 === 1 ? ['сбой'] : [],
    author:
      i % 2 === 0
        ? null
        : { id: `a${i}`, name: 'Иван Банков', handle: 'Ivan', bio: null, followers: i * 100, verified: null },
  }),
)

async function save(all: Post[]): Promise<void> {
  const collectedAt = new Date('2026-11-01T00:00:00Z')
  await saveMentions(
    clickhouse,
    all.map((post) => ({
      post: { ...post, postedAt: post.postedAt ?? collectedAt },
      project: 1,
      sourceId: null,
      collectedAt,
      langConfidence: null,
      cluster: post.id,
      topics: [1, 2],
      places: {},
      words: storedWords(analysePost(post)),
    })),
  )
}

async function select(where: string, params: object): Promise<MentionRow[]> {
  return clickhouse.rows<MentionRow>(
    `select ${mentionColumns} from mention final where project_id = 1 and (${where}) order by id`,
    { ...params },
  )
}

/** What the matcher finds in the stored mentions, asked one by one. */
async function matched(query: Query): Promise<string[]> {
  return (await select('1', {})).filter((row) => found(query, row)).map((row) => row.id)
}

function found(query: Query, row: MentionRow): boolean {
  const mention = fromRow(row)
  return evaluate(query, mention, analysePost(mention)) !== null
}

async function expectAgreement(query: Query): Promise<void> {
  const { where, params, exact } = compileSql(query)
  const rows = await select(where, params)
  const decided = exact ? rows : rows.filter((row) => found(query, row))
  expect(
    decided.map((row) => row.id),
    `${printQuery(query)} as ${where}`,
  ).toEqual(await matched(query))
}

test.each([
  'банк',
  '=банк',
  '"банка не"',
  '[карта банка]',
  'карта AND NOT комиссия',
  'NOT банк AND карта',
  'банк*',
  '*банк',
  'б?нк',
  'niño',
  'nino',
  '{ВТБ}',
  'втб',
  'ёлка',
  'альфа-банк',
  '"альфа банк"',
  '#сбой',
  '@filinbank',
  'банк NEAR/3 карта',
  'карта ONEAR/1 банк',
  'банк SENTENCE банкомат',
  'банк{2}',
  'банк{1,2}',
  'raw:"C++"',
  'title:(банк)',
  'title:банк AND text:карта',
  'lead:комиссия',
  'ATLEAST/2 (банк, карта, комиссия)',
  'банк XNOT "банк карта"',
  'комисия~1',
  '"карта банк"~2',
  'platform:vk',
  'NOT media:news AND банк',
  'likes:>20',
  'NOT likes:>20',
  'likes:[20 TO 60] OR followers:<300',
  'posted:2026-10-03',
  'posted:>2026-10-05',
  'posted:<=2026-10',
  'author:Иван',
  'handle:ivan',
  'tag:сбой',
  'lang:en OR lang:es',
  'topic:1 AND банк',
  'has:question',
  'NOT (likes:>20 OR банк) AND карта',
  'hour:3',
])('SQL and matcher select the same mentions for %s', async (text) => {
  await expectAgreement(parseQuery(text).query)
})

const word = fc.constantFrom(
  'банк',
  'карта',
  'комиссия',
  'bank',
  'card',
  'nino',
  'niño',
  'перевод',
  'альфа-банк',
  'ёлка',
  'втб',
  'банки',
)
const leaf: fc.Arbitrary<Query> = fc.oneof(
  fc.record({
    kind: fc.constant('word' as const),
    text: word,
    form: fc.constantFrom('any' as const, 'exact' as const, 'case' as const),
  }),
  fc.record({
    kind: fc.constant('wildcard' as const),
    pattern: fc.constantFrom('банк*', '*рта', 'к*ия', 'b?nk', 'niñ*'),
  }),
  fc.record({
    kind: fc.constant('phrase' as const),
    text: fc.tuple(word, word).map((words) => words.join(' ')),
    forms: fc.constantFrom('any' as const, 'exact' as const),
  }),
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constant('likes'),
    value: fc.record({ than: fc.constantFrom('>' as const, '<=' as const), value: fc.constantFrom('0', '40') }),
  }),
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constantFrom('platform', 'lang', 'media', 'author'),
    value: fc.record({ is: fc.constantFrom('vk', 'ru', 'news', 'Иван') }),
  }),
)
const { tree } = fc.letrec<{ tree: Query }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      of: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('tree') }),
    fc.record({
      kind: fc.constant('at-least' as const),
      count: fc.constantFrom(1, 2),
      of: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('near' as const),
      between: fc.nat(4),
      ordered: fc.boolean(),
      left: leaf,
      right: leaf,
    }),
    fc.record({ kind: fc.constant('not-near' as const), between: fc.nat(4), left: leaf, right: leaf }),
    fc.record({
      kind: fc.constant('in' as const),
      where: fc.constantFrom('title' as const, 'lead' as const, 'text' as const),
      of: tie('tree'),
    }),
    fc.record({
      kind: fc.constant('times' as const),
      from: fc.constantFrom(1, 2),
      to: fc.constantFrom(null, 3),
      of: leaf,
    }),
  ),
}))

test('SQL and matcher select the same mentions for any query', async () => {
  await fc.assert(fc.asyncProperty(tree, expectAgreement), { numRuns: 400 })
}, 120_000)

test('NOT NOT changes nothing, OR never loses, AND never wins', async () => {
  await fc.assert(
    fc.asyncProperty(tree, tree, async (query, other) => {
      const plain = await matched(query)
      expect(await matched({ kind: 'not', of: { kind: 'not', of: query } })).toEqual(plain)
      expect(await matched({ kind: 'or', of: [query, other] })).toEqual(expect.arrayContaining(plain))
      expect(plain).toEqual(expect.arrayContaining(await matched({ kind: 'and', of: [query, other] })))
    }),
    { numRuns: 100 },
  )
}, 120_000)

test('what a person types is bound and never becomes part of the SQL', async () => {
  for (const text of [
    "'; drop table mention; --",
    '{q_0:String}',
    'a\\',
    'raw:"\' or 1=1 --"',
    'platform:"x\' or 1=1"',
  ])
    await expectAgreement(parseQuery(text).query)
  expect((await select('1', {})).length).toBe(texts.length)
})
