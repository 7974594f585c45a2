import type { Analysis } from '../../../base/text/analyse.ts'
import { PerWord, type Word } from '../../../base/text/word.ts'

/** Further words are not read: where somebody stands is said in the beginning, and a price list has no stage. */
export const mostUnits = 400

/**
 * The words of a post one after the other, as cues ask for them: the name of an account and an address are one unit, the
 * parts of a hyphenated word are several, and “what's” is “what”.
 */
export class Units {
  count = 0
  readonly words: Word[] = []
  readonly tokens = new Int32Array(mostUnits)
  /** Where each unit is an account's name, an address, a tag or a word. */
  readonly kinds = new Uint8Array(mostUnits)

  read({ words, positions }: Analysis): this {
    this.count = 0
    let hiddenUntil = -1
    let last = -1
    for (let token = 0; token < words.length; token++) {
      const position = positions[token]!
      if (position <= hiddenUntil) continue
      const word = words[token]!
      const kind = kinds.get(word) ?? kinds.keep(word, kindOf(word.folded))
      if (kind === name || kind === address) hiddenUntil = position + word.width - 1
      // The whole of a hyphenated word or a tag: its parts follow.
      else if (word.width > 1) continue
      // “when” stands behind “when's” at one place.
      if (position === last && this.count > 0) this.count--
      if (this.count === mostUnits) break
      last = position
      this.words[this.count] = word
      this.tokens[this.count] = token
      this.kinds[this.count++] = kind
    }
    return this
  }
}

export const plain = 0
export const name = 1
export const address = 2

const kinds = new PerWord<number>()

function kindOf(folded: string): number {
  if (folded.charCodeAt(0) === atSign) return name
  return folded.includes('://') || (folded.includes('/') && folded.includes('.')) ? address : plain
}

const atSign = 64
