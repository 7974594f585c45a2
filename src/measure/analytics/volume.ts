import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { hasTopic, topicBits } from './topic-bits.ts'
import { besideOthers, type ComparedTopic, type Condition, type Rows, type Words } from './measure.ts'

export const volumeWords: Words = {
  en: 'Volume: the number of mentions that pass the filters. A repost is a mention of its own; a mention of two topics counts once here and once in each of the two topics.',
  ru: 'Объём: число упоминаний, прошедших фильтры. Репост — отдельное упоминание; упоминание двух тем здесь считается один раз и по одному разу в каждой из них.',
}

export const beforeWords: Words = {
  en: 'Before: the volume of the period of the same length just before this one, with the same filters.',
  ru: 'Ранее: объём предыдущего периода той же длины с теми же фильтрами.',
}

export const seriesWords: Words = {
  en: 'Volume over time: mentions by the hour, day, week or month of their publication in the time zone of the project. Weeks begin on Monday.',
  ru: 'Объём по времени: упоминания по часам, дням, неделям или месяцам публикации в часовом поясе проекта. Неделя начинается в понедельник.',
}

export const topSourcesWords: Words = {
  en: 'Top sources: the sources with most mentions, and how many different known authors wrote there. Mentions whose source is not known are left out.',
  ru: 'Главные источники: источники с наибольшим числом упоминаний и сколько разных известных авторов в них писали. Упоминания без известного источника не учитываются.',
}

export const languagesWords: Words = {
  en: 'Languages: mentions by the language of their text; texts too short to tell are counted apart.',
  ru: 'Языки: упоминания по языку текста; слишком короткие тексты посчитаны отдельно.',
}

/** Counts per bucket; `key` opens the mentions behind them. */
export type Series = { key: string; label: string; total: number; counts: number[] }
export type SourceCount = { platform: string; source: string; media: string | null; count: number }

export type Volume = {
  total: number
  byTopic: Series[]
  byMedia: Series[]
  /** The 8 largest, and everything else as one of the key `other`. */
  bySource: Series[]
  /** The 10 largest whose name is known. */
  topSources: SourceCount[]
  languages: { lang: string | null; count: number }[]
}

const shownSources = 8
const listedSources = 10

/**
 * The volume in each bucket, by topic, media type, source and language, in one pass over the mentions.
 * `starts` are the beginnings of the buckets; the last one ends with the condition.
 */
export async function countVolume(
  clickhouse: Clickhouse,
  condition: Condition,
  from: Rows,
  starts: Date[],
  topics: ComparedTopic[],
): Promise<Volume> {
  const bits = topicBits(topics)
  const rows = await clickhouse.rows<Row>(
    `with
       counted as (
         select
           roundDown(toUnixTimestamp(posted_at), cast({v_starts:Array(UInt32)} as Array(UInt32))) as bucket,
           source_key, lang${bits.columns.map((column) => `, ${column.sql} as ${column.name}`).join('')},
           grouping(source_key) = 0 as by_source, grouping(lang) = 0 as by_lang, count() as mentions
         from ${from}
         where ${condition.where}
         group by grouping sets ((bucket, source_key), (bucket${bits.names.map((name) => `, ${name}`).join('')}), (lang))
       ),
       named as (
         select *, splitByChar('\n', toString(source_key))[-1] as media,
           substring(toString(source_key), 1, length(source_key) - length(media) - 1) as source_name
         from counted
       ),
       weighed as (
         select *, sum(if(by_source and not endsWith(source_name, '\n'), mentions, 0)) over (partition by source_name) as weight
         from named
       ),
       ranked as (
         select *, dense_rank() over (order by weight desc, source_name) as place
         from weighed
       )
     select by_source, by_lang, bucket, media, lang${bits.names.map((name) => `, ${name}`).join('')},
       if(by_source and weight > 0 and place <= ${listedSources}, place, 0) as listed,
       any(if(listed > 0, source_name, '')) as of_source, sum(mentions) as count
     from ranked
     group by all
     ${besideOthers(clickhouse)}`,
    { ...condition.params, ...bits.params, v_starts: starts.map(seconds) },
  )
  const bySource = rows.filter((row) => row.by_source)
  const named = bySource.filter((row) => row.listed > 0).toSorted((a, b) => a.listed - b.listed)
  const top = named.filter((row) => row.listed <= shownSources)
  const others = bySource.filter((row) => row.listed === 0 || row.listed > shownSources)
  return {
    total: sum(bySource),
    byTopic: topics.map(({ id, name }, index) =>
      seriesOf(
        { key: String(id), label: name },
        rows.filter((row) => !row.by_source && !row.by_lang && hasTopic(row, index)),
        starts,
      ),
    ),
    byMedia: [...Map.groupBy(bySource, (row) => row.media)]
      .map(([media, some]) => seriesOf({ key: media === '' ? 'unknown' : media, label: media }, some, starts))
      .toSorted((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1)),
    bySource: [
      ...[...Map.groupBy(top, (row) => row.of_source)].map(([name, some]) => {
        const { platform, source } = readSource(name)
        return seriesOf({ key: `${platform}:${source}`, label: source }, some, starts)
      }),
      ...(others.length === 0 ? [] : [seriesOf({ key: 'other', label: '' }, others, starts)]),
    ],
    topSources: [...Map.groupBy(named, (row) => row.of_source)].map(([name, some]) => ({
      ...readSource(name),
      media: mediaOfMost(some),
      count: sum(some),
    })),
    languages: rows
      .filter((row) => row.by_lang)
      .map(({ lang, count }) => ({ lang: lang === '' ? null : lang, count }))
      .toSorted((a, b) => b.count - a.count || ((a.lang ?? '') < (b.lang ?? '') ? -1 : 1)),
  }
}

type Row = {
  by_source: number
  by_lang: number
  bucket: number
  media: string
  lang: string
  /** Place among the sources, from 1; 0 for those that are not listed. */
  listed: number
  /** Platform and source, parted by a line feed. */
  of_source: string
  count: number
  [bits: `topics_${number}`]: number
}

function seriesOf(name: { key: string; label: string }, rows: Row[], starts: Date[]): Series {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(row.bucket, (counts.get(row.bucket) ?? 0) + row.count)
  return { ...name, total: sum(rows), counts: starts.map((start) => counts.get(seconds(start)) ?? 0) }
}

function sum(rows: { count: number }[]): number {
  return rows.reduce((total, row) => total + row.count, 0)
}

function readSource(name: string): { platform: string; source: string } {
  const end = name.indexOf('\n')
  return { platform: name.slice(0, end), source: name.slice(end + 1) }
}

/** The media type that most mentions of the source have; null when most have none. */
function mediaOfMost(rows: Row[]): string | null {
  const counts = [...Map.groupBy(rows, (row) => row.media)].map(([media, some]) => ({ media, count: sum(some) }))
  const [most] = counts.toSorted((a, b) => b.count - a.count || (a.media < b.media ? -1 : 1))
  return most?.media || null
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}
