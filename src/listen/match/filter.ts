import type { AnalysisMode } from '../../base/text/analyse.ts'
import { classes, sigil } from '../../base/text/characters.ts'
import { foldsInside, lastRussian } from '../../base/text/folds.ts'
import { hashOf, hashSeed, hashStep, wholeWord } from '../../base/text/hash.ts'
import { foldAddress } from '../../base/text/make-word.ts'
import { plainFolds, uncommon } from '../../base/text/plain.ts'
import { stemmedLanguages } from '../../base/text/stem.ts'
import { wholeAddress } from '../../base/text/tokens.ts'
import { isMarked, isWantedWord, type Wanted } from '../../base/text/wanted.ts'
import { Marks } from './marks.ts'
import { ints, type Ints, type Memory } from './memory.ts'

/**
 * Says of most words that no query can want them, before they are understood, by marks of wanted words and of beginnings of wanted
 * words. It never says so of a wanted word.
 */
export class Filter {
  /**
   * Whole words, beginnings of anything, and beginnings of single words in posts of any language, whether something or a form is
   * wanted of them: so each beginning of a word is looked up once.
   */
  readonly #marks: Marks
  /** Beginnings of forms in posts of one language; apart, as each word of a query has some in a dozen of languages. */
  readonly #marksOfLanguages: Marks
  /** By group the lengths of beginnings, one bit each. */
  readonly #lengths: Ints
  readonly #folds: Uint16Array
  readonly #mode: AnalysisMode

  constructor(memory: Memory, mode: AnalysisMode) {
    this.#marks = new Marks(memory, 'filter')
    this.#marksOfLanguages = new Marks(memory, 'filter of languages')
    this.#lengths = ints(memory, 'filter lengths')
    this.#lengths.reach(groupIn('') + 1 + stemmedLanguages.length)
    this.#folds = mode === 'plain' ? plainFolds : foldsInside
    this.#mode = mode
  }

  refresh(): void {
    this.#marks.refresh()
    this.#marksOfLanguages.refresh()
  }

  /** Bits of whole words while nothing else is wanted; null when words have forms or the beginning of a word decides. */
  get words(): Wanted | null {
    return this.#mode === 'plain' && this.#lengths.view[anything] === 0 ? this.#marks.bits : null
  }

  /** Lets the whole folded word through. */
  wantWord(folded: string): void {
    this.#marks.mark(wholeWord(hashOf(folded)))
  }

  /** Lets through everything whose folded letters begin so; the empty beginning lets everything through. */
  wantBeginning(folded: string): void {
    this.#want(folded, anything, this.#marks)
    if (this.#mode === 'forms') this.#want(folded, anyLanguage, this.#marks)
  }

  /** Lets through every single word of posts of the language (any language: '') whose folded letters begin so. */
  wantForms(beginning: string, language: string): void {
    this.#want(beginning, groupIn(language), language === '' ? this.#marks : this.#marksOfLanguages)
  }

  /** Whether some query may want this word of a post of the language, whose group is given; see `Lexicon`. */
  wants(text: string, start: number, end: number, hash: number, width: number, group: number): boolean {
    if (hash === wholeAddress) return this.#wantsAddress(foldAddress(text.slice(start, end)))
    // Only single words have forms.
    const hasForms = this.#mode === 'forms' && width === 1 && classes[text.charCodeAt(start)] !== sigil
    const everywhere = hasForms ? anyLanguage : anything
    const begin = this.#lengths.view[everywhere]!
    const formsHere = hasForms && group !== anyLanguage ? this.#lengths.view[group]! : 0
    const lengths = begin | formsHere
    if ((lengths & 1) !== 0) return true
    const { bits } = this.#marks
    const seed = seedOf(everywhere)
    let beginning = hashSeed
    for (let i = start; i < end; i++) {
      const folded = this.#folds[text.charCodeAt(i)]!
      if (folded <= uncommon || (hasForms && folded > lastRussian)) return true
      beginning = hashStep(beginning, folded)
      const length = i + 1 - start
      if (length > longestBeginning || ((lengths >>> length) & 1) === 0) continue
      if (((begin >>> length) & 1) !== 0 && isMarked(bits, beginning ^ seed)) return true
      if (((formsHere >>> length) & 1) !== 0 && this.#marksOfLanguages.has(beginning ^ seedOf(group))) return true
    }
    return isWantedWord(bits, beginning)
  }

  #wantsAddress(folded: string): boolean {
    const lengths = this.#lengths.view[anything]!
    let hash = hashSeed
    for (let length = 0; length < folded.length; length++) {
      if (length <= longestBeginning && ((lengths >>> length) & 1) !== 0) {
        if (length === 0 || this.#marks.has(hash ^ seedOf(anything))) return true
      }
      hash = hashStep(hash, folded.charCodeAt(length))
    }
    return isWantedWord(this.#marks.bits, hash)
  }

  #want(folded: string, group: number, marks: Marks): void {
    const length = Math.min(folded.length, longestBeginning)
    this.#lengths.view[group]! |= 1 << length
    marks.mark(hashOf(folded.slice(0, length)) ^ seedOf(group))
  }
}

/** The group of posts of the language; '' is any. */
export function groupIn(language: string): number {
  return language === '' ? anyLanguage : anyLanguage + 1 + stemmedLanguages.indexOf(language)
}

// Beginnings of one group mean nothing to another.
const anything = 0
const anyLanguage = 1

function seedOf(group: number): number {
  return Math.imul(group, 0x9e3779b1)
}

// Longer beginnings are marked by so many letters.
const longestBeginning = 31
