import { RowEncoder, type EncodedRows } from '../../base/clickhouse/row-binary.ts'
import { keyOfWord } from '../../base/text/word-key.ts'
import { PerWord, type Word } from '../../base/text/word.ts'
import { pageTypes, toRow, type NewMention } from './mention.ts'

/** Mentions on their way into a table, in bytes that one thread hands to another without copying them. */
export type MentionPage = {
  /** By row. */
  projects: number[]
  ids: string[]
  /** By row; whoever settles them may change them until the page is saved. */
  clusters: string[]
  /** Without the clusters. */
  rows: EncodedRows
  /** The words that the engine may not have yet. */
  spelled: SpelledRow[]
}

/** A word as the table `word` has it. */
export type SpelledRow = { word: string; term: string; place: number }

/** Makes pages for one engine, which `engine` stands for. */
export class PageWriter {
  readonly #engine: object
  readonly #encoder = new RowEncoder(pageTypes)
  #projects: number[] = []
  #ids: string[] = []
  #clusters: string[] = []
  #fresh = new Set<Word>()

  constructor(engine: object) {
    this.#engine = engine
  }

  add(mention: NewMention): void {
    this.#encoder.add(toRow(mention))
    this.#projects.push(mention.project)
    this.#ids.push(mention.post.id)
    this.#clusters.push(mention.cluster)
    for (const word of mention.words.spelled) if (keptBy.get(word) !== this.#engine) this.#fresh.add(word)
  }

  /** What was added since the last call. Once it is saved, `kept` must be told, so that its words are not written again. */
  take(): { page: MentionPage; kept: () => void } {
    const fresh = this.#fresh
    const page = {
      projects: this.#projects,
      ids: this.#ids,
      clusters: this.#clusters,
      rows: this.#encoder.take(),
      spelled: Array.from(fresh, spell),
    }
    this.#projects = []
    this.#ids = []
    this.#clusters = []
    this.#fresh = new Set()
    return {
      page,
      kept: () => {
        for (const word of fresh) keptBy.keep(word, this.#engine)
      },
    }
  }
}

export function spell({ folded }: Word): SpelledRow {
  return { word: folded, ...keyOfWord(folded) }
}

/** The engine that is known to have the word. */
const keptBy = new PerWord<object>()
