/**
 * Numbers in shared memory that may become more without moving, so that every thread reads the same ones. The memory is only
 * reserved as far as it may grow; what is not used costs nothing. One thread writes.
 */
export type Memory = { [column: string]: SharedArrayBuffer }

// More than any column needs for some millions of queries.
const mostBytes = 2 ** 29

class Column<View extends Int32Array | Uint16Array | Float64Array> {
  view: View
  readonly #make: (memory: SharedArrayBuffer, length: number) => View
  readonly #memory: SharedArrayBuffer

  constructor(memory: Memory, name: string, make: (memory: SharedArrayBuffer, length: number) => View) {
    this.#memory = memory[name] ??= new SharedArrayBuffer(0, { maxByteLength: mostBytes })
    this.#make = make
    this.view = make(this.#memory, 0)
    this.refresh()
  }

  /** Afterwards there are at least so many numbers; new ones are zero. */
  reach(length: number): void {
    const { BYTES_PER_ELEMENT, length: present } = this.view
    if (length <= present) return
    // By an eighth, because no number is copied.
    const wanted = Math.max(length, 1024, present + (present >> 3)) * BYTES_PER_ELEMENT
    this.#memory.grow(Math.min(mostBytes, wanted))
    this.refresh()
  }

  /** Sees what another thread has added. */
  refresh(): void {
    // A view that follows the length by itself is read nine times slower.
    const length = Math.floor(this.#memory.byteLength / this.view.BYTES_PER_ELEMENT)
    if (length !== this.view.length) this.view = this.#make(this.#memory, length)
  }
}

export type Ints = Column<Int32Array>
export type Floats = Column<Float64Array>

export function ints(memory: Memory, name: string): Ints {
  return new Column(memory, name, (shared, length) => new Int32Array(shared, 0, length))
}

export function shorts(memory: Memory, name: string): Column<Uint16Array> {
  return new Column(memory, name, (shared, length) => new Uint16Array(shared, 0, length))
}

export function floats(memory: Memory, name: string): Floats {
  return new Column(memory, name, (shared, length) => new Float64Array(shared, 0, length))
}
