import { createHmac, timingSafeEqual } from 'node:crypto'

/** As the specification advises: older or younger is somebody's recording, or a clock that is wrong. */
const toleranceMs = 5 * 60_000

export type Verdict =
  | { kind: 'right'; id: string }
  | { kind: 'unsigned' }
  | { kind: 'wrong' }
  | { kind: 'old'; minutes: number }

/** The secret as senders want it: `whsec_` and base64. */
export function webhookSecret(secret: string): string {
  return `whsec_${Buffer.from(secret, 'base64url').toString('base64')}`
}

/** Whether a body came from somebody who has the secret, just now, by Standard Webhooks 1.0. */
export function verify(
  { headers, body, at }: { headers: Headers; body: Uint8Array; at: Date },
  secret: string,
): Verdict {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map(
    (name) => headers.get(`webhook-${name}`) ?? '',
  )
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) return { kind: 'unsigned' }
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body])
  const expected = createHmac('sha256', Buffer.from(secret, 'base64url')).update(signed).digest()
  const isRight = signatures.split(' ').some((one) => {
    const [version, given = ''] = one.split(',')
    const bytes = Buffer.from(given, 'base64')
    return version === 'v1' && bytes.length === expected.length && timingSafeEqual(bytes, expected)
  })
  if (!isRight) return { kind: 'wrong' }
  const awayMs = Math.abs(at.getTime() - Number(timestamp) * 1000)
  return awayMs > toleranceMs ? { kind: 'old', minutes: Math.round(awayMs / 60_000) } : { kind: 'right', id }
}
