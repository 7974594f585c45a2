import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { Postgres } from '../postgres/postgres.ts'

/**
 * Work that outlives a request. A job runs at least once: after a crash it runs again, so a handler
 * finds out what is already done and goes on from there.
 */
export type Jobs = AsyncDisposable & {
  handle<T extends object>(
    name: string,
    handler: (data: T, signal: AbortSignal) => Promise<void>,
    options?: { retries?: number; expireSeconds?: number },
  ): Promise<void>
  /** With `key`, a second job of that name and key is not queued while one already waits. */
  send<T extends object>(name: string, data: T, options?: { key?: string; startAfter?: Date }): Promise<void>
}

export async function startJobs(postgres: Postgres, log: Logger): Promise<Jobs> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => postgres.pool.query(text, values) },
    schema: 'job',
  })
  boss.on('error', (error) => log.error({ error: String(error) }, 'the job queue met an error'))
  await boss.start()
  const queues = new Map<string, Promise<void>>()
  const queue = (name: string, retries = 5, expireSeconds = 3600) => {
    const known = queues.get(name)
    if (known) return known
    const made = boss.createQueue(name, {
      policy: 'stately',
      retryLimit: retries,
      retryDelay: 5,
      retryBackoff: true,
      expireInSeconds: expireSeconds,
    })
    queues.set(name, made)
    return made
  }
  return {
    handle: async (name, handler, options = {}) => {
      await queue(name, options.retries, options.expireSeconds)
      await boss.work<object>(name, { pollingIntervalSeconds: 1 }, async (jobs) => {
        for (const job of jobs) {
          try {
            await handler(job.data as never, job.signal)
          } catch (error) {
            log.error(
              { job: name, error: error instanceof Error ? error.stack : String(error) },
              'a job failed and will be tried again',
            )
            throw error
          }
        }
      })
    },
    send: async (name, data, options = {}) => {
      await queue(name)
      await boss.send(name, data, {
        ...(options.key ? { singletonKey: options.key } : { singletonKey: crypto.randomUUID() }),
        ...(options.startAfter ? { startAfter: options.startAfter } : {}),
      })
    },
    [Symbol.asyncDispose]: () => boss.stop({ graceful: true, timeout: 5_000 }),
  }
}
