import type { HeedEvent } from '../../base/events/events.ts'

/**
 * What one slow reader still has to hear. Many events about one thing become one, so it holds as much as there are
 * different things, however long the reader sleeps.
 */
export type Mailbox = {
  put(event: HeedEvent): void
  /** Everything since the last time; waits up to `ms` when there is nothing yet. */
  take(ms: number): Promise<HeedEvent[]>
  /** Ends a waiting `take`. */
  close(): void
}

export function openMailbox(): Mailbox {
  const waiting = new Map<string, HeedEvent>()
  let wake = () => {}
  return {
    put: (event) => {
      const key = event.kind === 'mentions' ? `${event.project} mentions` : JSON.stringify(event)
      const earlier = waiting.get(key)
      const added = event.kind === 'mentions' && earlier?.kind === 'mentions' ? earlier.added : 0
      waiting.set(key, event.kind === 'mentions' ? { ...event, added: event.added + added } : event)
      wake()
    },
    take: async (ms) => {
      if (waiting.size === 0) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      const events = [...waiting.values()]
      waiting.clear()
      return events
    },
    close: () => wake(),
  }
}
