import { migrationFiles } from '../postgres/migrate.ts'
import type { Clickhouse } from './clickhouse.ts'

/**
 * Runs the numbered `*.ch.sql` files that have not run yet. Doing it twice does no harm: ClickHouse has no
 * transactions over tables, so every statement in these files may be repeated.
 */
export async function migrateClickhouse(
  clickhouse: Clickhouse,
  params: { [name: string]: string | number } = {},
): Promise<void> {
  await clickhouse.command(
    `create table if not exists migration (name String, done_at DateTime default now()) engine = ReplacingMergeTree order by name`,
  )
  const done = new Set(
    (await clickhouse.rows<{ name: string }>('select name from migration final')).map((row) => row.name),
  )
  for (const file of migrationFiles('.ch.sql')) {
    if (done.has(file.name)) continue
    for (const statement of file.read().split(/;\s*$/m)) {
      const text = statement.replace(/\$\{(\w+)\}/g, (_, name: string) => String(params[name]))
      if (text.trim() !== '') await clickhouse.command(text)
    }
    await clickhouse.insert('migration', [{ name: file.name }])
  }
}
