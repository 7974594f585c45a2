import type { AnalysisMode } from '../../base/text/analyse.ts'
import { beginningsOf } from '../../base/text/stem.ts'
import type { Word } from '../../base/text/word.ts'
import type { WordForm } from '../query/query.ts'
import { keyKinds, Keys } from './keys.ts'
import { describePattern, eachKeyOf, guess, readName, type Pattern } from './pattern.ts'
import type { Lists } from './lists.ts'
import { floats, ints, type Floats, type Ints, type Memory } from './memory.ts'

/**
 * All patterns that some queries look for, each once and by a number. A pattern is found by one or several of a word's keys
 * (the word itself, its stems, its beginning, its end, three letters inside); what a key does not prove is asked of the word.
 */
export class Patterns {
  readonly keys: Keys
  readonly #mode: AnalysisMode
  readonly #lists: Lists
  readonly #uses: Ints
  /** The key that tells the pattern, so that every thread can make its question from it. */
  readonly #keyOf: Ints
  /** Number of patterns, version, 1 when every word has to be looked at, lengths of beginnings, of endings, 1 when insides are asked. */
  readonly state: Ints
  /** By pattern how many counted posts had it, a guess at first; at 0 the posts counted. */
  readonly met: Floats
  /** By pattern how many posts were counted before it came. */
  readonly #since: Floats
  readonly #free: number[] = []
  readonly #questions: ({ key: number; fits: ((word: Word) => boolean) | null } | undefined)[] = []

  constructor(memory: Memory, lists: Lists, mode: AnalysisMode) {
    this.#mode = mode
    this.#lists = lists
    this.keys = new Keys(memory, lists, mode)
    this.#uses = ints(memory, 'pattern uses')
    this.#keyOf = ints(memory, 'pattern keys')
    this.state = ints(memory, 'pattern state')
    this.met = floats(memory, 'pattern met')
    this.#since = floats(memory, 'pattern since')
    this.state.reach(8)
    this.met.reach(1)
  }

  refresh(): void {
    this.keys.refresh()
    for (const column of [this.#uses, this.#keyOf, this.met]) column.refresh()
  }

  /** One more than the highest number of a pattern. */
  get count(): number {
    return this.state.view[0]! + 1
  }

  /** Changes whenever a word may have other patterns than before. */
  get version(): number {
    return this.state.view[1]!
  }

  /** The number of the pattern; equal patterns share one, and each `add` needs its `drop`. */
  add(pattern: Pattern): number {
    const { keys, name } = describePattern(pattern, this.#mode)
    // What was let through once still is: nothing is marked again when a word comes back.
    const fresh = keys.filter(([kind, text]) => this.keys.find(kind, text) === 0)
    const isNameFresh = name !== null && this.keys.find(keyKinds.pattern, name) === 0
    const named = name === null ? this.keys.intern(keys[0]![0], keys[0]![1]) : this.keys.intern(keyKinds.pattern, name)
    const known = this.#named(named)
    if (known > 0) return known
    const id = this.#free.pop() ?? ++this.state.view[0]!
    for (const column of [this.#uses, this.#keyOf, this.met, this.#since]) column.reach(id + 1)
    this.#uses.view[id] = 1
    this.#keyOf.view[id] = named
    this.met.view[id] = guess(pattern) * guessed
    this.#since.view[id] = this.met.view[0]!
    if (name !== null) this.keys.attach(named, id)
    for (const [kind, text] of keys) this.keys.attach(this.keys.intern(kind, text), id)
    for (const [kind, text] of fresh) this.#letThrough(kind, text)
    if (isNameFresh && pattern.kind === 'term' && pattern.term.form === 'any' && this.#mode === 'forms')
      for (const [language, beginnings] of beginningsOf(pattern.term.accented))
        for (const beginning of beginnings) this.keys.filter.wantForms(beginning, language)
    this.state.view[1]!++
    return id
  }

  /**
   * The pattern of the word, used once more; 0 when there is none or the word is not written as patterns are named. Most words
   * of a new query are in others already, and need not be analysed again.
   */
  shareWord(text: string, form: WordForm): number {
    if (form === 'exact' || this.#mode === 'plain') return this.#named(this.keys.find(keyKinds.folded, text))
    return form === 'any' ? this.#named(this.keys.find(keyKinds.pattern, `~${text}`)) : 0
  }

  /** True when nobody uses the pattern any more: its number may come back with another one. */
  drop(id: number): boolean {
    if (--this.#uses.view[id]! > 0) return false
    const key = this.#keyOf.view[id]!
    if (this.keys.kind(key) === keyKinds.pattern) {
      const { keys } = describePattern(readName(this.keys.text(key)), this.#mode)
      for (const [kind, text] of keys) this.keys.detach(this.keys.find(kind, text), id)
    }
    this.keys.detach(key, id)
    this.#free.push(id)
    this.state.view[1]!++
    return true
  }

  /** The share of posts that probably have the pattern: a guess from its length at first, then what was seen. */
  shareOf(id: number): number {
    return Math.min(1, this.met.view[id]! / (this.met.view[0]! - this.#since.view[id]! + guessed))
  }

  /** Halves all counts when they have become large, so that new posts weigh more than old ones; whether it was time. */
  fade(): boolean {
    if (this.met.view[0]! < mostCounted) return false
    for (const { view } of [this.met, this.#since]) for (let id = 0; id < this.count; id++) view[id]! /= 2
    return true
  }

  /** The patterns that the word fits, each once, added to `found`. */
  collect(word: Word, found: number[]): void {
    const state = this.state.view
    const lengths = { beginnings: state[3]!, endings: state[4]!, insides: state[5]! > 0 }
    eachKeyOf(word, lengths, (kind, text) => this.#take(this.keys.find(kind, text), word, found))
  }

  #take(key: number, word: Word, found: number[]): void {
    if (key === 0) return
    const start = this.keys.listAt(key)
    const end = start + this.keys.listLength(key)
    for (let i = start; i < end; i++) {
      const id = this.#lists.column.view[i]!
      const fits = this.#questionOf(id)
      if ((!fits || fits(word)) && !found.includes(id)) found.push(id)
    }
  }

  #questionOf(id: number): ((word: Word) => boolean) | null {
    const key = this.#keyOf.view[id]!
    let question = this.#questions[id]
    if (question?.key !== key) {
      const told = this.keys.kind(key) === keyKinds.pattern
      question = {
        key,
        fits: told ? describePattern(readName(this.keys.text(key)), this.#mode).fits : null,
      }
      this.#questions[id] = question
    }
    return question.fits
  }

  /** The pattern that has its name from the key, used once more; 0 when there is none. */
  #named(key: number): number {
    const start = this.keys.listAt(key)
    const end = start + this.keys.listLength(key)
    for (let i = start; i < end; i++) {
      const pattern = this.#lists.column.view[i]!
      if (this.#keyOf.view[pattern] !== key) continue
      this.#uses.view[pattern]!++
      return pattern
    }
    return 0
  }

  // Only grows: people use the same words again.
  #letThrough(kind: number, text: string): void {
    const state = this.state.view
    const { filter } = this.keys
    if (kind === keyKinds.folded) filter.wantWord(text)
    else if (kind === keyKinds.beginning) {
      filter.wantBeginning(text)
      state[3]! |= 1 << text.length
    } else if (kind === keyKinds.ending) {
      filter.wantBeginning('')
      state[4]! |= 1 << text.length
    } else if (kind === keyKinds.inside) {
      filter.wantBeginning('')
      state[5] = 1
    }
  }
}

// The guess about a pattern weighs as much as this many posts read.
const guessed = 300
const mostCounted = 2 ** 16
