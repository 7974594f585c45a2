import type { Logger } from 'pino'
import { every } from '../../base/time/every.ts'
import { withLease } from '../../listen/collect/lease.ts'
import { listRuled } from './cursor.ts'
import { forgetOldRuns } from './history.ts'
import { runRules, type RuleWorld } from './run-rules.ts'

const everyMs = 30_000
// What comes in a burst is met together.
const gatherMs = 200

/**
 * Lets the rules of every project meet what happens, at once where an event tells of it and within half a minute otherwise,
 * until it is disposed.
 */
export function keepRuling(world: RuleWorld & { log: Logger }): AsyncDisposable {
  const { db, events, log } = world
  const waiting = new Set<number>()
  let timer: ReturnType<typeof setTimeout> | undefined
  let working = Promise.resolve()
  let ended = false

  async function work(): Promise<void> {
    for (const project of waiting) {
      if (ended) return
      waiting.delete(project)
      try {
        await withLease(db, `rules:${project}`, () => runRules(world, project))
      } catch (error) {
        // The cursor stands where it stood; the next round begins there.
        log.error({ project, error: error instanceof Error ? error.stack : String(error) }, 'rules failed')
      }
    }
  }
  const wake = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      working = working.then(work)
    }, gatherMs)
  }
  const stop = events.subscribe((event) => {
    if (!(event.kind === 'ticket' || event.kind === 'alarm' || (event.kind === 'mentions' && event.added > 0))) return
    waiting.add(event.project)
    wake()
  })
  const rounds = every({
    everyMs,
    log,
    what: 'looking for rules',
    work: async () => {
      for (const project of await listRuled(db)) waiting.add(project)
      await forgetOldRuns(db, world.now())
      wake()
    },
  })
  return {
    [Symbol.asyncDispose]: async () => {
      ended = true
      stop()
      clearTimeout(timer)
      await rounds[Symbol.asyncDispose]()
      await working
    },
  }
}
