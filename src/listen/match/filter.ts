import type { AnalysisMode } from '../../base/text/analyse.ts'
import { classes, sigil } from '../../base/text/characters.ts'
import { foldsInside, lastRussian } from '../../base/text/folds.ts'
import { hashOf, hashSeed, hashStep, spread, wholeWord } from '../../base/text/hash.ts'
import { foldAddress } from '../../base/text/make-word.ts'
import { plainFolds, uncommon } from '../../base/text/plain.ts'
import { stemmedLanguages } from '../../base/text/stem.ts'
import { wholeAddress } from '../../base/text/tokens.ts'
import { isMarked, isWantedWord, type Wanted } from '../../base/text/wanted.ts'
import { ints, type Ints, type Memory } from './memory.ts'

/**
 * Says of most words that no query can want them, before they are understood: bits for the hashes of wanted words and of
 * beginnings of wanted words (Bloom 1970, with one hash). It never says so of a wanted word.
 */
export class Filter {
  /** Each eight times as large as the one before; one is in use. */
  readonly #tables: Ints[]
  /** How many hashes are marked, the number of the table, and by group the lengths of beginnings, one bit each. */
  readonly #state: Ints
  readonly #marked: Ints
  // How many of the marks stand in the next table already.
  #moved = 0
  readonly #folds: Uint16Array
  readonly #lastOfAny: number

  constructor(memory: Memory, mode: AnalysisMode) {
    this.#tables = Array.from({ length: tables }, (_, i) => ints(memory, `filter table ${i}`))
    this.#state = ints(memory, 'filter state')
    this.#marked = ints(memory, 'filter marked')
    this.#folds = mode === 'plain' ? plainFolds : foldsInside
    this.#lastOfAny = mode === 'plain' ? 0xffff : lastRussian
    this.#state.reach(2 + groups)
    if (this.#bits.length === 0) this.#tables[0]!.reach(firstInts)
  }

  refresh(): void {
    for (const table of this.#tables) table.refresh()
  }

  /** Bits of whole words while nothing else is wanted; null when also the beginning of a word decides. */
  get words(): Wanted | null {
    for (let group = 0; group < groups; group++) if (this.#lengths(group) !== 0) return null
    return this.#bits
  }

  /** Lets the whole folded word through. */
  wantWord(folded: string): void {
    this.#mark(wholeWord(hashOf(folded)))
  }

  /** Lets through everything whose folded letters begin so; the empty beginning lets everything through. */
  wantBeginning(folded: string): void {
    this.#want(folded, any)
  }

  /** Lets through every single word of posts of the language (any language: '') whose folded letters begin so. */
  wantForms(beginning: string, language: string): void {
    this.#want(beginning, formsIn(language))
  }

  /** Whether some query may want this word of a post of the language; see `Lexicon`. */
  wants(text: string, start: number, end: number, hash: number, width: number, language: string): boolean {
    if (hash === wholeAddress) return this.#wantsAddress(foldAddress(text.slice(start, end)))
    // Only single words have forms.
    const hasForms = width === 1 && classes[text.charCodeAt(start)] !== sigil
    const [ofAny, forms, formsHere] = [this.#lengths(any), this.#lengths(formsIn('')), this.#lengths(formsIn(language))]
    const lengths = hasForms ? ofAny | forms | formsHere : ofAny
    if ((lengths & 1) !== 0) return true
    const bits = this.#bits
    const seed = seedOf(formsIn(language))
    let beginning = hashSeed
    for (let i = start; i < end; i++) {
      const folded = this.#folds[text.charCodeAt(i)]!
      if (folded <= uncommon || (hasForms && folded > this.#lastOfAny)) return true
      beginning = hashStep(beginning, folded)
      const length = i + 1 - start
      if (length > longestBeginning || ((lengths >>> length) & 1) === 0) continue
      if (((ofAny >>> length) & 1) !== 0 && isMarked(bits, beginning)) return true
      if (!hasForms) continue
      if (((forms >>> length) & 1) !== 0 && isMarked(bits, beginning ^ formsSeed)) return true
      if (((formsHere >>> length) & 1) !== 0 && isMarked(bits, beginning ^ seed)) return true
    }
    return isWantedWord(bits, beginning)
  }

  #wantsAddress(folded: string): boolean {
    const lengths = this.#lengths(any)
    let hash = hashSeed
    for (let length = 0; length < folded.length; length++) {
      if (length <= longestBeginning && ((lengths >>> length) & 1) !== 0) {
        if (length === 0 || isMarked(this.#bits, hash)) return true
      }
      hash = hashStep(hash, folded.charCodeAt(length))
    }
    return isWantedWord(this.#bits, hash)
  }

  #lengths(group: number): number {
    return this.#state.view[2 + group]!
  }

  #want(folded: string, group: number): void {
    const length = Math.min(folded.length, longestBeginning)
    this.#state.view[2 + group]! |= 1 << length
    this.#mark(hashOf(folded.slice(0, length)) ^ seedOf(group))
  }

  get #bits(): Int32Array {
    return this.#tables[this.#state.view[1]!]!.view
  }

  #mark(hash: number): void {
    const count = ++this.#state.view[0]!
    this.#marked.reach(count)
    this.#marked.view[count - 1] = hash
    setBit(this.#bits, hash)
    // One bit in sixteen at most, so that few unwanted words come through.
    if (count * 16 > this.#bits.length * 32) this.#move(count)
  }

  // Some marks at a time, so that no query waits for all of them.
  #move(count: number): void {
    const next = this.#tables[this.#state.view[1]! + 1]
    if (!next) return
    next.reach(this.#bits.length * 8)
    for (let left = 16; left > 0 && this.#moved < count; left--) setBit(next.view, this.#marked.view[this.#moved++]!)
    if (this.#moved < count) return
    this.#state.view[1]!++
    this.#moved = 0
  }
}

function setBit(bits: Int32Array, hash: number): void {
  const place = spread(hash, bits.length * 32)
  bits[place >>> 5]! |= 1 << (place & 31)
}

// Beginnings of one group mean nothing to another: of anything, of forms in posts of any language, of forms in one language.
const any = 0
const groups = 2 + stemmedLanguages.length

function formsIn(language: string): number {
  return stemmedLanguages.indexOf(language) + 2
}

function seedOf(group: number): number {
  return Math.imul(group, 0x9e3779b1)
}

const formsSeed = seedOf(formsIn(''))
// Longer beginnings are marked by so many letters.
const longestBeginning = 31
const firstInts = 2 ** 13
const tables = 5
