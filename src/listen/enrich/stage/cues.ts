import { doubled } from '../../../base/text/doubled.ts'
import { dropAccents, lower } from '../../../base/text/fold.ts'
import { hashOf, hashSeed, hashStep } from '../../../base/text/hash.ts'
import { NumberPerWord, type Word } from '../../../base/text/word.ts'
import { mostUnits, plain, type Units } from './units.ts'

/** `elements`: the slot that a word must take, or one of the two below; `gaps`: whether there may be words before it. */
type Cue = { owner: number; elements: number[]; gaps: boolean[] }
/** What a word means to the cues: the places in them that it may take, and the cues that it may begin. */
type Meaning = { slots: readonly number[]; begins: readonly Cue[] }

/**
 * Cues of many owners, found in one pass over the units of a post. What each different word of a language means to the
 * cues is worked out once.
 */
export class Cues {
  readonly #exact = new Map<string, number[]>()
  readonly #beginnings = new Map<string, number[]>()
  /** The hashes of the beginnings: most beginnings of most words are none of them, and need not be cut out to be told. */
  readonly #hashes = new Set<number>()
  #longestBeginning = 0
  readonly #slots = new Map<string, number>()
  /** By slot: the last text that had a word for it. */
  #seen = new Int32Array(64)
  readonly #byFirst: Cue[][] = []
  readonly #byName: Cue[] = []
  /** What words mean that were met; the first one is that of most words. */
  readonly #meanings: Meaning[] = [{ slots: [], begins: [] }]
  readonly #bySlots = new Map<string, number>()
  readonly #known = new NumberPerWord((word) => this.#readMeaning(word))

  /** `written`: see `Pattern`; several cues stand between semicolons. All are added before the first post is read. */
  add(owner: number, written: string): void {
    for (const cue of written.split('; ')) this.#addOne(owner, cue)
  }

  #addOne(owner: number, written: string): void {
    const elements: number[] = []
    const gaps: boolean[] = []
    let gap = false
    for (const part of written.split(' ')) {
      if (part === '…') {
        gap = true
        continue
      }
      gaps.push(gap)
      gap = false
      elements.push(part === 'TARGET' ? theBrand : part === 'RIVAL' ? aRival : this.#slotOf(part))
    }
    const cue = { owner, elements, gaps }
    const first = elements[0]!
    if (first >= 0) (this.#byFirst[first] ??= []).push(cue)
    else this.#byName.push(cue)
  }

  /** Calls `found` for each place where a cue stands; `names` says which units are the brand or a competitor. */
  find(units: Units, names: Uint8Array, found: (owner: number, from: number, to: number) => void): void {
    const { count, kinds, numbers } = units
    stamp++
    while (this.#slots.size > this.#seen.length) this.#seen = doubled(this.#seen)
    for (let unit = 0; unit < count; unit++) {
      const meaning = kinds[unit] === plain ? this.#known.of(numbers[unit]!) : silent
      here[unit] = meaning
      if (meaning === silent) continue
      const { slots } = this.#meanings[meaning]!
      for (let i = 0; i < slots.length; i++) this.#seen[slots[i]!] = stamp
    }
    for (let unit = 0; unit < count; unit++) {
      if (here[unit] !== silent) {
        const { begins } = this.#meanings[here[unit]!]!
        for (let i = 0; i < begins.length; i++) this.#tell(begins[i]!, count, names, unit, found)
      }
      if (names[unit] !== 0) for (const cue of this.#byName) this.#tell(cue, count, names, unit, found)
    }
  }

  #tell(
    { owner, elements, gaps }: Cue,
    count: number,
    names: Uint8Array,
    from: number,
    found: (owner: number, from: number, to: number) => void,
  ): void {
    if (elements[0]! < 0 && !this.#stands(elements[0]!, names, from)) return
    // Most cues lack a word that stands nowhere in the post.
    for (let i = 1; i < elements.length; i++) if (elements[i]! >= 0 && this.#seen[elements[i]!] !== stamp) return
    let at = from
    for (let i = 1; i < elements.length; i++) {
      const until = Math.min(count - 1, at + 1 + (gaps[i] ? widestGap : 0))
      let next = at + 1
      while (next <= until && !this.#stands(elements[i]!, names, next)) next++
      if (next > until) return
      at = next
    }
    found(owner, from, at)
  }

  #stands(element: number, names: Uint8Array, unit: number): boolean {
    if (element === theBrand) return names[unit] === target
    if (element === aRival) return names[unit] === rival
    return here[unit] !== silent && this.#meanings[here[unit]!]!.slots.includes(element)
  }

  #slotOf(part: string): number {
    const known = this.#slots.get(part)
    if (known !== undefined) return known
    const slot = this.#slots.size
    this.#slots.set(part, slot)
    for (const word of part.split('|')) {
      const open = word.endsWith('*')
      // As the words of a text are folded: è as e.
      const letters = dropAccents(lower(open ? word.slice(0, -1) : word))
      const table = open ? this.#beginnings : this.#exact
      table.set(letters, [...(table.get(letters) ?? []), slot])
      if (open) this.#hashes.add(hashOf(letters))
      if (open) this.#longestBeginning = Math.max(this.#longestBeginning, letters.length)
    }
    return slot
  }

  #readMeaning(word: Word): number {
    const slots = this.#slotsOf(word.folded.replaceAll('’', "'"))
    if (slots.length === 0) return silent
    // Those that take the same slots mean the same, so there are only as many as the table has.
    const key = slots.join(' ')
    const known = this.#bySlots.get(key)
    if (known !== undefined) return known
    const meaning = this.#meanings.push({ slots, begins: slots.flatMap((slot) => this.#byFirst[slot] ?? []) }) - 1
    this.#bySlots.set(key, meaning)
    return meaning
  }

  #slotsOf(folded: string): number[] {
    const slots = [...(this.#exact.get(folded) ?? [])]
    const longest = Math.min(folded.length, this.#longestBeginning)
    let hash = hashSeed
    for (let length = 1; length <= longest; length++) {
      hash = hashStep(hash, folded.charCodeAt(length - 1))
      if (this.#hashes.has(hash)) slots.push(...(this.#beginnings.get(folded.slice(0, length)) ?? []))
    }
    return slots
  }
}

/** What a unit names. */
export const target = 1
export const rival = 2

const theBrand = -1
const aRival = -2

/** The meaning of most words. */
const silent = 0
const widestGap = 4

// One thread reads one text at a time.
const here = new Int32Array(mostUnits)
let stamp = 0
