import { createHash } from 'node:crypto'

/** Shorter texts say the same by chance ("спасибо!"), so they stand alone. */
const enoughLetters = 24

/**
 * Name of the group of texts that are the same after normalising: case, accents, links, @names, #signs, punctuation,
 * emoji and spacing do not count. Null when the text is too short to be a copy of another.
 */
export function clusterOf(text: string): string | null {
  const bare = normalise(text)
  if (bare.replaceAll(' ', '').length < enoughLetters) return null
  return createHash('md5').update(bare).digest('hex').slice(0, 16)
}

export function normalise(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}+/gu, '')
    .replace(/(?:https?:\/\/|www\.)\S+|@[\p{L}\p{N}_.-]+/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
