import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { measuredLanguages } from '../../listen/enrich/stage/model.ts'
import { chanceOf, codeOfLanguage, languageParams, ofEach, ofTonality, onlyByMachine, type Sums } from './chances.ts'
import { largest, readLargest, type Large } from './largest.ts'
import { besideOthers, type Condition, type Rows, type Words } from './measure.ts'
import { hasTopic, topicBits } from './topic-bits.ts'

export const uniqueWords: Words = {
  en: 'Unique: the number of mentions, near-duplicates of one text counted once.',
  ru: 'Уникальные: число упоминаний, где почти одинаковые тексты считаются один раз.',
}

type Language = (typeof measuredLanguages)[number]

export type Texts = {
  unique: number
  uniqueOfTopic: Map<number, number>
  /** Of texts that were met at least twice; `at` is the moment of the first. */
  largest: Large[]
  /** The variances of the sums of chances, where only the machine judged: copies of one text deviate together. */
  variances: Sums
  /** What share of a language's mentions stand for themselves, copies of one text being right or wrong together; 1 without copies. */
  independent: { [language in Language]: number }
}

const listedTexts = 10

/**
 * Groups the mentions by their text once, for all that is asked of texts: grouping costs more than what is counted meanwhile.
 * Askers of the same condition and topics at the same time share it.
 *
 * Copies of one text add up before they are squared: the variance of a sum of chances has the square of the sum of
 * deviations of each text, and the share of independent mentions is Σ n ÷ Σ n² over texts of n copies (the design effect of clusters
 * whose members are alike; Kish, “Survey sampling”, 1965).
 */
export async function groupTexts(
  clickhouse: Clickhouse,
  condition: Condition,
  from: Rows,
  topics: { id: number }[],
): Promise<Texts> {
  const bits = topicBits(topics)
  const names = bits.names.join(', ')
  const rows = await clickhouse.shared<Row>(
    `select ${names ? `${names}, ` : ''}count() as texts, ${largest(listedTexts, 'mentions > 1')} as largest,
       ${ofEach((t) => `sum(${t} * ${t}) as variance_${t}`)},
       ${measuredLanguages.map((lang) => `sum(in_${lang}) as copies_${lang}, sum(in_${lang} * in_${lang}) as squares_${lang}`).join(', ')}
     from (
       select cluster_key as key, count() as mentions, min(posted_at) as at,
         ${ofEach((t) => `sumIf(sqrt(greatest(0, ${chanceOf[t]} * (1 - ${chanceOf[t]}))), ${onlyByMachine}) as ${t}`)},
         ${measuredLanguages.map((lang) => `countIf(${codeOfLanguage} = '${lang}') as in_${lang}`).join(', ')}
         ${bits.columns.map((column) => `, groupBitOr(${column.sql}) as ${column.name}`).join('')}
       from ${from}
       where ${condition.where}
       group by key
     )
     ${names ? `group by ${names}` : ''}
     ${besideOthers(clickhouse)}`,
    { ...condition.params, ...bits.params, ...languageParams() },
  )
  const sum = (of: (row: Row) => number) => rows.reduce((total, row) => total + of(row), 0)
  const independent = (lang: Language) => {
    const squares = sum((row) => row[`squares_${lang}`])
    return squares === 0 ? 1 : sum((row) => row[`copies_${lang}`]) / squares
  }
  return {
    unique: sum(({ texts }) => texts),
    uniqueOfTopic: new Map(topics.map(({ id }, place) => [id, sum((row) => (hasTopic(row, place) ? row.texts : 0))])),
    largest: readLargest(
      rows.flatMap((row) => row.largest),
      listedTexts,
    ),
    variances: ofTonality((tonality) => sum((row) => row[`variance_${tonality}`])),
    independent: { ru: independent('ru'), en: independent('en') },
  }
}

type Row = {
  texts: number
  largest: string[]
  [bits: `topics_${number}`]: number
} & { [of in `variance_${keyof Sums}` | `copies_${Language}` | `squares_${Language}`]: number }
