import { createHash } from 'node:crypto'
import type { Answer } from '../../base/http/request.ts'
import type { Trouble } from './answers.ts'
import type { ConnectorIo } from './connector.ts'

/** A token that ends at a moment, in milliseconds since 1970. */
export type AccessToken = { token: string; until: number }

// What runs in this process; nobody can read it from a disk.
const kept = new Map<string, AccessToken>()

/**
 * Asks with a token of some minutes or hours, which is kept in memory as long as it holds. One that the platform ends in
 * the middle is replaced and the request made once more. `credential` is what the token is granted for.
 */
export async function withAccessToken(
  credential: object,
  io: ConnectorIo,
  grant: () => Promise<AccessToken | { trouble: Trouble }>,
  call: (headers: { authorization: string }) => Promise<Answer>,
): Promise<Answer | { trouble: Trouble }> {
  const name = createHash('sha256').update(JSON.stringify(credential)).digest('base64')
  const known = kept.get(name)
  const first = known && known.until > io.now().getTime() ? known : await grant()
  if ('trouble' in first) return first
  kept.set(name, first)
  const answer = await call({ authorization: `Bearer ${first.token}` })
  if (answer.kind !== 'ok' || answer.status !== 401) return answer
  kept.delete(name)
  const second = await grant()
  if ('trouble' in second) return second
  kept.set(name, second)
  return call({ authorization: `Bearer ${second.token}` })
}
