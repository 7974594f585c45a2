import { numbersOf, type Analysis } from '../../../base/text/analyse.ts'
import { NumberPerWord } from '../../../base/text/word.ts'
import { classes, classOfAstral, letter, packed, pictograph, surrogate } from '../../../base/text/characters.ts'

/** Whether there is a word or an emoji besides links, names of accounts and numbers. */
export function hasSomethingToSay(analysis: Analysis): boolean {
  const { words, positions } = analysis
  const numbers = numbersOf(analysis)
  let hiddenUntil = -1
  for (let token = 0; token < numbers.length; token++) {
    const position = positions[token]!
    if (position <= hiddenUntil) continue
    const kind = kinds.of(numbers[token]!)
    if (kind === telling) return true
    // Of a name and an address the parts stand beside it.
    if (kind === hiding) hiddenUntil = position + words[token]!.width - 1
  }
  return false
}

const nothing = 0
const telling = 1
const hiding = 2

const kinds = new NumberPerWord(({ folded }) => {
  const first = folded.charCodeAt(0)
  if (first === atSign || folded.includes('/') || folded.includes('.')) return hiding
  return says(folded, first) ? telling : nothing
})

const atSign = 64

function says(folded: string, first: number): boolean {
  let kind = classes[first]!
  if (kind === surrogate) kind = classOfAstral(folded.codePointAt(0)!)
  if (kind === pictograph || kind === packed) return true
  return kind === letter ? /\p{L}/u.test(folded) : folded.length > 1
}
