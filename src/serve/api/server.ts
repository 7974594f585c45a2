import { serve } from '@hono/node-server'
import { UserError } from '../../base/errors.ts'
import type { Api } from './door.ts'

export type Listening = { port: number; close(): Promise<void> }

/**
 * Opens the door. Closing lets answers under way finish for a moment, then ends what never ends by
 * itself: live events. Throws UserError where nobody can listen.
 */
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
    server.once('error', (error) => reject(refusal(error, where)))
  })
}

/** Why nobody can listen there, for whoever starts Heed. */
function refusal(error: Error, { host, port }: { host: string; port: number }): Error {
  const reason = 'code' in error ? String(error.code) : ''
  if (reason === 'EADDRINUSE')
    return new UserError(`Another program listens at ${host}:${port}`, { key: 'address-taken', values: { host, port } })
  if (['EACCES', 'EADDRNOTAVAIL', 'ENOTFOUND'].includes(reason))
    return new UserError(`This machine does not let Heed listen at ${host}:${port}`, {
      key: 'address-refused',
      values: { host, port, reason },
    })
  return error
}
