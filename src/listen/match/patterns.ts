import { must } from '../../base/errors.ts'
import type { AnalysisMode } from '../../base/text/analyse.ts'
import { beginningsOf } from '../../base/text/stem.ts'
import type { Word } from '../../base/text/word.ts'
import { lettersApart } from '../query/fields.ts'
import type { WordForm } from '../query/query.ts'
import { foldPattern, isLike, isTerm, termsOf, type Term } from '../query/terms.ts'
import { keyKinds, Keys } from './keys.ts'
import type { Lists } from './lists.ts'
import { floats, ints, type Ints, type Memory } from './memory.ts'

/** What one word of a text may have to look like. */
export type Pattern =
  | { kind: 'term'; term: Term }
  | { kind: 'like'; pattern: string }
  | { kind: 'fuzzy'; text: string; letters: number }

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
  /** By pattern the posts that had it, a guess at first; at 0 the posts read. */
  readonly met
  readonly #free: number[] = []
  readonly #questions: ({ key: number; fits: ((word: Word) => boolean) | null } | undefined)[] = []

  constructor(memory: Memory, lists: Lists, mode: AnalysisMode) {
    this.#mode = mode
    this.#lists = lists
    this.keys = new Keys(memory, lists)
    this.#uses = ints(memory, 'pattern uses')
    this.#keyOf = ints(memory, 'pattern keys')
    this.state = ints(memory, 'pattern state')
    this.met = floats(memory, 'pattern met')
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
    const { keys, name } = this.#describe(pattern)
    const named = name === null ? this.keys.intern(keys[0]![0], keys[0]![1]) : this.keys.intern(keyKinds.pattern, name)
    const known = this.#named(named)
    if (known > 0) return known
    const id = this.#free.pop() ?? ++this.state.view[0]!
    for (const column of [this.#uses, this.#keyOf, this.met]) column.reach(id + 1)
    this.#uses.view[id] = 1
    this.#keyOf.view[id] = named
    this.met.view[id] = guess(pattern) * (this.met.view[0]! + guessed)
    if (name !== null) this.keys.attach(named, id)
    for (const [kind, text] of keys) {
      this.keys.attach(this.keys.intern(kind, text), id)
      this.#letThrough(kind, text)
    }
    if (pattern.kind === 'term' && pattern.term.form === 'any' && this.#mode === 'forms')
      for (const beginning of beginningsOf(pattern.term.accented)) this.keys.filter.wantBeginning(beginning)
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
      const { keys } = this.#describe(readName(this.keys.text(key), this.#mode))
      for (const [kind, text] of keys) this.keys.detach(this.keys.find(kind, text), id)
    }
    this.keys.detach(key, id)
    this.#free.push(id)
    this.state.view[1]!++
    return true
  }

  /** The share of posts that probably have the pattern: a guess from its length at first, then what was seen. */
  shareOf(id: number): number {
    return Math.min(1, this.met.view[id]! / (this.met.view[0]! + guessed))
  }

  /** The patterns that the word fits, each once, added to `found`. */
  collect(word: Word, found: number[]): void {
    const { folded } = word
    this.#take(this.keys.find(keyKinds.folded, folded), word, found)
    for (const stem of word.stems) this.#take(this.keys.find(keyKinds.stem, stem), word, found)
    const state = this.state.view
    for (let length = 0; length <= folded.length && state[3]! >>> Math.min(length, 31) !== 0; length++) {
      if ((state[3]! >>> Math.min(length, 31)) & 1)
        this.#take(this.keys.find(keyKinds.beginning, folded.slice(0, length)), word, found)
    }
    for (let length = 1; length <= folded.length && state[4]! >>> Math.min(length, 31) !== 0; length++) {
      if ((state[4]! >>> Math.min(length, 31)) & 1)
        this.#take(this.keys.find(keyKinds.ending, folded.slice(-length)), word, found)
    }
    if (state[5]! > 0) {
      for (let at = 0; at + insideLength <= folded.length; at++)
        this.#take(this.keys.find(keyKinds.inside, folded.slice(at, at + insideLength)), word, found)
    }
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
      question = { key, fits: told ? this.#describe(readName(this.keys.text(key), this.#mode)).fits : null }
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
      state[3]! |= 1 << Math.min(text.length, 31)
    } else if (kind === keyKinds.ending) {
      filter.wantBeginning('')
      state[4]! |= 1 << Math.min(text.length, 31)
    } else if (kind === keyKinds.inside) {
      filter.wantBeginning('')
      state[5] = 1
    }
  }

  /** Where a word finds the pattern, what is still to be asked then, and a name unless its only key is name enough. */
  #describe(pattern: Pattern): {
    keys: [(typeof keyKinds)[keyof typeof keyKinds], string][]
    fits: ((word: Word) => boolean) | null
    name: string | null
  } {
    if (pattern.kind === 'term') {
      const { term } = pattern
      const exact = term.form === 'case' || term.demandsAccent
      const fits = exact ? (word: Word) => isTerm(term, word) : null
      const name = term.form === 'any' || exact ? writeName(pattern) : null
      const stems = term.form === 'any' ? term.stems.map((stem): [2, string] => [keyKinds.stem, stem]) : []
      return { keys: [[keyKinds.folded, term.folded], ...stems], fits, name }
    }
    const name = writeName(pattern)
    if (pattern.kind === 'fuzzy') {
      const { folded } = foldPattern(pattern.text, this.#mode)
      const { letters } = pattern
      // Any word may be a misspelling of a short one.
      return {
        keys: [[keyKinds.beginning, '']],
        fits: (word) => lettersApart(folded, word.folded, letters) <= letters,
        name,
      }
    }
    const { folded, accented } = foldPattern(pattern.pattern, this.#mode)
    const fits = (word: Word) => (folded === accented ? isLike(folded, word.folded) : isLike(accented, word.accented))
    const beginning = /^[^*?]*/.exec(folded)![0]
    if (folded === accented && folded === `${beginning}*` && beginning.length < 31)
      return { keys: [[keyKinds.beginning, beginning]], fits: null, name: null }
    if (beginning !== '') return { keys: [[keyKinds.beginning, beginning.slice(0, 30)]], fits, name }
    const ending = /[^*?]*$/.exec(folded)![0]
    if (ending !== '') return { keys: [[keyKinds.ending, ending.slice(-30)]], fits, name }
    const inside = longestRun(folded).slice(0, insideLength)
    return { keys: [inside.length === insideLength ? [keyKinds.inside, inside] : [keyKinds.beginning, '']], fits, name }
  }
}

function writeName(pattern: Pattern): string {
  if (pattern.kind === 'like') return `*${pattern.pattern}`
  if (pattern.kind === 'fuzzy') return `${pattern.letters}${pattern.text}`
  const { form, written, accented } = pattern.term
  return form === 'case' ? `{${written}` : form === 'any' ? `~${accented}` : `=${accented}`
}

function readName(name: string, mode: AnalysisMode): Pattern {
  const text = name.slice(1)
  switch (name[0]) {
    case '*':
      return { kind: 'like', pattern: text }
    case '1':
    case '2':
      return { kind: 'fuzzy', text, letters: Number(name[0]) }
    default: {
      const form = name[0] === '{' ? 'case' : name[0] === '~' ? 'any' : 'exact'
      return { kind: 'term', term: must(termsOf(text, form, mode)[0]) }
    }
  }
}

function longestRun(pattern: string): string {
  return pattern.split(/[*?]+/).reduce((longest, run) => (run.length > longest.length ? run : longest), '')
}

const insideLength = 3

// The guess about a pattern weighs as much as this many posts read.
const guessed = 300

// Words of natural texts become rarer with their length about so.
function guess(pattern: Pattern): number {
  if (pattern.kind === 'term') return rarity(pattern.term.folded.length) * (pattern.term.form === 'any' ? 2 : 1)
  if (pattern.kind === 'fuzzy') return rarity(pattern.text.length) * 4
  return Math.min(1, rarity(pattern.pattern.replace(/[*?]/g, '').length) * 6)
}

function rarity(length: number): number {
  return 2 ** (-Math.min(length, 14) / 1.5)
}
