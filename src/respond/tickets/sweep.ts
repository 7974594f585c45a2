import type { Logger } from 'pino'
import type { Events } from '../../base/events/events.ts'
import { inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { projectsDue } from '../clocks/ring.ts'
import { lockTickets } from './lock.ts'
import { tellDue } from './rang.ts'

// Nobody changes a ticket of the project during a turn, less than 0.1 s.
const perTurn = 2000
const everyMs = 5_000

/**
 * Tells of every promise that has come to an end or near it: a line in the history of its ticket, and whoever is called
 * watches it from then on. Each is told once, also when two processes sweep at once or one dies in between, because the
 * clock and what it leads to are one statement. Returns the tickets that rang.
 */
export async function sweepPromises(db: Database, now: Date): Promise<{ project: number; ticket: number }[]> {
  const rang: { project: number; ticket: number }[] = []
  for (const project of await projectsDue(db, now)) {
    let clocks: number
    do {
      const told = await inTransaction(db, async (tx) => {
        await lockTickets(tx, project)
        return tellDue(tx, project, now, { limit: perTurn })
      })
      clocks = told.clocks
      rang.push(...told.tickets.map((ticket) => ({ project, ticket })))
    } while (clocks >= perTurn)
  }
  return rang
}

/** Sweeps every few seconds until it is disposed. */
export function keepPromises(desk: { db: Database; events: Events; log: Logger; now: () => Date }): AsyncDisposable {
  let ended = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let sweeping = Promise.resolve()
  const sweep = async () => {
    try {
      for (const { project, ticket } of await sweepPromises(desk.db, desk.now()))
        await desk.events.publish({ project, kind: 'ticket', ticket })
    } catch (error) {
      // What was not told stays due; the next round tells it.
      desk.log.error({ error: String(error) }, 'promises could not be looked at')
    }
    if (!ended) timer = setTimeout(begin, everyMs)
  }
  const begin = () => {
    sweeping = sweep()
  }
  begin()
  return {
    [Symbol.asyncDispose]: async () => {
      ended = true
      clearTimeout(timer)
      await sweeping
    },
  }
}
