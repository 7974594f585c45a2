import type { Analysis } from '../../../base/text/analyse.ts'
import { mostUnits, plain, units, type Units } from '../stage/units.ts'
import { readOpinions, turnedRound } from './opinions.ts'
import type { AspectReader } from './tables.ts'
import { keyOfUnit, type ProjectTerms } from './project-terms.ts'

/** An aspect at a unit; `says`: 1 and -1 where the words themselves praise or blame. */
export type Named = { unit: number; aspect: string; says: -1 | 0 | 1 }

/** The units of a post's text in clauses, until the next post is read. */
export type Clauses = {
  units: Units
  /** The first unit of the text; before it is the title. */
  first: number
  named: Named[]
  /** By unit: its clause, and what it says by itself; words that name an aspect say nothing. */
  of: Int32Array
  tones: Float64Array
  count: number
  /** By clause: its first unit, and how it stands to the clause before. */
  starts: Int32Array
  bounds: Uint8Array
  felt: Uint8Array
  /** By unit: whether a table of the language knows it, as an aspect or by what it does. */
  known: Uint8Array
}

/** How a clause stands to the one before: in another sentence, against it, or beside it. */
export const apart = 0
export const against = 1
export const beside = 2

/** Cuts a post into clauses at the ends of sentences, commas, dashes and brackets, and at words that turn or join. */
export function readClauses(
  { cues, meanings }: AspectReader,
  analysis: Analysis,
  terms: ProjectTerms = noTerms,
): Clauses {
  const opinions = readOpinions()
  units.read(analysis)
  const { of, tones, starts, bounds, felt, known } = clauses
  const { count, words, tokens, kinds } = units
  clauses.named = []
  negated.fill(0, 0, count)
  turned.fill(0, 0, count)
  toneless.fill(0, 0, count)
  feeling.fill(0, 0, count)
  written.fill(0, 0, count)
  known.fill(0, 0, count)
  cues.find(units, nobody, (owner, from, to) => {
    const meaning = meanings[owner]!
    known.fill(1, from, to + 1)
    if (meaning.kind === 'negation')
      for (let unit = from + 1; unit <= from + reach && unit < count; unit++) negated[unit] = 1
    if (meaning.kind === 'opinion') written[from] = meaning.says
    if (meaning.kind === 'turn') turned[from] = against
    if (meaning.kind === 'join' && turned[from] === 0) turned[from] = beside
    // What joins or turns judges nothing itself, however often people who complain say “when”.
    if (meaning.kind === 'join' || meaning.kind === 'turn') toneless[from] = 1
    if (meaning.kind === 'feeling') feeling[from] = 1
    if (meaning.kind !== 'aspect') return
    if (meaning.says === 0) toneless.fill(1, from, to + 1)
    clauses.named.push({ unit: from, aspect: meaning.aspect, says: meaning.says })
  })
  if (terms.size > 0) nameTerms(terms)
  clauses.first = 0
  while (clauses.first < count && tokens[clauses.first]! < analysis.textToken) clauses.first++
  clauses.named = clauses.named.filter(({ unit }) => unit >= clauses.first)
  let clause = -1
  for (let unit = clauses.first; unit < count; unit++) {
    const bound = unit === clauses.first ? apart : boundBefore(unit, units, analysis)
    if (bound !== none) {
      clause++
      starts[clause] = unit
      bounds[clause] = bound
      felt[clause] = 0
    }
    of[unit] = clause
    if (feeling[unit] === 1) felt[clause] = 1
    if (kinds[unit] !== plain || toneless[unit] === 1) tones[unit] = 0
    else
      tones[unit] =
        negated[unit] === 1
          ? opinions.ofNegated(words[unit]!) - turnedRound * written[unit]!
          : opinions.of(units.numbers[unit]!) + written[unit]!
  }
  clauses.count = clause + 1
  starts[clauses.count] = count
  return clauses
}

function nameTerms(terms: ProjectTerms): void {
  const { named, known } = clauses
  for (let unit = 0; unit < units.count; unit++) {
    if (known[unit] === 1) continue
    const aspect = terms.get(keyOfUnit(units, unit, 2)) ?? terms.get(keyOfUnit(units, unit, 1))
    if (aspect === undefined) continue
    toneless[unit] = 1
    named.push({ unit, aspect, says: 0 })
  }
}

const noTerms: ProjectTerms = new Map()

/** How many words behind a “not” are negated. */
export const reach = 3
const none = 255

function boundBefore(unit: number, { tokens }: Units, { positions, sentenceAt, text, starts, ends }: Analysis): number {
  const [token, before] = [tokens[unit]!, tokens[unit - 1]!]
  if (sentenceAt[positions[token]!] !== sentenceAt[positions[before]!]) return apart
  if (turned[unit] === against) return against
  for (let at = ends[before]!; at < starts[token]!; at++) {
    const code = text.charCodeAt(at)
    if (
      code === comma ||
      code === semicolon ||
      code === colon ||
      code === openBracket ||
      code === closeBracket ||
      code === longDash ||
      code === dash
    )
      return turned[unit] === against ? against : beside
  }
  return turned[unit] === beside ? beside : none
}

const comma = 44
const semicolon = 59
const colon = 58
const openBracket = 40
const closeBracket = 41
const dash = 0x2013
const longDash = 0x2014

// One thread reads one text at a time.
const nobody = new Uint8Array(mostUnits)
const negated = new Uint8Array(mostUnits)
const turned = new Uint8Array(mostUnits)
/** Units that have no tone of their own. */
const toneless = new Uint8Array(mostUnits)
const feeling = new Uint8Array(mostUnits)
/** What the table says of a unit: praise 1, blame -1. */
const written = new Int8Array(mostUnits)
const clauses: Clauses = {
  units,
  first: 0,
  named: [],
  of: new Int32Array(mostUnits),
  tones: new Float64Array(mostUnits),
  count: 0,
  starts: new Int32Array(mostUnits + 1),
  bounds: new Uint8Array(mostUnits),
  felt: new Uint8Array(mostUnits),
  known: new Uint8Array(mostUnits),
}
