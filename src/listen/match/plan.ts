import type { AnalysisMode } from '../../base/text/analyse.ts'
import { branches, type Query } from '../query/query.ts'
import { termsOf, type Term } from '../query/terms.ts'
import { keyKinds } from './keys.ts'
import { asks, type Ask, type Made, type Nodes } from './nodes.ts'
import type { Patterns } from './patterns.ts'

/**
 * Makes queries into nodes. What the nodes cannot ask by themselves (`rest`) is left to `evaluate`, behind a condition that
 * holds wherever it can be true.
 */
export class Planner {
  readonly #patterns: Patterns
  readonly #nodes: Nodes
  readonly #mode: AnalysisMode
  constructor(patterns: Patterns, nodes: Nodes, mode: AnalysisMode) {
    this.#patterns = patterns
    this.#nodes = nodes
    this.#mode = mode
  }

  /** The node of the query, used once more. Whoever got it calls `drop` when it is no longer needed. */
  plan(query: Query): number {
    switch (query.kind) {
      case 'all':
        return this.#plain(asks.always)
      case 'word':
        return this.#row(termsOf(query.text, query.form, this.#mode))
      case 'phrase':
        return this.#row(termsOf(query.text, query.forms, this.#mode))
      case 'wildcard':
      case 'fuzzy':
      case 'or':
        return this.#either(flat(query, 'or'))
      case 'and':
        return this.#joined(
          asks.both,
          flat(query, 'and').map((part) => this.plan(part)),
        )
      case 'not': {
        if (query.of.kind === 'not') return this.plan(query.of.of)
        return this.#settle(this.#nodes.make(asks.not, this.plan(query.of)))
      }
      case 'at-least': {
        const parts = query.of.map((part) => this.plan(part))
        return this.#settle(this.#nodes.makeOf(asks.least, [query.count, ...parts]))
      }
      case 'near': {
        if (!isSimple(query.left) || !isSimple(query.right)) return this.#rest(query)
        const distance = query.between * 2 + (query.ordered ? 1 : 0)
        const [left, right] = [this.plan(query.left), this.plan(query.right)]
        return this.#settle(this.#nodes.makeOf(asks.near, [left, right, distance]))
      }
      case 'field':
        // Hashtags and names stand in the text, which only `evaluate` has at hand.
        return ['hashtag', 'mentions'].includes(query.field) ? this.#rest(query) : this.#question(asks.field, query)
      default:
        return this.#rest(query)
    }
  }

  /** One use of the node less, and of all its parts when it was the last one. */
  drop(node: number): void {
    const parts = this.#partsOf(node)
    if (this.#nodes.drop(node)) this.#dropParts(parts)
  }

  #partsOf(node: number): Parts {
    const [ask, a, b] = [this.#nodes.ask(node), this.#nodes.a(node), this.#nodes.b(node)]
    // Only a node with a list has a length there.
    return { ask, a, list: b > 0 ? [...this.#nodes.list(node)] : [] }
  }

  #dropParts({ ask, a, list }: Parts): void {
    switch (ask) {
      case asks.one:
        this.#patterns.drop(a)
        break
      case asks.any:
      case asks.row:
        for (const pattern of list) this.#patterns.drop(pattern)
        break
      case asks.either:
      case asks.both:
        for (const part of list) this.drop(part)
        break
      case asks.least:
        for (const part of list.slice(1)) this.drop(part)
        break
      case asks.near:
        for (const part of list.slice(0, 2)) this.drop(part)
        break
      case asks.not:
        this.drop(a)
        break
      default:
    }
  }

  // A node that was there before has its own uses of its parts.
  #settle({ node, fresh }: Made): number {
    if (!fresh) this.#dropParts(this.#partsOf(node))
    return node
  }

  #plain(ask: Ask): number {
    return this.#nodes.make(ask, 0).node
  }

  #row(terms: Term[]): number {
    const patterns = terms.map((term) => this.#patterns.add({ kind: 'term', term }))
    if (patterns.length === 0) return this.#plain(asks.never)
    if (patterns.length === 1) return this.#settle(this.#nodes.make(asks.one, patterns[0]!))
    return this.#settle(this.#nodes.makeOf(asks.row, patterns))
  }

  // All single words of a list become one node.
  #either(parts: Query[]): number {
    const words = new Set<number>()
    const nodes: number[] = []
    for (const part of parts) {
      const word = this.#word(part)
      if (word === null) nodes.push(this.plan(part))
      else if (words.has(word)) this.#patterns.drop(word)
      else words.add(word)
    }
    const patterns = [...words].sort((a, b) => a - b)
    if (patterns.length === 1) nodes.push(this.#settle(this.#nodes.make(asks.one, patterns[0]!)))
    if (patterns.length > 1) nodes.push(this.#settle(this.#nodes.makeOf(asks.any, patterns)))
    return this.#joined(asks.either, nodes)
  }

  // The pattern of a part that asks for a single word, used once more; null for any other part.
  #word(part: Query): number | null {
    if (part.kind === 'word' || part.kind === 'phrase') {
      const form = part.kind === 'word' ? part.form : part.forms
      const known = this.#patterns.shareWord(part.text, form)
      if (known > 0) return known
      const terms = termsOf(part.text, form, this.#mode)
      return terms.length === 1 ? this.#patterns.add({ kind: 'term', term: terms[0]! }) : null
    }
    if (part.kind === 'wildcard') return this.#patterns.add({ kind: 'like', pattern: part.pattern })
    if (part.kind === 'fuzzy') return this.#patterns.add({ kind: 'fuzzy', text: part.text, letters: part.letters })
    return null
  }

  // The cheap parts are asked first; a fixed order also lets equal lists be one node.
  #joined(ask: Ask, nodes: number[]): number {
    if (nodes.length === 0) return this.#plain(ask === asks.both ? asks.always : asks.never)
    const order = (node: number) => this.#nodes.ask(node)
    const sorted = nodes.toSorted((a, b) => order(a) - order(b) || a - b)
    const each = sorted.filter((node, i) => node !== sorted[i - 1])
    for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) this.drop(sorted[i]!)
    return each.length === 1 ? each[0]! : this.#settle(this.#nodes.makeOf(ask, each))
  }

  #question(ask: Ask, query: Query): number {
    return this.#nodes.make(ask, this.#patterns.keys.intern(keyKinds.question, JSON.stringify(query))).node
  }

  #rest(query: Query): number {
    const rest = this.#question(asks.rest, query)
    if (!isDecided(query)) return rest
    return this.#joined(asks.both, [this.plan(widened(query, this.#mode)), rest])
  }
}

/** What a node asks, its pattern or node, and its list. */
type Parts = { ask: number; a: number; list: number[] }

function flat(query: Query, kind: 'and' | 'or'): Query[] {
  return query.kind === kind ? query.of.flatMap((part) => flat(part, kind)) : [query]
}

/** Whether the nodes know the places of the part: words, rows of them, and either of several. */
function isSimple(query: Query): boolean {
  switch (query.kind) {
    case 'word':
    case 'phrase':
    case 'wildcard':
    case 'fuzzy':
      return true
    case 'or':
      return query.of.every(isSimple)
    default:
      return false
  }
}

/** Whether it is never unknown: no field and no list decides about it. */
function isDecided(query: Query): boolean {
  return query.kind !== 'field' && query.kind !== 'list' && branches(query).every(isDecided)
}

/** A query of and, or and words that is true wherever this one is. */
function widened(query: Query, mode: AnalysisMode): Query {
  switch (query.kind) {
    case 'word':
    case 'phrase':
    case 'wildcard':
    case 'fuzzy':
    case 'all':
    case 'list':
    case 'field':
      return query
    case 'within':
      return {
        kind: 'and',
        of: termsOf(query.text, 'any', mode).map(({ written }) => ({ kind: 'word', text: written, form: 'any' })),
      }
    case 'near':
    case 'same':
      return { kind: 'and', of: [widened(query.left, mode), widened(query.right, mode)] }
    case 'not-near':
    case 'outside':
      return widened(query.left, mode)
    case 'times':
      return query.from > 0 ? widened(query.of, mode) : { kind: 'all' }
    case 'in':
      return widened(query.of, mode)
    case 'and':
    case 'or':
      return { kind: query.kind, of: query.of.map((part) => widened(part, mode)) }
    case 'at-least':
      return { ...query, of: query.of.map((part) => widened(part, mode)) }
    case 'not':
    case 'raw':
      return { kind: 'all' }
  }
}
