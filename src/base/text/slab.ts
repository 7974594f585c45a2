/**
 * Typed arrays cut from large pieces of memory. An array with memory of its own costs the collector as much as a hundred
 * objects, and every text needs some; a piece is freed when none of its arrays is in use.
 */
export class Slab {
  readonly #pieceBytes: number
  #piece = new ArrayBuffer(0)
  #at = 0

  constructor(pieceBytes = 2 ** 20) {
    this.#pieceBytes = pieceBytes
  }

  ints(length: number): Int32Array<ArrayBuffer> {
    const at = this.#take(length * 4)
    return new Int32Array(this.#piece, at, length)
  }

  /** A copy of the first `length` numbers. */
  copy(numbers: Int32Array, length: number): Int32Array<ArrayBuffer> {
    const copy = this.ints(length)
    for (let i = 0; i < length; i++) copy[i] = numbers[i]!
    return copy
  }

  words(length: number): Uint32Array<ArrayBuffer> {
    const at = this.#take(length * 4)
    return new Uint32Array(this.#piece, at, length)
  }

  shorts(length: number): Uint16Array<ArrayBuffer> {
    const at = this.#take(length * 2)
    return new Uint16Array(this.#piece, at, length)
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    const at = this.#take(length)
    return new Uint8Array(this.#piece, at, length)
  }

  // Where so many bytes are free in the present piece, which may have become another one.
  #take(bytes: number): number {
    if (this.#at + bytes > this.#piece.byteLength) {
      this.#piece = new ArrayBuffer(Math.max(this.#pieceBytes, bytes))
      this.#at = 0
    }
    const at = this.#at
    this.#at += (bytes + 3) & ~3
    return at
  }
}
