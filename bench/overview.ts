import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openClickhouse, type Clickhouse } from '../src/base/clickhouse/clickhouse.ts'
import { migrateClickhouse } from '../src/base/clickhouse/migrate.ts'
import { openPostgres } from '../src/base/postgres/postgres.ts'
import { plainCondition } from '../src/listen/mentions/filter.ts'
import type { ComparedTopic } from '../src/measure/analytics/measure.ts'
import { countOverview } from '../src/measure/analytics/overview.ts'
import { countStages } from '../src/measure/analytics/stages.ts'
import { countTonality } from '../src/measure/analytics/tonality.ts'
import { quantile, tell, type Row } from './table.ts'

const project = 1
const mentions = 1_000_000
const perInsert = 20_000
const days = 30
const dayMs = 86_400_000
const period = { from: new Date('2026-06-10T00:00:00Z'), to: new Date('2026-07-10T00:00:00Z') }
const before = { from: new Date(period.from.getTime() - days * dayMs), to: period.from }
const timeZone = 'Europe/Moscow'
const topics: ComparedTopic[] = Array.from({ length: 8 }, (_, index) => ({
  id: index + 1,
  name: `topic ${index + 1}`,
  group: index < 5 ? 'brands' : 'products',
}))

const warmUps = 5
const runs = 30
const wantedMs = 300

/** How long the whole overview of a project takes over 1,000,000 mentions of 30 days: what the screen asks for, all of it at once. */
export async function overview(): Promise<Row[]> {
  const dir = mkdtempSync(join(tmpdir(), 'heed-bench-'))
  const clickhouse = openClickhouse({ dir })
  const postgres = await openPostgres({ dir: null })
  try {
    await migrateClickhouse(clickhouse, { archiveDays: 30 })
    await fill(clickhouse)
    const input = {
      condition: plainCondition(project, period),
      before: plainCondition(project, before),
      period,
      timeZone,
      topics,
    }
    const walls: number[] = []
    let used = process.cpuUsage()
    for (let run = -warmUps; run < runs; run++) {
      if (run === 0) used = process.cpuUsage()
      const begun = performance.now()
      await Promise.all([
        countOverview(clickhouse, input),
        countTonality({ db: postgres.db, clickhouse }, project, input.condition, topics),
        countStages(clickhouse, input.condition, topics),
      ])
      if (run >= 0) walls.push(performance.now() - begun)
    }
    const { user, system } = process.cpuUsage(used)
    const what = 'the overview of a million mentions in 30 days'
    const p95 = quantile(walls, 0.95)
    return [
      { what: `${what}, p50 of ${runs}`, wanted: '', measured: quantile(walls, 0.5), unit: 'ms', ok: true },
      { what: `${what}, p95 of ${runs}`, wanted: `≤ ${wantedMs}`, measured: p95, unit: 'ms', ok: p95 <= wantedMs },
      { what: `${what}, CPU`, wanted: '', measured: (user + system) / 1000 / runs, unit: 'ms', ok: true },
    ]
  } finally {
    await postgres[Symbol.asyncDispose]()
    await clickhouse[Symbol.asyncDispose]()
    rmSync(dir, { recursive: true, force: true })
  }
}

/**
 * Mentions as they arrive over a month: 400 sources and 200,000 authors of whom few write most, two fifths of the texts
 * repeated somewhere, some followers and counts unknown. Then one in twenty of the last day is saved again, as feeds
 * repeat their newest items, and one in a hundred of all is marked by somebody.
 */
async function fill(clickhouse: Clickhouse): Promise<void> {
  for (let from = 0; from < mentions; from += perInsert) {
    await clickhouse.command(`insert into mention (${filled}) ${plausible} from numbers(${from}, ${perInsert})`)
  }
  const again = [
    'source',
    'media',
    'lang',
    'cluster',
    'author_followers',
    'shares',
    'comments',
    'topics',
    'text',
    'words',
  ]
  await clickhouse.command(
    `update mention set likes = ifNull(likes, 0) + 1, ${again.map((column) => `${column} = ${column}`).join(', ')}
     where project_id = 1 and sipHash64(id) % 20 = 0 and posted_at >= {since:DateTime64(3)}`,
    { since: new Date(period.to.getTime() - dayMs).toISOString().slice(0, 23) },
  )
  await clickhouse.command(
    `update mention set read = true, tags = ['seen'] where project_id = 1 and sipHash64(id, 1) % 100 = 0`,
  )
}

const filled = `project_id, id, posted_at, collected_at, version, platform, source, media, kind, url, title, text, lang, cluster,
  author_id, author_name, author_handle, author_followers, likes, shares, comments, topics, places, sentiment,
  sentiment_confidence, chance_negative, chance_positive, stage, stage_confidence, terms, words, word_at`

const plausible = `
  with
    sipHash64(number, 1) as a, sipHash64(number, 2) as b, sipHash64(number, 3) as c,
    toUInt32(floor(400 * pow(a % 10007 / 10007, 3))) as source_no,
    toUInt32(floor(200000 * pow(b % 1000003 / 1000003, 2))) as author_no,
    arrayElement(['mastodon', 'telegram', 'vk', 'news', 'reddit', 'youtube'], source_no % 6 + 1) as on_platform,
    concat(on_platform, ':', hex(sipHash64(number, 9))) as native_id,
    arrayMap(i -> concat('word', toString(sipHash64(number, i) % 20000)), range(25)) as written
  select
    1, native_id,
    toDateTime64('2026-06-10 00:00:00', 3, 'UTC') + toIntervalMillisecond(intDiv(number * ${days * dayMs - 60_000}, ${mentions}) + c % 60000) as at,
    at + toIntervalSecond(a % 600), 1, on_platform, concat('source ', toString(source_no)),
    arrayElement(['social', 'messenger', 'social', 'news', 'forum', 'video'], source_no % 6 + 1), arrayElement(['post', 'comment', 'article'], a % 3 + 1),
    concat('https://example.org/', native_id), '', arrayStringConcat(written, ' '), arrayElement(['ru', 'en', '', 'kk'], if(c % 10 < 7, 1, c % 4 + 1)),
    lower(hex(if(a % 10 < 6, sipHash64(number, 7), sipHash64(toUInt32(floor(80000 * pow(c % 1000003 / 1000003, 3))), 8)))),
    concat(on_platform, ':author', toString(author_no)), concat('Author ', toString(author_no)), concat('author', toString(author_no)),
    if(author_no % 10 < 3, null, toUInt64(floor(pow(10, author_no % 60 / 10)))),
    if(b % 4 = 0, null, b % 97), if(b % 4 = 0, null, b % 7), if(b % 4 = 0, null, b % 13),
    arraySort(arrayDistinct([1 + a % 8, 1 + b % 8])), '{}', arrayElement(['negative', '', 'positive', 'neutral'], a % 4 + 1),
    0.4 + b % 60 / 100, b % 50 / 100, c % 50 / 100, arrayElement(['', '', 'negative', 'praise', 'support', 'first-review'], c % 6 + 1), 0.7,
    arrayMap(word -> base64URLEncode(substring(MD5(concat('=', word)), 1, 6)), written),
    arrayMap(word -> reinterpretAsUInt32(substring(MD5(concat('=', word)), 9, 4)), written),
    range(25)`

if (import.meta.main) await tell(overview)
