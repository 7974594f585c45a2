import type { Logger } from 'pino'
import { every } from '../../base/time/every.ts'
import { deliverTo, webhooksDue, type WebhookWorld } from './deliver.ts'

const mostAtOnce = 64

/** Every webhook hears within seconds, each in its own turn, so one that hangs holds up itself only. Until it is disposed. */
export function keepPosting(world: WebhookWorld & { log: Logger }): AsyncDisposable {
  const turns = new Map<number, Promise<void>>()
  const begin = async (id: number, signal: AbortSignal) => {
    try {
      await deliverTo(world, id, signal)
    } catch (error) {
      world.log.error({ webhook: id, error: error instanceof Error ? error.stack : String(error) }, 'a webhook failed')
    } finally {
      turns.delete(id)
    }
  }
  const work = async (signal: AbortSignal) => {
    for (const id of await webhooksDue(world.db, world.now()))
      if (!turns.has(id) && turns.size < mostAtOnce) turns.set(id, begin(id, signal))
  }
  const rounds = every({ everyMs: 2_000, log: world.log, what: 'looking for webhooks', work })
  return {
    [Symbol.asyncDispose]: async () => {
      await rounds[Symbol.asyncDispose]()
      await Promise.all(turns.values())
    },
  }
}
