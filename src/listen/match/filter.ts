import { hashOf, hashSeed, hashStep, spread, wholeWord } from '../../base/text/hash.ts'
import { longestBeginning, type Wanted } from '../../base/text/wanted.ts'
import { ints, type Ints, type Memory } from './memory.ts'

/**
 * Says of most words that no query can want them, while their letters are read: bits for the hashes of wanted words and of
 * beginnings of wanted words (Bloom 1970, with one hash). It never says so of a wanted word.
 */
export class Filter {
  readonly bits: Ints
  /** The lengths of `Wanted`, and the number of hashes marked. */
  readonly state: Ints
  readonly #marked: Ints

  constructor(memory: Memory) {
    this.bits = ints(memory, 'filter bits')
    this.state = ints(memory, 'filter state')
    this.#marked = ints(memory, 'filter marked')
    this.state.reach(2)
    if (this.bits.view.length === 0) this.bits.reach(firstWords)
  }

  refresh(): void {
    this.bits.refresh()
  }

  get wanted(): Wanted {
    return { bits: this.bits.view, lengths: this.state.view[0]! }
  }

  /** Lets the whole folded word through. */
  wantWord(folded: string): void {
    this.#mark(wholeWord(hashOf(folded)))
  }

  /** Lets through every word whose folded letters begin so; the empty beginning lets everything through. */
  wantBeginning(folded: string): void {
    const length = Math.min(folded.length, longestBeginning)
    this.state.view[0]! |= 1 << length
    let hash = hashSeed
    for (let i = 0; i < length; i++) hash = hashStep(hash, folded.charCodeAt(i))
    this.#mark(hash)
  }

  #mark(hash: number): void {
    const count = this.state.view[1]!
    this.#marked.reach(count + 1)
    this.#marked.view[count] = hash
    this.state.view[1] = count + 1
    this.#set(hash)
    // One bit in sixteen at most, so that few unwanted words come through.
    if (count * 16 > this.bits.view.length * 32) this.#widen()
  }

  #set(hash: number): void {
    const bits = this.bits.view
    const place = spread(hash, bits.length * 32)
    bits[place >>> 5]! |= 1 << (place & 31)
  }

  #widen(): void {
    this.bits.reach(this.bits.view.length * 8)
    this.bits.view.fill(0)
    for (let i = 0; i < this.state.view[1]!; i++) this.#set(this.#marked.view[i]!)
  }
}

const firstWords = 2 ** 13
