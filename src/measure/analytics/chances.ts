import type { SqlParams } from '../../base/clickhouse/clickhouse.ts'
import { sentimentErrors } from '../../listen/enrich/sentiment/model.ts'

export const tonalities = ['negative', 'neutral', 'positive'] as const
export type Tonality = (typeof tonalities)[number]
export type Sums = { [tonality in Tonality]: number }

// In SQL over the rows of `mention`. Where a parameter is asked for, it is one of `languageParams`.

export const judgedByPerson = "has(corrected, 'sentiment')"
const chancesKnown = 'chance_negative is not null and chance_positive is not null'
/** The code of the language without its script: models are measured by it. */
export const codeOfLanguage = 'substring(lang, 1, 2)'
/** The machine has chances, in a language in which it was measured. */
export const hasChances = `${chancesKnown} and ${codeOfLanguage} in {y_langs:Array(String)}`
/** A person did not judge it, and the machine `hasChances`. */
export const onlyByMachine = `not ${judgedByPerson} and ${hasChances}`

/** Where `hasChances`. */
export const chanceOf: { [tonality in Tonality]: string } = {
  negative: 'assumeNotNull(chance_negative)',
  neutral: 'greatest(0, 1 - assumeNotNull(chance_negative) - assumeNotNull(chance_positive))',
  positive: 'assumeNotNull(chance_positive)',
}

export const languageParams = (): SqlParams => ({ y_langs: Object.keys(sentimentErrors()) })

/** Columns of a question, one for each tonality. */
export const ofEach = (write: (tonality: Tonality) => string) => tonalities.map(write).join(', ')

export function ofTonality(value: (tonality: Tonality) => number): Sums {
  return { negative: value('negative'), neutral: value('neutral'), positive: value('positive') }
}
