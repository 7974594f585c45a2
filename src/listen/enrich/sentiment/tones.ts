import { families, signs, type Bag } from '../../../base/learn/bag.ts'
import { analyse, type Analysis } from '../../../base/text/analyse.ts'
import { PerWord, type Word } from '../../../base/text/word.ts'
import { toneWords } from './tone-words.ts'

/**
 * What listed words of praise and blame say of a text, as hashes of signs: how many of each there are, whether some stand
 * near the places asked about, and which of them outweigh. "Not" within two words before turns a word round. A learner that
 * has met some of the words so knows the others, too, also those of a time, a trade and a language of which it had few
 * texts. Good until the next call.
 */
export function readTones({ words, positions }: Analysis, places: readonly number[]): readonly number[] {
  counts.fill(0)
  found.length = 0
  let nears = 0
  let notAt = -Infinity
  for (let token = 0; token < words.length; token++) {
    const word = words[token]!
    const position = positions[token]!
    const tone = tones.get(word) ?? tones.keep(word, listedAs(word))
    if (tone === 'none') continue
    if (tone === 'not') {
      notAt = position
      continue
    }
    const isTurned = position > notAt && position - notAt <= reachOfNot
    const kind = (tone === 'praise' ? 1 : 0) + (isTurned ? 2 : 0)
    counts[kind]!++
    for (let i = 0; i < Math.min(mostPlaces, places.length); i++)
      if (Math.abs(places[i]! - position) <= reachOfName) nears |= 1 << kind
  }
  for (let kind = 0; kind < counts.length; kind++) {
    if ((nears & (1 << kind)) !== 0) found.push(hashes[kind]!)
    for (let i = 0; i < Math.min(mostCounted, counts[kind]!); i++) found.push(hashes[4 + kind * mostCounted + i]!)
  }
  const balance = counts[1]! + counts[2]! - counts[0]! - counts[3]!
  found.push(hashes[4 + 4 * mostCounted + 2 + Math.max(-2, Math.min(2, balance))]!)
  return found
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

/** Blame, praise, turned blame, turned praise. */
const counts = new Int32Array(4)
const found: number[] = []
const hashes = Array.from({ length: 4 + 4 * mostCounted + 5 }, (_, i) =>
  Math.imul(Math.imul(i + 77, 0x632be5ab), 0x9e3779b1),
)

type Tone = 'blame' | 'praise' | 'not' | 'none'
const tones = new PerWord<Tone>()
let table: Map<string, Tone> | null = null

function listedAs(word: Word): Tone {
  return (table ??= readLists()).get(keyOf(word)) ?? 'none'
}

/** The lists by what their words have in common with their other forms; a stem tells its language. */
function readLists(): Map<string, Tone> {
  const keys = new Map<string, Tone>()
  for (const [lang, lists] of Object.entries(toneWords))
    for (const tone of ['blame', 'praise', 'not'] as const)
      for (const word of analyse(lists[tone], { lang }).words) keys.set(keyOf(word), tone)
  return keys
}

function keyOf(word: Word): string {
  return word.stems[0] ?? word.folded
}
