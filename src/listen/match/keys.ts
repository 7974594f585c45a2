import type { AnalysisMode } from '../../base/text/analyse.ts'
import { Filter } from './filter.ts'
import { hashOf, spread } from '../../base/text/hash.ts'
import type { Lists } from './lists.ts'
import { ints, shorts, type Ints, type Memory } from './memory.ts'

/** What a string is looked up as. */
export const keyKinds = { folded: 1, stem: 2, beginning: 3, ending: 4, inside: 5, pattern: 6, question: 7 } as const
export type KeyKind = (typeof keyKinds)[keyof typeof keyKinds]

/**
 * Strings that queries look for, by number, each with the list of patterns it leads to. A string once met keeps its number for
 * good: people use the same words again.
 */
export class Keys {
  readonly #lists: Lists
  readonly #heads: Ints
  readonly #hashes: Ints
  readonly #next: Ints
  readonly #starts: Ints
  /** Length × 8 + kind. */
  readonly #shapes: Ints
  readonly #listStarts: Ints
  readonly #listLengths: Ints
  readonly #state: Ints
  readonly #letters
  readonly filter: Filter

  constructor(memory: Memory, lists: Lists, mode: AnalysisMode) {
    this.#lists = lists
    this.#heads = ints(memory, 'key heads')
    this.#hashes = ints(memory, 'key hashes')
    this.#next = ints(memory, 'key next')
    this.#starts = ints(memory, 'key starts')
    this.#shapes = ints(memory, 'key shapes')
    this.#listStarts = ints(memory, 'key list starts')
    this.#listLengths = ints(memory, 'key list lengths')
    // Number of keys, number of letters.
    this.#state = ints(memory, 'key state')
    this.#letters = shorts(memory, 'key letters')
    this.filter = new Filter(memory, mode)
    this.#state.reach(2)
    if (this.#heads.view.length === 0) this.#heads.reach(firstHeads)
  }

  refresh(): void {
    for (const column of [
      this.#heads,
      this.#hashes,
      this.#next,
      this.#starts,
      this.#shapes,
      this.#listStarts,
      this.#listLengths,
      this.#letters,
    ])
      column.refresh()
    this.filter.refresh()
  }

  /** The number of the string; 0 when no query ever had it. */
  find(kind: KeyKind, text: string): number {
    const hash = hashOf(text) + kind
    const heads = this.#heads.view
    const hashes = this.#hashes.view
    let key = heads[spread(hash, heads.length)]!
    while (key !== 0 && !(hashes[key] === (hash | 0) && this.#is(key, kind, text))) key = this.#next.view[key]!
    return key
  }

  intern(kind: KeyKind, text: string): number {
    const found = this.find(kind, text)
    if (found !== 0) return found
    const state = this.#state.view
    const key = ++state[0]!
    for (const column of [this.#hashes, this.#next, this.#starts, this.#shapes, this.#listStarts, this.#listLengths])
      column.reach(key + 1)
    const start = state[1]!
    state[1] = start + text.length
    this.#letters.reach(start + text.length)
    for (let i = 0; i < text.length; i++) this.#letters.view[start + i] = text.charCodeAt(i)
    this.#hashes.view[key] = hashOf(text) + kind
    this.#starts.view[key] = start
    this.#shapes.view[key] = text.length * 8 + kind
    if (key > this.#heads.view.length) this.#widen()
    this.#hang(key)
    return key
  }

  /** Where the list of the patterns of a key begins in the lists, and its length. */
  listAt(key: number): number {
    return this.#listStarts.view[key]!
  }

  listLength(key: number): number {
    return this.#listLengths.view[key]!
  }

  attach(key: number, pattern: number): void {
    const length = this.#listLengths.view[key]!
    this.#listStarts.view[key] = this.#lists.append(this.#listStarts.view[key]!, length, pattern)
    this.#listLengths.view[key] = length + 1
  }

  detach(key: number, pattern: number): void {
    const start = this.#listStarts.view[key]!
    const length = this.#listLengths.view[key]!
    const lists = this.#lists.column.view
    for (let i = start; i < start + length; i++) {
      if (lists[i] !== pattern) continue
      lists[i] = lists[start + length - 1]!
      this.#listLengths.view[key] = length - 1
      this.#listStarts.view[key] = this.#lists.shorten(start, length)
      return
    }
  }

  kind(key: number): number {
    return this.#shapes.view[key]! & 7
  }

  text(key: number): string {
    const start = this.#starts.view[key]!
    return String.fromCharCode(...this.#letters.view.subarray(start, start + (this.#shapes.view[key]! >> 3)))
  }

  #is(key: number, kind: KeyKind, text: string): boolean {
    if (this.#shapes.view[key] !== text.length * 8 + kind) return false
    const letters = this.#letters.view
    const start = this.#starts.view[key]!
    for (let i = 0; i < text.length; i++) if (letters[start + i] !== text.charCodeAt(i)) return false
    return true
  }

  #hang(key: number): void {
    const heads = this.#heads.view
    const place = spread(this.#hashes.view[key]!, heads.length)
    this.#next.view[key] = heads[place]!
    heads[place] = key
  }

  #widen(): void {
    this.#heads.reach(this.#heads.view.length * 8)
    this.#heads.view.fill(0)
    for (let key = 1; key < this.#state.view[0]!; key++) this.#hang(key)
  }
}

const firstHeads = 2 ** 16
