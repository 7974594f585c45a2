import { analyse, type Analysis } from '../../base/text/analyse.ts'
import { hashOf } from '../../base/text/hash.ts'

/** Found by its words; `score` is the share of what the words of the question could bring at most, from 0 to 1. */
export type Found = { id: number; score: number }

/**
 * Texts by the words they have, in memory: Okapi BM25 (Robertson and Zaragoza 2009) over word forms and, for misspellings
 * and compounds, over pieces of four letters, which count a quarter. Some 4 kB for a text of 100 words.
 */
export class WordIndex {
  // Of each term the slots of the texts that have it, with how often: slot × 256 + times.
  private readonly postings = new Map<number, number[]>()
  private readonly ids: number[] = []
  private readonly lengths: number[] = []
  private readonly slots = new Map<number, number>()
  private allWords = 0
  /** Slots of texts that were changed or removed since; their postings stay until the index is made anew. */
  gone = 0

  get size(): number {
    return this.slots.size
  }

  /** In place of an earlier text of this id. The title counts twice. */
  put(id: number, text: { title: string; plain: string; lang: string }): void {
    this.remove(id)
    const slot = this.ids.length
    const terms = new Map<number, number>()
    const title = analyse(text.title, text)
    const body = analyse(text.plain, text)
    for (const part of [title, title, body]) countTerms(part, terms)
    for (const [term, times] of terms) {
      const at = this.postings.get(term)
      const entry = slot * 256 + Math.min(255, times)
      if (at) at.push(entry)
      else this.postings.set(term, [entry])
    }
    const length = 2 * title.words.length + body.words.length
    this.ids.push(id)
    this.lengths.push(length)
    this.allWords += length
    this.slots.set(id, slot)
  }

  remove(id: number): void {
    const slot = this.slots.get(id)
    if (slot === undefined) return
    this.slots.delete(id)
    this.ids[slot] = noText
    this.allWords -= this.lengths[slot] ?? 0
    this.gone++
  }

  /** The best first, those that have none of the words left out. */
  find(question: Analysis, limit: number): Found[] {
    const asked = new Map<number, number>()
    countTerms(question, asked)
    const scores = new Float64Array(this.ids.length)
    const average = Math.max(1, this.allWords / Math.max(1, this.size))
    let most = 0
    for (const term of asked.keys()) {
      const at = this.postings.get(term)
      const weight = this.weightOf(term, at?.length ?? 0)
      most += weight * (k1 + 1)
      if (!at) continue
      for (const entry of at) {
        const slot = Math.floor(entry / 256)
        const times = entry % 256
        const room = k1 * (1 - b + (b * this.lengths[slot]!) / average)
        scores[slot]! += (weight * times * (k1 + 1)) / (times + room)
      }
    }
    const found: Found[] = []
    scores.forEach((score, slot) => {
      if (score > 0 && this.ids[slot] !== noText) found.push({ id: this.ids[slot]!, score: score / most })
    })
    return found.sort((one, other) => other.score - one.score || one.id - other.id).slice(0, limit)
  }

  /** How few texts have this word form: its inverse document frequency. */
  rarityOf(stem: string): number {
    const term = stemTerm(stem)
    return this.weightOf(term, this.postings.get(term)?.length ?? 0)
  }

  private weightOf(term: number, texts: number): number {
    const all = this.ids.length
    const rarity = Math.log(1 + (all - texts + 0.5) / (texts + 0.5))
    return (term & 1) === piece ? rarity * pieceWeight : rarity
  }
}

// Measured on questions of banking customers (bench/suggestions.ts): texts are short and say the same in other words, so a
// word that comes again counts more, and length less, than the usual 1.2 and 0.75.
const k1 = 2.5
const b = 0.5
const pieceWeight = 0.25
const noText = -1
const piece = 1

function countTerms({ words }: Analysis, terms: Map<number, number>): void {
  const add = (term: number) => terms.set(term, (terms.get(term) ?? 0) + 1)
  for (const word of words) {
    add(stemTerm(word.stems[0] ?? word.folded))
    const whole = ` ${word.folded} `
    // Of an address or of letters without end the first pieces say enough.
    const last = Math.min(whole.length, mostLetters) - pieceLength
    for (let at = 0; at <= last; at++) add((hashOf(whole.slice(at, at + pieceLength)) & ~1) | piece)
  }
}

const pieceLength = 4
const mostLetters = 40

function stemTerm(stem: string): number {
  return hashOf(stem) & ~1
}
