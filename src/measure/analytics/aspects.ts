import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment, readMoment } from '../../base/clickhouse/moment.ts'
import type { Quote } from '../../listen/enrich/understanding.ts'
import type { Condition, Words } from './measure.ts'
import { rowsToCount, type RowsToCount } from './rows-to-count.ts'
import { excerptOf, type Excerpt } from './excerpt.ts'

export const aspectsWords: Words = {
  en: 'Praised and blamed: mentions in which the machine found praise or blame of an aspect; copies of one text count once. Before: the same in the period of the same length just before. Functional is what it does for people, emotional how it feels: what most of the quotes were found to be. Quotes are the author’s own words, of one author each, without abuse, from the texts that are surest to be praise or blame as a whole.',
  ru: 'Что хвалят и ругают: упоминания, где программа нашла похвалу или упрёк этой стороне; копии одного текста считаются один раз. Ранее: то же за предыдущий период той же длины. Функциональное — что это даёт людям, эмоциональное — что они чувствуют: по большинству цитат. Цитаты — слова самих авторов, по одной от автора, без оскорблений, из текстов, которые и в целом увереннее всего хвалят или ругают.',
}

export type Aspect = {
  aspect: string
  polarity: 'negative' | 'positive'
  /** Of most of its quotes; null when they do not tell. */
  kind: Quote['kind']
  texts: number
  /** Null: there is nothing to compare with. */
  before: number | null
  quotes: AspectQuote[]
}

export type AspectQuote = Excerpt & {
  mention: string
  author: string | null
  platform: string
  source: string | null
  lang: string | null
  postedAt: Date
}

export type Aspects = {
  aspects: Aspect[]
  /** Texts in which something is praised or blamed. */
  texts: number
}

const mostAspects = 60
const candidates = 12
const shownQuotes = 3
/** A moment in milliseconds fits into as many. */
const atBits = 42
/** Texts of more words are articles; whoever speaks in them is rarely a customer. */
const mostWords = 900

/** What is praised and blamed, the most frequent first, with the best quotes of real people. `askedBefore`: see `Aspect.before`. */
export async function countAspects(
  clickhouse: Clickhouse,
  asked: Condition,
  askedBefore: Condition | null,
): Promise<Aspects> {
  const [now, before] = await Promise.all([
    rowsToCount(clickhouse, asked),
    askedBefore && rowsToCount(clickhouse, askedBefore),
  ])
  const [counts, all] = await Promise.all([
    countTexts(clickhouse, now, `limit ${mostAspects}`),
    clickhouse.row<{ texts: number }>(
      `select uniqExact(cluster_key) as texts from ${now.from} where ${now.condition.where} and ${isSaid}`,
      now.condition.params,
    ),
  ])
  const [earlier, rows] = await Promise.all([
    before && countTexts(clickhouse, before, ''),
    listCandidates(
      clickhouse,
      now,
      counts.map((row) => row.said),
    ),
  ])
  const countBefore = earlier && new Map(earlier.map((row) => [row.said, row.texts]))
  return {
    texts: all?.texts ?? 0,
    aspects: counts.map(({ said: name, texts }) => {
      const { aspect, polarity } = readSaid(name)
      const found = (rows.get(name) ?? []).flatMap((row) => readQuote(row, aspect, polarity))
      return {
        aspect,
        polarity,
        kind: kindOfMost(found.map(({ quote }) => quote.kind)),
        texts,
        before: countBefore && (countBefore.get(name) ?? 0),
        quotes: choose(found),
      }
    }),
  }
}

const isSaid = `arrayExists(said -> endsWith(said, ':negative') or endsWith(said, ':positive'), aspects)`

async function countTexts(
  clickhouse: Clickhouse,
  { from, condition }: RowsToCount,
  limit: string,
): Promise<{ said: string; texts: number }[]> {
  return clickhouse.rows(
    `select arrayJoin(aspects) as said, uniqExact(cluster_key) as texts
     from ${from}
     where ${condition.where} and notEmpty(aspects)
     group by said
     having endsWith(said, ':negative') or endsWith(said, ':positive')
     order by texts desc, said
     ${limit}`,
    condition.params,
  )
}

type Row = {
  id_key: string
  id: string
  text: string
  quotes: string
  author_name: string
  platform: string
  source: string
  lang: string
  posted_at: string
}

/**
 * For each aspect some mentions of different authors, first those that are praise or blame as a whole: officials and news rarely
 * are. They are chosen by small columns, and the texts of the chosen ones are read where they lie.
 */
async function listCandidates(
  clickhouse: Clickhouse,
  { from, condition }: RowsToCount,
  said: string[],
): Promise<Map<string, Row[]>> {
  if (said.length === 0) return new Map()
  const fitting = `ifNull(if(endsWith(said, ':positive'), chance_positive, chance_negative), 0)`
  // Fitting and moment in one number: the engine compares numbers many times faster than tuples.
  const rank = `bitShiftLeft(toUInt64(${fitting} * 1000000), ${atBits}) + toUInt64(toUnixTimestamp64Milli(posted_at))`
  const best = await clickhouse.rows<{ said: string; found: [string, number][] }>(
    `select said, arrayMap(one -> (toString(one.2), bitAnd(-one.1, ${2 ** atBits - 1})), groupArraySorted(${candidates})((-highest, key))) as found
     from (
       select arrayJoin(arrayFilter(one -> one in {a_said:Array(String)}, aspects)) as said,
         toInt64(max(${rank})) as highest, argMax(id_key, ${rank}) as key
       from ${from}
       where ${condition.where} and notEmpty(aspects) and not ifNull(toxic, false) and not ifNull(spam, false)
         and length(words) <= ${mostWords}
       group by said, if(author_key = 0, id_key, author_key)
     )
     group by said`,
    { ...condition.params, a_said: said },
  )
  const places = best.flatMap(({ found }) => found)
  const rows = await clickhouse.rows<Row>(
    `select toString(id_key) as id_key, id, text, quotes, author_name, platform, source, lang, posted_at
     from ${from}
     where ${condition.where} and posted_at in {a_times:Array(DateTime64(3, 'UTC'))} and mention.id_key in {a_keys:Array(UInt64)}
       and notEmpty(quotes)`,
    {
      ...condition.params,
      a_times: [...new Set(places.map(([, ms]) => moment(new Date(ms))))],
      a_keys: [...new Set(places.map(([key]) => key))].map(BigInt),
    },
  )
  const byKey = new Map(rows.map((row) => [row.id_key, row]))
  return new Map(best.map((one) => [one.said, one.found.flatMap(([key]) => byKey.get(key) ?? [])]))
}

function readSaid(said: string): { aspect: string; polarity: 'negative' | 'positive' } {
  const end = said.lastIndexOf(':')
  return { aspect: said.slice(0, end), polarity: said.slice(end + 1) === 'positive' ? 'positive' : 'negative' }
}

type Found = { row: Row; quote: Quote }

function readQuote(row: Row, aspect: string, polarity: string): Found[] {
  const quotes = JSON.parse(row.quotes) as Quote[]
  const quote = quotes.find((one) => one.aspect === aspect && one.polarity === polarity)
  return quote === undefined ? [] : [{ row, quote }]
}

function kindOfMost(kinds: Quote['kind'][]): Quote['kind'] {
  const functional = kinds.filter((kind) => kind === 'functional').length
  const emotional = kinds.filter((kind) => kind === 'emotional').length
  if (functional === emotional) return null
  return functional > emotional ? 'functional' : 'emotional'
}

/** A quote that can be read at a glance comes before one that fits better. */
function choose(found: Found[]): AspectQuote[] {
  const cut = found.map(({ row, quote }) => ({ row, ...excerptOf(row.text, quote, row.lang || null) }))
  const isShort = ({ text }: Excerpt) => text.length >= 25 && text.length <= 160
  return [...cut.filter(isShort), ...cut.filter((one) => !isShort(one))]
    .filter(({ text }, index, all) => all.findIndex((other) => other.text === text) === index)
    .slice(0, shownQuotes)
    .map(({ row, ...excerpt }) => ({
      ...excerpt,
      mention: row.id,
      author: row.author_name || null,
      platform: row.platform,
      source: row.source || null,
      lang: row.lang || null,
      postedAt: readMoment(row.posted_at),
    }))
}
