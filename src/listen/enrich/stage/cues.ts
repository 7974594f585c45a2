import { dropAccents, lower } from '../../../base/text/fold.ts'
import { hashOf, hashSeed, hashStep } from '../../../base/text/hash.ts'
import { NumberPerWord, type Word } from '../../../base/text/word.ts'
import { mostUnits, plain, type Units } from './units.ts'

type Element = { kind: 'word'; slot: number } | { kind: 'target' } | { kind: 'rival' }
type Cue = { owner: number; elements: Element[]; gaps: boolean[] }
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
  readonly #byFirst: Cue[][] = []
  readonly #byName: Cue[] = []
  /** What words mean that were met; the first one is that of most words. */
  readonly #meanings: Meaning[] = [silent]
  readonly #bySlots = new Map<string, number>()
  readonly #known = new NumberPerWord((word) => this.#readMeaning(word))

  /** `written`: see `Pattern`; several cues stand between semicolons. All are added before the first post is read. */
  add(owner: number, written: string): void {
    for (const cue of written.split('; ')) this.#addOne(owner, cue)
  }

  #addOne(owner: number, written: string): void {
    const elements: Element[] = []
    const gaps: boolean[] = []
    let gap = false
    for (const part of written.split(' ')) {
      if (part === '…') {
        gap = true
        continue
      }
      gaps.push(gap)
      gap = false
      if (part === 'TARGET' || part === 'RIVAL')
        elements.push(part === 'TARGET' ? { kind: 'target' } : { kind: 'rival' })
      else elements.push({ kind: 'word', slot: this.#slotOf(part) })
    }
    const cue = { owner, elements, gaps }
    const first = elements[0]!
    if (first.kind === 'word') (this.#byFirst[first.slot] ??= []).push(cue)
    else this.#byName.push(cue)
  }

  /** Calls `found` for each place where a cue stands; `names` says which units are the brand or a competitor. */
  find(units: Units, names: Uint8Array, found: (owner: number, from: number, to: number) => void): void {
    for (let unit = 0; unit < units.count; unit++)
      here[unit] = units.kinds[unit] === plain ? this.#meanings[this.#known.of(units.numbers[unit]!)]! : silent
    for (let unit = 0; unit < units.count; unit++) {
      for (const cue of here[unit]!.begins) tell(cue, units.count, names, unit, found)
      if (names[unit] !== 0) for (const cue of this.#byName) tell(cue, units.count, names, unit, found)
    }
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
    if (slots.length === 0) return 0
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

const silent: Meaning = { slots: [], begins: [] }
const widestGap = 4

// One thread reads one text at a time.
const here = Array.from<Meaning>({ length: mostUnits }).fill(silent)

function tell(
  { owner, elements, gaps }: Cue,
  count: number,
  names: Uint8Array,
  from: number,
  found: (owner: number, from: number, to: number) => void,
): void {
  if (!stands(elements[0]!, names, from)) return
  let at = from
  for (let i = 1; i < elements.length; i++) {
    const until = Math.min(count - 1, at + 1 + (gaps[i] ? widestGap : 0))
    let next = at + 1
    while (next <= until && !stands(elements[i]!, names, next)) next++
    if (next > until) return
    at = next
  }
  found(owner, from, at)
}

function stands(element: Element, names: Uint8Array, unit: number): boolean {
  if (element.kind === 'target') return names[unit] === target
  if (element.kind === 'rival') return names[unit] === rival
  return here[unit]!.slots.includes(element.slot)
}
