import { dropAccents, lower, tidy } from './fold.ts'
import { stemsInPost } from './stem.ts'
import { numberOfWord, unnumbered, type Word } from './word.ts'

const longestAddress = 2_000

/** A word read on its own, as a query has it. `like`: of the same language, see `MakeWord`. */
export function makeWord(raw: string, lang: string, width: number, like: Word | null = null): Word {
  const written = tidy(raw)
  const accented = lower(written)
  if (like !== null && like.accented === accented && like.width === width) {
    const { folded, stems, accentedStems } = like
    const number = numberOfWord(like)
    const { time } = like
    return {
      written,
      accented: like.accented,
      folded,
      stems,
      accentedStems,
      width,
      loud: isLoud(written),
      number,
      time,
    }
  }
  const folded = dropAccents(accented)
  // The whole of a hyphenated word or a tag has no forms of its own: its parts have them.
  const stems = width > 1 || '#@$'.includes(accented.charAt(0)) ? noStems : stemsInPost(accented, lang)
  return {
    written,
    accented,
    folded,
    stems: stems.folded,
    accentedStems: stems.accented,
    width,
    loud: isLoud(written),
    number: 0,
    time: unnumbered,
  }
}

function isLoud(written: string): boolean {
  const first = written.charCodeAt(0)
  // Small Latin and Cyrillic letters decide at once.
  if (written.length < 2 || (first >= 97 && first <= 122) || (first >= 0x430 && first <= 0x45f)) return false
  return written === written.toUpperCase() && written !== written.toLowerCase()
}

const noStems = { folded: [], accented: [] }

/** An address as a word: kept as written, without forms. */
export function makeAddress(written: string): Word {
  const raw = kept(written)
  const folded = raw.toLowerCase()
  return {
    written: raw,
    accented: folded,
    folded,
    stems: [],
    accentedStems: [],
    width: 1,
    loud: false,
    number: 0,
    time: unnumbered,
  }
}

/** The address as it is looked for. */
export function foldAddress(written: string): string {
  return kept(written).toLowerCase()
}

function kept(address: string): string {
  return address.slice(0, longestAddress).toWellFormed()
}
