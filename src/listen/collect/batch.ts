import type { Cursor, FetchedPage, Health } from '../connectors/connector.ts'
import type { Post } from '../posts/post.ts'
import type { Arrived } from './bring.ts'

export type StreamedPage = Pick<FetchedPage, 'items' | 'next' | 'removed' | 'removedAuthors' | 'edited'> & {
  health: Health
}

/** Pages of a stream joined into one to save. Doing them joined leaves the same as doing them one after the other. */
export class Batch {
  readonly startedAt: number
  cursor: Cursor | null = null
  health: Health | null = null
  readonly #items = new Map<string, Post>()
  readonly #removed = new Set<string>()
  readonly #authors = new Set<string>()
  readonly #edited = new Set<string>()

  constructor(startedAt: number) {
    this.startedAt = startedAt
  }

  get size(): number {
    return this.#items.size + this.#removed.size + this.#authors.size
  }

  /** False, and nothing is added, when a post comes back that left in this batch: removals are done after the items. */
  add(page: StreamedPage): boolean {
    const { items, removed = [], removedAuthors = [], edited = [] } = page
    if (items.some((item) => this.#left(item))) return false
    for (const item of items) this.#items.set(item.id, item)
    for (const id of edited) this.#edited.add(id)
    for (const id of removed) {
      this.#items.delete(id)
      this.#edited.delete(id)
      this.#removed.add(id)
    }
    for (const author of removedAuthors) this.#authors.add(author)
    this.cursor = page.next
    this.health = page.health
    return true
  }

  arrived(): Arrived {
    return {
      items: [...this.#items.values()],
      removed: [...this.#removed],
      removedAuthors: [...this.#authors],
      edited: [...this.#edited],
    }
  }

  #left({ id, author }: Post): boolean {
    return this.#removed.has(id) || (author !== null && this.#authors.has(author.id))
  }
}
