/** Pieces of one to four letters count, and whole words that are longer, each length for itself. Pieces of five add nothing. */
export const orders = 6
const wholeWord = 5
const longestPiece = 4

/** The length of a piece whose hash this is, from 1 to 4; 5 for a whole word. */
export function orderOf(hash: number): number {
  return hash & 7
}

/**
 * Writes the hashes of all pieces of a word, which stands in `letters` between its two marks, into `hashes`; how many they
 * are. A mark alone is no piece. `hashes` must have room for five times the letters.
 */
export function hashPieces(letters: Uint16Array, begin: number, end: number, hashes: Int32Array): number {
  let count = 0
  for (let from = begin; from < end; from++) {
    const to = from + longestPiece < end ? from + longestPiece : end
    let hash = seed
    for (let at = from; at < to; at++) {
      hash = Math.imul(hash ^ letters[at]!, prime)
      hash ^= hash >>> 15
      if (at === from && (from === begin || from === end - 1)) continue
      hashes[count++] = withOrder(hash, at - from + 1)
    }
  }
  if (end - begin > longestPiece) hashes[count++] = withOrder(hashWord(letters, begin, end), wholeWord)
  return count
}

/** The hash of a whole word with its marks; its upper bits depend on all letters. */
export function hashWord(letters: Uint16Array, begin: number, end: number): number {
  let hash = ~seed
  for (let at = begin; at < end; at++) {
    hash = Math.imul(hash ^ letters[at]!, prime)
    hash ^= hash >>> 13
  }
  return Math.imul(hash, golden)
}

// FNV-1a with its upper bits folded in.
const seed = 0x811c9dc5 | 0
const prime = 0x01000193
const golden = 0x9e3779b1 | 0

function withOrder(hash: number, order: number): number {
  return (Math.imul(hash, golden) & ~7) | order
}
