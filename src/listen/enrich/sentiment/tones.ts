import { families, signs, type Bag } from '../../../base/learn/bag.ts'
import { analyse, numbersOf, type Analysis } from '../../../base/text/analyse.ts'
import { NumberPerWord, type Word } from '../../../base/text/word.ts'
import { toneWords } from './tone-words.ts'

/**
 * What listed words say of a text, as hashes of signs: how many there are of praise and of blame, and of what news call gain
 * and harm, whether some stand near the places asked about, and which of two outweigh. "Not" within two words before turns a
 * word round. A learner that has met some of the words so knows the others, too, also those of a time, a trade and a language
 * of which it had few texts. Good until the next call.
 */
export function readTones(analysis: Analysis, places: readonly number[]): readonly number[] {
  table ??= readLists()
  const { positions } = analysis
  const numbers = numbersOf(analysis)
  counts.fill(0)
  nears.fill(0)
  let notAt = -Infinity
  for (let token = 0; token < numbers.length; token++) {
    const tone = tones.of(numbers[token]!)
    if (tone === 0) continue
    const position = positions[token]!
    if (tone === turning) {
      notAt = position
      continue
    }
    const isTurned = position > notAt && position - notAt <= reachOfNot
    const isNear = standsNear(places, position)
    for (let list = 0; list < lists.length; list++) {
      if ((tone & (1 << list)) === 0) continue
      const kind = kindOf(list, isTurned)
      counts[kind]!++
      if (isNear) nears[kind] = 1
    }
  }
  found.length = 0
  tell(0)
  // Few languages have the other lists, and a text with none of their words says so by having no sign.
  for (let pair = 1; pair < pairs; pair++) if (hasAny(pair)) tell(pair)
  return found
}

/** Of the text last read: above zero where praise outweighs blame, below where blame does. */
export function balanceOfTones(): number {
  return balanceOf(0)
}

function balanceOf(from: number): number {
  return counts[from + 1]! + counts[from + 2]! - counts[from]! - counts[from + 3]!
}

function standsNear(places: readonly number[], position: number): boolean {
  for (let i = 0; i < Math.min(mostPlaces, places.length); i++)
    if (Math.abs(places[i]! - position) <= reachOfName) return true
  return false
}

function hasAny(pair: number): boolean {
  for (let kind = pair * ofPair; kind < (pair + 1) * ofPair; kind++) if (counts[kind]! > 0) return true
  return false
}

/** Of each pair of lists the bad one, the good one, the bad one turned round, the good one turned round. */
function kindOf(list: number, isTurned: boolean): number {
  return (list >> 1) * ofPair + (list & 1) + (isTurned ? 2 : 0)
}

/** Adds the signs of a pair of lists to those found. */
function tell(pair: number): void {
  const [from, first] = [pair * ofPair, pair * signsOfPair]
  for (let kind = 0; kind < ofPair; kind++) {
    if (nears[from + kind] === 1) found.push(hashes[first + kind]!)
    for (let i = 0; i < Math.min(mostCounted, counts[from + kind]!); i++)
      found.push(hashes[first + ofPair + kind * mostCounted + i]!)
  }
  found.push(hashes[first + signsOfPair - 3 + Math.max(-2, Math.min(2, balanceOf(from)))]!)
}

/** Adds them to the signs of a bag that `readBag` has just filled, to be learnt from. */
export function addTones(bag: Bag, analysis: Analysis, places: readonly number[]): void {
  for (const hash of readTones(analysis, places)) bag.add(hash)
  for (let family = signs; family < families.length; family++) bag.endFamily(family)
}

const reachOfNot = 2
const reachOfName = 5
const mostPlaces = 8
const mostCounted = 3

const ofPair = 4
/** Near or not, counts, and five steps of balance. */
const signsOfPair = ofPair + ofPair * mostCounted + 5

/** Pairs of a bad and a good one. */
const lists = ['blame', 'praise', 'harm', 'gain', 'need', 'works'] as const
const pairs = lists.length / 2
const turning = 1 << lists.length

const counts = new Int32Array(pairs * ofPair)
const nears = new Uint8Array(counts.length)
const found: number[] = []
const hashes = Array.from({ length: pairs * signsOfPair }, (_, i) =>
  Math.imul(Math.imul(i + 77, 0x632be5ab), 0x9e3779b1),
)

/** The lists that a word stands in, as bits; `turning` alone where it turns others round. */
const tones = new NumberPerWord((word) => table!.get(keyOf(word)) ?? 0)
let table: Map<string, number> | null = null

/** The lists by what their words have in common with their other forms; a stem tells its language. */
function readLists(): Map<string, number> {
  const keys = new Map<string, number>()
  for (const [lang, of] of Object.entries(toneWords)) {
    for (const [i, list] of lists.entries())
      for (const word of analyse(of[list] ?? '', { lang }).words) {
        const key = keyOf(word)
        // Of praise and blame the later one has a word that stands in both.
        const known = keys.get(key) ?? 0
        keys.set(key, (i === 1 ? known & ~1 : known) | (1 << i))
      }
    for (const word of analyse(of.not, { lang }).words) keys.set(keyOf(word), turning)
  }
  return keys
}

function keyOf(word: Word): string {
  return word.stems[0] ?? word.folded
}
