import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from './door.ts'
import { Refused } from './problem.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * A browser names the page that sends a change. A page of another site is refused even when the cookie came along;
 * programs without a browser name nothing, and bring a key of their own.
 */
export function refuseForeignPages(publicUrl: string): MiddlewareHandler<Env> {
  return async (c, next) => {
    const isChange = !reading.has(c.req.method) && c.req.header('authorization') === undefined
    if (isChange && isFromForeignPage(c, publicUrl)) throw new Refused(403, 'foreign-origin')
    await next()
  }
}

/** False too where nobody names a page. */
export function isFromForeignPage(c: Context<Env>, publicUrl: string): boolean {
  const origin = c.req.header('origin')
  const site = c.req.header('sec-fetch-site')
  if (origin === undefined) return site !== undefined && site !== 'same-origin' && site !== 'none'
  const host = URL.canParse(origin) ? new URL(origin).host : null
  return host === null || (host !== new URL(publicUrl).host && host !== c.req.header('host'))
}
