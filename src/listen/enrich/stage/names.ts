import type { Analysis } from '../../../base/text/analyse.ts'
import { rival, target } from './cues.ts'
import { mostUnits, name, type Units } from './units.ts'

/** Which units name the brand or a competitor; a name of several words is known by its first. */
export type Names = (units: Units) => Uint8Array

const known = new WeakMap<readonly string[], WeakMap<readonly string[], Names>>()

/** Names are made ready once for the same two lists. */
export function namesIn(brand: readonly string[], rivals: readonly string[]): Names {
  let byRivals = known.get(brand)
  if (!byRivals) known.set(brand, (byRivals = new WeakMap()))
  let names = byRivals.get(rivals)
  if (!names) byRivals.set(rivals, (names = makeNames(brand, rivals)))
  return names
}

function makeNames(brand: readonly string[], rivals: readonly string[]): Names {
  const stems = [
    ...brand.map((one) => ({ stem: stemOf(one), is: target })),
    ...rivals.map((one) => ({ stem: stemOf(one), is: rival })),
  ].filter(({ stem }) => stem.length > 1)
  return ({ count, words, kinds }) => {
    found.fill(0, 0, count)
    for (let unit = 0; unit < count; unit++) {
      const { folded } = words[unit]!
      for (const { stem, is } of stems) {
        const named =
          kinds[unit] === name
            ? folded.includes(stem)
            : folded.startsWith(stem) && folded.length <= stem.length + longestEnding
        if (named) found[unit] = is
      }
    }
    return found
  }
}

/** The same, where it is known at which positions of the analysis the brand and its competitors stand. */
export function namesAt({ positions }: Analysis, brand: readonly number[], rivals: readonly number[]): Names {
  return ({ count, words, tokens }) => {
    for (let unit = 0; unit < count; unit++) {
      const from = positions[tokens[unit]!]!
      const until = from + words[unit]!.width
      const stands = (position: number) => position >= from && position < until
      found[unit] = brand.some(stands) ? target : rivals.some(stands) ? rival : 0
    }
    return found
  }
}

// One thread reads one text at a time.
const found = new Uint8Array(mostUnits)
const longestEnding = 4

/** Russian names change their last vowel; what follows is an ending. */
function stemOf(written: string): string {
  const first = written.trim().toLowerCase().replaceAll('ё', 'е').replace(/^[@#]/, '').split(/\s+/)[0] ?? ''
  return first.length > 4 ? first.replace(/[аеиоуыьяй]$/, '') : first
}
