import { asks, type Nodes } from './nodes.ts'
import type { Patterns } from './patterns.ts'

/**
 * One way in which a query can be true: a post has at least one of the `anchors` (null: any post may), and all `nodes` are true.
 */
export type Way = { anchors: readonly number[] | null; share: number; nodes: number[] }

/** What is likely to be in a post, and from that the cheapest way to find the posts of a query. */
export class Shares {
  readonly #patterns: Patterns
  readonly #nodes: Nodes

  constructor(patterns: Patterns, nodes: Nodes) {
    this.#patterns = patterns
    this.#nodes = nodes
  }

  /**
   * Ways that together are the query. Of an AND the rarest branch has the anchors; where that branch is an OR, each of its
   * branches is a way of its own, so that only what belongs to it is asked.
   */
  waysTo(root: number): Way[] {
    const parts = this.#ask(root) === asks.both ? [...this.#nodes.list(root)] : [root]
    const best = this.#rarest(parts)
    if (!best) return [{ anchors: null, share: 1, nodes: parts }]
    const others = parts.filter((part) => part !== best.node)
    if (this.#ask(best.node) !== asks.either) return [this.#way(best.node, best.anchors, others)]
    return [...this.#nodes.list(best.node)].map((branch) => {
      const inner = this.#ask(branch) === asks.both ? [...this.#nodes.list(branch)] : [branch]
      const rarest = this.#rarest(inner)!
      return this.#way(rarest.node, rarest.anchors, [...inner.filter((part) => part !== rarest.node), ...others])
    })
  }

  /** The nodes of a way as they are best asked: what most probably says no for the least work comes first. */
  inOrder({ nodes }: Way): number[] {
    return nodes
      .map((node) => ({ node, rank: this.#effort(node) / Math.max(1e-6, 1 - this.shareOf(node)) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ node }) => node)
  }

  /**
   * The shortest way to see that not all of the nodes are true: patterns of which one must be there besides the anchors; none
   * when there is no such list or only a long one. `proven`: the node of which nothing else has to be asked then.
   */
  guardsOf(nodes: readonly number[], anchors: readonly number[]): { guards: readonly number[]; proven: number | null } {
    let best: { node: number; needed: Anchors } | null = null
    for (const node of nodes) {
      for (const needed of this.#neededBy(node)) {
        if (needed.anchors.length > mostGuards || (best && needed.share >= best.needed.share)) continue
        // What the anchors themselves are says nothing new.
        if (anchors.length > 0 && anchors.every((anchor) => needed.anchors.includes(anchor))) continue
        best = { node, needed }
      }
    }
    if (!best) return { guards: [], proven: null }
    return { guards: best.needed.anchors, proven: this.#isProven(best.node) ? best.node : null }
  }

  /** Lists of patterns; of each at least one is in every post for which the node is true. */
  #neededBy(node: number): Anchors[] {
    switch (this.#ask(node)) {
      case asks.row:
        return [...this.#nodes.list(node)].map((pattern) => ({
          anchors: [pattern],
          share: this.#patterns.shareOf(pattern),
        }))
      case asks.both:
        return [...this.#nodes.list(node)].flatMap((part) => this.#neededBy(part))
      case asks.near:
        return [...this.#nodes.list(node).slice(0, 2)].flatMap((part) => this.#neededBy(part))
      default: {
        const anchors = this.#anchorsOf(node)
        return anchors ? [anchors] : []
      }
    }
  }

  /** The share of posts for which the node is probably true. */
  shareOf(node: number): number {
    const list = () => [...this.#nodes.list(node)]
    switch (this.#ask(node)) {
      case asks.never:
        return 0
      case asks.one:
        return this.#patterns.shareOf(this.#nodes.a(node))
      case asks.any:
        return Math.min(1, this.#sum(node))
      case asks.row:
        return Math.min(...list().map((pattern) => this.#patterns.shareOf(pattern))) / 4
      case asks.either:
        return Math.min(
          1,
          list().reduce((sum, part) => sum + this.shareOf(part), 0),
        )
      case asks.both:
        return list().reduce((product, part) => product * this.shareOf(part), 1)
      case asks.near:
        return (
          Math.min(
            ...list()
              .slice(0, 2)
              .map((part) => this.shareOf(part)),
          ) / 4
        )
      case asks.not:
        return 1 - this.shareOf(this.#nodes.a(node))
      case asks.field:
        return 0.3
      default:
        return 0.5
    }
  }

  // An anchor in the post proves a list of words, and nothing else.
  #way(node: number, anchors: Anchors, others: number[]): Way {
    return { ...anchors, nodes: this.#isProven(node) ? others : [node, ...others] }
  }

  #isProven(node: number): boolean {
    return this.#ask(node) === asks.one || this.#ask(node) === asks.any
  }

  #rarest(parts: readonly number[]): { node: number; anchors: Anchors } | null {
    let best: { node: number; anchors: Anchors } | null = null
    for (const node of parts) {
      const anchors = this.#anchorsOf(node)
      if (anchors && (!best || anchors.share < best.anchors.share)) best = { node, anchors }
    }
    return best
  }

  /** Patterns of which at least one is in every post for which the node is true; null when there is no such list. */
  #anchorsOf(node: number): Anchors | null {
    switch (this.#ask(node)) {
      case asks.never:
        return { anchors: [], share: 0 }
      case asks.one: {
        const pattern = this.#nodes.a(node)
        return { anchors: [pattern], share: this.#patterns.shareOf(pattern) }
      }
      case asks.any:
        return { anchors: [...this.#nodes.list(node)], share: this.#sum(node) }
      case asks.row: {
        const rarest = [...this.#nodes.list(node)].reduce((best, pattern) =>
          this.#patterns.shareOf(pattern) < this.#patterns.shareOf(best) ? pattern : best,
        )
        return { anchors: [rarest], share: this.#patterns.shareOf(rarest) }
      }
      case asks.both:
        return this.#rarest([...this.#nodes.list(node)])?.anchors ?? null
      case asks.near:
        return this.#rarest([...this.#nodes.list(node).slice(0, 2)])?.anchors ?? null
      case asks.either:
        return this.#anyOf([...this.#nodes.list(node)])
      case asks.least: {
        const [count = 0, ...parts] = this.#nodes.list(node)
        return count > 0 ? this.#anyOf(parts) : null
      }
      default:
        return null
    }
  }

  #anyOf(parts: readonly number[]): Anchors | null {
    const anchors = new Set<number>()
    let share = 0
    for (const part of parts) {
      const found = this.#anchorsOf(part)
      if (!found) return null
      for (const pattern of found.anchors) anchors.add(pattern)
      share += found.share
    }
    return { anchors: [...anchors], share }
  }

  #sum(node: number): number {
    let sum = 0
    for (const pattern of this.#nodes.list(node)) sum += this.#patterns.shareOf(pattern)
    return sum
  }

  #effort(node: number): number {
    const list = () => [...this.#nodes.list(node)]
    switch (this.#ask(node)) {
      case asks.never:
      case asks.always:
      case asks.one:
        return 1
      case asks.field:
        return 2
      case asks.any:
        return 2 + this.#nodes.b(node) / 2
      case asks.row:
        return 5
      case asks.either:
      case asks.both:
        return list().reduce((sum, part) => sum + this.#effort(part), 1)
      case asks.least:
        return list()
          .slice(1)
          .reduce((sum, part) => sum + this.#effort(part), 1)
      case asks.near:
        return list()
          .slice(0, 2)
          .reduce((sum, part) => sum + this.#effort(part), 10)
      case asks.not:
        return this.#effort(this.#nodes.a(node))
      default:
        return 1000
    }
  }

  #ask(node: number): number {
    return this.#nodes.ask(node)
  }
}

// A longer list is better asked once for all queries that have it.
const mostGuards = 64

type Anchors = { anchors: readonly number[]; share: number }
