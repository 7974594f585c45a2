import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Pool } from 'pg'

/**
 * Runs the numbered `*.pg.sql` files that have not run yet, each in a transaction, under a lock, so that several
 * processes may start at once. Doing it twice does no harm.
 */
export async function migratePostgres(pool: Pool): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock(72656564)')
    await client.query(
      'create table if not exists migration (name text primary key, done_at timestamptz not null default now())',
    )
    const done = new Set(
      (await client.query<{ name: string }>('select name from migration')).rows.map((row) => row.name),
    )
    for (const file of migrationFiles('.pg.sql')) {
      if (done.has(file.name)) continue
      await client.query('begin')
      await client.query(file.read())
      await client.query('insert into migration (name) values ($1)', [file.name])
      await client.query('commit')
    }
    await client.query('select pg_advisory_unlock(72656564)')
  } finally {
    client.release()
  }
}

/** The migrations of all rooms in the order of their numbers; a room keeps its own in its folder `migrations`. */
export function migrationFiles(ending: '.pg.sql' | '.ch.sql'): { name: string; read: () => string }[] {
  const root = join(import.meta.dirname, '../..')
  return globSync(`**/migrations/*${ending}`, { cwd: root })
    .map((path) => ({ name: basename(path), read: () => readFileSync(join(root, path), 'utf8') }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}
