import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import { sentimentErrors } from '../../listen/enrich/sentiment/model.ts'
import { drawnOrder } from '../../listen/mentions/search.ts'
import { findMachineWords } from '../../listen/mentions/machine-words.ts'
import {
  hasChances,
  judgedByPerson,
  languageParams,
  ofTonality,
  tonalities,
  type Sums,
  type Tonality,
} from './chances.ts'
import { countKinds, type Kind } from './kinds.ts'
import type { Condition, Rows, Words } from './measure.ts'
import { rowsToCount } from './rows-to-count.ts'
import { groupTexts } from './texts.ts'

export const tonalityWords: Words = {
  en: 'Share of a tonality: the sum of the chances that each mention has it ÷ the mentions with chances; where a person judged, the chance is 1 or 0. The interval (95 %) holds what the machine is unsure of, copies of one text as one, and how far its chances were from the truth when they were measured in that language. Once people have judged 50 mentions drawn by chance, the estimate is corrected by the mean difference between them and the machine on these, and the interval is that of the drawing. Mentions without a chance, or in a language never measured, are left out.',
  ru: 'Доля тональности: сумма вероятностей этой тональности по упоминаниям ÷ число упоминаний, где вероятность известна; где судил человек, вероятность — 1 или 0. Интервал (95 %) включает неуверенность программы (копии одного текста — как один) и то, насколько её вероятности расходились с правдой при проверке на этом языке. Когда люди оценят 50 упоминаний, выбранных случайно, оценка поправляется на среднюю разницу между людьми и программой на них, а интервал — это ошибка такой выборки. Упоминания без вероятности или на непроверенном языке не учитываются.',
}

/** From 0 to 1, with the ends of the 95 % interval. */
export type Share = { tonality: Tonality; estimate: number; low: number; high: number }

export type TonalityShares = {
  /** Empty when there is no mention to judge by. */
  shares: Share[]
  /**
   * `machine`: its own chances, as wrong as they were when they were measured elsewhere. `people`: corrected by mentions of
   * this very choice that were drawn by chance and judged.
   */
  by: 'machine' | 'people'
  /** Mentions that the shares stand on. */
  mentions: number
  judged: number
  /** The machine has chances and no label. */
  unsure: number
  /** Left out: no chances, or a language never measured. */
  unknown: number
  /** How many of the first ones in the drawn order people have judged; from `fewestDrawn` on they correct. */
  drawn: number
}

export const fewestDrawn = 50

/**
 * How the mentions of a condition divide into tonalities. Without a check, probabilistic classify and count (Bella et al.,
 * “Quantification via probability estimators”, 2010), with the variance of a sum of independent labels. With one, the
 * difference estimator of survey sampling (Särndal, Swensson, Wretman 1992, 6.3; “prediction-powered inference”,
 * Angelopoulos et al. 2023), which is right however wrong the machine is. What people correct by themselves does not
 * tell how often it errs, for they look for errors; so only what was drawn by chance does. `topics`: those of an overview that is
 * asked at the same time; they change nothing but that both are counted together.
 */
export async function countTonality(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  project: number,
  asked: Condition,
  topics: { id: number }[] = [],
): Promise<TonalityShares> {
  const { from, condition } = await rowsToCount(clickhouse, asked)
  const [kinds, { variances }] = await Promise.all([
    countKinds(clickhouse, condition, from),
    groupTexts(clickhouse, condition, from, topics),
  ])
  const counts = joinKinds(kinds)
  const mentions = counts.chances + counts.judged
  // Where nobody judged, nothing has to be drawn.
  const sample = counts.judged < fewestDrawn ? [] : judgedBeginning(await listFirstDrawn(clickhouse, condition, from))
  const facts = {
    mentions,
    judged: counts.judged,
    unsure: counts.unsure,
    unknown: counts.all - mentions,
    drawn: sample.length,
  }
  if (mentions === 0) return { ...facts, by: 'machine', shares: [] }
  if (sample.length < fewestDrawn)
    return { ...facts, by: 'machine', shares: shareByMachine(counts, variances, kinds, mentions) }
  const judged = await listJudged(clickhouse, condition, from)
  const machine = await findMachineWords(
    db,
    project,
    judged.map(({ id }) => id),
  )
  return { ...facts, by: 'people', shares: shareByPeople(counts, mentions, judged, new Set(sample), machine) }
}

type Counts = Pick<Kind, 'chances' | 'judged' | 'unsure' | 'sums' | 'people'> & { all: number }

function joinKinds(kinds: Kind[]): Counts {
  const sum = (of: (kind: Kind) => number) => kinds.reduce((total, kind) => total + of(kind), 0)
  return {
    all: sum(({ mentions }) => mentions),
    chances: sum(({ chances }) => chances),
    judged: sum(({ judged }) => judged),
    unsure: sum(({ unsure }) => unsure),
    sums: ofTonality((tonality) => sum(({ sums }) => sums[tonality])),
    people: ofTonality((tonality) => sum(({ people }) => people[tonality])),
  }
}

function shareByMachine(counts: Counts, variances: Sums, kinds: Kind[], mentions: number): Share[] {
  // All mentions of a language may lean to one side, so this does not shrink with their number.
  const errors = sentimentErrors()
  const lean = kinds.reduce((sum, { lang, chances }) => sum + chances * (errors[lang ?? ''] ?? 0), 0) / mentions
  return tonalities.map((tonality) => {
    const estimate = (counts.sums[tonality] + counts.people[tonality]) / mentions
    const spread = (z * Math.sqrt(variances[tonality])) / mentions + lean
    return between(tonality, estimate, spread)
  })
}

type Drawn = { id: string; judged: boolean }
const mostDrawn = 5_000

async function listFirstDrawn(clickhouse: Clickhouse, condition: Condition, from: Rows): Promise<Drawn[]> {
  return clickhouse.rows<Drawn>(
    `select id, ${judgedByPerson} as judged
     from ${from}
     where ${condition.where} and ${hasChances}
     order by ${drawnOrder}, id
     limit ${mostDrawn}`,
    { ...condition.params, ...languageParams() },
  )
}

/**
 * The judged ones of the longest beginning of which four in five are judged: new mentions fall into it by chance, and
 * must not make the work of people worthless.
 */
export function judgedBeginning(drawn: Drawn[]): string[] {
  const judged: string[] = []
  let length = 0
  for (const [index, one] of drawn.entries()) {
    if (one.judged) judged.push(one.id)
    if (judged.length >= 0.8 * (index + 1)) length = judged.length
  }
  return judged.slice(0, length)
}

type Judged = { id: string; sentiment: Tonality; measured: boolean }

async function listJudged(clickhouse: Clickhouse, condition: Condition, from: Rows): Promise<Judged[]> {
  return clickhouse.rows<Judged>(
    `select id, sentiment, ${hasChances} as measured from ${from} where ${condition.where} and ${judgedByPerson}`,
    { ...condition.params, ...languageParams() },
  )
}

function shareByPeople(
  counts: Counts,
  mentions: number,
  judged: Judged[],
  sample: Set<string>,
  machine: Map<string, Sums>,
): Share[] {
  const both = judged.flatMap(({ id, sentiment, measured }) => {
    const chances = machine.get(id)
    return chances && measured ? [{ id, sentiment, chances }] : []
  })
  // Of what the machine does not judge, people's word is all there is.
  const alone = judged.filter(({ id, measured }) => !measured || !machine.has(id))
  const known = counts.chances + both.length
  return tonalities.map((tonality) => {
    const differences = both
      .filter(({ id }) => sample.has(id))
      .map(({ sentiment, chances }) => (sentiment === tonality ? 1 : 0) - chances[tonality])
    const n = differences.length
    const mean = n === 0 ? 0 : differences.reduce((sum, one) => sum + one, 0) / n
    const variance = n < 2 ? 1 : differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1)
    const chances = counts.sums[tonality] + both.reduce((sum, one) => sum + one.chances[tonality], 0)
    const said = alone.filter(({ sentiment }) => sentiment === tonality).length
    const estimate = (chances + known * mean + said) / mentions
    // Drawn without putting back: when all are judged, nothing is left to err about.
    const spread = (known / mentions) * z * Math.sqrt((variance / Math.max(1, n)) * (1 - n / Math.max(n, known, 1)))
    return between(tonality, estimate, spread)
  })
}

const z = 1.96

function between(tonality: Tonality, estimate: number, spread: number): Share {
  const within = (value: number) => Math.min(1, Math.max(0, value))
  return { tonality, estimate: within(estimate), low: within(estimate - spread), high: within(estimate + spread) }
}
