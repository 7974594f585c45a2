import { createHmac } from 'node:crypto'

/** An Admin API key as Ghost shows it: the number of the key and its secret, in hex. */
export type GhostKey = { id: string; secret: string }

/** Null when the text is none. */
export function readKey(text: string): GhostKey | null {
  const [, id, secret] = /^([0-9a-f]{24}):([0-9a-f]{64})$/i.exec(text.trim()) ?? []
  return id === undefined || secret === undefined ? null : { id, secret }
}

// Ghost takes tokens of up to five minutes; its clock and ours are never the same.
const forSeconds = 4 * 60

/** What a request signs in with: a token for this moment, HS256 over header and claims (RFC 7519). */
export function authorisation({ id, secret }: GhostKey, now: Date): { authorization: string } {
  const iat = Math.floor(now.getTime() / 1000)
  const parts = [
    { alg: 'HS256', typ: 'JWT', kid: id },
    { iat, exp: iat + forSeconds, aud: '/admin/' },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  const signature = createHmac('sha256', Buffer.from(secret, 'hex')).update(parts.join('.')).digest('base64url')
  return { authorization: `Ghost ${parts.join('.')}.${signature}` }
}
