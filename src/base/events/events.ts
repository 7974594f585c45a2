import { sql } from 'kysely'
import type { Database, Postgres } from '../postgres/postgres.ts'

/** Something changed that an open screen may show. It says where to look, never what is there. */
export type HeedEvent = { project: number } & (
  | { kind: 'mentions'; added: number }
  | { kind: 'progress'; job: string }
  | { kind: 'ticket'; ticket: number }
  /** Somebody came to a ticket, began to write there, or left. */
  | { kind: 'presence'; ticket: number }
  | { kind: 'source'; source: number }
  | { kind: 'topic'; topic: number }
  | { kind: 'category'; set: number }
  /** Something was raised that people answer together. */
  | { kind: 'alarm'; alarm: number }
  /** Something was written or decided on the help page. */
  | { kind: 'help' }
  /** What its queries mean is another thing now: a list or the time zone of the project. */
  | { kind: 'language' }
)

export type Events = AsyncDisposable & {
  publish(event: HeedEvent): Promise<void>
  subscribe(heard: (event: HeedEvent) => void): () => void
}

/** Heard when this transaction is committed, and never when it is not. */
export async function publishIn(tx: Database, event: HeedEvent): Promise<void> {
  await sql`select pg_notify(${channel}, ${JSON.stringify(event)})`.execute(tx)
}

const channel = 'heed'

/** Events reach every process of the installation through PostgreSQL. */
export async function openEvents(postgres: Postgres): Promise<Events> {
  const listeners = new Set<(event: HeedEvent) => void>()
  const stop = await postgres.subscribe(channel, (payload) => {
    const event = JSON.parse(payload) as HeedEvent
    for (const heard of listeners) heard(event)
  })
  return {
    publish: (event) => postgres.notify(channel, JSON.stringify(event)),
    subscribe: (heard) => {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    [Symbol.asyncDispose]: stop,
  }
}
