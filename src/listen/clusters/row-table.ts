/**
 * Rows of words, each with the post that had it last. A table that forgets: a row has one bucket, and a new one takes the
 * place of the row there that was met longest ago, so nothing is ever cleaned up and the size is bounded.
 */
export class RowTable {
  #rows: Int32Array
  #posts: Uint32Array
  #facts: Uint8Array
  /** As a power of two: how many buckets there are, and will ever be. */
  #bits: number
  readonly #mostBits: number
  #used = 0

  constructor(mostRows: number) {
    this.#mostBits = Math.max(firstBits, Math.ceil(Math.log2(mostRows / bucket)))
    this.#bits = firstBits
    const places = bucket << this.#bits
    this.#rows = new Int32Array(places)
    this.#posts = new Uint32Array(places)
    this.#facts = new Uint8Array(places)
  }

  get bytes(): number {
    return this.#rows.length * 9
  }

  /** Where the row is, or −1. */
  find(row: number): number {
    const from = (row >>> (32 - this.#bits)) * bucket
    for (let place = from; place < from + bucket; place++)
      if (this.#rows[place] === row && this.#posts[place] !== 0) return place
    return -1
  }

  /** The number of the post that had it last. */
  postAt(place: number): number {
    return this.#posts[place]!
  }

  /** In which word of that post it began, as far as known: rounded down to eights, at most 504. */
  wordAt(place: number): number {
    return (this.#facts[place]! >> 2) * 8
  }

  /** How many times it went over to another text: such a row says nothing of any one text. At most `often`. */
  changesAt(place: number): number {
    return this.#facts[place]! & 3
  }

  /** Writes down who had the row last; `place` is where `find` saw it. */
  set(row: number, place: number, post: number, word = 0, changes = 0): void {
    const at = place >= 0 ? place : this.#make(row)
    this.#posts[at] = post
    this.#facts[at] = (Math.min(63, word >> 3) << 2) | Math.min(often, changes)
  }

  #make(row: number): number {
    let place = this.#oldestPlace(row)
    // Rather than forgetting a row the table grows; a full bucket of a table mostly free is chance.
    while (this.#posts[place] !== 0 && this.#bits < this.#mostBits && this.#used > this.#rows.length * 0.3) {
      this.#widen()
      place = this.#oldestPlace(row)
    }
    if (this.#posts[place] === 0) this.#used++
    this.#rows[place] = row
    return place
  }

  #oldestPlace(row: number): number {
    const from = (row >>> (32 - this.#bits)) * bucket
    let oldest = from
    for (let place = from + 1; place < from + bucket; place++)
      if (this.#posts[place]! < this.#posts[oldest]!) oldest = place
    return oldest
  }

  // The next bit of its rows parts a bucket in two.
  #widen(): void {
    const [rows, posts, facts] = [this.#rows, this.#posts, this.#facts]
    this.#bits++
    const places = bucket << this.#bits
    this.#rows = new Int32Array(places)
    this.#posts = new Uint32Array(places)
    this.#facts = new Uint8Array(places)
    for (let old = 0; old < rows.length; old++) {
      if (posts[old] === 0) continue
      let place = (rows[old]! >>> (32 - this.#bits)) * bucket
      while (this.#posts[place] !== 0) place++
      this.#rows[place] = rows[old]!
      this.#posts[place] = posts[old]!
      this.#facts[place] = facts[old]!
    }
  }
}

/** The most changes that are counted. */
export const often = 3

const bucket = 8
const firstBits = 12
