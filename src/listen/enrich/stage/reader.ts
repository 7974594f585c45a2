import type { Analysis } from '../../../base/text/analyse.ts'
import type { Post } from '../../posts/post.ts'
import { Cues } from './cues.ts'
import { bitOf, readFacts, type Facts } from './facts.ts'
import { marks, outcomes, type Fact, type Pattern, type PatternTable } from './pattern.ts'
import type { Names } from './names.ts'
import { mostUnits, units, type Units } from './units.ts'

/** A pattern that holds, and the units of its first cue; -1 where the facts alone decided. */
export type Held = { pattern: Pattern; from: number; to: number }

/** `names`: which units name the brand or a competitor; null: not known. */
export type Reading = { held: Held[]; facts: Facts; units: Units; names: Uint8Array | null }

/** Reads posts of one language with its table; which patterns hold. */
export class StageReader {
  readonly #patterns: readonly Pattern[]
  readonly #cues = new Cues()
  /** 1 where a pattern needs a cue. */
  readonly #cued: Uint8Array
  readonly #when: Int32Array
  readonly #unless: Int32Array
  readonly #from: Int32Array
  readonly #to: Int32Array
  readonly #negation: number
  #negated = -9
  #facts = 0

  constructor(table: PatternTable) {
    this.#patterns = table.patterns
    const count = table.patterns.length
    this.#cued = Uint8Array.from(table.patterns, ({ cues }) => (cues ? 1 : 0))
    this.#when = Int32Array.from(table.patterns, ({ when }) => bitsOf(when))
    this.#unless = Int32Array.from(table.patterns, ({ unless }) => bitsOf(unless))
    this.#from = new Int32Array(count)
    this.#to = new Int32Array(count)
    this.#negation = count + marks.length
    // Cues are told in the order of the words they begin with, so a “not” is known before what it negates.
    for (const word of table.negations) this.#cues.add(this.#negation, word)
    table.patterns.forEach(({ cues }, owner) => cues?.forEach((cue) => this.#cues.add(owner, cue)))
    marks.forEach((mark, i) => table.marks[mark].forEach((cue) => this.#cues.add(count + i, cue)))
  }

  read(
    post: Pick<Post, 'rating' | 'media' | 'kind'>,
    analysis: Analysis,
    names: Names | null,
    tone: 'negative' | 'neutral' | 'positive' | null,
  ): Reading {
    units.read(analysis)
    this.#from.fill(-1)
    this.#negated = -9
    const named = names?.(units) ?? null
    this.#facts = readFacts(post, analysis, units, tone, named)
    this.#cues.find(units, named ?? noNames, this.#found)
    const held: Held[] = []
    const facts = this.#facts
    for (let i = 0; i < this.#cued.length; i++) {
      if (this.#cued[i] === 1 && this.#from[i]! < 0) continue
      if ((facts & this.#when[i]!) !== this.#when[i]! || (facts & this.#unless[i]!) !== 0) continue
      held.push({ pattern: this.#patterns[i]!, from: this.#from[i]!, to: this.#cued[i] === 1 ? this.#to[i]! : -1 })
    }
    return { held, facts, units, names: named }
  }

  readonly #found = (owner: number, from: number, to: number): void => {
    const count = this.#patterns.length
    if (owner === this.#negation) this.#negated = from
    else if (owner >= count) this.#facts |= markBits[owner - count]!
    else if (this.#from[owner]! < 0 && !(this.#patterns[owner]!.unnegated && from - this.#negated <= reach)) {
      this.#from[owner] = from
      this.#to[owner] = to
    }
  }
}

/** The sum of the weights of the patterns that hold, by outcome. Without any sign of a stage a post has none. */
export function sumWeights(held: readonly Held[], sums: Float64Array): void {
  sums.fill(0)
  sums[0] = 1
  for (const { pattern } of held) sums[outcomes.indexOf(pattern.outcome)]! += pattern.weight
}

function bitsOf(facts: readonly Fact[] = []): Facts {
  return facts.reduce((bits, fact) => bits | bitOf(fact), 0)
}

const markBits = marks.map((mark) => bitOf(mark))
/** How many words behind a “not” are negated. */
const reach = 2

/** No unit names anybody. */
const noNames = new Uint8Array(mostUnits)
