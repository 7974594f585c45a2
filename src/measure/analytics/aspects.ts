import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { readMoment } from '../../base/clickhouse/moment.ts'
import type { Quote } from '../../listen/enrich/understanding.ts'
import type { Condition, Words } from './measure.ts'
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
  before: number
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
const candidates = 24
const shownQuotes = 3
/** Longer texts are articles; whoever speaks in them is rarely a customer. */
const longestText = 6_000

/** What is praised and blamed, the most frequent first, with the best quotes of real people. */
export async function countAspects(clickhouse: Clickhouse, condition: Condition, before: Condition): Promise<Aspects> {
  const [counts, all] = await Promise.all([
    countTexts(clickhouse, condition, `limit ${mostAspects}`),
    clickhouse.row<{ texts: number }>(
      `select uniqExact(${textKey}) as texts from mention final where ${condition.where} and ${isSaid}`,
      condition.params,
    ),
  ])
  const said = counts.map((row) => row.said)
  const [earlier, rows] = await Promise.all([
    countTexts(clickhouse, before, ''),
    listCandidates(clickhouse, condition, said),
  ])
  const countBefore = new Map(earlier.map((row) => [row.said, row.texts]))
  return {
    texts: all?.texts ?? 0,
    aspects: counts.map(({ said: name, texts }) => {
      const { aspect, polarity } = readSaid(name)
      const found = rows.filter((row) => row.said === name).flatMap((row) => readQuote(row, aspect, polarity))
      return {
        aspect,
        polarity,
        kind: kindOfMost(found.map(({ quote }) => quote.kind)),
        texts,
        before: countBefore.get(name) ?? 0,
        quotes: choose(found),
      }
    }),
  }
}

const textKey = `if(cluster = '', id, cluster)`
const isSaid = `arrayExists(said -> endsWith(said, ':negative') or endsWith(said, ':positive'), aspects)`

async function countTexts(
  clickhouse: Clickhouse,
  condition: Condition,
  limit: string,
): Promise<{ said: string; texts: number }[]> {
  return clickhouse.rows(
    `select arrayJoin(aspects) as said, uniqExact(${textKey}) as texts
     from mention final
     where ${condition.where} and notEmpty(aspects)
     group by said
     having endsWith(said, ':negative') or endsWith(said, ':positive')
     order by texts desc, said
     ${limit}`,
    condition.params,
  )
}

type Row = {
  said: string
  id: string
  text: string
  quotes: string
  author_key: string
  author_name: string
  platform: string
  source: string
  lang: string
  posted_at: string
}

/** For each aspect some mentions of different authors, first those that are praise or blame as a whole: officials and news rarely are. */
async function listCandidates(clickhouse: Clickhouse, condition: Condition, said: string[]): Promise<Row[]> {
  if (said.length === 0) return []
  return clickhouse.rows<Row>(
    `select *
     from (
       select arrayJoin(arrayFilter(one -> one in {a_said:Array(String)}, aspects)) as said, id, text, quotes,
         if(author_id = '', id, author_id) as author_key, author_name, platform, source, lang, posted_at,
         ifNull(if(endsWith(said, ':positive'), chance_positive, chance_negative), 0) as fitting
       from mention final
       where ${condition.where} and notEmpty(quotes) and not ifNull(toxic, false) and not ifNull(spam, false)
         and lengthUTF8(text) <= ${longestText}
       order by said, fitting desc, posted_at desc, id
       limit 1 by said, author_key
     )
     order by said, fitting desc, posted_at desc, id
     limit ${candidates} by said`,
    { ...condition.params, a_said: said },
  )
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
