import { setTimeout as sleep } from 'node:timers/promises'
import { dropAllLeases } from './lease.ts'
import { pollSource } from './poll.ts'
import { listOpenRuns, workOnRun } from './run.ts'
import { listDueSources } from './source.ts'
import { sweepUploads } from './uploads.ts'
import type { CollectWorld } from './world.ts'

const lookEveryMs = 1000
const sweepEveryMs = 600_000
const mostPolls = 8
// Matching and saving fill a processor each; more at once would only wait for each other.
const mostRuns = 2

/**
 * Looks every second for sources whose time has come and for runs that nobody works on, and does them, as many
 * processes at once as there are. Closing lets the pages at hand be saved.
 */
export async function startCollecting(
  world: CollectWorld,
  options: { onlyProcess: boolean },
): Promise<AsyncDisposable> {
  if (options.onlyProcess) await dropAllLeases(world.db)
  const closing = new AbortController()
  const polls = new Map<number, Promise<unknown>>()
  const runs = new Map<string, Promise<unknown>>()
  const replays = new Map<string, Promise<unknown>>()
  let sweepAt = 0
  const looking = (async () => {
    while (!closing.signal.aborted) {
      try {
        // At the start too: the last process may have died between the end of an import and its file.
        if (Date.now() >= sweepAt) {
          sweepAt = Date.now() + sweepEveryMs
          await sweepUploads(world)
        }
        for (const source of await listDueSources(world.db, world.now(), mostPolls + polls.size)) {
          if (polls.size < mostPolls) start(polls, source.id, () => pollSource(world, source.id, closing.signal), world)
        }
        for (const run of await listOpenRuns(world.db)) {
          // A replay mostly waits for its next moment and may take days; it must not keep imports waiting.
          const running = run.kind === 'replay' ? replays : runs
          if (running === replays || runs.size < mostRuns) {
            start(running, run.progressId, () => workOnRun(world, run, closing.signal), world)
          }
        }
      } catch (error) {
        world.log.error({ error: String(error) }, 'looking for work failed')
      }
      await sleep(lookEveryMs, undefined, { signal: closing.signal }).catch(() => {})
    }
  })()
  return {
    [Symbol.asyncDispose]: async () => {
      closing.abort()
      await looking
      await Promise.allSettled([...polls.values(), ...runs.values(), ...replays.values()])
    },
  }
}

function start<K>(running: Map<K, Promise<unknown>>, key: K, work: () => Promise<unknown>, world: CollectWorld): void {
  if (running.has(key)) return
  const promise = work()
    .catch((error: unknown) =>
      world.log.error({ error: error instanceof Error ? error.stack : String(error) }, 'collecting failed'),
    )
    .finally(() => running.delete(key))
  running.set(key, promise)
}
