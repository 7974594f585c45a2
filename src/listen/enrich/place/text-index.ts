import { hashOf, spread } from '../../../base/text/hash.ts'
import { hang, widened } from '../../../base/text/slots.ts'

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
    if (++this.#count * 4 > this.#slots.length) this.#slots = widened(this.#slots)
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
}
