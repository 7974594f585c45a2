import type { AnalysisMode } from '../../base/text/analyse.ts'
import type { Query } from '../query/query.ts'
import { Lists } from './lists.ts'
import { ints, type Ints, type Memory } from './memory.ts'
import { Nodes } from './nodes.ts'
import { Patterns } from './patterns.ts'
import { Planner } from './plan.ts'
import { Shares, type Way } from './shares.ts'

/**
 * All queries as shared numbers: which patterns of a post lead to which queries, and what is still to be asked then. One thread
 * changes it, any number of threads read it.
 *
 * A query is led to by anchors: patterns of which at least one is in every post that matches. Each anchor has a list of cases.
 * A case that proves the query is ~query. Any other is where a list begins: the number of guards, the guards (patterns of which
 * one must be there too), the query, the number of nodes, the nodes that must all be true. So most posts that do not match are
 * told by one read from memory.
 */
export class QueryIndex {
  readonly lists: Lists
  readonly patterns: Patterns
  readonly nodes: Nodes
  /** By pattern: where its cases begin and how many they are. At 0: those of queries without anchors. */
  readonly leadStarts: Ints
  readonly leadLengths: Ints
  /** By query: its node, 0 when there is no such query. */
  readonly #roots: Ints
  /** By query: a list of anchor, case, anchor, case … */
  readonly #anchorStarts: Ints
  readonly #anchorLengths: Ints
  readonly #planner: Planner
  readonly #shares: Shares
  /** Counts the changes. */
  readonly #state: Ints
  #next = 0

  constructor(memory: Memory, mode: AnalysisMode) {
    this.lists = new Lists(memory)
    this.patterns = new Patterns(memory, this.lists, mode)
    this.nodes = new Nodes(memory, this.lists)
    this.leadStarts = ints(memory, 'lead starts')
    this.leadLengths = ints(memory, 'lead lengths')
    this.#roots = ints(memory, 'query roots')
    this.#anchorStarts = ints(memory, 'query anchor starts')
    this.#anchorLengths = ints(memory, 'query anchor lengths')
    this.#planner = new Planner(this.patterns, this.nodes, mode)
    this.#shares = new Shares(this.patterns, this.nodes)
    this.#state = ints(memory, 'query state')
    this.#state.reach(1)
    this.leadStarts.reach(1)
    this.leadLengths.reach(1)
  }

  /** Another number after each change. */
  get version(): number {
    return this.#state.view[0]!
  }

  /** Sees what the writing thread has changed. */
  refresh(): void {
    this.lists.column.refresh()
    this.patterns.refresh()
    this.nodes.column.refresh()
    this.leadStarts.refresh()
    this.leadLengths.refresh()
  }

  rootOf(q: number) {
    return this.#roots.view[q]!
  }
  set(query: number, tree: Query): void {
    // The new one first, so that what both have is not made anew.
    const root = this.#planner.plan(tree)
    this.remove(query)
    for (const column of [this.#roots, this.#anchorStarts, this.#anchorLengths]) column.reach(query + 1)
    for (const column of [this.leadStarts, this.leadLengths]) column.reach(this.patterns.count)
    this.#roots.view[query] = root
    this.#anchor(query)
    this.#state.view[0]!++
  }

  remove(query: number): void {
    const root = this.#roots.view[query] ?? 0
    if (root === 0) return
    this.#unanchor(query)
    this.#roots.view[query] = 0
    this.#planner.drop(root)
    this.#state.view[0]!++
  }

  /**
   * Chooses the anchors of the next `count` queries anew from what was seen in posts meanwhile: a crisis makes a rare word
   * common. True when all have had their turn.
   */
  review(count: number): boolean {
    const end = this.#roots.view.length
    this.#state.view[0]!++
    for (let left = count; left > 0 && this.#next < end; this.#next++) {
      if (this.#roots.view[this.#next] === 0) continue
      this.#unanchor(this.#next)
      this.#anchor(this.#next)
      left--
    }
    if (this.#next < end) return false
    this.#next = 0
    return true
  }

  #anchor(query: number): void {
    const anchors: number[] = []
    for (const way of this.#shares.waysTo(this.#roots.view[query]!)) {
      const patterns = way.anchors ?? [0]
      if (patterns.length === 0) continue
      const place = this.#case(query, way)
      for (const pattern of patterns) {
        this.leadStarts.view[pattern] = this.lists.append(
          this.leadStarts.view[pattern]!,
          this.leadLengths.view[pattern]!++,
          place,
        )
        anchors.push(pattern, place)
      }
    }
    this.#anchorStarts.view[query] = this.lists.add(anchors)
    this.#anchorLengths.view[query] = anchors.length
  }

  #case(query: number, way: Way): number {
    const nodes = this.#shares.inOrder(way)
    if (nodes.length === 0) return ~query
    const { guards, proven } = this.#shares.guardsOf(nodes, way.anchors ?? [])
    const asked = nodes.filter((node) => node !== proven)
    return this.lists.add([guards.length, ...guards, query, asked.length, ...asked])
  }

  #unanchor(query: number): void {
    const start = this.#anchorStarts.view[query]!
    const anchors = this.lists.column.view.slice(start, start + this.#anchorLengths.view[query]!)
    for (let i = 0; i < anchors.length; i += 2) {
      const place = anchors[i + 1]!
      this.#unlead(anchors[i]!, place)
      // The anchors of one way stand together and have one case.
      if (place >= 0 && anchors[i + 3] !== place) this.#giveCase(place)
    }
    this.lists.give(start, anchors.length)
    this.#anchorLengths.view[query] = 0
  }

  #giveCase(place: number): void {
    const lists = this.lists.column.view
    const guards = lists[place]!
    this.lists.give(place, guards + 3 + lists[place + guards + 2]!)
  }

  #unlead(pattern: number, place: number): void {
    const start = this.leadStarts.view[pattern]!
    const length = this.leadLengths.view[pattern]!
    const cases = this.lists.column.view
    let at = start
    while (cases[at] !== place) at++
    cases[at] = cases[start + length - 1]!
    this.leadStarts.view[pattern] = this.lists.shorten(start, length)
    this.leadLengths.view[pattern] = length - 1
  }
}
