import { softmax } from '../../base/learn/calibrate.ts'
import type { Language } from './language.ts'
import { addEvidence, scoreLanguages, type LanguageModel } from './language-model.ts'
import { hashPieces, hashWord, orders } from './language-pieces.ts'
import { LanguageWords, scripts } from './language-words.ts'

/**
 * Reads the language of one text after another by a model, without allocating anything for a text. People repeat words, so
 * what a word speaks for is kept, each in the place of its hash, until another word takes it.
 */
export class LanguageReader {
  readonly #model: LanguageModel
  readonly #words = new LanguageWords()
  readonly #hashes = new Int32Array(256)
  readonly #evidence: Int32Array
  readonly #seen = new Int32Array(orders)
  /** By script and place: the hash of the word that is kept there. */
  readonly #kept: Int32Array[]
  /** By script and place: the score of each candidate, and how many letters no language has. */
  readonly #scores: Float32Array[]
  /** By script: sums over the words of a text. */
  readonly #sums: Float64Array[]
  readonly #probabilities: Float64Array[]

  constructor(model: LanguageModel) {
    this.#model = model
    this.#evidence = new Int32Array(orders * model.codes.length)
    this.#sums = model.candidates.map(({ length }) => new Float64Array(length))
    this.#probabilities = model.candidates.map(({ length }) => new Float64Array(length))
    this.#kept = model.candidates.map(({ length }) => new Int32Array(length === 0 ? 0 : places))
    this.#scores = model.candidates.map(({ length }) => new Float32Array(length === 0 ? 0 : places * (length + 1)))
  }

  read(text: string): Language {
    const words = this.#words
    words.read(text.slice(0, longestText).normalize('NFC'), mostLetters)
    const script = words.mainScript()
    const sums = this.#sums[script]!
    if (sums.length === 0) return unknown
    sums.fill(0)
    const scores = this.#scores[script]!
    let letters = 0
    let strange = 0
    let lookAt = firstLook
    for (let word = 0; word < words.count; word++) {
      if (words.scriptOf[word] !== script) continue
      const row = this.#scoreWord(word, script)
      for (let c = 0; c < sums.length; c++) sums[c]! += scores[row + c]!
      strange += scores[row + sums.length]!
      letters += words.begins[word + 1]! - words.begins[word]! - 2
      if (letters < lookAt) continue
      if (lead(sums) > decided) break
      lookAt = letters + nextLook
    }
    // Letters that none of the languages has are those of another one; of Han and Hangul nobody has met all signs.
    if (script !== han && script !== hangul && strange * 20 > letters) return unknown
    const best = this.#model.candidates[script]![largest(sums)]!
    return { code: this.#model.codes[best]!, confidence: Math.min(this.#certainty(script, letters), mostCertain) }
  }

  /** Where the scores of a word begin. */
  #scoreWord(word: number, script: number): number {
    const { letters, begins } = this.#words
    const [begin, end] = [begins[word]!, begins[word + 1]!]
    const hash = hashWord(letters, begin, end)
    const place = hash >>> (32 - placeBits)
    const { counts, codes, candidates } = this.#model
    const possible = candidates[script]!
    const row = place * (possible.length + 1)
    const kept = this.#kept[script]!
    if (kept[place] === hash) return row
    kept[place] = hash
    const evidence = this.#evidence.fill(0)
    const seen = this.#seen.fill(0)
    const count = hashPieces(letters, begin, end, this.#hashes)
    const strange = addEvidence(counts, codes.length, this.#hashes, count, evidence, seen)
    scoreLanguages(this.#model, possible, evidence, seen, this.#scores[script]!, row)
    this.#scores[script]![row + possible.length] = strange
    return row
  }

  #certainty(script: number, letters: number): number {
    const { temperatures } = this.#model
    const { scale } = temperatures.find((one) => letters <= one.letters) ?? temperatures.at(-1)!
    const sums = this.#sums[script]!
    const probabilities = this.#probabilities[script]!
    for (let c = 0; c < sums.length; c++) probabilities[c] = sums[c]! * scale
    softmax(probabilities)
    return probabilities[largest(sums)]!
  }
}

function largest(numbers: Float64Array): number {
  let best = 0
  for (let i = 1; i < numbers.length; i++) if (numbers[i]! > numbers[best]!) best = i
  return best
}

/** How far the best is before the second. */
function lead(numbers: Float64Array): number {
  let [first, second] = [-Infinity, -Infinity]
  for (const number of numbers) {
    if (number > first) [first, second] = [number, first]
    else if (number > second) second = number
  }
  return first - second
}

const unknown: Language = Object.freeze({ code: null, confidence: null })
const han = scripts.indexOf('Han') + 1
const hangul = scripts.indexOf('Hangul') + 1
const placeBits = 16
const places = 2 ** placeBits
const longestText = 1_000
const mostLetters = 160
const firstLook = 15
const nextLook = 10
// In natural logarithms. Reading on to the end changed 3 of 10,000 sentences.
const decided = 8
// Nobody has measured more than thousands of texts of a kind.
const mostCertain = 0.999
