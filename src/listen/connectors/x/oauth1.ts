import { createHmac } from 'node:crypto'

/** The four texts that X shows for an app and an account of it; they hold until somebody takes them back. */
export type Keys = { apiKey: string; apiSecret: string; accessToken: string; accessSecret: string }

/**
 * The header that signs a request for an account (RFC 5849, HMAC-SHA1). A body of JSON is not signed; the parameters of
 * the address are. `nonce` must never have been used in the same second.
 */
export function authorization(
  keys: Keys,
  request: { method: string; url: string },
  once: { nonce: string; at: Date },
): string {
  const address = new URL(request.url)
  const own: [string, string][] = [
    ['oauth_consumer_key', keys.apiKey],
    ['oauth_nonce', once.nonce],
    ['oauth_signature_method', 'HMAC-SHA1'],
    ['oauth_timestamp', String(Math.floor(once.at.getTime() / 1000))],
    ['oauth_token', keys.accessToken],
    ['oauth_version', '1.0'],
  ]
  const pairs = [...own, ...address.searchParams]
    .map(([name, value]) => [escaped(name), escaped(value)] as const)
    .toSorted(([a, x], [b, y]) => (a === b ? (x < y ? -1 : 1) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
  const base = [request.method.toUpperCase(), `${address.origin}${address.pathname}`, pairs.join('&')]
    .map(escaped)
    .join('&')
  const signature = createHmac('sha1', `${escaped(keys.apiSecret)}&${escaped(keys.accessSecret)}`)
    .update(base)
    .digest('base64')
  const header = [...own, ['oauth_signature', signature] as const].map(
    ([name, value]) => `${escaped(name)}="${escaped(value)}"`,
  )
  return `OAuth ${header.join(', ')}`
}

/** As RFC 3986 has it, which escapes five more signs than the language does. */
function escaped(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}
