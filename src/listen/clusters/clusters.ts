import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { RowEncoder } from '../../base/clickhouse/row-binary.ts'
import { moment, readMoment } from '../../base/clickhouse/moment.ts'
import { Copies, levelOf } from './copies.ts'
import { Prints } from './prints.ts'

/** A post as the thread that analysed it hands it on. */
export type PrintedPost = { id: string; at: Date; prints: Uint32Array }

/**
 * The clusters of one engine. Every process has the posts of the last 30 days in memory and writes each settled one into
 * the table `copy`, from which it learns what other processes settled and, after a start, what it knew before. Two
 * processes that meet the first two copies of a text at the same moment may name them apart; the next copy joins one.
 */
export class Clusters {
  readonly #clickhouse: Clickhouse
  readonly #alone: boolean
  readonly #copies: Copies
  readonly #prints = new Prints()
  // Settled here, but not yet in the table: a page that failed on its way is written with the next.
  #unwritten: Row[] = []
  #known: Promise<void> | null = null
  // The key of the last row of the table that was read.
  #read = { saved_at: '1970-01-01 00:00:00.000', scope: 0, id: '' }

  /** `alone`: no other process writes into this engine. */
  constructor(clickhouse: Clickhouse, { mostPosts, alone }: { mostPosts: number; alone: boolean }) {
    this.#clickhouse = clickhouse
    this.#alone = alone
    this.#copies = new Copies(mostPosts)
  }

  /**
   * The cluster of each post, by its id. What was answered is settled for good: the same post gets the same answer in every
   * process and after every crash, for as long as the table remembers it.
   */
  async settle(posts: readonly PrintedPost[], scope: number): Promise<Map<string, string>> {
    await this.#learn()
    const names = new Map<string, string>()
    for (const { id, at, prints } of posts) {
      this.#prints.unpack(prints)
      const wasKnown = this.#copies.knows(id, scope)
      const cluster = this.#copies.place(this.#prints, { id, at, scope })
      names.set(id, cluster)
      // Short texts stand alone, and nothing is kept of them.
      if (wasKnown || !this.#copies.knows(id, scope)) continue
      const kept = this.#prints.pack(levelOf(this.#prints.words))
      const bytes = Buffer.from(kept.buffer, 0, kept.byteLength).toString('base64')
      this.#unwritten.push({ scope, id, cluster, posted_at: moment(at), prints: bytes })
    }
    await this.#write()
    return names
  }

  /** Reads what was written since the last time. */
  async #learn(): Promise<void> {
    if (this.#known === null || !this.#alone) this.#known = this.#readTable()
    try {
      await this.#known
    } catch (error) {
      this.#known = null
      throw error
    }
  }

  async #readTable(): Promise<void> {
    for (;;) {
      // A row may become visible a little after a later one, so the last seconds are read again; a known post changes nothing.
      const rows = await this.#clickhouse.rows<Row & { saved_at: string }>(
        `select saved_at, scope, id, cluster, posted_at, prints
         from copy
         where (saved_at, scope, id) > ({saved_at:DateTime64(3)}, {scope:UInt32}, {id:String})
           and saved_at > now64(3) - interval 30 day
         order by saved_at, scope, id
         limit {limit:UInt32}`,
        { ...this.#read, limit: pageRows },
      )
      for (const row of rows) {
        const bytes = Buffer.from(row.prints, 'base64')
        this.#prints.unpack(new Uint32Array(new Uint8Array(bytes).buffer))
        const arrival = { id: row.id, at: readMoment(row.posted_at), scope: row.scope }
        this.#copies.restore(this.#prints, arrival, row.cluster)
      }
      const last = rows.at(-1)
      if (last && rows.length === pageRows) this.#read = { saved_at: last.saved_at, scope: last.scope, id: last.id }
      else {
        if (last)
          this.#read = { saved_at: moment(new Date(readMoment(last.saved_at).getTime() - againMs)), scope: 0, id: '' }
        return
      }
    }
  }

  async #write(): Promise<void> {
    const writing = this.#unwritten
    if (writing.length === 0) return
    this.#unwritten = []
    try {
      const encoder = new RowEncoder(types)
      for (const row of writing) encoder.add(row)
      await this.#clickhouse.insertRows('copy', types, encoder.take())
    } catch (error) {
      this.#unwritten.unshift(...writing)
      throw error
    }
  }
}

const types = {
  scope: 'UInt32',
  id: 'String',
  cluster: 'String',
  posted_at: "DateTime64(3, 'UTC')",
  prints: 'String',
}

type Row = { scope: number; id: string; cluster: string; posted_at: string; prints: string }

const pageRows = 20_000
const againMs = 10_000
