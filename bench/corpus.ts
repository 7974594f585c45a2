import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { readConfig } from '../src/config.ts'
import { barePost, type Post } from '../src/listen/posts/post.ts'

/** Posts as the JSON Lines that people import, and what an agency with 20 topics would ask of them. */
export type Corpus = { name: string; lines: string[]; queries: string[] }

type Line = { id: string; platform: string; source: string; posted_at: string; text: string }

export function toPost(line: string): Post {
  const { posted_at, ...known } = JSON.parse(line) as Line
  return barePost({ ...known, kind: 'post', postedAt: new Date(posted_at) })
}

/** The 18,146 posts of telegram-ru; where they are not, as many posts of our own making. */
export function readCorpus(): Corpus {
  const file = join(readConfig(process.env).labelledData, 'telegram-ru/stream.train.jsonl.gz')
  if (!existsSync(file)) return madeUp(18_146)
  const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n')
  return {
    name: 'telegram-ru',
    queries: aboutBanksAndTechnology,
    lines: lines.map((line) => {
      const { id, created_at, channel, text } = JSON.parse(line) as {
        id: string
        created_at: string
        channel: string
        text: string
      }
      return print({ id: `telegram:${id}`, platform: 'telegram', source: channel, posted_at: created_at, text })
    }),
  }
}

/** Posts and agencies' queries of the percolation workload; null where HEED_BENCH does not hold it. */
export async function readPercolate(count: number): Promise<Corpus | null> {
  const workload = await findWorkload()
  if (!workload) return null
  const world = workload.buildWorld()
  const query = workload.makeQueries(world, 'agency')
  const posts = [...workload.posts(world, count)]
  return {
    name: 'percolate',
    queries: Array.from({ length: 20 }, () => workload.toPlain(query())),
    lines: posts.map(({ id, source, text }) =>
      print({ id: `forum:${id}`, platform: 'forum', source, posted_at: momentOf(id), text }),
    ),
  }
}

/** Where the generator of the percolation workload is; null where HEED_BENCH does not hold it. */
export function percolateFile(): string | null {
  const file = join(process.env['HEED_BENCH'] ?? '../shared/bench', 'percolate/generate.mjs')
  return existsSync(file) ? file : null
}

/** The generator of the percolation workload; null where HEED_BENCH does not hold it. */
export async function findWorkload(): Promise<Workload | null> {
  const file = percolateFile()
  return file === null ? null : ((await import(pathToFileURL(file).href)) as Workload)
}

export type Workload = {
  buildWorld(): object
  posts(world: object, count: number): Iterable<{ id: number; lang: string; source: string; text: string }>
  makeQueries(world: object, profile: string): () => object
  toPlain(query: object): string
}

/** Texts of invented words in Russian shape, frequent and rare ones as in real text; the same every time. */
function madeUp(count: number): Corpus {
  let state = 7
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * limit)
  }
  const syllables = 'ба ве ги до жу зо ка ло ми на пе ра со ту фо хи ца чу ше ян'.split(' ')
  const endings = ['', 'а', 'у', 'ом', 'е', 'ы', 'ов', 'ами']
  const stems = Array.from(
    { length: 20_000 },
    (_, n) => Array.from({ length: 2 + (n % 3) }, () => syllables[below(20)]).join('') + 'т',
  )
  const word = () => stems[Math.floor(20_000 ** (below(1e6) / 1e6)) - 1]! + endings[below(8)]!
  const posts = Array.from({ length: count }, (_, n) => ({
    id: `forum:${n}`,
    platform: 'forum',
    source: `forum ${n % 24}`,
    posted_at: momentOf(n),
    text: Array.from({ length: 10 + below(80) }, (_, at) => word() + (at % 12 === 11 ? '.' : '')).join(' '),
  }))
  const [brands, around] = [stems.slice(40, 60), stems.slice(200, 260)]
  const queries = brands.map(
    (brand, n) => `(${brand} OR ${brand}*) AND (${around.slice(n * 3, n * 3 + 3).join(' OR ')}) NOT ${around[n]}ами`,
  )
  return { name: 'made up', queries, lines: posts.map(print) }
}

function momentOf(n: number): string {
  return new Date(Date.UTC(2026, 0, 1) + n * 600_000).toISOString()
}

function print(line: Line): string {
  return JSON.stringify(line)
}

const aboutBanksAndTechnology = [
  'сбер OR сбербанк*',
  '"т банк" OR тинькоф*',
  'втб NOT (арена, матч)',
  '[альфа банк]',
  'газпромбанк',
  'центробанк | "ЦБ РФ" | [центральный банк] | [банк россии]',
  'яндекс* NOT [яндекс такси]',
  '[яндекс такси] OR (такси AND водитель)',
  'google OR гугл',
  '(apple OR iphone OR айфон) NOT =android',
  'openai, chatgpt, "chat gpt"',
  '{AMD} OR {Intel} OR nvidia',
  'банк NEAR/5 (вклад OR кредит OR ставка)',
  'telegram AND (дуров OR блокировка OR мессенджер)',
  'youtube NEAR (замедление OR скорость)',
  'windows OR microsoft',
  '(huawei OR xiaomi OR samsung) AND (смартфон OR телефон)',
  'wildberries OR озон OR ozon OR [яндекс маркет]',
  '(авария OR пожар) SENTENCE москва',
  'python AND (django OR flask OR asyncio)',
]
