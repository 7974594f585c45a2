import { numbersOf, type Analysis } from './analyse.ts'
import { doubled } from './doubled.ts'
import { Slab } from './slab.ts'
import { keyOfStem, keyOfWord } from './word-key.ts'
import { NumbersPerWord, wordNumbers, type Word } from './word.ts'

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
  spelled: Word[]
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
  const { positions } = analysis
  const numbers = numbersOf(analysis)
  const spelled: Word[] = []
  const words = slab.words(numbers.length)
  const wordAt = slab.shorts(numbers.length)
  let stemCount = 0
  let keyCount = 0
  text++
  for (let token = 0; token < numbers.length; token++) {
    const word = met.at(numbers[token]!)
    const facts = met.numbers
    const begin = facts[word]!
    words[token] = keys[begin + 1]!
    wordAt[token] = positions[token]!
    stemCount += keys[begin]! - 1
    if (facts[word + 1] === text) continue
    facts[word + 1] = text
    spelled.push(wordNumbers.words[numbers[token]!]!)
    keyCount += keys[begin]!
  }
  const stems = slab.words(stemCount)
  const stemAt = slab.shorts(stemCount)
  const terms = slab.words(keyCount * 2)
  text++
  for (let token = 0, stem = 0, term = 0; token < numbers.length; token++) {
    const word = met.at(numbers[token]!)
    const facts = met.numbers
    const begin = facts[word]! + 1
    const end = begin + keys[begin - 1]! * 3
    for (let key = begin + 3; key < end; key += 3) {
      stems[stem] = keys[key]!
      stemAt[stem++] = positions[token]!
    }
    if (facts[word + 1] === text) continue
    facts[word + 1] = text
    for (let key = begin; key < end; key += 3) {
      terms[term++] = keys[key + 1]!
      terms[term++] = keys[key + 2]!
    }
  }
  return {
    terms: new Uint8Array(terms.buffer, terms.byteOffset, terms.byteLength),
    words,
    word_at: wordAt,
    stems,
    stem_at: stemAt,
    text_at: analysis.textPosition,
    spelled,
  }
}

/** By word: where its keys begin, and the text that met it last. */
const met = new NumbersPerWord(2, (word, into, at) => {
  into[at] = keep(word)
})

/** Of word after word how many keys it has, its own and those of its stems, and of each the place and the eight letters of the term. */
let keys = new Int32Array(2 ** 14)
let keysEnd = 1
let time = wordNumbers.time
let text = 0
const slab = new Slab()

function keep({ folded, stems }: Word): number {
  if (time !== wordNumbers.time) {
    time = wordNumbers.time
    keysEnd = 1
  }
  const begin = keysEnd
  while (begin + 4 + stems.length * 3 > keys.length) keys = doubled(keys)
  keys[keysEnd++] = stems.length + 1
  for (const { term, place } of [keyOfWord(folded), ...stems.map(keyOfStem)]) {
    keys[keysEnd++] = place
    for (let i = 0; i < term.length; i++) letters[i] = term.charCodeAt(i)
    keys[keysEnd++] = halves[0]!
    keys[keysEnd++] = halves[1]!
  }
  return begin
}

const letters = new Uint8Array(8)
const halves = new Int32Array(letters.buffer)
