import { analyse, type Analysis } from '../../../base/text/analyse.ts'
import type { Word } from '../../../base/text/word.ts'

export type Place = { from: number; to: number }

/** Where a phrase stands in an analysed text, whatever the forms of its words: «Филин Банк» in «о Филин Банке». */
export function placesOf(phrase: string, { words, positions, starts, ends }: Analysis): Place[] {
  const wanted = analyse(phrase)
  const [first] = wanted.positions
  if (first === undefined) return []
  const parts = Map.groupBy(wanted.words.keys(), (token) => wanted.positions[token]! - first)
  const there = Map.groupBy(words.keys(), (token) => positions[token]!)
  const places: Place[] = []
  for (const position of there.keys()) {
    const tokens = [...parts].map(([at, asked]) =>
      there.get(position + at)?.find((token) => asked.some((one) => isForm(wanted.words[one]!, words[token]!))),
    )
    if (tokens.some((token) => token === undefined)) continue
    places.push({ from: starts[tokens[0]!]!, to: ends[tokens.at(-1)!]! })
  }
  return places
}

function isForm(wanted: Word, found: Word): boolean {
  return wanted.folded === found.folded || wanted.stems.some((stem) => found.stems.includes(stem))
}
