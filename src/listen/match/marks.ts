import { spread } from '../../base/text/hash.ts'
import { isMarked } from '../../base/text/wanted.ts'
import { ints, type Ints, type Memory } from './memory.ts'

/**
 * A set of hashes, one bit for each (Bloom 1970, with one hash): it may take one for another, and never forgets one. It grows some
 * hashes at a time, so that no addition waits for all.
 */
export class Marks {
  /** Each eight times as large as the one before; one is in use. */
  readonly #tables: Ints[]
  /** How many hashes are marked, and the number of the table. */
  readonly #state: Ints
  readonly #marked: Ints
  // How many of the marks stand in the next table already.
  #moved = 0

  constructor(memory: Memory, name: string) {
    this.#tables = Array.from({ length: tables }, (_, i) => ints(memory, `${name} table ${i}`))
    this.#state = ints(memory, `${name} state`)
    this.#marked = ints(memory, `${name} marked`)
    this.#state.reach(2)
    if (this.bits.length === 0) this.#tables[0]!.reach(firstInts)
  }

  refresh(): void {
    for (const table of this.#tables) table.refresh()
  }

  /** As many bits as a power of two; see `isMarked`. */
  get bits(): Int32Array {
    return this.#tables[this.#state.view[1]!]!.view
  }

  has(hash: number): boolean {
    return isMarked(this.bits, hash)
  }

  mark(hash: number): void {
    const count = ++this.#state.view[0]!
    this.#marked.reach(count)
    this.#marked.view[count - 1] = hash
    setBit(this.bits, hash)
    // One bit in sixteen at most, so that few are taken for others.
    if (count * 16 > this.bits.length * 32) this.#move(count)
  }

  #move(count: number): void {
    const next = this.#tables[this.#state.view[1]! + 1]
    if (!next) return
    next.reach(this.bits.length * 8)
    for (let left = 16; left > 0 && this.#moved < count; left--) setBit(next.view, this.#marked.view[this.#moved++]!)
    if (this.#moved < count) return
    this.#state.view[1]!++
    this.#moved = 0
  }
}

function setBit(bits: Int32Array, hash: number): void {
  const place = spread(hash, bits.length * 32)
  bits[place >>> 5]! |= 1 << (place & 31)
}

const firstInts = 2 ** 10
const tables = 6
