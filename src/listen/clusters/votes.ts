/** How many rows of the present text each earlier post has; used again for the next text. */
export class Votes {
  /** The posts that have any, in no order. */
  readonly posts = new Uint32Array(slots / 2)
  readonly #votes = new Uint16Array(slots / 2)
  readonly #heads = new Uint16Array(slots / 2)
  readonly #firsts = new Uint16Array(slots / 2)
  count = 0
  readonly #slots = new Uint16Array(slots)
  readonly #stamps = new Int32Array(slots)
  #stamp = 0

  clear(): void {
    this.count = 0
    this.#stamp++
  }

  /** Rows come in reading order; `word` is where this one begins. */
  add(post: number, word: number, inHead: boolean): void {
    let slot = Math.imul(post, 0x9e3779b1) >>> (32 - slotBits)
    while (this.#stamps[slot] === this.#stamp && this.posts[this.#slots[slot]!] !== post)
      slot = (slot + 1) & (slots - 1)
    if (this.#stamps[slot] !== this.#stamp) {
      this.#stamps[slot] = this.#stamp
      this.#slots[slot] = this.count
      this.posts[this.count] = post
      this.#votes[this.count] = 0
      this.#firsts[this.count] = word
      this.#heads[this.count++] = 0
    }
    const index = this.#slots[slot]!
    this.#votes[index]!++
    if (inHead) this.#heads[index]!++
  }

  votes(index: number): number {
    return this.#votes[index]!
  }

  /** The word with which the first of them begins. */
  first(index: number): number {
    return this.#firsts[index]!
  }

  /** Those of them near the beginning of the longer text. */
  heads(index: number): number {
    return this.#heads[index]!
  }
}

// A text has at most half as many rows.
const slotBits = 13
const slots = 2 ** slotBits
