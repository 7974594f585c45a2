import type { Spelling } from './stored-words.ts'

/** One word as the analyser understood it. Equal words of equal languages are usually one object, so it may key a cache. */
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
  /** How it is stored, once it was. */
  spelling?: Spelling
}
