import { serve } from '@hono/node-server'
import type { Api } from './door.ts'

export type Listening = { port: number; close(): Promise<void> }

/** Opens the door. Closing lets answers under way finish for a moment, then ends what never ends by itself: live events. */
export async function listen(
  api: Pick<Api, 'fetch'>,
  where: { host: string; port: number },
  graceMs = 2_000,
): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: api.fetch, hostname: where.host, port: where.port }, ({ port }) => {
      resolve({
        port,
        close: () =>
          new Promise<void>((closed) => {
            const timer = setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), graceMs)
            server.close(() => {
              clearTimeout(timer)
              closed()
            })
            if ('closeIdleConnections' in server) server.closeIdleConnections()
          }),
      })
    })
    server.once('error', reject)
  })
}
