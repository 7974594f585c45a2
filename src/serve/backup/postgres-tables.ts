import { sql } from 'kysely'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'

type Row = { [column: string]: unknown }

const pageSize = 1000

/** The tables of our rooms, each after those it refers to, so that they can be filled in this order. */
export async function listTables(db: Database): Promise<string[]> {
  const tables = (
    await list(
      db,
      sql<{ name: string }>`
        select c.relname as name
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migration'
        order by c.relname`,
    )
  ).map(({ name }) => name)
  const references = await list(
    db,
    sql<{ child: string; parent: string }>`
      select distinct child.relname as child, parent.relname as parent
      from pg_constraint k
      join pg_class child on child.oid = k.conrelid
      join pg_class parent on parent.oid = k.confrelid
      where k.contype = 'f' and child.oid <> parent.oid`,
  )
  const ordered: string[] = []
  const visit = (table: string, path: string[]) => {
    if (ordered.includes(table) || path.includes(table)) return
    for (const { child, parent } of references)
      if (child === table && tables.includes(parent)) visit(parent, [...path, table])
    ordered.push(table)
  }
  for (const table of tables) visit(table, [])
  return ordered
}

/** All tables as they were at one moment: `write` gets pages of rows in the form of JSON. */
export async function readTables(db: Database, write: (table: string, rows: string[]) => Promise<void>): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sql`set transaction isolation level repeatable read, read only`.execute(tx)
    for (const table of await listTables(tx)) {
      await sql`declare page no scroll cursor for select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(
        tx,
      )
      for (;;) {
        const rows = await list(tx, sql<{ row: string }>`fetch ${sql.lit(pageSize)} from page`)
        await write(
          table,
          rows.map(({ row }) => row),
        )
        if (rows.length < pageSize) break
      }
      await sql`close page`.execute(tx)
    }
  })
}

/** Fills one table; columns that the backup does not know get their defaults. */
export async function fillTable(db: Database, table: string, rows: string[]): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(JSON.parse(rows[0] ?? '{}') as Row)
  const names = sql.join(columns.map((column) => sql.ref(column)))
  await sql`
    insert into ${sql.table(table)} (${names})
    overriding system value
    select ${names} from jsonb_populate_recordset(null::${sql.table(table)}, ${`[${rows.join(',')}]`}::jsonb)`.execute(
    db,
  )
}

/** New rows go on counting after the restored ones. */
export async function moveSequences(db: Database): Promise<void> {
  const columns = await list(
    db,
    sql<{ table: string; column: string }>`
      select table_name as "table", column_name as "column"
      from information_schema.columns
      where table_schema = 'public' and is_identity = 'YES'`,
  )
  for (const { table, column } of columns) {
    await first(
      db,
      sql`select setval(pg_get_serial_sequence(${`"${table}"`}, ${column}), greatest(1, coalesce(max(${sql.ref(column)}), 1)), max(${sql.ref(column)}) is not null) from ${sql.table(table)}`,
    )
  }
}
