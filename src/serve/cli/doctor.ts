import { statfs } from 'node:fs/promises'
import { lookAtDirectory } from '../../base/lock/directory.ts'
import { findHolder } from '../../base/lock/lock.ts'
import type { Config } from '../../config.ts'
import { findServer } from '../local/ask.ts'
import { inspectHouse, type Finding } from '../local/inspect.ts'
import { done, failed, type Command } from './command.ts'
import { configOf, dataOption } from './with-house.ts'

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
    const folder = directory(config)
    const findings = [nodeVersion(), folder, address(config)]
    if (folder.well) findings.push(await space(config), ...(await engines(config)))
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

/** Looks only: a folder that is made here would hide that its name was mistyped. */
function directory({ dataDir }: Config): Finding {
  const standing = lookAtDirectory(dataDir)
  if (standing.kind === 'usable')
    return { well: true, what: { en: `Data directory ${dataDir}`, ru: `Каталог данных ${dataDir}` } }
  if (standing.kind === 'missing') {
    return {
      well: false,
      what: { en: `There is no data directory ${dataDir} yet`, ru: `Каталога данных ${dataDir} ещё нет` },
      todo: {
        en: 'heed serve makes it; if there are data already, name their folder with --data',
        ru: 'Его создаст heed serve; если данные уже есть, укажите их каталог через --data',
      },
    }
  }
  return {
    well: false,
    what: { en: `Data directory ${dataDir} cannot be written`, ru: `В каталог данных ${dataDir} нельзя писать` },
    todo: {
      en: `Give this user the right to it, or name another with --data (${standing.reason})`,
      ru: `Дайте этому пользователю права на него или укажите другой через --data (${standing.reason})`,
    },
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

/** The engines are looked at from inside: by the running server, or here when nobody else has them open. */
async function engines(config: Config): Promise<Finding[]> {
  const holder = findHolder(config.dataDir)
  const server = findServer(config.dataDir)
  if (holder && !server) {
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
  if (holder && server) {
    const what = { en: `A server runs (process ${holder.pid})`, ru: `Сервер работает (процесс ${holder.pid})` }
    return [{ well: true, what }, ...(await server.inspect())]
  }
  try {
    const { openHouse } = await import('../../app.ts')
    await using house = await openHouse({ ...config, logLevel: 'silent' })
    return await inspectHouse(house)
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
