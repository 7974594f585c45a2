import type { Word } from './word.ts'

const slots = 1 << 19
const most = 1 << 18

/**
 * Words already understood, found by their characters in a text without cutting them out first. Holds 262,144 words, more
 * than a day of posts in one language has, and starts anew when full.
 */
export class WordTable {
  readonly #slots = new Int32Array(slots)
  #raw: string[] = []
  #words: Word[] = []

  find(text: string, start: number, end: number, hash: number): Word | null {
    const length = end - start
    for (let slot = spread(hash); ; slot = (slot + 1) & (slots - 1)) {
      const index = this.#slots[slot]!
      if (index === 0) return null
      const raw = this.#raw[index - 1]!
      if (raw.length === length && same(raw, text, start)) return this.#words[index - 1]!
    }
  }

  add(raw: string, hash: number, word: Word): Word {
    if (this.#words.length === most) {
      this.#slots.fill(0)
      this.#raw = []
      this.#words = []
    }
    let slot = spread(hash)
    while (this.#slots[slot] !== 0) slot = (slot + 1) & (slots - 1)
    this.#raw.push(raw)
    this.#words.push(word)
    this.#slots[slot] = this.#words.length
    return word
  }
}

export function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

function spread(hash: number): number {
  return (hash ^ (hash >>> 15)) & (slots - 1)
}

function same(raw: string, text: string, start: number): boolean {
  for (let i = 0; i < raw.length; i++) if (raw.charCodeAt(i) !== text.charCodeAt(start + i)) return false
  return true
}
