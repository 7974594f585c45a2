/** FNV-1a over code units, one step at a time, so that the hash of a word's beginning is met on the way to its end. */
export const hashSeed = 0x811c9dc5 | 0

export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

export function hashOf(text: string): number {
  let hash = hashSeed
  for (let i = 0; i < text.length; i++) hash = hashStep(hash, text.charCodeAt(i))
  return hash
}

/** A place for the hash among `places`, a power of two: the upper bits after a multiplication, which all bits reach. */
export function spread(hash: number, places: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> (Math.clz32(places) + 1)
}

/** The hash of a word as a whole, apart from the same letters as a beginning. */
export function wholeWord(hash: number): number {
  return hash ^ 0x5bd1e995
}
