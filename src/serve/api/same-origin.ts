import type { MiddlewareHandler } from 'hono'
import type { Env } from './door.ts'
import { Refused } from './problem.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A browser names the page that sends a change. A page of another site is refused even when the cookie came along;
 * programs without a browser name nothing, and bring a key of their own.
 */
export function refuseForeignPages(publicUrl: string): MiddlewareHandler<Env> {
  const ours = new URL(publicUrl).host
  return async (c, next) => {
    if (!reading.has(c.req.method) && c.req.header('authorization') === undefined) {
      const origin = c.req.header('origin')
      const site = c.req.header('sec-fetch-site')
      const here = c.req.header('host')
      const host = origin !== undefined && URL.canParse(origin) ? new URL(origin).host : null
      const foreign = origin !== undefined && (host === null || (host !== ours && host !== here))
      if (foreign || (origin === undefined && site !== undefined && site !== 'same-origin' && site !== 'none'))
        throw new Refused(403, 'foreign-origin')
    }
    await next()
  }
}
