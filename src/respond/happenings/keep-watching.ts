import type { Logger } from 'pino'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Events } from '../../base/events/events.ts'
import type { Jobs } from '../../base/jobs/jobs.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import { every } from '../../base/time/every.ts'
import { announceTicket } from '../tickets/outbox.ts'
import { followMentions } from './follow-mentions.ts'
import { followSources } from './follow-sources.ts'
import { followSpikes } from './follow-spikes.ts'
import { followTickets } from './follow-tickets.ts'
import { forgetOldHappenings } from './happening.ts'

type World = { db: Database; clickhouse: Clickhouse; jobs: Jobs; events: Events; log: Logger; now: () => Date }

const minute = 60_000

/** Notes what happens in projects of which somebody wants to hear, until it is disposed. */
export async function keepWatching(world: World): Promise<AsyncDisposable> {
  const { db, clickhouse, log, now } = world
  await using starting = new AsyncDisposableStack()
  starting.use(every({ everyMs: 2_000, log, what: 'following tickets', work: () => followTickets(db) }))
  starting.use(
    every({ everyMs: 5_000, log, what: 'following mentions', work: () => followMentions({ db, clickhouse }, now()) }),
  )
  starting.use(every({ everyMs: minute, log, what: 'following sources', work: () => followSources(db, now()) }))
  const desk = {
    db,
    clickhouse,
    announce: (ticket: { id: number; projectId: number }) => announceTicket(world, ticket),
  }
  starting.use(every({ everyMs: 15 * minute, log, what: 'looking for spikes', work: () => followSpikes(desk, now()) }))
  starting.use(
    every({ everyMs: 60 * minute, log, what: 'forgetting old happenings', work: () => forgetOldHappenings(db, now()) }),
  )
  const watching = starting.move()
  return { [Symbol.asyncDispose]: () => watching.disposeAsync() }
}
