import type { Analysis } from './analyse.ts'
import { keyOfStem, keyOfWord, type WordKey } from './word-key.ts'
import type { Word } from './word.ts'

/**
 * What is stored of the words of a mention, as columns: `terms` are the keys of its words and stems, 8 bytes each, which
 * the index holds; the others are parallel pairs of keys and positions in reading order, of the words as written and of
 * their stems. `text_at` is the first position of the text; before it is the title.
 */
export type StoredWords = {
  terms: Uint8Array
  words: Uint32Array
  word_at: Uint16Array
  stems: Uint32Array
  stem_at: Uint16Array
  text_at: number
  /** No column: the different words as written, which wildcards are looked up among. */
  spelled: Spelling[]
}

/** One word as it is stored, made once for all posts that have it. */
export type Spelling = {
  readonly folded: string
  readonly key: WordKey
  readonly stems: Uint32Array
  /** The terms of the word and of its stems. */
  readonly terms: Uint8Array
  /** Of the text that met it last, so that a text lists it once. */
  seen: number
  /** The engine that is known to have it. */
  keptBy: object | null
}

export const noWords: StoredWords = {
  terms: new Uint8Array(),
  words: new Uint32Array(),
  word_at: new Uint16Array(),
  stems: new Uint32Array(),
  stem_at: new Uint16Array(),
  text_at: 0,
  spelled: [],
}

export function storedWords(analysis: Analysis): StoredWords {
  const { words, positions } = analysis
  const spelled: Spelling[] = []
  const wordKeys = new Uint32Array(words.length)
  let stemCount = 0
  let termBytes = 0
  text++
  for (let token = 0; token < words.length; token++) {
    const word = words[token]!
    const spelling = (word.spelling ??= spell(word))
    wordKeys[token] = spelling.key.place
    stemCount += spelling.stems.length
    if (spelling.seen === text) continue
    spelling.seen = text
    spelled.push(spelling)
    termBytes += spelling.terms.length
  }
  const stemKeys = new Uint32Array(stemCount)
  const stemAt = new Uint16Array(stemCount)
  for (let token = 0, stem = 0; token < words.length; token++) {
    const { stems } = words[token]!.spelling!
    for (let i = 0; i < stems.length; i++) {
      stemKeys[stem] = stems[i]!
      stemAt[stem++] = positions[token]!
    }
  }
  const terms = new Uint8Array(termBytes)
  let at = 0
  for (const spelling of spelled) {
    terms.set(spelling.terms, at)
    at += spelling.terms.length
  }
  return {
    terms,
    words: wordKeys,
    word_at: new Uint16Array(positions),
    stems: stemKeys,
    stem_at: stemAt,
    text_at: analysis.textPosition,
    spelled,
  }
}

let text = 0

function spell({ folded, stems }: Word): Spelling {
  const key = keyOfWord(folded)
  const keys = stems.map(keyOfStem)
  return {
    folded,
    key,
    stems: Uint32Array.from(keys, ({ place }) => place),
    terms: Buffer.from([key, ...keys].map(({ term }) => term).join(''), 'latin1'),
    seen: 0,
    keptBy: null,
  }
}
