import { plain, type Units } from '../stage/units.ts'

/** What the people of a project name besides the taxonomy: the stem of a word, or of two neighbours, to how it is written. */
export type ProjectTerms = ReadonlyMap<string, string>

/** The key of so many units from this one on; empty where they are not all words. */
export function keyOfUnit(units: Units, unit: number, length: 1 | 2): string {
  const first = stemAt(units, unit)
  if (length === 1 || first === '') return first
  const second = stemAt(units, unit + 1)
  return second === '' ? '' : `${first} ${second}`
}

function stemAt({ count, kinds, words }: Units, unit: number): string {
  if (unit >= count || kinds[unit] !== plain) return ''
  const word = words[unit]!
  return word.stems[0] ?? word.folded
}
