import { numbersOf, type Analysis } from '../text/analyse.ts'
import { wordNumbers } from '../text/word.ts'
import { Bag, signs } from './bag.ts'
import { addSigns, type Marks } from './signs.ts'
import { address, finish, name, stretched, tag, wholeOfParts, wordFeatures } from './word-features.ts'

/** Words beyond this are not read: what a text is like shows long before. */
const mostWords = 1_500

/**
 * The features of a text, in one bag that the next call fills anew. Addresses and names of accounts are all alike; letters
 * written three times or more count as two ("sooo"); the time grows with the first 1,500 words only. An empty text has
 * its signs alone.
 */
export function readBag(analysis: Analysis): Bag {
  // Several models are asked about one post after the other; what one of them has added for itself is taken away.
  if (analysis === lastRead && lastTime === wordNumbers.time) {
    endAfterSigns()
    return bag
  }
  lastRead = analysis
  lastTime = wordNumbers.time
  bag.clear()
  addWords(analysis)
  bag.endFamily(0)
  const { wordCount, words } = bag
  if (wordCount > 0) {
    // The edges of a text are words of their own: "why …" and "… thanks" say more than the words in the middle.
    let before = edge
    for (let i = 0; i < wordCount; i++) {
      const hash = wordFeatures.hashOf(words[i]!)
      bag.add(pairOf(before, hash))
      before = hash
    }
    bag.add(pairOf(before, edge))
  }
  bag.endFamily(1)
  bag.endFamily(2)
  addSigns(bag, analysis, marks)
  bag.endFamily(signs)
  return bag
}

function endAfterSigns(): void {
  bag.count = bag.ends[signs]!
  bag.endFamily(signs)
}

// One thread reads one text at a time.
const bag = new Bag()
let lastRead: Analysis | null = null
let lastTime = wordNumbers.time
const marks: Marks = { words: 0, capitals: 0, stretched: 0, addresses: 0, names: 0, tags: 0 }

/** Adds the words with their pieces, and counts the marks. */
function addWords(analysis: Analysis): void {
  const { words, positions } = analysis
  const numbers = numbersOf(analysis)
  marks.words = marks.capitals = marks.stretched = marks.addresses = marks.names = marks.tags = 0
  let last = -1
  let hiddenUntil = -1
  for (let token = 0; token < words.length && bag.wordCount < mostWords; token++) {
    const position = positions[token]!
    // The parts of a name or an address stand beside it and are not read; those of a tag and a hyphenated word are.
    if (position <= hiddenUntil) continue
    const number = numbers[token]!
    const kind = wordFeatures.kindsOf(number)
    if ((kind & (name | address)) !== 0) {
      if (kind === name) marks.names++
      else marks.addresses++
      hiddenUntil = position + words[token]!.width - 1
      last = position
      bag.addWord(number, false)
      continue
    }
    if ((kind & tag) !== 0) marks.tags++
    const whole = (kind & wholeOfParts) !== 0
    // A word within a word ("wendy" in "wendy's") stands at the same place, and its pieces are read already.
    const reads = !whole && position !== last
    last = whole ? -1 : position
    bag.addWord(number, reads)
    if (!reads) continue
    marks.words++
    if ((kind & stretched) !== 0) marks.stretched++
    if (startsLarge(analysis, token) && words[token]!.loud) marks.capitals++
  }
}

/** Most words begin with a small letter, which is at hand, while words lie all over memory. */
function startsLarge({ title, text, starts, textToken }: Analysis, token: number): boolean {
  const code = (token < textToken ? title : text).charCodeAt(starts[token]!)
  return !((code >= 97 && code <= 122) || (code >= 0x430 && code <= 0x45f))
}

function pairOf(left: number, right: number): number {
  return finish(Math.imul(left, 0x85ebca6b) ^ right ^ pairSeed)
}

const pairSeed = 0x68e31da4
const edge = 0x1b56c4e9
