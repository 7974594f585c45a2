import { Chains } from './chains.ts'
import type { Lists } from './lists.ts'
import { ints, type Ints, type Memory } from './memory.ts'

/**
 * What a node asks of a post. `a` and `b` of each: `one` a pattern; `any` a list of patterns, at least one; `row` a list of
 * patterns that follow one another; `both`, `either` a list of nodes; `not` a node; `near` two nodes in a list, and the words
 * between × 2, + 1 when the left one comes first; `least` a list of nodes with the count in front; `field` and `rest` a text
 * that says what is asked.
 */
export const asks = {
  never: 0,
  always: 1,
  one: 2,
  any: 3,
  field: 4,
  row: 5,
  either: 6,
  both: 7,
  least: 8,
  near: 9,
  not: 10,
  rest: 11,
} as const
export type Ask = (typeof asks)[keyof typeof asks]

export type Made = { node: number; fresh: boolean }

/** Whose `a` and `b` are a list: where it begins and its length. */
const listed: ReadonlySet<number> = new Set([asks.any, asks.row, asks.either, asks.both, asks.least, asks.near])

/**
 * Parts of queries, each once however many queries have it (hash-consing: Ershov 1958), so that a post answers it once for all
 * of them.
 */
export class Nodes {
  /** By node × 4: what it asks, a, b, and how many nodes and queries have it; together, so that they are one read from memory. */
  readonly column: Ints
  readonly #lists: Lists
  readonly #state: Ints
  // Only the writer looks for equal nodes.
  readonly #chains: Chains
  readonly #free: number[] = []

  constructor(memory: Memory, lists: Lists) {
    this.#lists = lists
    this.column = ints(memory, 'nodes')
    this.#state = ints(memory, 'node state')
    this.#chains = new Chains(memory, 'node')
    this.#state.reach(1)
  }

  ask(node: number): number {
    return this.column.view[node * 4]!
  }

  a(node: number): number {
    return this.column.view[node * 4 + 1]!
  }

  b(node: number): number {
    return this.column.view[node * 4 + 2]!
  }

  /** One more than the highest number of a node. */
  get count(): number {
    return this.#state.view[0]! + 1
  }

  /** The node that asks this, made when there is none; it counts one use more. */
  make(ask: Ask, a: number, b = 0): Made {
    return this.#make(ask, [a, b], false)
  }

  /** The same for a node with a list. */
  makeOf(ask: Ask, list: number[]): Made {
    return this.#make(ask, list, true)
  }

  /** The numbers of a node with a list. */
  list(node: number): Int32Array {
    const start = this.a(node)
    return this.#lists.column.view.subarray(start, start + this.b(node))
  }

  /** One use less. True when nobody uses it any more: its number is free, and who dropped it drops its parts. */
  drop(node: number): boolean {
    if (--this.column.view[node * 4 + 3]! > 0) return false
    this.#chains.remove(node)
    if (listed.has(this.ask(node))) this.#lists.give(this.a(node), this.b(node))
    this.#free.push(node)
    return true
  }

  #make(ask: Ask, numbers: number[], inList: boolean): Made {
    let hash: number = ask
    for (const number of numbers) hash = Math.imul(hash ^ number, 0x01000193) ^ (hash >>> 15)
    const chains = this.#chains
    let node = chains.first(hash)
    while (node !== 0 && !(chains.hash(node) === hash && this.#is(node, ask, numbers, inList))) node = chains.next(node)
    if (node !== 0) {
      this.column.view[node * 4 + 3]!++
      return { node, fresh: false }
    }
    node = this.#free.pop() ?? ++this.#state.view[0]!
    this.column.reach(node * 4 + 4)
    const column = this.column.view
    column[node * 4] = ask
    column[node * 4 + 1] = inList ? this.#lists.add(numbers) : numbers[0]!
    column[node * 4 + 2] = inList ? numbers.length : numbers[1]!
    column[node * 4 + 3] = 1
    chains.add(node, hash)
    return { node, fresh: true }
  }

  #is(node: number, ask: Ask, numbers: number[], inList: boolean): boolean {
    if (this.ask(node) !== ask) return false
    if (!inList) return this.a(node) === numbers[0] && this.b(node) === numbers[1]
    if (this.b(node) !== numbers.length) return false
    const lists = this.#lists.column.view
    const start = this.a(node)
    for (let i = 0; i < numbers.length; i++) if (lists[start + i] !== numbers[i]) return false
    return true
  }
}
