import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { openClickhouse, type Clickhouse } from '../src/base/clickhouse/clickhouse.ts'
import { migrateClickhouse } from '../src/base/clickhouse/migrate.ts'
import { mentionColumns } from '../src/listen/mentions/mention.ts'
import { bringIn } from '../src/listen/bring-in.ts'
import { barePost } from '../src/listen/posts/post.ts'
import { createTopicMatcher } from '../src/listen/topics/topic-matcher.ts'
import { percolateFile } from './corpus.ts'
import { timeSearches } from './search-times.ts'
import { tell, type Row } from './table.ts'

/** So many different posts come in as posts do; the engine repeats them, half a month earlier each time. */
const different = 500_000
const copies = 20
const mentions = different * copies
const project = 1
const wantedMs = 300
const queriesOfEach = 40

/**
 * How long a search takes over 10,000,000 mentions of one project: the first 50 and the exact number of all. Making them
 * takes half an hour on two cores and 12 GB; with HEED_BENCH_ARCHIVE, a folder, they are made once and kept there.
 */
export async function archive(): Promise<Row[]> {
  const file = percolateFile()
  if (!file)
    return [
      {
        what: 'archive',
        wanted: '',
        measured: null,
        unit: '',
        ok: false,
        note: 'HEED_BENCH holds no percolation workload',
      },
    ]
  const workload = (await import(pathToFileURL(file).href)) as Workload
  const world = workload.buildWorld()
  const kept = process.env['HEED_BENCH_ARCHIVE']
  const dir = kept ?? mkdtempSync(join(tmpdir(), 'heed-bench-'))
  mkdirSync(dir, { recursive: true })
  const done = join(dir, 'archive-is-complete')
  if (!existsSync(done)) rmSync(join(dir, 'clickhouse'), { recursive: true, force: true })
  const clickhouse = openClickhouse({ dir: join(dir, 'clickhouse') })
  try {
    await migrateClickhouse(clickhouse, { archiveDays: 30 })
    if (!existsSync(done)) await fill(clickhouse, workload.posts(world, different))
    writeFileSync(done, '')
    const rows: Row[] = []
    for (const [what, queries] of Object.entries(queriesOf(world, [...workload.posts(world, 20_000)])))
      rows.push(await timeSearches(clickhouse, project, `search 10 million mentions for ${what}`, queries, wantedMs))
    return rows
  } finally {
    await clickhouse[Symbol.asyncDispose]()
    if (!kept) rmSync(dir, { recursive: true, force: true })
  }
}

type Lemmas = string[][]
type World = {
  topics: { ru: Lemmas; en: Lemmas; phrases: { ru: string[][]; en: string[][] } }[]
  brands: { topic: number; ru: string[][]; en: string[][]; pre: string }[]
  ru: { stem: string; forms: string[] }[]
}
type GeneratedPost = { id: number; lang: string; source: string; text: string }
type Workload = { buildWorld(): World; posts(world: World, count: number): Iterable<GeneratedPost> }

const newest = Date.UTC(2026, 9, 31)
const copyDays = 15

async function fill(clickhouse: Clickhouse, posts: Iterable<GeneratedPost>): Promise<void> {
  const flow = {
    clickhouse,
    topics: createTopicMatcher(),
    project,
    sourceId: null,
    keepAll: true,
    collectedAt: new Date(newest),
  }
  const step = (copyDays * 86_400_000) / different
  let page = []
  for (const { id, lang, source, text } of posts) {
    const postedAt = new Date(newest - copyDays * 86_400_000 + Math.floor(id * step))
    page.push({ ...barePost({ id: `forum:${id}`, platform: 'forum', text, lang, source }), postedAt })
    if (page.length === 10_000) await bringIn(page.splice(0), flow)
  }
  await bringIn(page, flow)
  const columns = `${mentionColumns}, terms, words, word_at, stems, stem_at, text_at`
  const again = columns
    .replace(' id,', ` concat(id, ':', {copy:String}),`)
    .replace('posted_at', `posted_at - toIntervalDay(${copyDays} * {copy:UInt32})`)
  for (let copy = 1; copy < copies; copy++) {
    await clickhouse.command(
      `insert into mention (${columns}) select ${again} from mention where posted_at >= {from:DateTime64(3)}
       settings min_insert_block_size_rows = ${different}, min_insert_block_size_bytes = 0, max_insert_threads = 1`,
      { copy, from: new Date(newest - copyDays * 86_400_000).toISOString().slice(0, 23) },
    )
  }
  const row = await clickhouse.row<{ n: number }>('select count() as n from mention')
  if (row?.n !== mentions) throw new Error(`There are ${row?.n} mentions instead of ${mentions}`)
}

/** Of frequent, middling and rare words alike, the same every time. */
function queriesOf(world: World, posts: GeneratedPost[]): { [what: string]: string[] } {
  const each = <T>(make: (n: number) => T) => Array.from({ length: queriesOfEach }, (_, n) => make(n))
  const either = (words: string[]) => `(${words.map((word) => `"${word}"`).join(' OR ')})`
  const wordsOf = (n: number) => posts[n * 499]!.text.toLowerCase().match(/\p{L}{3,}/gu)!
  const brand = (n: number) => world.brands[Math.floor(1.2 ** n)]!
  const namesOf = (n: number) => [...brand(n).ru, ...brand(n).en].map((words) => words.join(' '))
  const around = (n: number) => world.topics[brand(n).topic]!.ru.flat()
  return {
    'a word': each((n) => wordsOf(n).at(n % 5) ?? wordsOf(n)[0]!),
    'a phrase': each((n) => {
      const { phrases } = world.topics[n]!
      return n % 2 === 0 ? `"${wordsOf(n).slice(0, 2).join(' ')}"` : `[${phrases.ru[n % 30]!.join(' ')}]`
    }),
    'NEAR with groups': each((n) => `${either(namesOf(n))} NEAR/4 ${either(around(n).slice(n % 20, (n % 20) + 15))}`),
    'a prefix': each((n) => `${world.ru[Math.floor(1.25 ** n)]!.stem.slice(0, 3 + (n % 3))}*`),
    '200 operands': each((n) => {
      const names = Array.from({ length: 20 }, (_, i) => namesOf((n + i) % queriesOfEach)).flat()
      const words = world.ru.slice(n * 100, n * 100 + 200).map(({ forms }) => forms[0]!)
      const brands = [...new Set(names)].slice(0, 90)
      return `${either(brands)} AND (${words.slice(0, 80).join(' OR ')}) NOT (${words.slice(80, 110).join(' OR ')})`
    }),
  }
}

if (import.meta.main) await tell(archive)
