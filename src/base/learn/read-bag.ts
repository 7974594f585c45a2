import type { Analysis } from '../text/analyse.ts'
import { hashSeed, hashStep } from '../text/hash.ts'
import { Bag, families, signs } from './bag.ts'
import { addSigns, type Marks } from './signs.ts'

/** Words beyond this are not read: what a text is like shows long before. */
const mostWords = 1_500
/** Longer words are no words, and their pieces would drown the rest. */
const mostLetters = 40
const shortestPiece = 2
const longestPiece = 5

/**
 * The features of a text, in one bag that the next call fills anew. Addresses and names of accounts are all alike; letters
 * written three times or more count as two ("sooo"); the time grows with the first 1,500 words only. An empty text has
 * its signs alone.
 */
export function readBag(analysis: Analysis): Bag {
  // Several models are asked about one post after the other; what one of them has added for itself is taken away.
  if (analysis === lastRead) {
    endAfterSigns()
    return bag
  }
  lastRead = analysis
  bag.clear()
  const count = readWordHashes(analysis)
  for (let i = 0; i < count; i++) bag.add(finish(wordHashes[i]!))
  bag.endFamily(0)
  if (count > 0) {
    // The edges of a text are words of their own: "why …" and "… thanks" say more than the words in the middle.
    bag.add(pairOf(edge, wordHashes[0]!))
    for (let i = 1; i < count; i++) bag.add(pairOf(wordHashes[i - 1]!, wordHashes[i]!))
    bag.add(pairOf(wordHashes[count - 1]!, edge))
  }
  bag.endFamily(1)
  for (let i = 0; i < pieced; i++) addPieces(pieceStarts[i]!, pieceStarts[i + 1]!)
  bag.endFamily(2)
  addSigns(bag, analysis, marks)
  bag.endFamily(signs)
  endAfterSigns()
  return bag
}

function endAfterSigns(): void {
  bag.count = bag.ends[signs]!
  for (let family = signs + 1; family < families.length; family++) bag.endFamily(family)
}

// One thread reads one text at a time.
const bag = new Bag()
let lastRead: Analysis | null = null
const marks: Marks = { words: 0, capitals: 0, stretched: 0, addresses: 0, names: 0, tags: 0 }
const wordHashes = new Int32Array(mostWords + 2)
/** Letters of the words that are taken to pieces, each between two spaces. */
const letters = new Uint16Array(mostWords * (mostLetters + 2))
const pieceStarts = new Int32Array(mostWords + 1)
let pieced = 0

/** Fills the columns above; how many words there are. */
function readWordHashes(analysis: Analysis): number {
  const { words, positions } = analysis
  marks.words = marks.capitals = marks.stretched = marks.addresses = marks.names = marks.tags = 0
  pieced = 0
  let count = 0
  let end = 0
  let last = -1
  let coveredBy = none
  let coveredUntil = -1
  for (let token = 0; token < words.length && count < mostWords; token++) {
    const { folded, written, width } = words[token]!
    const position = positions[token]!
    const first = folded.charCodeAt(0)
    // The parts of a name or an address stand beside it and are not read; those of a tag and a hyphenated word are.
    if (coveredBy === hidden && position <= coveredUntil) continue
    coveredBy = none
    if (first === atSign || isAddress(folded, first)) {
      if (first === atSign) marks.names++
      else marks.addresses++
      wordHashes[count++] = first === atSign ? someName : someAddress
      ;[coveredBy, coveredUntil, last] = [hidden, position + width - 1, position]
      continue
    }
    if (first === hashSign) marks.tags++
    const whole = width > 1 || first === hashSign || first === dollarSign
    // A word within a word ("wendy" in "wendy's") stands at the same place, and its pieces are read already.
    const again = position === last
    last = whole ? -1 : position
    let hash = wordSeed
    let run = 0
    let before = 0
    let stretched = false
    const begun = end
    const take = !whole && !again
    const length = Math.min(folded.length, mostLetters)
    if (take) letters[end++] = border
    for (let i = 0; i < length; i++) {
      const code = folded.charCodeAt(i)
      run = code === before ? run + 1 : 1
      before = code
      if (run > 2 && !isDigit(code)) {
        stretched = true
        continue
      }
      hash = hashStep(hash, code)
      if (take) letters[end++] = code
    }
    wordHashes[count++] = hash
    if (!take) continue
    letters[end++] = border
    pieceStarts[pieced++] = begun
    marks.words++
    if (stretched) marks.stretched++
    if (written.length > 1 && isLoud(written)) marks.capitals++
  }
  pieceStarts[pieced] = end
  return count
}

function addPieces(start: number, end: number): void {
  for (let from = start; from < end - 1; from++) {
    let hash = hashStep(pieceSeed, letters[from]!)
    const until = Math.min(end, from + longestPiece)
    for (let i = from + 1; i < until; i++) {
      hash = hashStep(hash, letters[i]!)
      if (i - from + 1 >= shortestPiece) bag.add(finish(hash))
    }
  }
}

function pairOf(left: number, right: number): number {
  return finish(Math.imul(left, 0x85ebca6b) ^ right ^ pairSeed)
}

/** Lets all bits reach the upper ones, of which places are made. */
function finish(hash: number): number {
  return Math.imul(hash ^ (hash >>> 15), 0x9e3779b1)
}

const wordSeed = hashSeed
const pieceSeed = 0x2545f491
const pairSeed = 0x68e31da4
const edge = 0x1b56c4e9
const someName = 0x7feb352d
const someAddress = 0x31848bab

const none = 0
const hidden = 1
const border = 32
const atSign = 64
const hashSign = 35
const dollarSign = 36

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

// An address is kept as written, and nothing else that is a word has a point or a slash inside.
function isAddress(folded: string, first: number): boolean {
  return first !== hashSign && (folded.includes('.') || folded.includes('/'))
}

function isLoud(written: string): boolean {
  const first = written.charCodeAt(0)
  // Small Latin and Cyrillic letters decide at once.
  if ((first >= 97 && first <= 122) || (first >= 0x430 && first <= 0x45f)) return false
  return written === written.toUpperCase() && written !== written.toLowerCase()
}
