import type { AnalysisMode } from '../../base/text/analyse.ts'
import type { Query } from '../query/query.ts'
import { Lists } from './lists.ts'
import { floats, ints, type Floats, type Ints, type Memory } from './memory.ts'
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
  /** By query: how often its anchors are met until they are chosen anew, and how often they must be met in between. */
  readonly #dueAt: Floats
  readonly #patience: Ints
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
    this.#dueAt = floats(memory, 'query due at')
    this.#patience = ints(memory, 'query patience')
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
    for (const column of [this.#roots, this.#anchorStarts, this.#anchorLengths, this.#patience]) column.reach(query + 1)
    this.#dueAt.reach(query + 1)
    for (const column of [this.leadStarts, this.leadLengths]) column.reach(this.patterns.count)
    this.#roots.view[query] = root
    this.#patience.view[query] = leastPatience
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
   * Looks at the next queries and chooses the anchors of those anew that posts have led to often since: the first guess may have
   * been wrong, and a crisis makes a rare word common. So what choosing costs stays in proportion to what it may save. True when
   * all have had their turn.
   */
  review(): boolean {
    if (this.#next === 0 && this.patterns.fade())
      for (let q = 0; q < this.#dueAt.view.length; q++) this.#dueAt.view[q]! /= 2
    const end = this.#roots.view.length
    this.#state.view[0]!++
    let chosen = 0
    for (let looked = 0; looked < lookedAtOnce && chosen < chosenAtOnce && this.#next < end; looked++, this.#next++) {
      const query = this.#next
      if (this.#roots.view[query] === 0 || this.#metBy(query) < this.#dueAt.view[query]!) continue
      const before = this.#shareOf(query)
      this.#unanchor(query)
      this.#anchor(query)
      chosen++
      // What cannot be bettered is left alone for longer.
      const patience = this.#shareOf(query) > before * 0.8 ? this.#patience.view[query]! * 2 : leastPatience
      this.#patience.view[query] = Math.min(patience, mostPatience)
      this.#dueAt.view[query] = this.#metBy(query) + this.#patience.view[query]!
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
    this.#dueAt.view[query] = this.#metBy(query) + this.#patience.view[query]!
  }

  /** The share of posts that lead to the query. */
  #shareOf(query: number): number {
    return this.#sumOverAnchors(query, (pattern) => this.patterns.shareOf(pattern))
  }

  /** How many of the posts that were counted led to the query. */
  #metBy(query: number): number {
    return this.#sumOverAnchors(query, (pattern) => this.patterns.met.view[pattern]!)
  }

  #sumOverAnchors(query: number, of: (pattern: number) => number): number {
    const lists = this.lists.column.view
    const start = this.#anchorStarts.view[query]!
    const end = start + this.#anchorLengths.view[query]!
    let sum = 0
    for (let i = start; i < end; i += 2) sum += of(lists[i]!)
    return sum
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

// Looking at a query takes a tenth of a microsecond, choosing its anchors some tens; no post waits for more than this.
const lookedAtOnce = 50
const chosenAtOnce = 4
// Of the posts that are counted.
const leastPatience = 8
const mostPatience = 4096
