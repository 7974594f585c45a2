import { createHash } from 'node:crypto'
import type { Analysis } from '../../base/text/analyse.ts'

/** Shorter texts say the same by chance ("спасибо!"), so they stand alone. */
const enoughLetters = 24

/**
 * Name of the group of texts that are the same after normalising: case, accents, links, @names, #signs, punctuation,
 * emoji and spacing do not count. Null when the text is too short to be a copy of another.
 */
export function clusterOf(analysis: Analysis): string | null {
  let bare = ''
  let letters = 0
  let done = -1
  for (let token = analysis.textToken; token < analysis.words.length; token++) {
    const { folded, width } = analysis.words[token]!
    const position = analysis.positions[token]!
    // A hyphenated word counts by its parts, and a #word by the word, which stand beside it.
    const first = folded.charCodeAt(0)
    if (position === done || width > 1 || first === hash || first === dollar) continue
    done = position
    if (first === at || isPicture(first) || isAddress(folded)) continue
    bare += ` ${folded}`
    letters += folded.length
  }
  if (letters < enoughLetters) return null
  return createHash('md5').update(bare).digest('hex').slice(0, 16)
}

const hash = 35
const dollar = 36
const at = 64

// Symbols, arrows and the surrogates that emoji begin with; asked for every word, so by numbers and not by a pattern.
function isPicture(code: number): boolean {
  return code < 48 || (code >= 0x2000 && code < 0x2c00) || (code >= 0xd83c && code <= 0xd83e)
}

function isAddress(folded: string): boolean {
  return folded.includes('.') || folded.includes('/')
}
