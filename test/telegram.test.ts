import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test, type TestContext } from 'vitest'
import type { Clickhouse } from '../src/base/clickhouse/clickhouse.ts'
import { readConfig } from '../src/config.ts'
import { resolveFilter } from '../src/listen/mentions/filter.ts'
import { barePost, type Post } from '../src/listen/posts/post.ts'
import { bringIn, type Flowed } from '../src/listen/bring-in.ts'
import { createTopicMatcher } from '../src/listen/topics/topic-matcher.ts'
import { openTestClickhouse } from './database.ts'

// 18,146 posts of Russian Telegram channels come in the way every post does; what each topic finds, live and in the
// archive, must be what a slow and plain reading of the texts finds.

/** What a topic asks for, twice: in our language, and as a plain question about the words of a text. */
const topics: { query: string; asks: (words: Word[]) => boolean }[] = [
  { query: 'сбер OR сбербанк*', asks: (words) => has(words, form('сбер')) || has(words, like(/^сбербанк/)) },
  {
    query: '(сбер OR сбербанк) AND (карта OR перевод OR вклад OR кредит) NOT мошенник',
    asks: (words) =>
      hasAny(words, ['сбер', 'сбербанк']) &&
      hasAny(words, ['карта', 'перевод', 'вклад', 'кредит']) &&
      !has(words, form('мошенник')),
  },
  {
    query: '"т банк" OR тинькоф*',
    asks: (words) => hasPhrase(words, [exact('т'), exact('банк')]) || has(words, like(/^тинькоф/)),
  },
  { query: 'втб NOT (арена, матч)', asks: (words) => has(words, form('втб')) && !hasAny(words, ['арена', 'матч']) },
  { query: '[альфа банк]', asks: (words) => hasPhrase(words, [form('альфа'), form('банк')]) },
  { query: 'Газпромбанк', asks: (words) => has(words, form('газпромбанк')) },
  {
    query: 'центробанк | "ЦБ РФ" | [центральный банк] | [банк россии]',
    asks: (words) =>
      has(words, form('центробанк')) ||
      hasPhrase(words, [exact('цб'), exact('рф')]) ||
      hasPhrase(words, [form('центральный'), form('банк')]) ||
      hasPhrase(words, [form('банк'), form('россии')]),
  },
  {
    query: 'яндекс* -[яндекс такси]',
    asks: (words) => has(words, like(/^яндекс/)) && !hasPhrase(words, [form('яндекс'), form('такси')]),
  },
  { query: 'google OR гугл', asks: (words) => hasAny(words, ['google', 'гугл']) },
  {
    query: '(apple OR iphone OR айфон) НЕ =android',
    asks: (words) => hasAny(words, ['apple', 'iphone', 'айфон']) && !has(words, exact('android')),
  },
  {
    query: 'openai, chatgpt, "chat gpt"',
    asks: (words) => hasAny(words, ['openai', 'chatgpt']) || hasPhrase(words, [exact('chat'), exact('gpt')]),
  },
  { query: '{AMD} OR {Intel}', asks: (words) => words.some(({ written }) => written === 'AMD' || written === 'Intel') },
  {
    query: 'банк NEAR/5 (вклад OR кредит OR ставка)',
    asks: (words) =>
      hasNear(words, form('банк'), (word) => ['вклад', 'кредит', 'ставка'].some((one) => form(one)(word)), 5),
  },
  { query: 'micro?oft OR "мета"', asks: (words) => has(words, like(/^micro.oft$/)) || has(words, exact('мета')) },
]

const file = join(readConfig(process.env).labelledData, 'telegram-ru/stream.train.jsonl.gz')
const project = 1
const matcher = createTopicMatcher()
for (const [index, { query }] of topics.entries()) matcher.set({ id: index + 1, projectId: project, query })

let clickhouse: Clickhouse
let posts: Post[] = []
let expected: string[][] = []
beforeAll(async () => {
  if (!existsSync(file)) return
  clickhouse = await openTestClickhouse()
  posts = readPosts()
  const read = posts.map(({ id, text }) => ({ id, words: wordsOf(text) }))
  expected = topics.map(({ asks }) => read.filter(({ words }) => asks(words)).map(({ id }) => id))
}, 300_000)
afterAll(() => clickhouse?.[Symbol.asyncDispose]())

test('every topic finds exactly the posts that a plain reading finds', { timeout: 300_000 }, async (context) => {
  skipWithoutData(context)
  const flowed = await importAll()
  expect(flowed).toMatchObject({ added: posts.length, changed: 0, same: 0, dropped: [] })
  for (const [index, { query }] of topics.entries()) {
    const rows = await clickhouse.rows<{ id: string }>(
      'select id from mention final where has(topics, {topic:UInt32})',
      { topic: index + 1 },
    )
    expect.soft(differences(rows, expected[index]!), query).toEqual({ missing: [], needless: [] })
    expect(rows.length, `nothing to find: ${query}`).toBeGreaterThan(5)
  }
})

test('searching the archive finds the same', { timeout: 300_000 }, async (context) => {
  skipWithoutData(context)
  for (const [index, { query }] of topics.entries()) {
    const condition = await resolveFilter(clickhouse, project, { q: query })
    const rows = await clickhouse.rows<{ id: string }>(
      `select id from mention final where ${condition.where}`,
      condition.params,
    )
    expect.soft(differences(rows, expected[index]!), query).toEqual({ missing: [], needless: [] })
  }
})

test('importing twice changes nothing', { timeout: 300_000 }, async (context) => {
  skipWithoutData(context)
  const everything = 'select count() as n, sum(cityHash64(*)) as sum from mention final'
  const before = await clickhouse.row(everything)
  expect(await importAll()).toMatchObject({ added: 0, changed: 0, same: posts.length })
  expect(await clickhouse.row(everything)).toEqual(before)
})

function skipWithoutData(context: TestContext): void {
  if (!existsSync(file)) context.skip('no labelled data: telegram-ru is not in HEED_DATA')
}

async function importAll(): Promise<Flowed> {
  const all: Flowed = { added: 0, changed: 0, same: 0, archived: 0, unmatched: 0, dropped: [] }
  const flow = {
    clickhouse,
    topics: matcher,
    project,
    sourceId: null,
    keepAll: true,
    collectedAt: new Date('2026-11-01T00:00:00Z'),
  }
  for (let from = 0; from < posts.length; from += 2000) {
    const flowed = await bringIn(posts.slice(from, from + 2000), flow)
    for (const name of ['added', 'changed', 'same', 'unmatched'] as const) all[name] += flowed[name]
    all.dropped.push(...flowed.dropped)
  }
  return all
}

function differences(rows: { id: string }[], wanted: string[]): { missing: string[]; needless: string[] } {
  const [found, right] = [new Set(rows.map(({ id }) => id)), new Set(wanted)]
  return { missing: wanted.filter((id) => !found.has(id)), needless: [...found].filter((id) => !right.has(id)) }
}

function readPosts(): Post[] {
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n')
  return lines.map((line) => {
    const { id, created_at, channel, text } = JSON.parse(line) as {
      id: string
      created_at: string
      channel: string
      text: string
    }
    return barePost({
      id: `telegram:${id}`,
      platform: 'telegram',
      source: channel,
      kind: 'post',
      lang: 'ru',
      postedAt: new Date(created_at),
      text,
    })
  })
}

// The plain reading. A text is a row of words; an address and an emoji take a place in it, and so does each half of a
// hyphenated word.

type Word = { written: string; lower: string; isHost: boolean }
type Asked = (word: Word) => boolean

const invisible = '\\u00ad\\u200b-\\u200d\\u2060\\ufe0f\\ufeff'
const letter = `[\\p{L}\\p{N}\\p{M}]`
const piece = new RegExp(
  [
    // An address ends before the bracket that was opened in front of it, as in [text](address).
    `(?<address>(?:https?://|www\\.)(?=${letter})(?:\\([^\\s<>"«»“”„()]*\\)|[^\\s<>"«»“”„()])+)`,
    `\\p{Regional_Indicator}{2}`,
    `(?![\\u0000-\\u2319])\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]*(?:\\u200d\\p{Extended_Pictographic}[\\ufe0f\\p{Emoji_Modifier}]*)*`,
    `(?<word>${letter}[\\p{L}\\p{N}\\p{M}${invisible}]*(?:['’][\\p{L}\\p{N}\\p{M}${invisible}]+)*)`,
  ].join('|'),
  'giu',
)

function wordsOf(text: string): Word[] {
  return [...text.matchAll(piece)].map(({ groups }) => {
    const host = /^(?:https?:\/\/)?(?:www\.)?([^/?#:]+)/i.exec(groups?.['address'] ?? '')?.[1]
    const written = (groups?.['word'] ?? '').normalize('NFKC').replace(new RegExp(`[${invisible}]`, 'g'), '')
    const lower = (host ?? written).toLowerCase().replaceAll('ё', 'е').replaceAll('’', "'")
    return { written, lower, isHost: host !== undefined }
  })
}

// What a grammar says, and of brands and slang what the endings of Russian make of them.
const declined = new Map(
  [
    ...['банк', 'вклад', 'кредит', 'перевод', 'айфон', 'сбер', 'сбербанк', 'газпромбанк', 'центробанк', 'яндекс'].map(
      (word) => [word, ...['а', 'у', 'ом', 'е', 'ов', 'ам', 'ами', 'ах'].map((end) => word + end), word + plural(word)],
    ),
    'карта карты карте карту картой картою карт картам картами картах'.split(' '),
    'арена арены арене арену ареной ареною арен аренам аренами аренах'.split(' '),
    'ставка ставки ставке ставку ставкой ставкою ставок ставкам ставками ставках'.split(' '),
    'матч матча матчу матчем матче матчи матчей матчам матчами матчах'.split(' '),
    'мошенник мошенника мошеннику мошенником мошеннике мошенники мошенников мошенникам мошенниками мошенниках'.split(
      ' ',
    ),
    'россии россия россию россией россиею'.split(' '),
    'центральный центрального центральному центральным центральном центральная центральной центральную центральное центральные центральных центральными'.split(
      ' ',
    ),
    'гугл гугла гуглу гуглом гугле гуглить гуглите'.split(' '),
    ['apple', 'apples'],
    ...['альфа', 'втб', 'такси', 'google', 'iphone', 'openai', 'chatgpt'].map((word) => [word]),
  ].map(([word = '', ...forms]) => [word, new Set([word, ...forms])]),
)

function plural(word: string): string {
  return word.endsWith('к') ? 'и' : 'ы'
}

function form(word: string): Asked {
  const forms = declined.get(word)
  if (!forms) throw new Error(`No forms are written for ${word}`)
  return ({ lower, isHost }) => !isHost && forms.has(lower)
}

function exact(word: string): Asked {
  return ({ lower }) => lower === word
}

function like(pattern: RegExp): Asked {
  return ({ lower }) => pattern.test(lower)
}

function has(words: Word[], asked: Asked): boolean {
  return words.some(asked)
}

function hasAny(words: Word[], forms: string[]): boolean {
  return forms.some((one) => has(words, form(one)))
}

function hasPhrase(words: Word[], phrase: Asked[]): boolean {
  return words.some((_, at) =>
    phrase.every((asked, offset) => words[at + offset] !== undefined && asked(words[at + offset]!)),
  )
}

function hasNear(words: Word[], left: Asked, right: Asked, between: number): boolean {
  return words.some(
    (word, at) =>
      left(word) && words.some((other, place) => place !== at && right(other) && Math.abs(place - at) <= between + 1),
  )
}
