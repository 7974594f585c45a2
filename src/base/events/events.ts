import type { Postgres } from '../postgres/postgres.ts'

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
  /** Something was written or decided on the help page. */
  | { kind: 'help' }
  /** What its queries mean is another thing now: a list or the time zone of the project. */
  | { kind: 'language' }
)

export type Events = AsyncDisposable & {
  publish(event: HeedEvent): Promise<void>
  subscribe(heard: (event: HeedEvent) => void): () => void
}

/** Events reach every process of the installation through PostgreSQL. */
export async function openEvents(postgres: Postgres): Promise<Events> {
  const listeners = new Set<(event: HeedEvent) => void>()
  const stop = await postgres.subscribe('heed', (payload) => {
    const event = JSON.parse(payload) as HeedEvent
    for (const heard of listeners) heard(event)
  })
  return {
    publish: (event) => postgres.notify('heed', JSON.stringify(event)),
    subscribe: (heard) => {
      listeners.add(heard)
      return () => listeners.delete(heard)
    },
    [Symbol.asyncDispose]: stop,
  }
}
