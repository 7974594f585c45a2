import { analysePost, readWords, tableOf, type Analysis, type AnalysisMode } from '../../base/text/analyse.ts'
import { stemmingLanguage } from '../../base/text/stem.ts'
import { Tokens } from '../../base/text/tokens.ts'
import type { Post } from '../posts/post.ts'
import type { Query } from '../query/query.ts'
import type { LateFields } from './ask-field.ts'
import { Gate, gateBytes } from './gate.ts'
import { Look, type Asked } from './look.ts'
import type { Memory } from './memory.ts'
import { QueryIndex } from './query-index.ts'
import { WantedWords } from './wanted-words.ts'

/**
 * Many queries against one post after another. Setting a query again replaces it; the next post meets the change. What changes
 * queries throws `ThreadHolds` when another thread does not come to the end of its post within two seconds.
 */
export class Matcher {
  readonly mode: AnalysisMode
  /** What other threads need to match with the same queries. */
  readonly memory: Memory
  readonly #index: QueryIndex
  readonly #reader: Reader
  readonly #gate: Gate
  readonly #writes: boolean
  #posts = 0
  #reviewAt = firstReview

  /** `memory` of another matcher: this one matches with its queries and may not change them. */
  constructor(mode: AnalysisMode = 'forms', memory: Memory | null = null) {
    this.mode = mode
    this.memory = memory ?? {}
    this.#writes = memory === null
    this.#gate = new Gate((this.memory['gate'] ??= new SharedArrayBuffer(gateBytes)))
    this.#index = new QueryIndex(this.memory, mode)
    this.#reader = new Reader(this.#index, mode)
  }

  /** Ids are whole numbers from 0; small ones need less memory. */
  set(id: number, query: Query): void {
    this.#change(() => this.#index.set(id, query))
  }

  remove(id: number): void {
    this.#change(() => this.#index.remove(id))
  }

  /** A thread that matched with this memory has ended, perhaps in the middle of a post. */
  forget(thread: number): void {
    this.#gate.forget(thread)
  }

  /** The ids of all queries that are true of the post, ascending. `analysis`: of the post in this mode, if there is one already. */
  ids(post: Post & LateFields, analysis: Analysis | null = null): Int32Array {
    if (this.#writes) {
      this.learn(1)
      return this.#reader.ids(post, analysis)
    }
    this.#gate.enter()
    try {
      return this.#reader.ids(post, analysis)
    } finally {
      this.#gate.leave()
    }
  }

  /**
   * Other threads have matched so many posts more: what they saw helps to choose where queries are looked for, a few queries for
   * each post, so that no post waits for all of them.
   */
  learn(posts: number): void {
    for (let i = 0; i < posts; i++) {
      if (++this.#posts < this.#reviewAt) continue
      this.#gate.write(() => {
        if (this.#index.review()) this.#reviewAt = Math.min(this.#posts * 2, this.#posts + mostBetweenReviews)
      })
    }
  }

  #change(change: () => void): void {
    if (!this.#gate.write(change)) throw new ThreadHolds()
  }
}

/**
 * A thread does not come to the end of its post, so the queries cannot be changed now; nothing was. When the thread has died, they
 * can be once its end was told to `forget`.
 */
export class ThreadHolds extends Error {
  override message = 'A thread does not come to the end of its post'
}

class Reader {
  readonly #index: QueryIndex
  readonly #mode: AnalysisMode
  readonly #look: Look
  readonly #tokens = new Tokens()
  readonly #lexicons = new Map<string, WantedWords>()
  readonly #asked: Asked
  #post!: Post & LateFields
  #analysis: Analysis | null = null

  constructor(index: QueryIndex, mode: AnalysisMode) {
    this.#index = index
    this.#mode = mode
    this.#look = new Look(index)
    this.#asked = { post: this.#post, analysis: () => (this.#analysis ??= analysePost(this.#post, mode)) }
  }

  ids(post: Post & LateFields, analysis: Analysis | null): Int32Array {
    this.#post = post
    this.#asked.post = post
    this.#analysis = analysis
    this.#look.begin()
    const words = this.#words(this.#mode === 'plain' ? '' : stemmingLanguage(post.lang))
    words.begin()
    const { places } = this.#look
    if (analysis && words.markAnalysed(analysis, places)) return this.#look.ids(this.#asked, analysis.textPosition)
    const { textPosition } = readWords(this.#tokens, post, this.#mode, words, false)
    words.mark(this.#tokens, places)
    return this.#look.ids(this.#asked, textPosition)
  }

  #words(language: string): WantedWords {
    let words = this.#lexicons.get(language)
    if (!words) {
      words = new WantedWords(this.#index.patterns, tableOf(this.#mode, language), language)
      this.#lexicons.set(language, words)
    }
    return words
  }
}

const firstReview = 1_000
const mostBetweenReviews = 100_000
