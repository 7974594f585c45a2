import { ClickHouseLogLevel, createClient, type ClickHouseClient } from '@clickhouse/client'
import { createChdbConnection } from 'chdb/connection'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Connections } from './connections.ts'
import { inlineLongParams, inlineParams } from './literal.ts'
import type { ColumnTypes, EncodedRows } from './row-binary.ts'

/** Named by `{name:Type}` in the text, and read by the engine as values of that type, never as SQL. */
export type SqlParams = { [name: string]: unknown }

/**
 * Mentions live here. The same SQL and the same client serve both engines: ClickHouse inside this process,
 * or a server. Closing waits for the queries that still run, because the embedded engine must outlive its last answer.
 */
export class Clickhouse implements AsyncDisposable {
  readonly embedded: boolean
  readonly #way: ClickHouseClient | Connections
  readonly #running = new Set<Promise<unknown>>()
  readonly #asked = new Map<string, Asked>()
  /** Grows when a write begins and when it ends. */
  #writes = 0
  #pages = 0
  #dir: string | null = null

  /** A server takes any number of questions through one client. */
  constructor(way: ClickHouseClient | Connections) {
    this.#way = way
    this.embedded = way instanceof Connections
  }

  async rows<T>(query: string, params: SqlParams = {}, options: { signal?: AbortSignal } = {}): Promise<T[]> {
    return this.#ask(async (client) => {
      const answer = await client.query({
        ...this.#bound(query, params),
        format: 'JSONEachRow',
        ...(options.signal ? { abort_signal: options.signal } : {}),
      })
      return answer.json<T>()
    })
  }

  async row<T>(query: string, params: SqlParams = {}): Promise<T | null> {
    const [first] = await this.rows<T>(query, params)
    return first ?? null
  }

  /**
   * For costly questions that several ask at the same time: whoever asks what is just being answered gets the same rows, which are
   * to be read only. Nobody gets an answer that began before the end of a write through this client.
   */
  async shared<T>(query: string, params: SqlParams = {}): Promise<readonly T[]> {
    const text = inlineParams(query, params)
    const other = this.#asked.get(text)
    if (other && other.writes === this.#writes) return other.rows as Promise<T[]>
    const asked: Asked = { writes: this.#writes, rows: this.rows<T>(query, params) }
    this.#asked.set(text, asked)
    const forget = () => void (this.#asked.get(text) === asked && this.#asked.delete(text))
    asked.rows.then(forget, forget)
    return asked.rows as Promise<T[]>
  }

  /** Acknowledged rows survive the end of the process, also a violent one. */
  async insert(table: string, rows: object[]): Promise<void> {
    if (rows.length === 0) return
    await this.#write((client) => client.insert({ table, values: rows, format: 'JSONEachRow' }))
  }

  /**
   * The same for many rows with columns of these types, for half the time of the processor. `indexLater` names indexes that
   * are built when the engine joins parts: until then these rows are found by reading them.
   */
  async insertRows(table: string, types: ColumnTypes, rows: EncodedRows, indexLater: string[] = []): Promise<void> {
    if (rows.ends.length === 0) return
    const into = `insert into ${table} (${Object.keys(types).join(', ')})`
    const settings =
      indexLater.length === 0 ? '' : `settings exclude_materialize_skip_indexes_on_insert = '${indexLater.join(',')}'`
    if (this.embedded) await this.#track(() => this.#insertFile(into, settings, types, rows.bytes))
    else await this.#write((client) => send(client, into, settings, rows.bytes))
  }

  async command(query: string, params: SqlParams = {}): Promise<void> {
    await this.#write((client) => client.command(this.#bound(query, params)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.allSettled(this.#running)
    await this.#way.close()
    if (this.#dir) rmSync(this.#dir, { recursive: true, force: true })
  }

  // The embedded engine takes a query as text only, so the bytes go through a file, which the system keeps in memory.
  async #insertFile(into: string, settings: string, types: ColumnTypes, bytes: Uint8Array): Promise<void> {
    this.#dir ??= mkdtempSync(join(tmpdir(), 'heed-rows-'))
    const path = join(this.#dir, `${this.#pages++}.bin`)
    await writeFile(path, bytes, { mode: 0o600 })
    try {
      const structure = Object.entries(types)
        .map(([name, type]) => `${name} ${type}`)
        .join(', ')
      const query = `${into} select * from file({path:String}, RowBinary, {structure:String}) ${settings}`
      await this.command(query, { path, structure })
    } finally {
      await rm(path, { force: true })
    }
  }

  // The embedded engine's interface keeps bound parameters in one place for all connections, so it binds them one question at a time.
  #bound(query: string, params: SqlParams) {
    if (this.embedded) return { query: inlineParams(query, params) }
    const bound = inlineLongParams(query, params)
    return { query: bound.query, query_params: bound.params }
  }

  async #write(work: (client: ClickHouseClient) => Promise<unknown>): Promise<void> {
    this.#writes++
    try {
      await this.#ask(work)
    } finally {
      this.#writes++
    }
  }

  #ask<T>(work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
    const way = this.#way
    return this.#track(() => (way instanceof Connections ? way.use(work) : work(way)))
  }

  async #track<T>(work: () => Promise<T>): Promise<T> {
    const running = work()
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
    }
  }
}

type Asked = { writes: number; rows: Promise<unknown[]> }

/** Opens the server at `url`, or else the engine inside this process with its files in `dir` (null: in memory). */
export function openClickhouse(where: { url: string } | { dir: string | null }): Clickhouse {
  if ('url' in where) {
    return new Clickhouse(createClient({ url: where.url, clickhouse_settings: settings, log }))
  }
  if (where.dir) mkdirSync(where.dir, { recursive: true })
  const path = where.dir ?? ':memory:'
  // Both packages carry their own copy of the same interface, which TypeScript takes for two.
  const connect = () => createChdbConnection({ path }) as unknown as EmbeddedConnection
  return new Clickhouse(
    new Connections(() => createClient({ connection: connect(), log }), { ...settings, ...embeddedSettings }),
  )
}

async function send(client: ClickHouseClient, into: string, settings: string, bytes: Uint8Array): Promise<void> {
  const { stream } = await client.exec({
    query: `${into} ${settings} format RowBinary`,
    values: Readable.from([bytes], { objectMode: false }),
  })
  await stream.resume().toArray()
}

type EmbeddedConnection = NonNullable<NonNullable<Parameters<typeof createClient>[0]>['connection']>

// Errors are thrown to the one who asked; the client would also write them to standard error.
const log = { level: ClickHouseLogLevel.OFF }

const settings = {
  // Long lists of ids travel in the query's body.
  max_query_size: '268435456',
  // A mention never changes its year, so parts of different years need no look at each other.
  do_not_merge_across_partitions_select_final: 1,
  // Conditions stand in the order we write them, the index's before those that read the places of words; ordered by the sizes of
  // columns, words near each other took five times as long.
  allow_reorder_prewhere_conditions: 0,
  date_time_input_format: 'best_effort',
  output_format_json_quote_64bit_integers: 0,
} as const

// A page of mentions is some thousand small reads of files that memory holds: a seventh of them is handing each to a thread.
const embeddedSettings = { local_filesystem_read_method: 'pread' } as const
