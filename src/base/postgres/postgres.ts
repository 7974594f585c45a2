import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import { CamelCasePlugin, Kysely, PostgresDialect, type RawBuilder, type Transaction } from 'kysely'
import { AsyncLocalStorage } from 'node:async_hooks'
import { execFile } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { keepListening } from './listen.ts'

/** Rooms write SQL text; a row's type stands beside its query. */
export type Database = Kysely<unknown>

/** The work lives here: PostgreSQL inside this process, or a server. */
export type Postgres = AsyncDisposable & {
  db: Database
  pool: pg.Pool
  embedded: boolean
  /** Tells every process of this installation; the payload must stay under 8,000 bytes. */
  notify(channel: string, payload: string): Promise<void>
  /** Calls back for each notification until the returned function is called. */
  subscribe(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
}

/**
 * Opens the server at `url`, or else the engine inside this process with its files in `dir` (null: in memory, where it
 * begins with the cluster in the archive `from`, if there is one).
 */
export async function openPostgres(
  where: { url: string } | { dir: string } | { dir: null; from?: Blob },
): Promise<Postgres> {
  if ('url' in where) return openServer(where.url)
  return openEmbedded(where.dir, where.dir === null ? where.from : undefined)
}

async function openServer(url: string): Promise<Postgres> {
  const pool = guarded(new pg.Pool({ connectionString: url, max: 10, types }))
  // An idle connection that the server closes is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => {})
  return {
    ...shared(pool),
    embedded: false,
    subscribe: (channel, heard) => keepListening(url, channel, heard),
    [Symbol.asyncDispose]: () => pool.end(),
  }
}

async function openEmbedded(dir: string | null, from?: Blob): Promise<Postgres> {
  if (dir && !existsSync(join(dir, 'PG_VERSION'))) await createCluster(dir)
  const pglite = await PGlite.create({
    ...(dir ? { dataDir: dir } : {}),
    ...(from ? { loadDataDir: from } : {}),
    startParams: [
      // PGlite starts without fsync; a promise kept only in memory is none.
      ...PGlite.defaultStartParams.filter((param) => param !== '-F'),
      ...['-c', `fsync=${dir ? 'on' : 'off'}`],
      // Only small tables live here; the default would hold 160 MB more for ever.
      ...['-c', 'shared_buffers=16MB'],
    ],
  })
  // One connection: a second one would wait for the first for ever.
  const pool = guarded(new pg.Pool({ ...createPgConfig(pglite), max: 1, types } as pg.PoolConfig))
  return {
    ...shared(pool),
    embedded: true,
    subscribe: (channel, heard) => pglite.listen(channel, heard),
    [Symbol.asyncDispose]: async () => {
      await pool.end()
      await pglite.close()
    },
  }
}

/** A cluster that was interrupted while it was made is made anew: it appears under its name only when it is whole. */
async function createCluster(dir: string): Promise<void> {
  const unfinished = `${dir}.new`
  rmSync(unfinished, { recursive: true, force: true })
  await mkdir(dirname(dir), { recursive: true })
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'create-cluster.ts'), unfinished])
  renameSync(unfinished, dir)
}

function shared(pool: pg.Pool) {
  return {
    pool,
    db: new Kysely<unknown>({
      dialect: new PostgresDialect({ pool }),
      plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
    }),
    notify: async (channel: string, payload: string) => {
      await pool.query('select pg_notify($1, $2)', [channel, payload])
    },
  }
}

/** All or nothing. Inside, every statement goes through `tx`; asking the pool for another connection is an error. */
export function inTransaction<T>(db: Database, work: (tx: Transaction<unknown>) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Transaction<unknown>)
  return db.transaction().execute((tx) => insideTransaction.run(true, () => work(tx)))
}

const insideTransaction = new AsyncLocalStorage<true>()

function guarded(pool: pg.Pool): pg.Pool {
  const connect = pool.connect.bind(pool) as (callback?: Connected) => Promise<pg.PoolClient>
  const guard = (callback?: Connected) => {
    if (!insideTransaction.getStore()) return connect(callback)
    const error = new Error('Inside a transaction every statement goes through its handle, not through the pool')
    if (!callback) return Promise.reject(error)
    callback(error, undefined, () => {})
    return undefined
  }
  pool.connect = guard as typeof pool.connect
  return pool
}

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, done: () => void) => void

/** All rows of a statement. */
export async function list<T>(db: Database, query: RawBuilder<T>): Promise<T[]> {
  return (await query.execute(db)).rows
}

/** The first row of a statement, null when there is none. */
export async function first<T>(db: Database, query: RawBuilder<T>): Promise<T | null> {
  return (await query.execute(db)).rows[0] ?? null
}

// Counts and sums arrive as numbers: they stay far below 2^53 here.
const asNumber = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC])
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    asNumber.has(oid) ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}
