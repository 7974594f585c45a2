import { spread, wholeWord } from './hash.ts'

/** Bits for the hashes of words that somebody may want (Bloom 1970); as many as a power of two. */
export type Wanted = Int32Array

export function isWantedWord(wanted: Wanted, hash: number): boolean {
  return isMarked(wanted, wholeWord(hash))
}

export function isMarked(bits: Int32Array, hash: number): boolean {
  const place = spread(hash, bits.length * 32)
  return ((bits[place >>> 5]! >>> (place & 31)) & 1) !== 0
}
