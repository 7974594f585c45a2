import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { measuredLanguages, stageConfusion } from '../../listen/enrich/stage/model.ts'
import { outcomes, type Stage } from '../../listen/enrich/stage/pattern.ts'
import { countKinds, type Kind } from './kinds.ts'
import type { Condition, Words } from './measure.ts'
import { rowsToCount } from './rows-to-count.ts'
import { groupTexts, type Texts } from './texts.ts'
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

const fewestLabelled = 10
/** A stage that is hardly ever found cannot be told from none: its share would be anything. */
const leastFound = 0.3

/**
 * How the mentions of a condition divide into the stages of the cycle of a consumer. `topics`: those of an overview that is asked
 * at the same time; they change nothing but that both are counted together.
 */
export async function countStages(
  clickhouse: Clickhouse,
  asked: Condition,
  topics: { id: number }[] = [],
): Promise<StageShares> {
  const { from, condition } = await rowsToCount(clickhouse, asked)
  const [rows, { independent }] = await Promise.all([
    countKinds(clickhouse, condition, from),
    groupTexts(clickhouse, condition, from, topics),
  ])
  const all = sumOf(rows)
  const people = rows.filter(({ stageByPerson, stage }) => stageByPerson && stage !== null)
  const { kinds, measured } = checkedOf(
    rows.filter((row) => !people.includes(row)),
    independent,
  )
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
        found: sumOf(rows.filter((row) => row.stage === stage)),
        share: own === undefined || mentions === 0 ? null : addTo(own, said, mentions),
      }
    }),
    mentions,
    judged,
    unknown: all - mentions,
  }
}

/** What the machine said by language, beside how often it is wrong there; only what was measured. */
function checkedOf(rows: Kind[], independent: Texts['independent']): { kinds: Checked[]; measured: number[] } {
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
      (row) => row.lang === lang && measured.some((label) => outcomes[label] === (row.stage ?? 'none')),
    )
    return {
      said: measured.map((label) => sumOf(own.filter(({ stage }) => (stage ?? 'none') === outcomes[label]))),
      independent: sumOf(own) * independent[lang],
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

function sumOf(rows: Kind[]): number {
  return rows.reduce((total, { mentions }) => total + mentions, 0)
}
