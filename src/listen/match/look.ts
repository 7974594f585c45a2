import { doubled } from '../../base/text/doubled.ts'
import { analysePost, type Analysis } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'
import type { Query } from '../query/query.ts'
import { compileField, type LateFields } from './ask-field.ts'
import { prepared } from './evaluate.ts'
import { asks } from './nodes.ts'
import type { QueryIndex } from './query-index.ts'
import { Places } from './places.ts'
import { anyPair, type Span } from './spans.ts'

// Answers. Unknown is neither: a field that the source never fills satisfies neither a condition nor its negation.
const no = 0
const yes = 1
const unknown = 2
const nothing = new Int32Array(0)

/** A post about which is asked: what of it the nodes themselves cannot see is made when one asks for it. */
export type Asked = { post: Post & LateFields; analysis(): Analysis }

/**
 * One post at a time against an index: the words of the post are marked, then the queries they lead to are asked. Nothing is
 * allocated for a post, and what it was asked is forgotten again, so that the tables stay in the processor's cache.
 */
export class Look {
  readonly #index: QueryIndex
  #version = -1
  /** The patterns of the post, marked before it is asked about. */
  readonly places = new Places()
  // By node: 0, or one more than its answer. What was answered, to forget it.
  #answers = new Uint8Array(0)
  #answered = new Int32Array(1024)
  #answeredCount = 0
  // By query: it was found already.
  #matched = new Int32Array(0)
  #matches = new Int32Array(1024)
  #matchCount = 0
  // Places of both sides of a distance.
  #spans = new Int32Array(4096)
  #textPosition = 0
  #asked!: Asked
  readonly #fields: ((post: Post & LateFields, analysis: Analysis) => boolean | null)[] = []
  readonly #rests: Query[] = []
  #lists!: Int32Array
  #nodes!: Int32Array

  constructor(index: QueryIndex) {
    this.#index = index
  }

  /** Before the words of each post. */
  begin(): void {
    const index = this.#index
    if (this.#version === index.version) return
    index.refresh()
    this.#version = index.version
    this.places.reach(index.patterns.count)
    const nodes = index.nodes.count
    if (this.#answers.length < nodes) this.#answers = new Uint8Array(nodes + (nodes >> 2))
    this.#lists = index.lists.column.view
    this.#nodes = index.nodes.column.view
  }

  /**
   * The queries that are true of the post whose words were marked, in ascending order; afterwards nothing is marked.
   * `textPosition`: the first position that is not the title's.
   */
  ids(asked: Asked, textPosition: number): Int32Array {
    const { leadStarts, leadLengths, patterns } = this.#index
    this.#asked = asked
    this.#textPosition = textPosition
    const starts = leadStarts.view
    const lengths = leadLengths.view
    this.#follow(starts[0]!, lengths[0]!)
    const { found, foundCount } = this.places
    for (let i = 0; i < foundCount; i++) {
      const pattern = found[i]!
      const length = lengths[pattern]!
      if (length > 0) this.#follow(starts[pattern]!, length)
    }
    this.#count(patterns.met.view)
    // Most posts match nothing, and an array of numbers is the only thing that would be allocated for them.
    const matches = this.#matchCount === 0 ? nothing : this.#matches.slice(0, this.#matchCount)
    this.#forget()
    return matches.length > 1 ? matches.sort() : matches
  }

  #follow(start: number, length: number): void {
    const lists = this.#lists
    const { present } = this.places
    const end = start + length
    for (let i = start; i < end; i++) {
      let at = lists[i]!
      if (at < 0) {
        this.#match(~at)
        continue
      }
      const guardEnd = at + 1 + lists[at]!
      if (guardEnd > ++at) {
        while (at < guardEnd && (present[lists[at]! >>> 5]! & (1 << (lists[at]! & 31))) === 0) at++
        if (at === guardEnd) continue
      }
      const last = guardEnd + 2 + lists[guardEnd + 1]!
      let node = guardEnd + 2
      while (node < last && this.#answer(lists[node]!) === yes) node++
      if (node === last) this.#match(lists[guardEnd]!)
    }
  }

  #match(query: number): void {
    if (query >>> 5 >= this.#matched.length) {
      const longer = new Int32Array(((query >>> 5) + 1) * 2)
      longer.set(this.#matched)
      this.#matched = longer
    }
    const bit = 1 << (query & 31)
    if ((this.#matched[query >>> 5]! & bit) !== 0) return
    this.#matched[query >>> 5]! |= bit
    if (this.#matchCount === this.#matches.length) this.#matches = doubled(this.#matches)
    this.#matches[this.#matchCount++] = query
  }

  #answer(node: number): number {
    const ask = this.#nodes[node * 4]!
    if (ask === asks.one) return this.places.has(this.#nodes[node * 4 + 1]!) ? yes : no
    if (this.#nodes[node * 4 + 3]! === 1) return this.#work(node, ask)
    const known = this.#answers[node]!
    if (known !== 0) return known - 1
    const answer = this.#work(node, ask)
    this.#answers[node] = answer + 1
    if (this.#answeredCount === this.#answered.length) this.#answered = doubled(this.#answered)
    this.#answered[this.#answeredCount++] = node
    return answer
  }

  #work(node: number, ask: number): number {
    const a = this.#nodes[node * 4 + 1]!
    switch (ask) {
      case asks.never:
        return no
      case asks.always:
        return yes
      case asks.any: {
        const { present } = this.places
        const lists = this.#lists
        const end = a + this.#nodes[node * 4 + 2]!
        for (let i = a; i < end; i++) {
          const pattern = lists[i]!
          if ((present[pattern >>> 5]! & (1 << (pattern & 31))) !== 0) return yes
        }
        return no
      }
      case asks.row:
        return this.#row(a, this.#nodes[node * 4 + 2]!) ? yes : no
      case asks.either: {
        const end = a + this.#nodes[node * 4 + 2]!
        let answer = no
        for (let i = a; i < end; i++) {
          const one = this.#answer(this.#lists[i]!)
          if (one === yes) return yes
          if (one === unknown) answer = unknown
        }
        return answer
      }
      case asks.both: {
        const end = a + this.#nodes[node * 4 + 2]!
        let answer = yes
        for (let i = a; i < end; i++) {
          const one = this.#answer(this.#lists[i]!)
          if (one === no) return no
          if (one === unknown) answer = unknown
        }
        return answer
      }
      case asks.least:
        return this.#least(a, this.#nodes[node * 4 + 2]!)
      case asks.not: {
        const one = this.#answer(a)
        return one === unknown ? unknown : 1 - one
      }
      case asks.near:
        return this.#near(this.#lists[a]!, this.#lists[a + 1]!, this.#lists[a + 2]!) ? yes : no
      case asks.field:
        return this.#field(a)
      default:
        return this.#rest(a)
    }
  }

  #least(start: number, length: number): number {
    const count = this.#lists[start]!
    let sure = 0
    let maybe = 0
    for (let i = start + 1; i < start + length; i++) {
      const one = this.#answer(this.#lists[i]!)
      if (one === yes) sure++
      else if (one === unknown) maybe++
    }
    return sure >= count ? yes : sure + maybe >= count ? unknown : no
  }

  #row(start: number, length: number): boolean {
    for (let i = start; i < start + length; i++) if (!this.places.has(this.#lists[i]!)) return false
    const { places } = this
    for (let place = places.last(this.#lists[start]!); place !== 0; place = places.before(place)) {
      if (this.#rowGoesOn(start + 1, start + length, places.lasts[place]! + 1)) return true
    }
    return false
  }

  // A position may hold several words of different widths, so a row may go on in several ways.
  #rowGoesOn(from: number, to: number, at: number): boolean {
    if (from === to) return true
    const { places } = this
    for (let place = places.placeAt(this.#lists[from]!, at); place !== 0; place = places.beforeAt(place, at))
      if (this.#rowGoesOn(from + 1, to, places.lasts[place]! + 1)) return true
    return false
  }

  #spansOfRow(first: number, from: number, to: number, at: number, end: number): number {
    if (from === to) return this.#span(first, at - 1, end)
    let longer = end
    const { places } = this
    for (let place = places.placeAt(this.#lists[from]!, at); place !== 0; place = places.beforeAt(place, at))
      longer = this.#spansOfRow(first, from + 1, to, places.lasts[place]! + 1, longer)
    return longer
  }

  #near(left: number, right: number, distance: number): boolean {
    if (this.#answer(left) !== yes || this.#answer(right) !== yes) return false
    const middle = this.#spansOf(left, 0)
    const end = this.#spansOf(right, middle)
    const between = distance >> 1
    const ordered = (distance & 1) === 1
    if (middle * (end - middle) > mostPairs) return this.#nearMany(middle, end, between, ordered)
    const spans = this.#spans
    const text = this.#textPosition
    for (let i = 0; i < middle; i += 2) {
      const first = spans[i]!
      const last = spans[i + 1]!
      for (let k = middle; k < end; k += 2) {
        const after = spans[k]! - last - 1
        const before = first - spans[k + 1]! - 1
        if (!((after >= 0 && after <= between) || (!ordered && before >= 0 && before <= between))) continue
        // Title and text are never near.
        if (first < text === spans[k]! < text) return true
      }
    }
    return false
  }

  #nearMany(middle: number, end: number, between: number, ordered: boolean): boolean {
    const spans: Span[] = []
    for (let i = 0; i < end; i += 2) {
      const first = this.#spans[i]!
      spans.push({
        first,
        last: this.#spans[i + 1]!,
        field: first < this.#textPosition ? 'title' : 'text',
        start: 0,
        end: 0,
      })
    }
    return anyPair(spans.slice(0, middle / 2), spans.slice(middle / 2), { kind: 'near', between, ordered })
  }

  /** Writes first and last positions of the node behind one another; returns where they end. */
  #spansOf(node: number, at: number): number {
    const a = this.#nodes[node * 4 + 1]!
    switch (this.#nodes[node * 4]!) {
      case asks.one:
        return this.#spansOfPattern(a, at)
      case asks.any: {
        const end = a + this.#nodes[node * 4 + 2]!
        let to = at
        for (let i = a; i < end; i++) to = this.#spansOfPattern(this.#lists[i]!, to)
        return to
      }
      case asks.either: {
        const end = a + this.#nodes[node * 4 + 2]!
        let to = at
        for (let i = a; i < end; i++) to = this.#spansOf(this.#lists[i]!, to)
        return to
      }
      case asks.row: {
        const end = a + this.#nodes[node * 4 + 2]!
        let to = at
        for (let i = a; i < end; i++) if (!this.places.has(this.#lists[i]!)) return at
        const { places } = this
        for (let place = places.last(this.#lists[a]!); place !== 0; place = places.before(place)) {
          to = this.#spansOfRow(places.firsts[place]!, a + 1, end, places.lasts[place]! + 1, to)
        }
        return to
      }
      default:
        return at
    }
  }

  #spansOfPattern(pattern: number, at: number): number {
    if (!this.places.has(pattern)) return at
    let to = at
    const { places } = this
    for (let place = places.last(pattern); place !== 0; place = places.before(place))
      to = this.#span(places.firsts[place]!, places.lasts[place]!, to)
    return to
  }

  #span(first: number, last: number, at: number): number {
    if (at + 2 > this.#spans.length) this.#spans = doubled(this.#spans)
    this.#spans[at] = first
    this.#spans[at + 1] = last
    return at + 2
  }

  #field(key: number): number {
    let ask = this.#fields[key]
    if (!ask) {
      const query = JSON.parse(this.#index.patterns.keys.text(key)) as Query & { kind: 'field' }
      this.#fields[key] = ask = compileField(query)
    }
    return toAnswer(ask(this.#asked.post, noWords))
  }

  #rest(key: number): number {
    const query = (this.#rests[key] ??= JSON.parse(this.#index.patterns.keys.text(key)) as Query)
    const analysis = this.#asked.analysis()
    const { compiled, reading } = prepared(query, analysis.mode)
    reading.read(this.#asked.post, analysis)
    return toAnswer(compiled.truth(reading, null))
  }

  // One post in eight is enough to know what is frequent.
  #posts = 0
  #count(met: Float64Array): void {
    if ((this.#posts++ & 7) !== 0) return
    met[0]!++
    const { found, foundCount } = this.places
    for (let i = 0; i < foundCount; i++) met[found[i]!]!++
  }

  #forget(): void {
    this.places.clear()
    for (let i = 0; i < this.#answeredCount; i++) this.#answers[this.#answered[i]!] = 0
    for (let i = 0; i < this.#matchCount; i++) this.#matched[this.#matches[i]! >>> 5] = 0
    this.#matchCount = 0
    this.#answeredCount = 0
  }
}

// More pairs than this are sorted first: a long text of few words must not cost its square.
const mostPairs = 40_000
// Fields that read words are never asked here.
const noWords = analysePost({ title: null, text: '', lang: null })

function toAnswer(truth: boolean | null): number {
  return truth === null ? unknown : truth ? yes : no
}
