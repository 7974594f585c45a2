import { dropAccents, lower, tidy } from './fold.ts'
import { stemsInPost } from './stem.ts'
import type { Word } from './word.ts'

const longestAddress = 2_000

/** A word read on its own, as a query has it. `like`: of the same language, see `MakeWord`. */
export function makeWord(raw: string, lang: string, width: number, like: Word | null = null): Word {
  const written = tidy(raw)
  const accented = lower(written)
  if (like !== null && like.accented === accented && like.width === width) {
    const { folded, stems, accentedStems } = like
    return { written, accented: like.accented, folded, stems, accentedStems, width, kept: [] }
  }
  const folded = dropAccents(accented)
  // The whole of a hyphenated word or a tag has no forms of its own: its parts have them.
  const stems = width > 1 || '#@$'.includes(accented.charAt(0)) ? noStems : stemsInPost(accented, lang)
  return { written, accented, folded, stems: stems.folded, accentedStems: stems.accented, width, kept: [] }
}

const noStems = { folded: [], accented: [] }

/** An address as a word: kept as written, without forms. */
export function makeAddress(written: string): Word {
  const raw = kept(written)
  const folded = raw.toLowerCase()
  return { written: raw, accented: folded, folded, stems: [], accentedStems: [], width: 1, kept: [] }
}

/** The address as it is looked for. */
export function foldAddress(written: string): string {
  return kept(written).toLowerCase()
}

function kept(address: string): string {
  return address.slice(0, longestAddress).toWellFormed()
}
