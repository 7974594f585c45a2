import { unhashed } from './folds.ts'
import { hashSeed, hashStep } from './hash.ts'
import { lastPosition, type Lexicon, type Tokens } from './tokens.ts'
import { isWantedWord } from './wanted.ts'
import { unnumbered, type Word } from './word.ts'

/** Adds the words of a text in the plain way: runs of letters and digits in lower case. One sentence, one paragraph. */
export function plainWords(tokens: Tokens, whole: string, lexicon: Lexicon): void {
  const { wanted } = lexicon
  const text = withSmallSigmas(whole)
  const length = text.length
  const sentence = tokens.size > 1 ? tokens.sentenceAt[tokens.size - 2]! + 1 : 0
  let i = 0
  while (i < length && tokens.size < lastPosition) {
    let folded = plainFolds[text.charCodeAt(i)]!
    if (folded === 0) {
      i++
      continue
    }
    const start = i
    let hash = hashSeed
    while (folded > uncommon) {
      hash = hashStep(hash, folded)
      i++
      folded = i < length ? plainFolds[text.charCodeAt(i)]! : 0
    }
    if (folded === uncommon && text.charCodeAt(i) === capitalDotted) {
      // In lower case it is i and a mark, and a mark ends the word.
      hash = hashStep(hash, 105)
      i++
    } else if (folded === uncommon) {
      const end = endOfWord(text, i)
      if (end === start) {
        i++
        continue
      }
      if (end > i) {
        i = end
        hash = unhashed
      }
    }
    const position = tokens.next(sentence, sentence)
    if (wanted !== null && hash !== unhashed && !isWantedWord(wanted, hash)) continue
    const word = lexicon.understand(text, start, i, hash, 1)
    if (word >= 0) tokens.add(word, position, start, i)
  }
}

// Which of its two small forms a capital sigma has depends on what stands around the word, too (Unicode, Final_Sigma).
function withSmallSigmas(text: string): string {
  if (!text.includes('Σ')) return text
  // The one letter that is two in lower case would move all others.
  const small = text.replaceAll('İ', 'I').toLowerCase()
  return text.replaceAll('Σ', (_, at: number) => small.charAt(at))
}

/** A word in plain analysis has no forms. */
export function makePlainWord(raw: string): Word {
  const word = raw.toLowerCase().replace(/\u0307$/, '')
  return {
    written: word,
    accented: word,
    folded: word,
    stems: [],
    accentedStems: [],
    width: 1,
    loud: false,
    number: 0,
    time: unnumbered,
  }
}

/** In place of a letter: only its neighbour or a longer form tells which it is. */
export const uncommon = 1
const capitalDotted = 0x130

/** By code unit: the letter or digit in lower case; 0 for what is none, or `uncommon`. */
export const plainFolds = makePlainFolds()

function makePlainFolds(): Uint16Array {
  const table = new Uint16Array(65_536)
  for (let code = 0; code < 65_536; code++) {
    const character = String.fromCharCode(code)
    if (code >= 0xd800 && code <= 0xdfff) table[code] = uncommon
    else if (/[\p{L}\p{N}]/u.test(character)) {
      const small = character.toLowerCase()
      // A capital sigma in lower case depends on its place in the word.
      table[code] = small.length === 1 && character !== 'Σ' ? small.charCodeAt(0) : uncommon
    }
  }
  return table
}

// Where a word with uncommon letters ends; the place itself when no letter stands there.
function endOfWord(text: string, at: number): number {
  letters.lastIndex = at
  return letters.test(text) ? letters.lastIndex : at
}

// After a dotted capital I the word is over, as above.
const letters = /(?:(?!İ)[\p{L}\p{N}])+İ?/uy
