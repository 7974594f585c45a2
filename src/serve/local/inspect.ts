import { sql } from 'kysely'
import { migrationFiles } from '../../base/postgres/migrate.ts'
import { list } from '../../base/postgres/postgres.ts'
import type { House } from '../house.ts'
import { inspectSources } from './inspect-sources.ts'

/** One thing that was looked at; `todo` says what to do about it when it is not well. */
export type Finding = { well: boolean; what: { en: string; ru: string }; todo?: { en: string; ru: string } }

/** Looks at the engines and the sources of an opened house. */
export async function inspectHouse(house: House): Promise<Finding[]> {
  const { clickhouse, postgres } = house
  const version = await clickhouse.row<{ version: string; mentions: number }>(
    'select version() as version, (select count() from mention) as mentions',
  )
  const [server] = await list(
    postgres.db,
    sql<{ version: string }>`select current_setting('server_version') as version`,
  )
  const migrated = await list(postgres.db, sql<{ name: string }>`select name from migration`)
  const missing = migrationFiles('.pg.sql').length - migrated.length
  const kind = (embedded: boolean): Finding['what'] =>
    embedded ? { en: 'inside Heed', ru: 'внутри Heed' } : { en: 'on a server', ru: 'на сервере' }
  return [
    {
      well: true,
      what: {
        en: `ClickHouse ${version?.version} ${kind(clickhouse.embedded).en}, ${version?.mentions} mentions`,
        ru: `ClickHouse ${version?.version} ${kind(clickhouse.embedded).ru}, упоминаний: ${version?.mentions}`,
      },
    },
    {
      well: true,
      what: {
        en: `PostgreSQL ${server?.version} ${kind(postgres.embedded).en}`,
        ru: `PostgreSQL ${server?.version} ${kind(postgres.embedded).ru}`,
      },
    },
    {
      well: missing <= 0,
      what: { en: `${migrated.length} migrations done`, ru: `Миграций выполнено: ${migrated.length}` },
    },
    ...(await inspectSources(house)),
  ]
}
