import { createHash } from 'node:crypto'
import type { Trouble } from './answers.ts'
import type { ConnectorIo } from './connector.ts'

/** A token with the mark and the moment of its next exchange; absent: nothing is known of it. */
export type Renewable = { token: string; renewal?: string | undefined }

const hourMs = 3_600_000
const monthMs = 30 * 24 * hourMs

/**
 * Exchanges a token that ends for its successor, halfway through its life; a new one at once, because nobody knows how much
 * of its life is over. A refusal is tried again in an hour, with the token unchanged. `endsAt` null: it never ends, and is
 * looked at again in a month. Null: nothing is due.
 */
export async function renewToken(
  { token, renewal }: Renewable,
  io: ConnectorIo,
  exchange: () => Promise<{ token: string; endsAt: Date | null } | { trouble: Trouble }>,
): Promise<{ token: string; renewal: string } | null> {
  const now = io.now().getTime()
  const [mark, at] = (renewal ?? '').split(' ')
  const dueAt = mark === markOf(token) ? Date.parse(at ?? '') : now
  // A moment that a wrong clock wrote down would keep the token until it has ended.
  if (dueAt > now && dueAt - now <= 2 * monthMs) return null
  const exchanged = await exchange()
  if ('trouble' in exchanged) return { token, renewal: printed(token, now + hourMs) }
  const { endsAt } = exchanged
  const again = endsAt === null ? monthMs : Math.max(hourMs, Math.min(monthMs, (endsAt.getTime() - now) / 2))
  return { token: exchanged.token, renewal: printed(exchanged.token, now + again) }
}

function printed(token: string, at: number): string {
  return `${markOf(token)} ${new Date(at).toISOString()}`
}

/** So that another token, typed meanwhile, is not taken for this one. */
function markOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url').slice(0, 12)
}
