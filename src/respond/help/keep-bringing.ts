import type { Logger } from 'pino'
import { every } from '../../base/time/every.ts'
import { bringPosts, type BringWorld } from './bring-posts.ts'
import { throwAway } from './throw-away.ts'

/** What became public on a help page is a mention within seconds, and what was turned down goes, until it is disposed. */
export function keepBringing(world: BringWorld & { log: Logger }): AsyncDisposable {
  const { log } = world
  const keeping = new AsyncDisposableStack()
  const bring = (signal: AbortSignal) => bringPosts(world, signal)
  keeping.use(every({ everyMs: 2_000, log, what: 'bringing in posts of the help pages', work: bring }))
  const clean = () => throwAway(world.db, world.now())
  keeping.use(every({ everyMs: 3_600_000, log, what: 'throwing old posts of the help pages away', work: clean }))
  return keeping
}
