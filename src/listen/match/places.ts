import { doubled } from '../../base/text/doubled.ts'

/**
 * Which patterns one post has, and where. Nothing is allocated for a post, and what a post marked is unmarked again, so that the
 * tables stay in the processor's cache.
 */
export class Places {
  /** By pattern, one bit each: it is in the post. */
  present = new Int32Array(0)
  /** The patterns that are in the post. */
  found = new Int32Array(first)
  foundCount = 0
  /** By place: its first and its last position. Places are numbered from 1. */
  firsts = new Int32Array(first)
  lasts = new Int32Array(first)
  // By pattern its last place; by place the one before it of the same pattern, 0 when there is none.
  #heads = new Int32Array(0)
  #next = new Int32Array(first)
  #count = 0
  /** The places of a pattern as lists, of a long post only. */
  readonly #chains = new Map<number, number[]>()

  /** Makes room for patterns below this number. */
  reach(patterns: number): void {
    if (this.#heads.length >= patterns) return
    this.#heads = new Int32Array(patterns + (patterns >> 2))
    this.present = new Int32Array((this.#heads.length >>> 5) + 1)
  }

  /** A pattern stands from one position to another; positions come in ascending order. */
  mark(pattern: number, from: number, to: number): void {
    const bit = 1 << (pattern & 31)
    const place = ++this.#count
    if (place >= this.firsts.length) this.#widen()
    if ((this.present[pattern >>> 5]! & bit) === 0) {
      this.present[pattern >>> 5]! |= bit
      this.found[this.foundCount++] = pattern
      this.#heads[pattern] = 0
    }
    this.firsts[place] = from
    this.lasts[place] = to
    this.#next[place] = this.#heads[pattern]!
    this.#heads[pattern] = place
  }

  has(pattern: number): boolean {
    return (this.present[pattern >>> 5]! & (1 << (pattern & 31))) !== 0
  }

  /** The last place of a pattern that is in the post. */
  last(pattern: number): number {
    return this.#heads[pattern]!
  }

  /** The place of the same pattern before this one; 0 when there is none. */
  before(place: number): number {
    return this.#next[place]!
  }

  /** The last place of the pattern that begins at the position; 0 when there is none. */
  placeAt(pattern: number, at: number): number {
    let place = this.#heads[pattern]!
    // In a long text of few words the chain is long, and walking it for every word would take the square of its length.
    if (this.#count > manyPlaces) {
      const places = this.#placesOf(pattern)
      let low = 0
      let high = places.length
      while (low < high) {
        const middle = (low + high) >> 1
        if (this.firsts[places[middle]!]! > at) low = middle + 1
        else high = middle
      }
      place = places[low] ?? 0
    }
    while (place !== 0 && this.firsts[place]! > at) place = this.#next[place]!
    return place !== 0 && this.firsts[place] === at ? place : 0
  }

  /** The place before it that begins at the same position; 0 when there is none. */
  beforeAt(place: number, at: number): number {
    const before = this.#next[place]!
    return before !== 0 && this.firsts[before] === at ? before : 0
  }

  clear(): void {
    for (let i = 0; i < this.foundCount; i++) this.present[this.found[i]! >>> 5] = 0
    this.foundCount = 0
    this.#count = 0
    if (this.#chains.size > 0) this.#chains.clear()
  }

  #placesOf(pattern: number): number[] {
    let places = this.#chains.get(pattern)
    if (!places) {
      places = []
      for (let place = this.#heads[pattern]!; place !== 0; place = this.#next[place]!) places.push(place)
      this.#chains.set(pattern, places)
    }
    return places
  }

  #widen(): void {
    this.firsts = doubled(this.firsts)
    this.lasts = doubled(this.lasts)
    this.#next = doubled(this.#next)
    this.found = doubled(this.found)
  }
}

const first = 1024
// More places than most posts have words.
const manyPlaces = 2_000
