import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/**
 * Calls back for each notification until the returned function is called. A connection that the server ends is made
 * again; what was notified in between is lost, so a notification may only say that something is worth a look.
 */
export async function keepListening(
  url: string,
  channel: string,
  heard: (payload: string) => void,
): Promise<() => Promise<void>> {
  const closing = new AbortController()
  let client = await connect()
  return async () => {
    closing.abort()
    await client.end().catch(() => {})
  }

  async function connect(): Promise<pg.Client> {
    const fresh = new pg.Client({ connectionString: url })
    // Without a listener the end of a connection would end the process.
    fresh.on('error', () => {})
    fresh.on('end', () => void reconnect())
    fresh.on('notification', (message) => heard(message.payload ?? ''))
    await fresh.connect()
    await fresh.query(`listen ${fresh.escapeIdentifier(channel)}`)
    return fresh
  }

  async function reconnect(): Promise<void> {
    for (let waitMs = 250; !closing.signal.aborted; waitMs = Math.min(waitMs * 2, 10_000)) {
      await sleep(waitMs, undefined, { signal: closing.signal, ref: false }).catch(() => {})
      if (closing.signal.aborted) return
      try {
        client = await connect()
        return
      } catch {
        // The server is still away; the next round tries again.
      }
    }
  }
}
