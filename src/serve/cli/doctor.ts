import { access, constants, mkdir, statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import { list } from '../../base/postgres/postgres.ts'
import { findHolder } from '../../base/lock/lock.ts'
import { migrationFiles } from '../../base/postgres/migrate.ts'
import { healthOf } from '../../listen/collect/health.ts'
import type { Source } from '../../listen/collect/source.ts'
import type { Config } from '../../config.ts'
import type { House } from '../house.ts'
import { findServer } from '../local/ask.ts'
import { sayTrouble } from '../api/source-words.ts'
import { done, failed, type Call, type Command, type Said } from './command.ts'
import { configOf, dataOption } from './with-house.ts'

/** One thing that was looked at; `todo` says what to do about it when it is not well. */
type Finding = { well: boolean; what: Said; todo?: Said }

export const doctorCommand: Command = {
  name: 'doctor',
  operands: '',
  operandCount: { least: 0, most: 0 },
  summary: {
    en: 'Looks whether everything is in order, and says what to do',
    ru: 'Проверяет, всё ли в порядке, и говорит, что делать',
  },
  options: dataOption,
  run: async (call) => {
    const config = configOf(call)
    const findings = [
      nodeVersion(),
      await directory(config),
      await space(config),
      address(config),
      ...(await engines(call, config)),
    ]
    for (const { well, what, todo } of findings) {
      call.stdout.write(`${well ? '✓' : '✗'} ${what[call.language]}\n`)
      if (todo) call.stdout.write(`  → ${todo[call.language]}\n`)
    }
    return findings.every(({ well }) => well) ? done : failed
  },
}

function nodeVersion(): Finding {
  const well = Number(process.versions.node.split('.')[0]) >= 24
  const what = { en: `Node ${process.versions.node}`, ru: `Node ${process.versions.node}` }
  return well
    ? { well, what }
    : {
        well,
        what,
        todo: {
          en: 'Start Heed as npx heed: it brings Node 24 along',
          ru: 'Запускайте через npx heed: он несёт с собой Node 24',
        },
      }
}

async function directory({ dataDir }: Config): Promise<Finding> {
  try {
    await mkdir(dataDir, { recursive: true })
    await access(dataDir, constants.W_OK)
    return { well: true, what: { en: `Data directory ${dataDir}`, ru: `Каталог данных ${dataDir}` } }
  } catch (error) {
    return {
      well: false,
      what: { en: `Data directory ${dataDir} cannot be written`, ru: `В каталог данных ${dataDir} нельзя писать` },
      todo: {
        en: `Give this user the right to it (${String(error)})`,
        ru: `Дайте этому пользователю права на него (${String(error)})`,
      },
    }
  }
}

const leastBytes = 2 * 1024 ** 3

async function space({ dataDir }: Config): Promise<Finding> {
  const disk = await statfs(dataDir).catch(() => null)
  if (!disk) return { well: false, what: { en: 'Free space is unknown', ru: 'Сколько места свободно, неизвестно' } }
  const bytes = disk.bavail * disk.bsize
  const gigabytes = (bytes / 1024 ** 3).toFixed(1)
  const what = { en: `${gigabytes} GB free on the disk`, ru: `На диске свободно ${gigabytes} ГБ` }
  if (bytes >= leastBytes) return { well: true, what }
  return {
    well: false,
    what,
    todo: {
      en: 'Free some space: below 2 GB the databases may stop',
      ru: 'Освободите место: меньше 2 ГБ — и базы могут остановиться',
    },
  }
}

function address({ publicUrl, host }: Config): Finding {
  const what = { en: `Address ${publicUrl}`, ru: `Адрес ${publicUrl}` }
  const local = /^https?:\/\/(localhost|127\.|\[::1\])/.test(publicUrl)
  if (local || publicUrl.startsWith('https://')) return { well: true, what }
  return {
    well: false,
    what,
    todo: {
      en: `Sign-ins travel readable over http; put https in front and set HEED_URL (listening on ${host})`,
      ru: `Вход по http можно подслушать; поставьте впереди https и задайте HEED_URL (слушаем ${host})`,
    },
  }
}

/** The engines are looked at from inside when nobody else has them open. */
async function engines(call: Call, config: Config): Promise<Finding[]> {
  const holder = findHolder(config.dataDir)
  if (holder && !findServer(config.dataDir)) {
    return [
      {
        well: false,
        what: {
          en: `Process ${holder.pid} holds the data directory and takes no commands`,
          ru: `Процесс ${holder.pid} держит каталог данных и не принимает команд`,
        },
        todo: { en: 'Wait until it has started, or end it', ru: 'Подождите, пока он запустится, или завершите его' },
      },
    ]
  }
  if (holder)
    return [
      {
        well: true,
        what: { en: `A server runs (process ${holder.pid})`, ru: `Сервер работает (процесс ${holder.pid})` },
      },
    ]
  try {
    const { openHouse } = await import('../../app.ts')
    await using house = await openHouse({ ...config, logLevel: 'silent' })
    return await inside(house)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [
      {
        well: false,
        what: { en: `The databases do not open: ${reason}`, ru: `Базы не открываются: ${reason}` },
        todo: {
          en: 'Check DATABASE_URL and CLICKHOUSE_URL, or restore a backup',
          ru: 'Проверьте DATABASE_URL и CLICKHOUSE_URL или восстановите копию',
        },
      },
    ]
  }
}

async function inside(house: House): Promise<Finding[]> {
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
  const kind = (embedded: boolean): Said =>
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
