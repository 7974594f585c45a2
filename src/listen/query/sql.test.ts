import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { must } from '../../base/errors.ts'
import { analysePost, type Analysis } from '../../base/text/analyse.ts'
import { storedWords } from '../../base/text/stored-words.ts'
import { evaluate } from '../match/evaluate.ts'
import { fromRow, mentionColumns, type MentionRow } from '../mentions/mention.ts'
import { barePost, type Post } from '../posts/post.ts'
import { saveMentions } from '../mentions/save.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'
import type { Query } from './query.ts'
import { compileSql } from './sql.ts'

let clickhouse: Clickhouse
/** The mentions as they are stored, by id, and their words. Nothing here changes them. */
const stored = new Map<string, Stored>()
type Stored = { mention: ReturnType<typeof fromRow> & { clusterSize: number }; words: Analysis }

beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  await save(posts)
  const rows = await clickhouse.rows<MentionRow>(
    `select ${mentionColumns} from mention final where project_id = 1 order by id`,
  )
  for (const row of rows) {
    const mention = { ...fromRow(row), clusterSize: row.cluster === 'x:1' ? 3 : 1 }
    stored.set(row.id, { mention, words: analysePost(mention) })
  }
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
    source: i % 2 === 0 ? 'Новости дня' : null,
    rating: i % 4 === 2 ? null : 3.1 + i * 0.2,
    url: i % 3 === 2 ? null : `https://${i % 2 === 0 ? 'forum.' : ''}example.com/t/${i}?x=1`,
    links: i % 4 === 1 ? ['https://www.news.example/a'] : [],
    has: i % 4 === 1 ? ['link'] : i % 5 === 0 ? ['image'] : [],
    place: i % 3 === 0 ? { country: 'RU', region: null, city: i % 2 === 0 ? 'Казань' : null } : null,
    root: i % 5 === 3 ? 'x:1' : null,
    author:
      i % 2 === 0
        ? null
        : {
            id: `a${i}`,
            name: 'Иван Банков',
            handle: 'Ivan',
            bio: 'Клиент банка',
            followers: i * 100,
            verified: i % 3 === 0 ? null : i % 3 === 1,
          },
  }),
)

// Every fourth post is a copy of the second one.
const clusterOf = ({ id }: { id: string }) => (['x:5', 'x:9'].includes(id) ? 'x:1' : id)

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
      cluster: clusterOf(post),
      topics: [1, 2],
      places: {},
      words: storedWords(analysePost(post)),
    })),
  )
}

async function select(where: string, params: object): Promise<string[]> {
  const rows = await clickhouse.rows<{ id: string }>(
    `select id from mention final where project_id = 1 and (${where}) order by id`,
    { ...params },
  )
  return rows.map(({ id }) => id)
}

/** What the matcher finds in the stored mentions, asked one by one. */
function matched(query: Query): string[] {
  return [...stored.keys()].filter((id) => found(query, id))
}

function found(query: Query, id: string): boolean {
  const { mention, words } = must(stored.get(id))
  return evaluate(query, mention, words) !== null
}

async function expectAgreement(query: Query): Promise<void> {
  const { where, params, exact } = compileSql(query)
  const ids = await select(where, params)
  const decided = exact ? ids : ids.filter((id) => found(query, id))
  expect(decided, `${printQuery(query)} as ${where}`).toEqual(matched(query))
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
  '"карта банка" OR "карта не" OR [карта банк] OR "банка не"',
  'NOT ("банк карта" OR "банк огурцов" OR "карта банк") AND банк',
  '("банка огурцов" OR "банка не" OR [банка не]) NEAR/2 работает',
  'text:("карта банка" OR "карта не")',
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
  'hour:[2 TO 9]',
  'weekday:sat',
  'NOT weekday:sat',
  'банк{0,1}',
  'title:(банк NOT карта)',
  'NOT title:(банк OR карта) AND карта',
  'text:(банк* NOT raw:"съел")',
  'rating:4.3 OR rating:>4.5',
  'verified:yes OR NOT verified:yes',
  'spam:no OR NOT spam:no',
  'read:no AND банк',
  'hashtag:сбой',
  'hashtag:#сб*',
  'NOT mentions:filinbank AND карта',
  'has:image OR has:link',
  'NOT has:quest* AND банк',
  'ticket:none AND банк',
  'ticket:any OR assignee:none',
  'assignee:any',
  'thread:*',
  'source:Нов* OR platform:v?',
  'city:Казань',
  'NOT city:Казань',
  'site:example.com',
  'NOT site:example.com AND банк',
  'link:news.example',
  'bio:банк OR author:И*',
  'aspect:price:negative OR NOT aspect:price',
  'reach:>10 OR NOT reach:>10 OR emotion:joy',
  'reach:>500 AND NOT карта',
  'NOT reach:[200 TO 600]',
  'cluster_size:>1',
  'NOT cluster_size:3 AND банк',
  'cluster_size:<3 OR link:news.example',
  'near:[55.7,37.6,10] OR банк',
  'list:slang OR NOT list:slang',
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
  fc.record({ kind: fc.constant('raw' as const), text: fc.constantFrom('банк', '?', 'C++') }),
  fc.record({
    kind: fc.constant('within' as const),
    text: fc.constantFrom('карта банк', 'bank card'),
    between: fc.nat(3),
  }),
  fc.record({
    kind: fc.constant('fuzzy' as const),
    text: fc.constantFrom('бнак', 'крата'),
    letters: fc.constantFrom(1 as const, 2 as const),
  }),
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constant('likes'),
    value: fc.record({ than: fc.constantFrom('>' as const, '<=' as const), value: fc.constantFrom('0', '40') }),
  }),
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constantFrom('platform', 'lang', 'media', 'author', 'site', 'tag', 'verified', 'city', 'bio'),
    value: fc.record({
      is: fc.constantFrom('vk', 'ru', 'news', 'Иван', 'example.com', 'сбой', 'yes', 'казань', 'банк'),
    }),
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
      left: tie('tree'),
      right: tie('tree'),
    }),
    fc.record({ kind: fc.constant('outside' as const), left: tie('tree'), right: leaf }),
    fc.record({
      kind: fc.constant('same' as const),
      unit: fc.constantFrom('sentence' as const, 'paragraph' as const),
      ordered: fc.boolean(),
      left: leaf,
      right: tie('tree'),
    }),
    fc.record({ kind: fc.constant('not-near' as const), between: fc.nat(4), left: leaf, right: leaf }),
    fc.record({
      kind: fc.constant('in' as const),
      where: fc.constantFrom('title' as const, 'lead' as const, 'text' as const),
      of: tie('tree'),
    }),
    fc.record({
      kind: fc.constant('times' as const),
      from: fc.constantFrom(0, 1, 2),
      to: fc.constantFrom(null, 3),
      of: tie('tree'),
    }),
  ),
}))

test.each([
  ['карта AND (банк* OR [альфа банк]) NOT "съел карту"', true],
  ['lang:ru followers:>100 tag:сбой verified:yes rating:>3 raw:"C++"', true],
  ['карта NEAR/3 банк', true],
  ['(карта OR "альфа банк") ONEAR/3 (банк OR комиссия) NOT "карта банк"~2', true],
  ['банк* NEAR/3 карта', false],
  ['карта SENTENCE банк', false],
  ['{ВТБ}', false],
  ['niño', false],
  ['nino', true],
  ['title:банк AND text:"карта банк"', true],
  ['lead:банк', false],
  ['author:иван', false],
])('whether SQL alone decides about %s is %s', (text, exact) => {
  expect(compileSql(parseQuery(text).query).exact).toBe(exact)
})

test('the indexes of the words narrow what is read', async () => {
  const { where, params } = compileSql(parseQuery('банкомат AND ("карта не" OR карта NEAR банк*) NOT =комиссия').query)
  const plan = await clickhouse.rows<{ explain: string }>(`explain indexes = 1 select id from mention where ${where}`, {
    ...params,
  })
  const text = plan.map(({ explain }) => explain).join('\n')
  expect(text).toContain('Name: terms')
  expect(text).toContain('__text_index_terms_has')
})

test('a phrase or a distance asks the index of the words once', () => {
  const asking = [
    '"карта не"',
    'карта NEAR/3 банк',
    '(карта OR касса) NEAR/3 (банк OR "не та")',
    'касса AND "карта не" NOT банк',
  ]
  for (const text of asking) {
    const { where } = compileSql(parseQuery(text).query)
    const asked = where.match(/(has|hasAny|hasAll)\(terms, [^)]*\)+/g) ?? []
    expect(asked.length).toBeGreaterThan(0)
    expect(new Set(asked).size).toBe(asked.length)
  }
})

test('SQL and matcher select the same mentions for any query', async () => {
  await fc.assert(fc.asyncProperty(tree, expectAgreement), { numRuns: 400 })
}, 120_000)

const someWords = fc.array(word, { minLength: 1, maxLength: 3 })
const placed: fc.Arbitrary<Query> = fc
  .array(
    fc.oneof(
      fc.record({
        kind: fc.constant('word' as const),
        text: word,
        form: fc.constantFrom('any' as const, 'exact' as const),
      }),
      fc.record({
        kind: fc.constant('phrase' as const),
        text: someWords.map((words) => words.join(' ')),
        forms: fc.constantFrom('any' as const, 'exact' as const),
      }),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((of) => (of.length === 1 ? of[0]! : { kind: 'or', of }))
const positional: fc.Arbitrary<Query> = fc.oneof(
  fc.record({
    kind: fc.constant('near' as const),
    between: fc.nat(6),
    ordered: fc.boolean(),
    left: placed,
    right: placed,
  }),
  fc.record({ kind: fc.constant('not-near' as const), between: fc.nat(4), left: placed, right: placed }),
  fc.record({ kind: fc.constant('outside' as const), left: placed, right: placed }),
  fc.record({
    kind: fc.constant('within' as const),
    text: someWords.map((words) => words.join(' ')),
    between: fc.nat(4),
  }),
  fc.record({
    kind: fc.constant('times' as const),
    from: fc.nat(3),
    to: fc.constantFrom(null, 3, 4),
    of: placed,
  }),
  placed,
)
const inParts = fc.oneof(
  positional,
  fc.record({
    kind: fc.constant('in' as const),
    where: fc.constantFrom('title' as const, 'lead' as const, 'text' as const),
    of: positional,
  }),
)

test('SQL and matcher select the same mentions where positions decide', async () => {
  const query = fc.oneof(
    inParts,
    fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), of: fc.tuple(inParts, inParts) }),
    fc.record({ kind: fc.constant('not' as const), of: inParts }),
  )
  await fc.assert(fc.asyncProperty(query, expectAgreement), { numRuns: 400 })
}, 180_000)

test('NOT NOT changes nothing, OR never loses, AND never wins', () => {
  fc.assert(
    fc.property(tree, tree, (query, other) => {
      const plain = matched(query)
      expect(matched({ kind: 'not', of: { kind: 'not', of: query } })).toEqual(plain)
      expect(matched({ kind: 'or', of: [query, other] })).toEqual(expect.arrayContaining(plain))
      expect(plain).toEqual(expect.arrayContaining(matched({ kind: 'and', of: [query, other] })))
    }),
    { numRuns: 100 },
  )
})

test('what a person types is bound and never becomes part of the SQL', async () => {
  for (const text of [
    "'; drop table mention; --",
    '{q_0:String}',
    'a\\',
    'raw:"\' or 1=1 --"',
    'platform:"x\' or 1=1"',
    'raw:"\\t\n\0\\\\"',
    'tag:"%_\\\\*"',
    '\u202eкарта\ud800*',
  ])
    await expectAgreement(parseQuery(text).query)
  expect((await select('1', {})).length).toBe(texts.length)
})
