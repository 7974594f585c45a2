/** One word as the analyser understood it. Equal words of equal languages are usually one object, so what it means may be kept with it. */
export type Word = {
  /** Compatibility forms made plain (NFKC); case and accents as written. */
  written: string
  /** Lower case, `ё` as `е`; accents kept, so that a typed accent can be demanded. */
  accented: string
  /** The same without accents. The stored `tokens`. */
  folded: string
  /** `ru:банк`: stems without accents, each with its language. The stored `stems`. */
  stems: readonly string[]
  /** The same stems with accents. */
  accentedStems: readonly string[]
  /** Number of positions it covers: a hyphenated word covers its parts. */
  width: number
  /** See `PerWord`. */
  kept: unknown[]
}

/**
 * What one reader makes of each word, worked out when the word is first met and kept as long as the word is. Lies with the word
 * because a word is met some million times an hour, and because weak tables of so many words are gone through at each
 * collection of garbage.
 */
export class PerWord<Value> {
  readonly #place = places++

  /** Undefined: nothing is kept yet. */
  get({ kept }: Word): Value | undefined {
    return kept[this.#place] as Value | undefined
  }

  /** Returns the value. */
  keep({ kept }: Word, value: Value): Value {
    // Holes would make of the list a table that is looked up by hashes.
    while (kept.length < this.#place) kept.push(undefined)
    kept[this.#place] = value
    return value
  }
}

let places = 0
