import { sql } from 'kysely'
import { migrationFiles } from '../../base/postgres/migrate.ts'
import { list } from '../../base/postgres/postgres.ts'
import { healthOf } from '../../listen/collect/health.ts'
import type { Source } from '../../listen/collect/source.ts'
import { sayTrouble } from '../api/source-words.ts'
import type { House } from '../house.ts'

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
  const sources = await list(postgres.db, sql<Source>`select * from source where state = 'active' order by name`)
  const ill = sources
    .map((source) => ({ source, ...healthOf(source, house.now()) }))
    .filter(({ health }) => health === 'ill')
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
    {
      well: ill.length === 0,
      what: {
        en: `${sources.length} sources, ${ill.length} of them ill`,
        ru: `Источников: ${sources.length}, из них больных: ${ill.length}`,
      },
    },
    ...ill.map(({ source, trouble }): Finding => ({
      well: false,
      what: {
        en: `${source.name}: ${trouble ? sayTrouble(trouble, 'en') : ''}`,
        ru: `${source.name}: ${trouble ? sayTrouble(trouble, 'ru') : ''}`,
      },
      todo: {
        en: `Open the source in Heed and check its address ${source.url ?? ''}`,
        ru: `Откройте источник в Heed и проверьте его адрес ${source.url ?? ''}`,
      },
    })),
  ]
}
