import { analyse, type Analysis } from '../../../base/text/analyse.ts'

/** A name may be written in so many words more than it is told in: "банкмосквы" and "Банк Москвы", "alfabank" and "Alfa-Bank". */
const mostWords = 3
/** Shorter names are found as they are, longer ones also with an ending. */
const enoughForEndings = 4

/** The positions at which a name stands in a post, without regard to case, endings, hyphens and spaces. */
export function placesOf(analysis: Analysis, name: string): number[] {
  const wanted = bareName(name)
  if (wanted === '') return []
  const places: number[] = []
  for (let token = 0; token < analysis.words.length; token++) {
    const place = analysis.positions[token]!
    if (places.at(-1) !== place && beginsAt(analysis, token, wanted)) places.push(place)
  }
  return places
}

function beginsAt({ words, positions }: Analysis, token: number, wanted: string): boolean {
  let written = ''
  let end = positions[token]!
  for (let i = token, taken = 0; i < words.length && taken < mostWords; i++) {
    if (positions[i] !== end) continue
    written += bare(words[i]!.folded)
    if (written === wanted || (wanted.length >= enoughForEndings && hasEnding(written, wanted))) return true
    if (written.length >= wanted.length || !wanted.startsWith(written)) return false
    end += words[i]!.width
    taken++
  }
  return false
}

/** The same word with an ending or without its last letter: "сбербанка", "сбербанку"; "газпром" and "газпрома" from "газпромы". */
function hasEnding(written: string, wanted: string): boolean {
  return (
    written.length <= wanted.length + 3 &&
    written.startsWith(wanted.slice(0, Math.max(enoughForEndings, wanted.length - 1)))
  )
}

function bareName(name: string): string {
  const { words, positions } = analyse(name.slice(0, 200))
  let last = -1
  let whole = ''
  for (let token = 0; token < words.length; token++) {
    if (words[token]!.width > 1 || positions[token] === last) continue
    last = positions[token]!
    whole += bare(words[token]!.folded)
  }
  return whole
}

function bare(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}]+/gu, '')
}
