import { findHolder } from '../../base/lock/lock.ts'
import { UserError } from '../../base/errors.ts'
import { readConfig, type Config } from '../../config.ts'
import type { House } from '../house.ts'
import { findServer, type RunningServer } from '../local/ask.ts'
import { optional, WrongCall, wholeNumber, type Call, type Option } from './command.ts'

export const dataOption: { data: Option } = {
  data: {
    type: 'string',
    value: 'DIR',
    help: { en: 'the data directory (HEED_HOME, else ./data)', ru: 'каталог данных (HEED_HOME, иначе ./data)' },
  },
}

export function configOf(call: Call): Config {
  const data = optional(call, 'data')
  const port = wholeNumber(call, 'port')
  if (port !== null && port > 65_535)
    throw new WrongCall({ en: '--port is at most 65535', ru: '--port: не больше 65535' })
  return readConfig(call.env, { ...(data === null ? {} : { data }), ...(port === null ? {} : { port }) })
}

/** Works through the server that holds the data directory, or opens the directory when none runs. */
export async function withHouse<T>(
  call: Call,
  work: { asked: (server: RunningServer) => Promise<T>; opened: (house: House) => Promise<T> },
): Promise<T> {
  const config = configOf(call)
  const holder = findHolder(config.dataDir)
  if (!holder) {
    const { openHouse } = await import('../../app.ts')
    await using house = await openHouse({ ...config, logLevel: 'error' })
    return await work.opened(house)
  }
  const server = findServer(config.dataDir)
  if (server) return work.asked(server)
  throw new UserError(`The data directory ${config.dataDir} is in use by process ${holder.pid}`, {
    key: 'data-dir-in-use',
    values: { dir: config.dataDir, pid: holder.pid },
  })
}
