import type { Clickhouse, SqlParams } from '../../base/clickhouse/clickhouse.ts'

const pageSize = 5_000

type Row = { [column: string]: unknown }

/** The tables with data of ours. */
export async function listMentionTables(clickhouse: Clickhouse): Promise<string[]> {
  const rows = await clickhouse.rows<{ name: string }>(
    `select name from system.tables where database = currentDatabase() and engine like '%MergeTree' and name != 'migration' order by name`,
  )
  return rows.map(({ name }) => name)
}

/** The rows of a table in the order of its key, page by page; of replaced rows only the newest version. */
export async function* readMentionTable(clickhouse: Clickhouse, table: string): AsyncGenerator<Row[]> {
  const key = await clickhouse.rows<{ name: string; type: string }>(
    `select name, type from system.columns where database = currentDatabase() and table = {table:String} and is_in_sorting_key order by position`,
    { table },
  )
  const sorting = await clickhouse.row<{ key: string }>(
    `select sorting_key as key from system.tables where database = currentDatabase() and name = {table:String}`,
    { table },
  )
  const names = (sorting?.key ?? '').split(',').map((name) => name.trim())
  const types = new Map(key.map(({ name, type }) => [name, type]))
  const typed = names.map((name, index) => `{key_${index}:${types.get(name) ?? 'String'}}`)
  for (let after: SqlParams | null = null; ;) {
    const rows: Row[] = await clickhouse.rows<Row>(
      `select *
       from ${table} final
       ${after ? `where (${names.join(', ')}) > (${typed.join(', ')})` : ''}
       order by ${names.join(', ')}
       limit ${pageSize}`,
      after ?? {},
    )
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (rows.length < pageSize || !last) return
    after = Object.fromEntries(names.map((name, index) => [`key_${index}`, last[name]]))
  }
}
