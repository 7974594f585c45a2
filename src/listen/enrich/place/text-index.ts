import { hashOf, spread } from '../../../base/text/hash.ts'

// What something in the text is; the same letters may be several.
export const aWord = 0
export const anOpening = 0x2545f491
export const aName = 0x3c6ef372
export const aStem = 0x5bd1e995

/** Finds where something stands in a long text, in a few bytes for each: a hundred thousand strings would be looked through by every collection. */
export class TextIndex {
  readonly #text: string
  // A slot is a hash and one more than where it stands.
  #slots = new Int32Array(2 ** 13)
  #count = 0

  constructor(text: string) {
    this.#text = text
  }

  put(what: number, from: number, to: number): void {
    if (++this.#count * 4 > this.#slots.length) this.#widen()
    hang(this.#slots, hashOf(this.#text.slice(from, to)) ^ what, from)
  }

  putOnce(what: number, from: number, to: number): void {
    if (this.find(what, this.#text.slice(from, to)).length === 0) this.put(what, from, to)
  }

  /** All places where these letters were put as this, in the order in which they were. */
  find(what: number, letters: string): number[] {
    const slots = this.#slots
    const last = slots.length / 2 - 1
    const hash = hashOf(letters) ^ what
    const found: number[] = []
    for (let slot = spread(hash, last + 1); slots[slot * 2 + 1] !== 0; slot = (slot + 1) & last) {
      const at = slots[slot * 2 + 1]! - 1
      if (slots[slot * 2] === hash && this.#stands(letters, at)) found.push(at)
    }
    return found
  }

  #stands(letters: string, at: number): boolean {
    const end = at + letters.length
    return this.#text.startsWith(letters, at) && (end === this.#text.length || ' |\t\n'.includes(this.#text[end]!))
  }

  #widen(): void {
    const slots = new Int32Array(this.#slots.length * 2)
    // From behind a free slot on, so that those of one hash keep their order.
    const count = this.#slots.length / 2
    let free = 0
    while (this.#slots[free * 2 + 1] !== 0) free++
    for (let i = 1; i <= count; i++) {
      const slot = (free + i) % count
      if (this.#slots[slot * 2 + 1] !== 0) hang(slots, this.#slots[slot * 2]!, this.#slots[slot * 2 + 1]! - 1)
    }
    this.#slots = slots
  }
}

function hang(slots: Int32Array, hash: number, at: number): void {
  const last = slots.length / 2 - 1
  let slot = spread(hash, last + 1)
  while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & last
  slots[slot * 2] = hash
  slots[slot * 2 + 1] = at + 1
}
