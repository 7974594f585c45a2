import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { measuredLanguages, stageConfusion } from '../../listen/enrich/stage/model.ts'
import { outcomes, type Stage } from '../../listen/enrich/stage/pattern.ts'
import { besideOthers, textKey, type Condition, type Words } from './measure.ts'
import { rowsToCount } from './rows-to-count.ts'
import { correctCounts, type Checked, type Interval } from './true-shares.ts'

export const stagesWords: Words = {
  en: 'Share of a stage: the shares under which the stages that the machine named are likeliest, given how often it names each for each true one (counted on posts labelled by hand in the same language, docs/models/stage.md). Where a person said the stage, it counts as said. The interval (95 %) holds the smallness of that check and of these mentions, copies of one text as one. Stages with fewer than 10 labelled posts or of which less than 30 % are found, and languages never checked, have only the number found.',
  ru: 'Доля этапа: такие доли, при которых названное программой вероятнее всего, если учесть, как часто она называет каждый этап вместо каждого настоящего (посчитано по записям того же языка, размеченным вручную, docs/models/stage.md). Где этап сказал человек, он считается как сказано. Интервал (95 %) учитывает, что проверка и эти упоминания — конечное число; копии одного текста — как один. Для этапов, где размечено меньше 10 записей или находится меньше 30 % из них, и для непроверенных языков известно только, сколько найдено.',
}

/** `found`: mentions that are in it now, by the machine or a person; null share: never measured, or nothing to measure by. */
export type StageShare = { stage: Stage | null; found: number; share: Interval | null }

export type StageShares = {
  /** Every stage in the order of the cycle, and at the end null for mentions in none. */
  shares: StageShare[]
  /** Mentions that the shares stand on. */
  mentions: number
  /** Of these, by a person. */
  judged: number
  /** Left out: in languages never checked, or in stages with too few labelled posts. */
  unknown: number
}

const stages = outcomes.slice(1)
const fewestLabelled = 10
/** A stage that is hardly ever found cannot be told from none: its share would be anything. */
const leastFound = 0.3

/** How the mentions of a condition divide into the stages of the cycle of a consumer. */
export async function countStages(clickhouse: Clickhouse, asked: Condition): Promise<StageShares> {
  const { from, condition } = await rowsToCount(clickhouse, asked)
  // Language, stage and person in one number: texts are grouped by numbers several times faster than by names.
  const counted = await clickhouse.rows<{ kind: number; mentions: number; squares: number }>(
    `select kind, sum(copies) as mentions, sum(copies * copies) as squares
     from (
       select toUInt16(
           ${placeIn('substring(lang, 1, 2)', 's_langs')} * ${kindsOfLang} + ${placeIn('stage', 's_stages')} * 2 + has(corrected, 'stage')
         ) as kind, ${textKey} as text_key, count() as copies
       from ${from}
       where ${condition.where}
       group by kind, text_key
     )
     group by kind
     ${besideOthers(clickhouse)}`,
    { ...condition.params, s_langs: measuredLanguages, s_stages: stages },
  )
  const rows = counted.map(readKind)
  const all = sumOf(rows)
  const people = rows.filter(({ person, stage }) => person && stage !== '')
  const { kinds, measured } = checkedOf(rows.filter((row) => !people.includes(row)))
  const machine = kinds.reduce((total, { said }) => total + said.reduce((sum, count) => sum + count, 0), 0)
  const judged = sumOf(people.filter(({ stage }) => measured.some((label) => outcomes[label] === stage)))
  const mentions = machine + judged
  const corrected = correctCounts(kinds, measured.length)
  return {
    shares: [...outcomes.slice(1), outcomes[0]].map((outcome) => {
      const stage = outcome === 'none' ? null : outcome
      const own = corrected[measured.indexOf(outcomes.indexOf(outcome))]
      const said = sumOf(people.filter((row) => row.stage === stage))
      return {
        stage,
        found: sumOf(rows.filter((row) => row.stage === (stage ?? ''))),
        share: own === undefined || mentions === 0 ? null : addTo(own, said, mentions),
      }
    }),
    mentions,
    judged,
    unknown: all - mentions,
  }
}

/** `lang`: null where it was never checked; `stage`: empty where the mention is in none. */
type Row = { lang: string | null; stage: string; person: boolean; mentions: number; squares: number }

const kindsOfLang = 2 * outcomes.length

/** The place of a value in the list of a parameter, from 1; 0 where it is not in it. The engine looks up each name once. */
function placeIn(value: string, list: string): string {
  const names = `cast({${list}:Array(String)} as Array(String))`
  return `transform(${value}, ${names}, arrayEnumerate(${names}), 0)`
}

function readKind({ kind, ...counts }: { kind: number; mentions: number; squares: number }): Row {
  const stage = Math.floor((kind % kindsOfLang) / 2)
  return {
    lang: measuredLanguages[Math.floor(kind / kindsOfLang) - 1] ?? null,
    stage: stages[stage - 1] ?? '',
    person: kind % 2 === 1,
    ...counts,
  }
}

/** What the machine said by language, beside how often it is wrong there; only what was measured. */
function checkedOf(rows: Row[]): { kinds: Checked[]; measured: number[] } {
  const tables = measuredLanguages.map((lang) => ({ lang, table: stageConfusion(lang) }))
  const pooled = outcomes.map((_, truth) =>
    outcomes.map((__, answer) => tables.reduce((total, { table }) => total + table[truth]![answer]!, 0)),
  )
  const posts = (row: number[]) => row.reduce((total, count) => total + count, 0)
  const measured = [...outcomes.keys()].filter(
    (label) => posts(pooled[label]!) >= fewestLabelled && pooled[label]![label]! >= leastFound * posts(pooled[label]!),
  )
  const kinds = tables.map(({ lang, table }) => {
    const own = rows.filter(
      (row) => row.lang === lang && measured.some((label) => outcomes[label] === (row.stage || 'none')),
    )
    const squares = own.reduce((total, row) => total + row.squares, 0)
    return {
      said: measured.map((label) => sumOf(own.filter(({ stage }) => (stage || 'none') === outcomes[label]))),
      independent: squares === 0 ? 0 : sumOf(own) ** 2 / squares,
      // Where a language has too few labelled posts of a stage, those of all languages speak for it.
      confusion: measured.map((truth) => {
        const counted = posts(table[truth]!) >= fewestLabelled ? table : pooled
        return measured.map((answer) => counted[truth]![answer]!)
      }),
    }
  })
  return { kinds, measured }
}

function addTo({ estimate, low, high }: Interval, said: number, mentions: number): Interval {
  const share = (count: number) => Math.min(1, (count + said) / mentions)
  return { estimate: share(estimate), low: share(low), high: share(high) }
}

function sumOf(rows: Row[]): number {
  return rows.reduce((total, { mentions }) => total + mentions, 0)
}
