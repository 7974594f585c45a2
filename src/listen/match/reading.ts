import type { Analysis } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'
import type { LateFields } from './ask-field.ts'
import type { Vocabulary } from './vocabulary.ts'

/** One post as the queries of a vocabulary see it: for every pattern the tokens that fit it, in reading order. */
export class Reading {
  post!: Post & LateFields
  analysis!: Analysis
  readonly #vocabulary: Vocabulary
  readonly #tokens: number[][] = []
  readonly #seen: number[] = []
  #turn = 0

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  /** Nothing is allocated for a post whose words nobody asks for. */
  read(post: Post & LateFields, analysis: Analysis): this {
    this.post = post
    this.analysis = analysis
    this.#turn++
    const { words } = analysis
    for (let token = 0; token < words.length; token++) {
      const ids = this.#vocabulary.idsOf(words[token]!)
      for (let i = 0; i < ids.length; i++) {
        const id = ids[i]!
        if (this.#seen[id] === this.#turn) this.#tokens[id]!.push(token)
        else {
          this.#seen[id] = this.#turn
          this.#tokens[id] = [token]
        }
      }
    }
    return this
  }

  has(pattern: number): boolean {
    return this.#seen[pattern] === this.#turn
  }

  tokens(pattern: number): readonly number[] {
    return this.#seen[pattern] === this.#turn ? this.#tokens[pattern]! : none
  }
}

const none: readonly number[] = []
