import { setTimeout as sleep } from 'node:timers/promises'
import { refreshEngagement } from './engagement.ts'
import { dropAllLeases } from './lease.ts'
import { pollSource } from './poll.ts'
import { listOpenRuns, workOnRun } from './run.ts'
import { forgetOldHours } from './source-hours.ts'
import { wayOf } from './source-io.ts'
import { listDueSources, openSecrets, type Source } from './source.ts'
import { streamSource } from './stream.ts'
import { sweepUploads } from './uploads.ts'
import type { CollectWorld } from './world.ts'

const lookEveryMs = 1000
const sweepEveryMs = 600_000
const refreshEveryMs = 30_000
// Most of a poll is waiting for a host, and no two ask the same one.
const most = { live: 24, past: 4 }
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
  const polls = { live: new Map<number, Promise<unknown>>(), past: new Map<number, Promise<unknown>>() }
  const streams = new Map<number, Promise<unknown>>()
  const runs = new Map<string, Promise<unknown>>()
  const replays = new Map<string, Promise<unknown>>()
  const others = new Map<string, Promise<unknown>>()
  let sweepAt = 0
  let refreshAt = 0

  async function lookForSources(lane: 'live' | 'past'): Promise<void> {
    const running = [...polls.live.keys(), ...polls.past.keys()]
    const turn = { lane, running, listening: [...streams.keys()], limit: most[lane] - polls[lane].size }
    if (turn.limit <= 0) return
    for (const source of await listDueSources(world.db, world.now(), turn)) {
      const { id } = source
      if (isStream(world, source)) start(streams, id, () => streamSource(world, id, closing.signal), world)
      else start(polls[lane], id, () => pollSource(world, id, closing.signal), world)
    }
  }

  const looking = (async () => {
    while (!closing.signal.aborted) {
      try {
        // At the start too: the last process may have died between the end of an import and its file.
        if (Date.now() >= sweepAt) {
          sweepAt = Date.now() + sweepEveryMs
          await sweepUploads(world)
          await forgetOldHours(world.db, world.now())
        }
        await lookForSources('live')
        await lookForSources('past')
        if (Date.now() >= refreshAt) {
          refreshAt = Date.now() + refreshEveryMs
          start(others, 'engagement', () => refreshEngagement(world, closing.signal), world)
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
      const working = [polls.live, polls.past, streams, runs, replays, others].flatMap((some) => [...some.values()])
      await Promise.allSettled(working)
    },
  }
}

/** Settings that cannot be read any more are told by the poll. */
function isStream(world: CollectWorld, source: Source): boolean {
  const connector = world.connectorOf(source.platform)
  if (!connector?.listen) return false
  try {
    return wayOf(connector, connector.parseConfig(source.config), openSecrets(world.secrets, source)) === 'stream'
  } catch {
    return !connector.fetch
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
