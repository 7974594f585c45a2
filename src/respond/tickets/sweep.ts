import type { Logger } from 'pino'
import type { Events } from '../../base/events/events.ts'
import { inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { projectsDue, takeDue, type Rang } from '../clocks/ring.ts'
import { lockTickets } from './lock.ts'
import { tellRang } from './rang.ts'

// Nobody changes a ticket of the project during a turn, some 0.1 s.
const perTurn = 2000
const everyMs = 5_000

/**
 * Tells of every promise that has come to an end or near it: a line in the history of its ticket, and whoever is called
 * watches it from then on. Each is told once, also when two processes sweep at once or one dies in between, because the
 * clock and what it leads to are written together. Returns the tickets that rang.
 */
export async function sweepPromises(db: Database, now: Date): Promise<{ project: number; ticket: number }[]> {
  const rang: Rang[] = []
  for (const project of await projectsDue(db, now)) {
    let taken: Rang[]
    do {
      taken = await inTransaction(db, async (tx) => {
        await lockTickets(tx, project)
        const due = await takeDue(tx, project, now, { limit: perTurn })
        await tellRang(tx, project, due)
        return due
      })
      rang.push(...taken)
    } while (taken.length >= perTurn)
  }
  const tickets = new Map(rang.map(({ projectId, ticketId }) => [ticketId, projectId]))
  return [...tickets].map(([ticket, project]) => ({ project, ticket }))
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
