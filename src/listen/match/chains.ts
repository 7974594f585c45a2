import { ints, type Ints, type Memory } from './memory.ts'

/**
 * Numbered things found by a hash, in shared memory: chains of those that share a place. The places become one more with each
 * thing (linear hashing: Litwin 1980), so that no addition waits until all are placed anew.
 */
export class Chains {
  readonly #heads: Ints
  readonly #next: Ints
  readonly #hashes: Ints
  readonly #places: Ints

  constructor(memory: Memory, name: string) {
    this.#heads = ints(memory, `${name} heads`)
    this.#next = ints(memory, `${name} next`)
    this.#hashes = ints(memory, `${name} hashes`)
    this.#places = ints(memory, `${name} places`)
    this.#places.reach(1)
    if (this.#places.view[0] !== 0) return
    this.#places.view[0] = firstPlaces
    this.#heads.reach(firstPlaces)
  }

  refresh(): void {
    for (const column of [this.#heads, this.#next, this.#hashes]) column.refresh()
  }

  /** The first of the chain where things of this hash stand; 0 when nothing does. */
  first(hash: number): number {
    return this.#heads.view[this.#placeOf(hash)]!
  }

  /** The next one in the chain; 0 behind the last. */
  next(thing: number): number {
    return this.#next.view[thing]!
  }

  hash(thing: number): number {
    return this.#hashes.view[thing]!
  }

  /** Numbers start at 1 and are used again, so the highest tells how many there are. */
  add(thing: number, hash: number): void {
    this.#next.reach(thing + 1)
    this.#hashes.reach(thing + 1)
    this.#hashes.view[thing] = hash
    if (thing > this.#places.view[0]!) this.#split()
    this.#hang(thing, this.#placeOf(hash))
  }

  remove(thing: number): void {
    const next = this.#next.view
    const place = this.#placeOf(this.#hashes.view[thing]!)
    let before = this.#heads.view[place]!
    if (before === thing) this.#heads.view[place] = next[thing]!
    else {
      while (next[before] !== thing) before = next[before]!
      next[before] = next[thing]!
    }
  }

  #hang(thing: number, place: number): void {
    this.#next.view[thing] = this.#heads.view[place]!
    this.#heads.view[place] = thing
  }

  // The places up to the last power of two, and those that were split off from the first of them.
  #placeOf(hash: number): number {
    const places = this.#places.view[0]!
    const power = 1 << (31 - Math.clz32(places))
    const place = mixed(hash) & (power * 2 - 1)
    return place < places ? place : place - power
  }

  #split(): void {
    const fresh = this.#places.view[0]!
    const old = fresh - (1 << (31 - Math.clz32(fresh)))
    this.#heads.reach(fresh + 1)
    this.#places.view[0] = fresh + 1
    let thing = this.#heads.view[old]!
    this.#heads.view[old] = 0
    while (thing !== 0) {
      const next = this.#next.view[thing]!
      this.#hang(thing, this.#placeOf(this.#hashes.view[thing]!))
      thing = next
    }
  }
}

// Lets all bits reach the lower ones.
function mixed(hash: number): number {
  const product = Math.imul(hash, 0x9e3779b1)
  return product ^ (product >>> 16)
}

const firstPlaces = 2 ** 10
