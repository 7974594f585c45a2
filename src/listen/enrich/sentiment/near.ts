import { near, type Bag } from '../../../base/learn/bag.ts'
import type { Analysis } from '../../../base/text/analyse.ts'
import { hashSeed, hashStep } from '../../../base/text/hash.ts'

const reach = 5
const mostPlaces = 8

/**
 * Adds the words around each of these places to the bag, marked by their side and by whether they are next to it, and the
 * words of its sentence where the text has several. Takes the first eight places.
 */
export function addNear(bag: Bag, analysis: Analysis, places: readonly number[]): void {
  for (let i = 0; i < Math.min(mostPlaces, places.length); i++) addAround(bag, analysis, places[i]!)
  bag.endFamily(near)
}

function addAround(bag: Bag, analysis: Analysis, place: number): void {
  const { words, positions, sentenceAt } = analysis
  const several = sentenceAt[sentenceAt.length - 1] !== 0
  const first = firstTokenAt(positions, place - widest)
  for (let token = first; token < words.length; token++) {
    const distance = positions[token]! - place
    if (distance > widest) break
    const inSentence = several && sentenceAt[positions[token]!] === sentenceAt[place]
    const around = distance !== 0 && Math.abs(distance) <= reach
    if (!inSentence && !around) continue
    const hash = hashOfWord(words[token]!.folded)
    if (inSentence) bag.add(mark(hash, ofSentence))
    if (!around) continue
    bag.add(mark(hash, distance < 0 ? before : after))
    if (Math.abs(distance) <= 2) bag.add(mark(hash, next))
  }
}

/** Farther words are of another thought, even in a text without a full stop. */
const widest = 20
const ofSentence = 1
const before = 2
const after = 3
const next = 4

function mark(hash: number, kind: number): number {
  return Math.imul(hashStep(hash ^ 0x4cf5ad43, kind), 0x9e3779b1)
}

/** Two letters of one kind at most, as elsewhere among the features, and no difference between accounts. */
function hashOfWord(folded: string): number {
  let hash = hashSeed
  if (folded.charCodeAt(0) === 64) return hashStep(hash, 64)
  let run = 0
  for (let i = 0; i < folded.length; i++) {
    run = i > 0 && folded.charCodeAt(i) === folded.charCodeAt(i - 1) ? run + 1 : 1
    if (run < 3) hash = hashStep(hash, folded.charCodeAt(i))
  }
  return hash
}

function firstTokenAt(positions: Int32Array, position: number): number {
  let [low, high] = [0, positions.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (positions[middle]! < position) low = middle + 1
    else high = middle
  }
  return low
}
