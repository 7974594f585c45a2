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
    if (position === done || width > 1 || /^[#$]/.test(folded)) continue
    done = position
    if (!counts.test(folded)) continue
    bare += ` ${folded}`
    letters += folded.length
  }
  if (letters < enoughLetters) return null
  return createHash('md5').update(bare).digest('hex').slice(0, 16)
}

// Neither an address, nor a name, nor a picture.
const counts = /^[\p{L}\p{N}][^./:]*$/u
