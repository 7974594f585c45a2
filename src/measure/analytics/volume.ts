import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { topicBits, topicsIn } from './topic-bits.ts'
import type { ComparedTopic, Condition, Words } from './measure.ts'

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
  starts: Date[],
  topics: ComparedTopic[],
): Promise<Volume> {
  const bits = topicBits(topics)
  const rows = await clickhouse.rows<Row>(
    `with
       counted as (
         select
           roundDown(toUnixTimestamp(posted_at), cast({v_starts:Array(UInt32)} as Array(UInt32))) as bucket,
           platform, source, media, lang${bits.columns.map((column) => `, ${column.sql} as ${column.name}`).join('')},
           grouping(source) = 0 as by_source, grouping(lang) = 0 as by_lang, count() as mentions
         from mention final
         where ${condition.where}
         group by grouping sets ((bucket, platform, source, media), (bucket${bits.names.map((name) => `, ${name}`).join('')}), (lang))
       ),
       weighed as (
         select *, sum(if(by_source and source != '', mentions, 0)) over (partition by platform, source) as weight
         from counted
       ),
       ranked as (
         select *, dense_rank() over (order by weight desc, source, platform) as place
         from weighed
       )
     select by_source, by_lang, bucket, media, lang${bits.names.map((name) => `, ${name}`).join('')},
       if(by_source and weight > 0 and place <= ${listedSources}, place, 0) as listed,
       any(if(listed > 0, platform, '')) as of_platform, any(if(listed > 0, source, '')) as of_source, sum(mentions) as count
     from ranked
     group by all`,
    { ...condition.params, ...bits.params, v_starts: starts.map(seconds) },
  )
  return readRows(rows, starts, topics, bits.names)
}

type Row = {
  by_source: number
  by_lang: number
  bucket: number
  media: string
  lang: string
  listed: number
  of_platform: string
  of_source: string
  count: number
  [bits: `topics_${number}`]: number
}

function readRows(rows: Row[], starts: Date[], topics: ComparedTopic[], bitNames: `topics_${number}`[]): Volume {
  const at = new Map(starts.map((start, index) => [seconds(start), index]))
  const emptySeries = (key: string, label: string): Series => ({ key, label, total: 0, counts: starts.map(() => 0) })
  const byTopic = new Map(topics.map((topic) => [topic.id, emptySeries(String(topic.id), topic.name)]))
  const byMedia = new Map<string, Series>()
  const bySource = new Map<number, Series>()
  const listed = new Map<number, SourceCount & { medias: Map<string, number> }>()
  const languages: Volume['languages'] = []
  let total = 0
  for (const row of rows) {
    if (row.by_lang) {
      languages.push({ lang: row.lang === '' ? null : row.lang, count: row.count })
      continue
    }
    const index = at.get(row.bucket) ?? 0
    if (!row.by_source) {
      for (const topic of topicsIn(
        topics,
        bitNames.map((name) => row[name] ?? 0),
      ))
        add(byTopic.get(topic.id), index, row.count)
      continue
    }
    total += row.count
    add(
      take(byMedia, row.media, () => emptySeries(row.media === '' ? 'unknown' : row.media, row.media)),
      index,
      row.count,
    )
    const shown = row.listed > shownSources ? 0 : row.listed
    const key = shown === 0 ? 'other' : `${row.of_platform}:${row.of_source}`
    add(
      take(bySource, shown, () => emptySeries(key, shown === 0 ? '' : row.of_source)),
      index,
      row.count,
    )
    if (row.listed === 0) continue
    const source = take(listed, row.listed, () => ({
      platform: row.of_platform,
      source: row.of_source,
      media: null,
      count: 0,
      medias: new Map(),
    }))
    source.count += row.count
    source.medias.set(row.media, (source.medias.get(row.media) ?? 0) + row.count)
  }
  const inOrder = <V>(map: Map<number, V>) =>
    [...map].toSorted(([a], [b]) => (a || Infinity) - (b || Infinity)).map(([, value]) => value)
  return {
    total,
    byTopic: [...byTopic.values()],
    byMedia: [...byMedia.values()].toSorted((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1)),
    bySource: inOrder(bySource),
    topSources: inOrder(listed).map(({ medias, ...source }) => ({ ...source, media: mostOf(medias) })),
    languages: languages.toSorted((a, b) => b.count - a.count || ((a.lang ?? '') < (b.lang ?? '') ? -1 : 1)),
  }
}

function add(series: Series | undefined, index: number, count: number): void {
  if (!series) return
  series.total += count
  series.counts[index] = (series.counts[index] ?? 0) + count
}

function take<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const value = map.get(key) ?? make()
  map.set(key, value)
  return value
}

/** The media type that most mentions of the source have; null when most have none. */
function mostOf(medias: Map<string, number>): string | null {
  const [most] = [...medias].toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return most?.[0] || null
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}
