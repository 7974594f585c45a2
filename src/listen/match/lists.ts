import { ints, type Ints, type Memory } from './memory.ts'

/**
 * Lists of whole numbers in one column: a list is where it begins, and its owner knows its length. Space that is given back
 * serves the next list of about that length.
 */
export class Lists {
  readonly column: Ints
  // Where free space of each size begins; by the writer only.
  readonly #free: number[][] = []
  #end = 1

  constructor(memory: Memory) {
    this.column = ints(memory, 'lists')
  }

  /** Space for `length` numbers; what stands in it is left from before. */
  take(length: number): number {
    const size = sizeOf(length)
    const given = this.#free[size]?.pop()
    if (given !== undefined) return given
    const start = this.#end
    this.#end += size
    this.column.reach(this.#end)
    return start
  }

  give(start: number, length: number): void {
    if (length > 0) (this.#free[sizeOf(length)] ??= []).push(start)
  }

  /** A list of these numbers. */
  add(numbers: ArrayLike<number>): number {
    if (numbers.length === 0) return 0
    const start = this.take(numbers.length)
    this.column.view.set(numbers, start)
    return start
  }

  /** The list, longer by a number; where it now begins. */
  append(start: number, length: number, number: number): number {
    let place = start
    if (length === 0 || sizeOf(length + 1) !== sizeOf(length)) {
      place = this.take(length + 1)
      this.column.view.copyWithin(place, start, start + length)
      this.give(start, length)
    }
    this.column.view[place + length] = number
    return place
  }

  /** The list without its last number; where it now begins. */
  shorten(start: number, length: number): number {
    if (length > 1 && sizeOf(length - 1) === sizeOf(length)) return start
    const place = length > 1 ? this.take(length - 1) : 0
    this.column.view.copyWithin(place, start, start + length - 1)
    this.give(start, length)
    return place
  }
}

// Sizes grow by a quarter, so that little is left empty and much is used again.
function sizeOf(length: number): number {
  if (length <= 8) return length
  const step = 2 ** (29 - Math.clz32(length))
  return Math.ceil(length / step) * step
}
