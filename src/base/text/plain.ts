import { lastPosition, type Analysis } from './analyse.ts'
import { step, type WordTable } from './word-table.ts'

/** Adds the words of a text in the plain way: lower case, then runs of letters and digits. One sentence, one paragraph. */
export function plainWords(analysis: Analysis, text: string, _lang: string, known: WordTable): void {
  const lowered = text.toLowerCase()
  const offsetOf = lowered.length === text.length ? (at: number) => at : offsets(text)
  const sentence = (analysis.sentenceAt.at(-2) ?? -1) + 1
  let start = -1
  let hash = 0
  for (let i = 0; i <= lowered.length; i++) {
    const code = i < lowered.length ? lowered.charCodeAt(i) : 32
    const part = code < 0xd800 || code > 0xdfff ? plainLetters[code] === 1 : inAstralLetter(lowered, i)
    if (part) {
      if (start < 0) {
        start = i
        hash = 0
      }
      hash = step(hash, code)
    } else if (start >= 0) {
      if (analysis.sentenceAt.length >= lastPosition) return
      let word = known.find(lowered, start, i, hash)
      if (!word) {
        const raw = lowered.slice(start, i)
        word = known.add(raw, hash, {
          written: raw,
          accented: raw,
          folded: raw,
          stems: [],
          accentedStems: [],
          width: 1,
        })
      }
      analysis.words.push(word)
      analysis.positions.push(analysis.sentenceAt.length)
      analysis.starts.push(offsetOf(start))
      analysis.ends.push(offsetOf(i))
      analysis.sentenceAt.push(sentence)
      analysis.paragraphAt.push(sentence)
      start = -1
    }
  }
}

const plainLetters = new Uint8Array(65_536)
for (let code = 0; code < 65_536; code++) if (/[\p{L}\p{N}]/u.test(String.fromCharCode(code))) plainLetters[code] = 1

function inAstralLetter(text: string, at: number): boolean {
  const high = text.charCodeAt(at) <= 0xdbff ? at : at - 1
  return high >= 0 && /^[\p{L}\p{N}]/u.test(text.slice(high, high + 2)) && text.codePointAt(high)! > 0xffff
}

// A few capitals (İ) become longer in lower case.
function offsets(text: string): (at: number) => number {
  const places: number[] = []
  let at = 0
  for (const character of text) {
    for (let i = character.toLowerCase().length; i > 0; i--) places.push(at)
    at += character.length
  }
  return (place) => places[place] ?? text.length
}
