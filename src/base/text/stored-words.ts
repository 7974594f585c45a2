import type { Analysis } from './analyse.ts'
import { Slab } from './slab.ts'
import { keyOfStem, keyOfWord, type WordKey } from './word-key.ts'
import { PerWord, type Word } from './word.ts'

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
  /** The places of the word and of its stems, as signed numbers, which V8 keeps inside the object. */
  readonly place: number
  readonly stemCount: number
  readonly stem: number
  readonly otherStems: readonly number[]
  /** The terms of the word and of its stems, in ASCII. */
  readonly terms: string
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
  const wordKeys = slab.words(words.length)
  const wordAt = slab.shorts(words.length)
  let stemCount = 0
  let termBytes = 0
  text++
  for (let token = 0; token < words.length; token++) {
    const word = words[token]!
    const spelling = spellings.get(word) ?? spellings.keep(word, spell(word))
    wordKeys[token] = spelling.place
    wordAt[token] = positions[token]!
    stemCount += spelling.stemCount
    if (spelling.seen === text) continue
    spelling.seen = text
    spelled.push(spelling)
    termBytes += spelling.terms.length
  }
  const stemKeys = slab.words(stemCount)
  const stemAt = slab.shorts(stemCount)
  for (let token = 0, stem = 0; token < words.length; token++) {
    const spelling = spellings.get(words[token]!)!
    if (spelling.stemCount === 0) continue
    stemKeys[stem] = spelling.stem
    stemAt[stem++] = positions[token]!
    for (let i = 0; i < spelling.stemCount - 1; i++) {
      stemKeys[stem] = spelling.otherStems[i]!
      stemAt[stem++] = positions[token]!
    }
  }
  const terms = slab.bytes(termBytes)
  let at = 0
  for (const spelling of spelled) {
    for (let i = 0; i < spelling.terms.length; i++) terms[at++] = spelling.terms.charCodeAt(i)
  }
  return {
    terms,
    words: wordKeys,
    word_at: wordAt,
    stems: stemKeys,
    stem_at: stemAt,
    text_at: analysis.textPosition,
    spelled,
  }
}

const spellings = new PerWord<Spelling>()
let text = 0
const slab = new Slab()

function spell({ folded, stems }: Word): Spelling {
  const key = keyOfWord(folded)
  const keys = stems.map(keyOfStem)
  return {
    folded,
    key,
    place: key.place | 0,
    stemCount: keys.length,
    stem: (keys[0]?.place ?? 0) | 0,
    otherStems: keys.slice(1).map(({ place }) => place | 0),
    terms: [key, ...keys].map(({ term }) => term).join(''),
    seen: 0,
    keptBy: null,
  }
}
