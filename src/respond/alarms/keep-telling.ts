import type { Logger } from 'pino'
import { every } from '../../base/time/every.ts'
import { deliverAlarms, type AlarmWorld } from './deliver.ts'
import { gatherAlarms } from './gather.ts'

/** Alarms leave within seconds of what they are about, until it is disposed. */
export function keepTelling(world: AlarmWorld & { log: Logger }): AsyncDisposable {
  const work = async (signal: AbortSignal) => {
    await gatherAlarms(world.db, world.now())
    await deliverAlarms(world, signal)
  }
  return every({ everyMs: 3_000, log: world.log, what: 'telling alarms', work })
}
