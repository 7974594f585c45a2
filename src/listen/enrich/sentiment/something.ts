import type { Analysis } from '../../../base/text/analyse.ts'
import { classes, classOfAstral, letter, packed, pictograph, surrogate } from '../../../base/text/characters.ts'

/** Whether there is a word or an emoji besides links, names of accounts and numbers. */
export function hasSomethingToSay(analysis: Analysis): boolean {
  let hiddenUntil = -1
  for (let token = 0; token < analysis.words.length; token++) {
    const { folded, width } = analysis.words[token]!
    const position = analysis.positions[token]!
    const first = folded.charCodeAt(0)
    // Of a name and an address the parts stand beside it.
    if (position <= hiddenUntil) continue
    if (first === atSign || folded.includes('/') || folded.includes('.')) {
      hiddenUntil = position + width - 1
      continue
    }
    if (says(folded, first)) return true
  }
  return false
}

const atSign = 64

function says(folded: string, first: number): boolean {
  let kind = classes[first]!
  if (kind === surrogate) kind = classOfAstral(folded.codePointAt(0)!)
  if (kind === pictograph || kind === packed) return true
  return kind === letter ? /\p{L}/u.test(folded) : folded.length > 1
}
