import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { spread } from './hash.ts'
import { isMarked } from './wanted.ts'

/**
 * The words of the npm package `dictionary-ru` (146,000 dictionary forms by A. Lebedev) and its endings, read once, when the
 * first Russian word is met. Kept as one array of letters with a hash table, 4 MB; forms are not spelt out: a word is looked up
 * by taking every possible ending off it.
 */
export type Reading = {
  /** The dictionary form as the dictionary has it, in lower case, with `ё`. */
  root: string
  /** Which set of endings the word was made with; empty for the dictionary form itself. */
  ending: string
  /** All sets of endings that the dictionary form takes; `C` marks an abbreviation, which takes none. */
  endings: string
}

/** Ways to read a word (lower case, `ё` as `е`) as a form of a dictionary form; empty when the dictionary does not have it. */
export function readingsOf(word: string): Reading[] {
  const { children, endings, present, text, starts } = (dictionary ??= load())
  if (word.length > hashes.length - 1) return []
  const readings: Reading[] = []
  for (const root of rootsOf(word)) readings.push({ ...root, ending: '' })
  // From the last letter backwards, as far as endings go; then the longest ending comes first.
  let depth = 0
  nodes[0] = 0
  while (depth < word.length - 1) {
    const node = children[nodes[depth]! * codeCount + codes[word.length - 1 - depth]!]!
    if (node === 0) break
    nodes[++depth] = node
  }
  for (; depth >= 0; depth--) {
    const possible = endings[nodes[depth]!]
    if (!possible) continue
    const kept = word.length - depth
    const before = 1 << (codes[kept - 1]! - 1)
    for (let i = 0; i < possible.length; i++) {
      const ending = possible[i]!
      if ((ending.before & before) === 0) continue
      const hash = (Math.imul(hashes[kept]!, ending.times) + ending.plus) | 0
      if (!isMarked(present, hash)) continue
      for (let slot = find(hash, slotOf(hash)); slot >= 0; slot = find(hash, next(slot))) {
        const flags = flagsAt(slot)
        if ((flags & ending.flags) === 0) continue
        const number = numberAt(slot)
        const start = starts[number]!
        const end = starts[number + 1]!
        if (!isMade(text, start, end, kept, ending.stripped)) continue
        const rule = ending.rules.find((one) => (flags & one.bit) !== 0 && endsAs(text, start, end, one.places))
        if (rule)
          readings.push({
            root: spell(text, start, word.slice(0, kept) + ending.strippedFolded),
            ending: rule.flag,
            endings: letters(flags),
          })
      }
    }
  }
  return readings
}

// Of the word that is being read: its letters, the hash of its first letters by their number, and the places in the tree of
// endings that its last letters lead to; no form of the dictionary is longer.
const codes = new Uint8Array(63)
const hashes = new Int32Array(64)
const nodes = new Int32Array(64)

/** All forms of a dictionary form, `ё` as `е`, that are made with one of these sets of endings; itself first. */
export function formsOf(root: string, flags: string): string[] {
  const { made } = (dictionary ??= load())
  const forms = [fold(root)]
  for (const flag of flags) {
    for (const { added, stripped, condition } of made.get(flag) ?? []) {
      if (root.endsWith(stripped) && condition.test(root))
        forms.push(fold(root.slice(0, root.length - stripped.length) + added))
    }
  }
  return forms
}

/** Dictionary forms that are this word when `ё` is read as `е`, with the sets of endings of each. */
export function rootsOf(word: string): { root: string; endings: string }[] {
  const found: { root: string; endings: string }[] = []
  if (word.length > hashes.length - 1) return found
  for (let i = 0; i < word.length; i++) {
    const code = codeOf(word.charCodeAt(i))
    codes[i] = code
    hashes[i + 1] = mix(hashes[i]!, code)
  }
  const hash = hashes[word.length]!
  for (let slot = find(hash, slotOf(hash)); slot >= 0; slot = find(hash, next(slot))) {
    const root = rootAt(slot, word)
    if (root !== null) found.push({ root, endings: letters(flagsAt(slot)) })
  }
  return found
}

/** The sets of endings of a dictionary form (`ё` as `е`), and null when there is no such dictionary form. */
export function endingsOf(word: string): string | null {
  const roots = rootsOf(word)
  return roots.length === 0 ? null : roots.map(({ endings }) => endings).join('')
}

/** `places`: from the last letter backwards, by letter, 1 where it may stand there in the dictionary form. */
type Rule = { flag: string; bit: number; places: Uint8Array[] }
type Ending = {
  /** What comes off the dictionary form, letter by letter. */
  stripped: Uint8Array
  strippedFolded: string
  /** A hash × `times` + `plus` is the hash with what comes off added. */
  times: number
  plus: number
  flags: number
  rules: Rule[]
  /** Letters that may stand before the ending, one bit each. */
  before: number
}
type Made = { added: string; stripped: string; condition: RegExp }

type Dictionary = {
  /** Letters of all dictionary forms, `а` = 1 … `я` = 32, `ё` = 33, `-` = 34; where each begins; its sets of endings as bits. */
  text: Uint8Array
  starts: Uint32Array
  flags: Uint32Array
  /** By the hash of its folded letters: number of a dictionary form + 1 in the low 18 bits, part of the hash above; 0 is empty. */
  slots: Int32Array
  /** By the upper bits of the hash one bit: most of what might be a dictionary form is none, and a small table tells sooner. */
  present: Int32Array
  /** A tree of the letters added, from the last one backwards: by node and letter the next node, by node its endings. */
  children: Int16Array
  endings: (Ending[] | undefined)[]
  made: Map<string, Made[]>
}

const require = createRequire(import.meta.url)

let dictionary: Dictionary | null = null

function load(): Dictionary {
  const folder = require.resolve('dictionary-ru').replace(/index\.js$/, '')
  return {
    ...readWords(readFileSync(`${folder}index.dic`)),
    ...readEndings(readFileSync(`${folder}index.aff`, 'utf8')),
  }
}

// The first line is the number of words; then one word a line, a slash and the letters of its sets of endings.
function readWords(bytes: Uint8Array): Pick<Dictionary, 'text' | 'starts' | 'flags' | 'slots' | 'present'> {
  let at = bytes.indexOf(10) + 1
  const text = new Uint8Array(bytes.length / 2)
  const starts = new Uint32Array(slotCount)
  const flags = new Uint32Array(slotCount)
  const slots = new Int32Array(slotCount)
  const present = new Int32Array(presentBits / 32)
  let end = 0
  let count = 0
  while (at < bytes.length) {
    const start = end
    let hash = 0
    let known = true
    let endings = isCapital(bytes, at) && isCapital(bytes, at + 2) ? bit('C') : 0
    for (; at < bytes.length && bytes[at] !== 10 && bytes[at] !== 47; at++) {
      const letter = bytes[at] === 45 ? 34 : letterOf(bytes[at]!, bytes[++at] ?? 0)
      if (letter === 0) known = false
      text[end++] = letter
      hash = mix(hash, letter)
    }
    for (; at < bytes.length && bytes[at] !== 10; at++) {
      const letter = bytes[at]! - 65
      if (letter >= 0 && letter < 26) endings |= 1 << letter
    }
    at++
    if (!known || end === start) {
      end = start
      continue
    }
    starts[count] = start
    flags[count] = endings
    let slot = slotOf(hash)
    while (slots[slot] !== 0) slot = next(slot)
    slots[slot] = tagOf(hash) | ++count
    const mark = spread(hash, presentBits)
    present[mark >>> 5]! |= 1 << (mark & 31)
  }
  starts[count] = end
  return { text: text.slice(0, end), starts: starts.slice(0, count + 1), flags: flags.slice(0, count), slots, present }
}

function isCapital(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0xd0 && (bytes[at + 1] ?? 0) >= 0x90 && (bytes[at + 1] ?? 0) <= 0xaf
}

// From two bytes of UTF-8; 0 for what is no Russian letter.
function letterOf(first: number, second: number): number {
  if (first === 0xd0 && second === 0x81) return 33
  if (first === 0xd1 && second === 0x91) return 33
  if (first === 0xd0 && second >= 0x90 && second <= 0xaf) return second - 0x8f
  if (first === 0xd0 && second >= 0xb0 && second <= 0xbf) return second - 0xaf
  if (first === 0xd1 && second >= 0x80 && second <= 0x8f) return second - 0x6f
  return 0
}

function mix(hash: number, letter: number): number {
  return (Math.imul(hash, hashTimes) + (letter === 33 ? 6 : letter)) | 0
}

const hashTimes = 0x01000193
/** By letter as it is kept; none of them is 0. */
const alphabet = [' ', ...Array.from({ length: 32 }, (_, i) => String.fromCharCode(0x430 + i)), 'ё', '-']
const codeCount = alphabet.length

function slotOf(hash: number): number {
  return Math.imul(hash, 0x9e3779b1) >>> 14
}

const slotCount = 1 << 18
const presentBits = 1 << 21
const tagBits = ~((1 << 18) - 1)

function tagOf(hash: number): number {
  return (hash << 5) & tagBits
}

/** The first slot, from this one on, that may hold a dictionary form of this hash; -1 when there is none. */
function find(hash: number, from: number): number {
  const { slots } = (dictionary ??= load())
  const tag = tagOf(hash)
  for (let slot = from; slots[slot] !== 0; slot = next(slot)) if ((slots[slot]! & tagBits) === tag) return slot
  return -1
}

function next(slot: number): number {
  return (slot + 1) & (slotCount - 1)
}

function flagsAt(slot: number): number {
  return (dictionary ??= load()).flags[numberAt(slot)]!
}

function numberAt(slot: number): number {
  return ((dictionary ??= load()).slots[slot]! & ~tagBits) - 1
}

/** The dictionary form in the slot as the dictionary spells it, if it is this word when `ё` is read as `е`. */
function rootAt(slot: number, word: string): string | null {
  const { text, starts } = (dictionary ??= load())
  const number = numberAt(slot)
  return isSpelt(text, starts[number]!, starts[number + 1]!, word) ? spell(text, starts[number]!, word) : null
}

function isSpelt(text: Uint8Array, start: number, end: number, word: string): boolean {
  if (end - start !== word.length) return false
  for (let i = 0; i < word.length; i++) {
    const letter = text[start + i]!
    if ((letter === 33 ? 6 : letter) !== codeOf(word.charCodeAt(i))) return false
  }
  return true
}

/** Whether a dictionary form is the first `kept` letters of the word that is being read, and what comes off. */
function isMade(text: Uint8Array, start: number, end: number, kept: number, stripped: Uint8Array): boolean {
  if (end - start !== kept + stripped.length) return false
  for (let i = 0; i < kept; i++) {
    const letter = text[start + i]!
    if ((letter === 33 ? 6 : letter) !== codes[i]) return false
  }
  for (let i = 0; i < stripped.length; i++) if (text[start + kept + i] !== stripped[i]) return false
  return true
}

function endsAs(text: Uint8Array, start: number, end: number, places: Uint8Array[]): boolean {
  if (end - start < places.length) return false
  for (let i = 0; i < places.length; i++) if (places[i]![text[end - 1 - i]!] === 0) return false
  return true
}

function codeOf(unit: number): number {
  if (unit >= 0x430 && unit <= 0x44f) return unit - 0x42f
  return unit === 45 ? 34 : 0
}

// The folded word with the dots of ё put back.
function spell(text: Uint8Array, start: number, word: string): string {
  for (let i = 0; i < word.length; i++) {
    if (text[start + i] === 33)
      return Array.from(word, (letter, at) => (text[start + at] === 33 ? 'ё' : letter)).join('')
  }
  return word
}

// Lines such as `SFX A ий его [енржшщч]ий`: what comes off, what is added, and how the dictionary form must end.
function readEndings(affixes: string): Pick<Dictionary, 'children' | 'endings' | 'made'> {
  const endings: (Ending[] | undefined)[] = [undefined]
  const children: number[] = Array.from({ length: codeCount }, () => 0)
  const made = new Map<string, Made[]>()
  for (const [, flag = '', off = '', on = '', pattern = ''] of affixes.matchAll(
    /^SFX (\S) +(\S+) +(\S+) +([^\s\d]\S*)$/gm,
  )) {
    const stripped = off === '0' ? '' : off
    const added = on === '0' ? '' : on
    push(made, flag, { added, stripped, condition: new RegExp(pattern === '.' ? '' : `${pattern}$`, 'u') })
    const same = (endings[nodeOf(children, fold(added))] ??= [])
    const letters = Uint8Array.from(stripped, (letter) => (letter === 'ё' ? 33 : codeOf(letter.charCodeAt(0))))
    let ending = same.find((one) => Buffer.compare(one.stripped, letters) === 0)
    if (!ending) {
      const times = letters.reduce((product) => Math.imul(product, hashTimes), 1)
      const plus = letters.reduce(mix, 0)
      same.push(
        (ending = { stripped: letters, strippedFolded: fold(stripped), times, plus, flags: 0, rules: [], before: 0 }),
      )
    }
    const places = placesOf(pattern)
    ending.flags |= bit(flag)
    ending.before |= lettersBefore(places, letters.length)
    ending.rules.push({ flag, bit: bit(flag), places: places.map(allowedAt).reverse() })
  }
  return { endings, children: Int16Array.from(children), made }
}

/** The node of an ending; the tree grows as needed. */
function nodeOf(children: number[], added: string): number {
  let node = 0
  for (let i = added.length - 1; i >= 0; i--) {
    const at = node * codeCount + codeOf(added.charCodeAt(i))
    if (children[at] === 0) {
      children[at] = children.length / codeCount
      for (let code = 0; code < codeCount; code++) children.push(0)
    }
    node = children[at]!
  }
  return node
}

/** A pattern is a row of letters and of classes of letters. */
function placesOf(pattern: string): string[] {
  return pattern === '.' ? [] : (pattern.match(/\[[^\]]*\]|./g) ?? [])
}

/** By letter: 1 where the place of a pattern allows it. */
function allowedAt(place: string): Uint8Array {
  let allowed = allowedBy.get(place)
  if (!allowed) {
    const letter = new RegExp(place, 'u')
    allowed = Uint8Array.from(alphabet, (one) => (letter.test(one) ? 1 : 0))
    allowedBy.set(place, allowed)
  }
  return allowed
}

const allowedBy = new Map<string, Uint8Array>()

// The place before what comes off says which letters may stand there.
function lettersBefore(places: string[], stripped: number): number {
  const place = places[places.length - stripped - 1]
  if (place === undefined) return -1
  const allowed = allowedAt(place)
  let bits = 0
  for (let code = 1; code <= 32; code++)
    if (allowed[code] === 1 || (code === 6 && allowed[33] === 1)) bits |= 1 << (code - 1)
  return bits
}

function push<T>(map: Map<string, T[]>, key: string, item: T): void {
  const list = map.get(key)
  if (list) list.push(item)
  else map.set(key, [item])
}

function fold(word: string): string {
  return word.replaceAll('ё', 'е')
}

function bit(flag: string): number {
  return 1 << (flag.charCodeAt(0) - 65)
}

function letters(flags: number): string {
  const known = spelt.get(flags)
  if (known !== undefined) return known
  let found = ''
  for (let letter = 0; letter < 26; letter++) if (flags & (1 << letter)) found += String.fromCharCode(65 + letter)
  spelt.set(flags, found)
  return found
}

// The dictionary combines its sets of endings in a few hundred ways.
const spelt = new Map<number, string>()
