import type { MiddlewareHandler } from 'hono'
import type { Env } from './door.ts'

/** The policy of every page: nothing from elsewhere, styles of ours only, no frame around us. */
export function pagePolicy(nonce: string): string {
  return [
    `default-src 'self'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data:`,
    `connect-src 'self'`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
  ].join('; ')
}

/** On every answer. A page brings its own policy; data needs none of what a policy allows. */
export function guardAnswers(publicUrl: string): MiddlewareHandler<Env> {
  const secure = publicUrl.startsWith('https:')
  return async (c, next) => {
    await next()
    const headers = c.res.headers
    if (!headers.has('content-security-policy'))
      headers.set('content-security-policy', `default-src 'none'; frame-ancestors 'none'`)
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'same-origin')
    headers.set('x-frame-options', 'DENY')
    headers.set('cross-origin-resource-policy', 'same-origin')
    if (secure) {
      headers.set('strict-transport-security', 'max-age=31536000')
      // Over plain HTTP browsers ignore it and complain.
      headers.set('cross-origin-opener-policy', 'same-origin')
    }
    if (!headers.has('cache-control')) headers.set('cache-control', 'no-store')
  }
}
