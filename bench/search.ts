import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openClickhouse, type Clickhouse } from '../src/base/clickhouse/clickhouse.ts'
import { migrateClickhouse } from '../src/base/clickhouse/migrate.ts'
import { analysePost } from '../src/base/text/analyse.ts'
import { mentionColumns } from '../src/listen/mentions/mention.ts'
import { bringIn } from '../src/listen/bring-in.ts'
import { createTopicMatcher } from '../src/listen/topics/topic-matcher.ts'
import { readCorpus, toPost, type Corpus } from './corpus.ts'
import { timeSearches } from './search-times.ts'
import { tell, type Row } from './table.ts'

const mentions = 1_000_000
const project = 1
const wantedMs = 100

/** How long the first page of a search takes, with the exact number of all that it found, over a million mentions of one project. */
export async function search(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'heed-bench-'))
  const clickhouse = openClickhouse({ dir })
  try {
    await migrateClickhouse(clickhouse, { archiveDays: 30 })
    const corpus = readCorpus()
    await fill(clickhouse, corpus)
    const words = wordsOf(corpus)
    const queries = {
      'a word': words.map(({ word }) => word),
      'a phrase': words.map(({ phrase }) => `"${phrase}"`),
      'two words and a third not': words.map(({ word, phrase }) => `${phrase} NOT ${word}*`),
    }
    const rows: Row[] = []
    for (const [what, some] of Object.entries(queries)) {
      const name = `search a million mentions (${corpus.name}) for ${what}`
      rows.push(await timeSearches(clickhouse, project, name, some, wantedMs))
    }
    return rows
  } finally {
    await clickhouse[Symbol.asyncDispose]()
    rmSync(dir, { recursive: true, force: true })
  }
}

/** Brings the corpus in and lets the engine repeat it, each time ten minutes earlier, so that words stay as frequent as they are. */
async function fill(clickhouse: Clickhouse, corpus: Corpus): Promise<void> {
  const flow = {
    clickhouse,
    topics: createTopicMatcher(),
    project,
    sourceId: null,
    keepAll: true,
    collectedAt: new Date(),
  }
  const posts = corpus.lines.map(toPost)
  for (let from = 0; from < posts.length; from += 2000) await bringIn(posts.slice(from, from + 2000), flow)
  await clickhouse.command('create table seed engine = Memory as select *, cityHash64(id) as turn from mention')
  const columns = `${mentionColumns}, terms, words, word_at, stems, stem_at, text_at`
  const again = columns
    .replace(' id,', ` concat(id, ':', {copy:String}),`)
    .replace('posted_at', 'posted_at - toIntervalMinute(10 * {copy:UInt32})')
  for (let copy = 1, missing = mentions - posts.length; missing > 0; copy++, missing -= posts.length) {
    await clickhouse.command(
      `insert into mention (${columns}) select ${again} from seed order by turn limit {missing:UInt32}`,
      { copy, missing },
    )
  }
  await clickhouse.command('drop table seed')
  const row = await clickhouse.row<{ n: number }>('select count() as n from mention final')
  if (row?.n !== mentions) throw new Error(`There are ${row?.n} mentions instead of ${mentions}`)
}

/** Words and neighbouring pairs of rare, middling and frequent kind, the same every time. */
function wordsOf(corpus: Corpus): { word: string; phrase: string }[] {
  const step = Math.floor(corpus.lines.length / 60)
  return corpus.lines.flatMap((line, at) => {
    if (at % step !== 0) return []
    const { words } = analysePost({ ...toPost(line), title: null })
    const found = words.findIndex(
      ({ folded, stems }, n) => folded.length > 4 && stems.length > 0 && (words[n + 1]?.stems.length ?? 0) > 0,
    )
    const [first, second] = [words[found]?.folded, words[found + 1]?.folded]
    return first && second ? [{ word: first, phrase: `${first} ${second}` }] : []
  })
}

if (import.meta.main) await tell(search)
