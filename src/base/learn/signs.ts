import type { Analysis } from '../text/analyse.ts'
import { apostrophe, classes, letter, packed, space } from '../text/characters.ts'
import { hashStep } from '../text/hash.ts'
import type { Bag } from './bag.ts'

/** What was counted while the words were read. */
export type Marks = {
  words: number
  capitals: number
  stretched: number
  addresses: number
  names: number
  tags: number
}

/** Adds what is no word: faces and runs of marks as they stand between the words, and counts in steps of about two. */
export function addSigns(bag: Bag, analysis: Analysis, marks: Marks): void {
  between(bag, analysis)
  add(bag, 1, step(marks.words))
  if (marks.capitals > 0) add(bag, 2, step(marks.capitals))
  if (marks.capitals > 0 && marks.capitals === marks.words) add(bag, 3, 0)
  if (marks.stretched > 0) add(bag, 4, step(marks.stretched))
  add(bag, 5, step(marks.addresses))
  add(bag, 6, step(marks.names))
  add(bag, 7, step(marks.tags))
}

const mostMarks = 64
const longestRun = 6

/** Runs of signs without a space, as ":-)", "!!!", "?!", ")))": each once, the first of the text and the last one also as such. */
function between(bag: Bag, { text, starts, ends, textToken }: Analysis): void {
  let found = 0
  let last = 0
  let at = 0
  for (let token = textToken; token <= starts.length && found < mostMarks; token++) {
    const until = token < starts.length ? starts[token]! : text.length
    while (at < until && found < mostMarks) {
      let hash = 0
      let length = 0
      for (; at < until && isSign(text.charCodeAt(at)); at++) {
        if (length < longestRun) hash = hashStep(hash, text.charCodeAt(at))
        length++
      }
      if (length === 0) {
        at++
        continue
      }
      add(bag, 8, hash)
      last = hash
      found++
    }
    if (token < starts.length) at = Math.max(at, ends[token]!)
  }
  if (at >= text.length && found > 0) add(bag, 9, last)
}

function isSign(code: number): boolean {
  const kind = classes[code]!
  return kind !== space && kind !== letter && kind !== packed && kind !== apostrophe && code > 32
}

function step(count: number): number {
  return count === 0 ? 0 : 1 + Math.floor(Math.log2(count))
}

function add(bag: Bag, kind: number, value: number): void {
  bag.add(Math.imul(hashStep(0x165667b1 ^ kind, value), 0x9e3779b1))
}
