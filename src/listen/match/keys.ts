import type { AnalysisMode } from '../../base/text/analyse.ts'
import { hashOf } from '../../base/text/hash.ts'
import { Chains } from './chains.ts'
import { Filter } from './filter.ts'
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
  readonly #chains: Chains
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
    this.#chains = new Chains(memory, 'key')
    this.#starts = ints(memory, 'key starts')
    this.#shapes = ints(memory, 'key shapes')
    this.#listStarts = ints(memory, 'key list starts')
    this.#listLengths = ints(memory, 'key list lengths')
    // Number of keys, number of letters.
    this.#state = ints(memory, 'key state')
    this.#letters = shorts(memory, 'key letters')
    this.filter = new Filter(memory, mode)
    this.#state.reach(2)
  }

  refresh(): void {
    for (const column of [this.#starts, this.#shapes, this.#listStarts, this.#listLengths, this.#letters])
      column.refresh()
    this.#chains.refresh()
    this.filter.refresh()
  }

  /** The number of the string; 0 when no query ever had it. */
  find(kind: KeyKind, text: string): number {
    const chains = this.#chains
    const hash = hashAs(kind, text)
    let key = chains.first(hash)
    while (key !== 0 && !(chains.hash(key) === hash && this.#is(key, kind, text))) key = chains.next(key)
    return key
  }

  intern(kind: KeyKind, text: string): number {
    const found = this.find(kind, text)
    if (found !== 0) return found
    const state = this.#state.view
    const key = ++state[0]!
    for (const column of [this.#starts, this.#shapes, this.#listStarts, this.#listLengths]) column.reach(key + 1)
    const start = state[1]!
    state[1] = start + text.length
    this.#letters.reach(start + text.length)
    for (let i = 0; i < text.length; i++) this.#letters.view[start + i] = text.charCodeAt(i)
    this.#starts.view[key] = start
    this.#shapes.view[key] = text.length * 8 + kind
    this.#chains.add(key, hashAs(kind, text))
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
}

function hashAs(kind: KeyKind, text: string): number {
  return (hashOf(text) + kind) | 0
}
