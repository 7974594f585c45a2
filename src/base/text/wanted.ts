import { spread, wholeWord } from './hash.ts'

/** Which words somebody may want: bits for the hashes of whole folded words and of beginnings of words (Bloom 1970). */
export type Wanted = {
  /** Length: a power of two. */
  bits: Int32Array
  /** Bit n: beginnings of n letters are marked; bit 0: every word is wanted. */
  lengths: number
}

/** Longer beginnings are marked by so many letters. */
export const longestBeginning = 31

/** Whether words that begin with these `length` letters may be wanted. */
export function isWantedBeginning({ bits, lengths }: Wanted, hash: number, length: number): boolean {
  return length <= longestBeginning && ((lengths >>> length) & 1) !== 0 && isMarked(bits, hash)
}

export function isWantedWord({ bits }: Wanted, hash: number): boolean {
  return isMarked(bits, wholeWord(hash))
}

function isMarked(bits: Int32Array, hash: number): boolean {
  const place = spread(hash, bits.length * 32)
  return ((bits[place >>> 5]! >>> (place & 31)) & 1) !== 0
}
