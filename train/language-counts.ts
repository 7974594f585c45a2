import { absent, bucketBits, evidenceSteps, type PieceCounts } from '../src/listen/enrich/language-model.ts'
import { hashPieces, orderOf, orders } from '../src/listen/enrich/language-pieces.ts'
import type { LanguageWords } from '../src/listen/enrich/language-words.ts'

/** Counts how often each language has each piece; texts of some sets count less than others. */
export class PieceCounter {
  // A piece and its language in one number, by how much it counts: sorting is the fastest way to count so many.
  readonly #found = new Map<number, { keys: Float64Array<ArrayBuffer>; count: number }>()
  readonly #hashes = new Int32Array(512)

  /** Counts the words of a script. */
  add(words: LanguageWords, script: number, language: number, weight: number): void {
    let list = this.#found.get(weight)
    if (!list) this.#found.set(weight, (list = { keys: new Float64Array(1 << 20), count: 0 }))
    for (let word = 0; word < words.count; word++) {
      if (words.scriptOf[word] !== script) continue
      const pieces = hashPieces(words.letters, words.begins[word]!, words.begins[word + 1]!, this.#hashes)
      if (list.count + pieces > list.keys.length) {
        const longer = new Float64Array(list.keys.length * 2)
        longer.set(list.keys)
        list.keys = longer
      }
      for (let i = 0; i < pieces; i++) list.keys[list.count++] = (this.#hashes[i]! >>> 0) * most + language
    }
  }

  /**
   * The table of all pieces that occur often enough (`least`, by order), and how many pieces of each order each language
   * has: `totals[order * languages + language]`.
   */
  table(languages: number, least: number[]): { counts: PieceCounts; totals: Float64Array } {
    const counts = new Map<number, number>()
    for (const [weight, { keys, count }] of this.#found) {
      const sorted = keys.subarray(0, count).toSorted()
      for (let from = 0; from < count;) {
        let to = from
        while (to < count && sorted[to] === sorted[from]) to++
        counts.set(sorted[from]!, (counts.get(sorted[from]!) ?? 0) + weight * (to - from))
        from = to
      }
    }
    const totals = new Float64Array(orders * languages)
    const kept: number[] = []
    for (const [key, count] of counts) {
      const order = orderOf(Math.floor(key / most))
      totals[order * languages + (key % most)]! += count
      if (count >= least[order]!) kept.push(key)
    }
    return { counts: inBuckets(Float64Array.from(kept).sort(), counts), totals }
  }
}

const most = 128

/** Sorted keys are in the order of their buckets. */
function inBuckets(keys: Float64Array, counts: Map<number, number>): PieceCounts {
  const starts = new Int32Array(2 ** bucketBits + 1)
  const entries = new Uint8Array(keys.length * 5)
  let end = 0
  let bucket = 0
  for (let from = 0; from < keys.length;) {
    const hash = Math.floor(keys[from]! / most)
    while (bucket < hash >>> (32 - bucketBits)) starts[++bucket] = end
    let to = from
    while (to < keys.length && Math.floor(keys[to]! / most) === hash) to++
    entries[end] = hash & 0xff
    entries[end + 1] = (hash >>> 8) & 0xff
    entries[end + 2] = to - from
    end += 3
    for (; from < to; from++) {
      entries[end++] = keys[from]! % most
      entries[end++] = Math.min(255, Math.round(evidenceSteps * Math.log((counts.get(keys[from]!)! + absent) / absent)))
    }
  }
  while (bucket < 2 ** bucketBits) starts[++bucket] = end
  return { starts, entries: entries.slice(0, end) }
}
