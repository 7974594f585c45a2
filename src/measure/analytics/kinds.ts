import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { sentimentErrors } from '../../listen/enrich/sentiment/model.ts'
import { measuredLanguages } from '../../listen/enrich/stage/model.ts'
import { outcomes, type Stage } from '../../listen/enrich/stage/pattern.ts'
import {
  chanceOf,
  codeOfLanguage,
  judgedByPerson,
  languageParams,
  ofEach,
  ofTonality,
  onlyByMachine,
  type Sums,
} from './chances.ts'
import { besideOthers, type Condition, type Rows } from './measure.ts'

/** Mentions alike in language, stage and who said the stage. */
export type Kind = {
  /** Two letters; null where no model was measured. */
  lang: string | null
  /** Null: in none. */
  stage: Stage | null
  stageByPerson: boolean
  mentions: number
  /** Of the mentions that only the machine judged: how many have chances in a measured language, and the sums of these. */
  chances: number
  sums: Sums
  /** Mentions whose tonality a person said, and which. */
  judged: number
  people: Sums
  /** The machine has chances and no label. */
  unsure: number
}

/** What is known of tonality and stage, in one pass; askers of the same condition at the same time share it. */
export async function countKinds(clickhouse: Clickhouse, condition: Condition, from: Rows): Promise<Kind[]> {
  const langs = [...new Set([...measuredLanguages, ...Object.keys(sentimentErrors())])]
  // Language, stage and person in one number: the engine groups by a number several times faster than by names.
  const rows = await clickhouse.shared<{ kind: number } & { [column: string]: number }>(
    `select toUInt16(
         ${placeIn(codeOfLanguage, 'k_langs')} * ${kindsOfLang} + ${placeIn('stage', 'k_stages')} * 2 + has(corrected, 'stage')
       ) as kind, count() as mentions, countIf(${onlyByMachine}) as chances, countIf(${judgedByPerson}) as judged,
       countIf(not ${judgedByPerson} and sentiment = '' and sentiment_confidence is not null) as unsure,
       ${ofEach((t) => `sumIf(${chanceOf[t]}, ${onlyByMachine}) as sum_${t}, countIf(${judgedByPerson} and sentiment = '${t}') as people_${t}`)}
     from ${from}
     where ${condition.where}
     group by kind
     ${besideOthers(clickhouse)}`,
    { ...condition.params, ...languageParams(), k_langs: langs, k_stages: stages },
  )
  return rows.map((row) => ({
    lang: langs[Math.floor(row.kind / kindsOfLang) - 1] ?? null,
    stage: stages[Math.floor((row.kind % kindsOfLang) / 2) - 1] ?? null,
    stageByPerson: row.kind % 2 === 1,
    mentions: row['mentions']!,
    chances: row['chances']!,
    sums: ofTonality((tonality) => row[`sum_${tonality}`]!),
    judged: row['judged']!,
    people: ofTonality((tonality) => row[`people_${tonality}`]!),
    unsure: row['unsure']!,
  }))
}

const stages = outcomes.slice(1) as Stage[]
const kindsOfLang = 2 * outcomes.length

/** The place of a value in the list of a parameter, from 1; 0 where it is not in it. The engine looks up each name once. */
function placeIn(value: string, list: string): string {
  const names = `cast({${list}:Array(String)} as Array(String))`
  return `transform(${value}, ${names}, arrayEnumerate(${names}), 0)`
}
