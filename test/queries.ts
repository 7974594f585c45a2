import fc from 'fast-check'
import type { LateFields } from '../src/listen/match/ask-field.ts'
import { attachments, barePost, mediaTypes, postKinds, type Post } from '../src/listen/posts/post.ts'
import { fields, type Field } from '../src/listen/query/fields.ts'
import type { FieldValue, Query } from '../src/listen/query/query.ts'

/** Queries of every form and posts that they may find: few words, so that they often meet. */

const words = [
  'банк',
  'банка',
  'карта',
  'картой',
  'комиссия',
  'сбер-банк',
  'по-русски',
  '#сбер',
  '@ivan',
  '$SBER',
  'bank',
  'cards',
  'niño',
  'nino',
  'Альфа',
  'ВТБ',
  'ёлка',
  "wendy's",
  '😡',
  '银行',
  '2026',
]
/** Other scripts and directions, case and width, letters of two pieces, signs inside of words. */
const oddWords = [
  ...['Straße', 'STRASSE', 'İstanbul', 'ISTANBUL', 'ＢＡＮＫ', 'ﬁnance', 'nin\u0303o', 'йод', 'Й', 'вtб', 'iPhone16'],
  ...['بنك', 'בנק', 'ธนาคาร', 'बैंक', '은행', '東京都', 'ΤΡΆΠΕΖΑ', 'қазақ', "об'єкт", 'l’acqua', 'ҚАЗАҚ'],
  ...['👍🏽', '🇷🇺', '👨‍👩‍👧', '❤️', '❤', '50%', '№5', 'C++', '1_000', 'a\u00adb', 'b\u200bank', 'банк\u0301'],
  ...['https://bank.example/карта#y', 'Иван@bank.example', 'альфа–банк', 'a/b', 'R&B', '\u202eкнаб'],
]
// What no query asks for as a word of its own.
const unasked = ['и', 'https://news.example/a?x=1', '!', '\0', '\ud83d', '3,5', '18:30']
const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.constantFrom(...oddWords) },
)
const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((list) => list.join(' '))
const between = fc.nat(4)
const kind = <K extends Query['kind']>(name: K) => fc.constant(name)

const fieldValues: { [kind in Field['kind']]: fc.Arbitrary<FieldValue> } = {
  words: fc.constantFrom({ is: 'банк' }, { is: 'Иван' }, { is: 'карта банка' }),
  name: fc.constantFrom({ is: 'ru' }, { is: 'vk' }, { is: 'К*' }, { is: 'none' }, { is: 'x:1' }, { is: 'joy' }),
  choice: fc.constantFrom({ is: 'news' }, { is: 'reply' }, { is: 'question' }, { is: 'sun' }, { is: 'negative' }),
  set: fc.constantFrom(
    { is: 'сбер' },
    { is: 'ivan' },
    { is: '1' },
    { is: 'joy' },
    { is: 'price' },
    { is: 'price:negative' },
    { is: 'сб*' },
  ),
  address: fc.constantFrom({ is: 'example.com' }, { is: 'news.example' }, { is: 'forum.example.com/t/1' }),
  number: fc.oneof(
    fc.constantFrom('0', '3', '40').map((is) => ({ is })),
    fc.record({
      than: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
      value: fc.constantFrom('0', '3', '12', '40'),
    }),
    fc.constantFrom({ from: '0', to: '3' }, { from: '3', to: '40' }),
  ),
  moment: fc.oneof(
    fc.constantFrom('2026', '2026-11', '2026-11-01', '2026-11-01T01:30').map((is) => ({ is })),
    fc.record({
      than: fc.constantFrom('>' as const, '>=' as const, '<' as const, '<=' as const),
      value: fc.constantFrom('2026-10-25', '2026-11-01', '2026-11'),
    }),
    fc.constant({ from: '2026-10-25', to: '2026-11-01' }),
  ),
  flag: fc.constantFrom({ is: 'yes' }, { is: 'no' }),
  place: fc.constantFrom({ is: '55.7,37.6,10' }, { is: '55.75,37.62,1' }, { is: '-33.9,151.2,500' }),
}

/** A condition on any field of the language, in any of its ways. */
export const fieldQuery: fc.Arbitrary<Query> = fc
  .constantFrom(...fields)
  .chain((field) => fieldValues[field.kind].map((value): Query => ({ kind: 'field', field: field.name, value })))

/** A query that looks for words, without anything inside. */
export const wordQuery: fc.Arbitrary<Query> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: kind('word'),
      text: word,
      form: fc.constantFrom('any' as const, 'exact' as const, 'case' as const),
    }),
  },
  fc.record({
    kind: kind('wildcard'),
    pattern: fc.constantFrom('бан*', '*а', 'к*т*', 'б?нк', '*n?', 'niñ*', '#сб*', 'сбер-*'),
  }),
  fc.record({ kind: kind('phrase'), text: phrase, forms: fc.constantFrom('any' as const, 'exact' as const) }),
  fc.record({ kind: kind('within'), text: phrase, between }),
  fc.record({
    kind: kind('fuzzy'),
    text: fc.constantFrom('бнак', 'крата', 'карт', 'bnak', 'я'),
    letters: fc.constantFrom(1 as const, 2 as const),
  }),
  fc.record({ kind: kind('raw'), text: fc.constantFrom('банк', '?', 'Альфа', '. ', 'а к', '-', '😡') }),
)

/** `located` stands at places of the text, so that a distance to it has a meaning; `tree` is any query. */
export const { located, tree } = fc.letrec<{ located: Query; tree: Query }>((tie) => {
  const pair = { left: tie('located'), right: tie('located') }
  const several = { minLength: 2, maxLength: 3 }
  const where = fc.constantFrom('title' as const, 'lead' as const, 'text' as const)
  return {
    located: fc.oneof(
      { maxDepth: 2, depthIdentifier: 'located', withCrossShrink: true },
      wordQuery,
      fc.record({ kind: kind('near'), between, ordered: fc.boolean(), ...pair }),
      fc.record({ kind: kind('not-near'), between, ...pair }),
      fc.record({ kind: kind('outside'), ...pair }),
      fc.record({
        kind: kind('same'),
        unit: fc.constantFrom('sentence' as const, 'paragraph' as const),
        ordered: fc.boolean(),
        ...pair,
      }),
      fc.record({ kind: kind('or'), of: fc.array(tie('located'), several) }),
      fc.record({ kind: kind('in'), where, of: tie('located') }),
      fc.record({
        kind: kind('times'),
        from: fc.constantFrom(0, 1, 2),
        to: fc.constantFrom(null, 2, 3),
        of: tie('located'),
      }),
    ),
    tree: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'tree', withCrossShrink: true },
      tie('located'),
      fieldQuery,
      fc.constantFrom<Query>({ kind: 'all' }, { kind: 'list', name: 'bank-slang' }),
      fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), of: fc.array(tie('tree'), several) }),
      fc.record({ kind: kind('at-least'), count: fc.constantFrom(1, 2, 3), of: fc.array(tie('tree'), several) }),
      fc.record({ kind: kind('not'), of: tie('tree') }),
      fc.record({ kind: kind('in'), where, of: tie('tree') }),
    ),
  }
})

const gap = fc.constantFrom(' ', ' ', ' ', ', ', '. ', '? ', '\n', '-')
const text = fc
  .array(fc.tuple(fc.oneof({ weight: 9, arbitrary: word }, fc.constantFrom(...unasked)), gap), {
    maxLength: 12,
  })
  .map((list) => list.map(([one, after]) => one + after).join(''))
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value)
const count = fc.constantFrom(0, 3, 12, 40)

/** A post as it may arrive: every field known or not. */
export const arriving: fc.Arbitrary<Post> = fc
  .record({
    id: fc.constantFrom('x:1', 'x:2'),
    platform: fc.constantFrom('vk', 'telegram'),
    source: maybe(fc.constantFrom('Каша', 'новости')),
    media: maybe(fc.constantFrom(...mediaTypes)),
    kind: maybe(fc.constantFrom(...postKinds)),
    url: maybe(fc.constantFrom('https://forum.example.com/t/1?x=1', 'https://example.com/', 'https://myexample.com')),
    title: maybe(text),
    text,
    lang: fc.constantFrom('ru', 'en', 'es', 'uk', 'zh', null),
    postedAt: maybe(
      fc.constantFrom(
        new Date('2026-10-31T23:30:00Z'),
        new Date('2026-10-25T00:30:00Z'),
        new Date('2026-11-01T01:30:59Z'),
        new Date('2025-12-31T22:00:00Z'),
      ),
    ),
    author: maybe(
      fc
        .record({
          id: fc.constantFrom('joy', 'x:1'),
          name: maybe(fc.constantFrom('Иван Банков', 'карта банка')),
          handle: maybe(fc.constantFrom('ru', 'Киса')),
          bio: maybe(text),
          followers: maybe(count),
          verified: maybe(fc.boolean()),
          bot: maybe(fc.boolean()),
        })
        .map(({ bot, ...author }) => (bot === null ? author : { ...author, bot })),
    ),
    likes: maybe(count),
    shares: maybe(count),
    comments: maybe(count),
    views: maybe(count),
    rating: maybe(fc.constantFrom(1, 3, 4.5)),
    parent: maybe(fc.constant('x:1')),
    root: maybe(fc.constantFrom('x:1', 'x:3')),
    place: maybe(
      fc.record({
        country: maybe(fc.constant('RU')),
        region: maybe(fc.constant('Карелия')),
        city: maybe(fc.constant('Казань')),
        point: maybe(fc.constantFrom({ latitude: 55.75, longitude: 37.62 }, { latitude: -33.87, longitude: 151.21 })),
      }),
    ),
    links: fc.subarray(['https://www.news.example/a']),
    has: fc.subarray([...attachments]),
    tags: fc.subarray(['сбер', 'сбой']),
  })
  .map((known) => barePost(known))

/** A mention: what is known later may be known. */
export const mention: fc.Arbitrary<Post & LateFields> = fc
  .tuple(
    arriving,
    fc.record(
      {
        topics: fc.subarray([1, 2]),
        sentiment: maybe(fc.constantFrom('negative', 'neutral')),
        stage: maybe(fc.constant('joy')),
        aspects: fc.subarray(['price:negative', 'сбер']),
        spam: maybe(fc.boolean()),
        read: fc.boolean(),
        important: fc.boolean(),
        ticket: maybe(fc.constant(1)),
        status: maybe(fc.constant('ru')),
        assignee: maybe(fc.constant('joy')),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([post, later]) => ({ ...post, ...later }))

const pieces = [
  ...words,
  ...['=сбер', '!сбер', '{BT}', '{', '}', '"сбер банк"', '"', '«', '»', '“', '„', '[сбер банк]', '[', ']'],
  ...['"карта комиссия"~5', '~', '~1', '~2', '~9', '{3}', '{3,9}', '{9,3}', '{0}', '(', '(', ')', ')', ' ', '\n'],
  ...['NEAR/5', 'NEAR', 'ONEAR/3', 'NEAR/5f', '/3', '/3f', 'NOT NEAR/2', 'ATLEAST/2', 'ATLEAST/2 (', 'SENTENCE'],
  ...['OSENTENCE', 'PARAGRAPH', 'OPARAGRAPH', 'AND', '&&', 'И', 'OR', '|', '||', ',', 'ИЛИ', 'NOT', 'НЕ', '-', '—'],
  ...['XNOT', 'or', 'and', 'или', 'банк*', 'te?t', '*', '?', '*а*', 'сбербнак~1', 'raw:"C++"', 'raw:', 'raw:=)', '+a'],
  ...['a^2', '/re.*/', 'a:b', '18:30', 'title:', 'lead:(', 'text:', 'likes:>10', 'likes:[3 TO 5]', 'rating:{3 TO *]'],
  ...[
    'likes:',
    'likes:abc',
    'author:иван',
    'autor:иван',
    'media:news',
    'media:nwes',
    'posted:2026-11',
    'posted:31.02.2026',
  ],
  ...['aspect:price:negative', 'near:[55.7,37.6,10]', 'near:[1,2]', 'platform:(vk OR -tg)', 'list:bank-slang', 'list:'],
  ...[
    '<<< comment >>>',
    '<<<',
    '>>>',
    '// comment\n',
    'https://example.com/a?b=c',
    'www.x.y',
    '\0',
    '\ud800',
    '\u202e',
  ],
]

/** What somebody may have typed: pieces of queries in any order, some with characters changed, some of any characters. */
export const typed: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .array(fc.tuple(fc.constantFrom(...pieces), fc.constantFrom(' ', ' ', '')), { maxLength: 14 })
      .map((list) => list.map((parts) => parts.join('')).join('')),
  },
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
)
