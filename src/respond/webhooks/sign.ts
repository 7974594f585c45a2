import { createHmac, randomBytes } from 'node:crypto'

/** The secrets a webhook signs with: after a rotation both for a while, so that a receiver can change over in between. */
export type SigningSecrets = { current: string; previous: string | null; previousUntil: string | null }

export function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`
}

export type Message = { id: string; at: Date; body: string }

/** The headers of Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body` in base64, one for each secret in force. */
export function signedHeaders({ id, at, body }: Message, secrets: SigningSecrets): { [name: string]: string } {
  const timestamp = Math.floor(at.getTime() / 1000).toString()
  const { current, previous, previousUntil } = secrets
  const both = previous !== null && previousUntil !== null && at < new Date(previousUntil)
  const signatures = (both ? [current, previous] : [current]).map((secret) =>
    signature(secret, `${id}.${timestamp}.${body}`),
  )
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}

function signature(secret: string, signed: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}
