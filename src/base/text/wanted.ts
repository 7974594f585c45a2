import { spread, wholeWord } from './hash.ts'

/** Which words somebody may want: bits for the hashes of whole folded words and of beginnings of words (Bloom 1970). */
export type Wanted = {
  /** Length: a power of two. */
  bits: Int32Array
  /** Bit n: beginnings of n letters are marked; bit 0: every word is wanted. */
  lengths: number
}

export function isWantedBeginning({ bits }: Wanted, hash: number): boolean {
  const place = spread(hash, bits.length * 32)
  return ((bits[place >>> 5]! >>> (place & 31)) & 1) !== 0
}

export function isWantedWord(wanted: Wanted, hash: number): boolean {
  return isWantedBeginning(wanted, wholeWord(hash))
}
