import { createHash } from 'node:crypto'
import { z } from 'zod'
import { failed, type Trouble } from '../answers.ts'
import type { Cursor, PushAddress, SourceIo } from '../connector.ts'
import { callBot, type BotAccess } from './call.ts'
import { wanted } from './updates.ts'

const askAgainMs = 12 * 3_600_000

const Info = z.object({
  url: z.string(),
  last_error_date: z.number().nullish().catch(null),
  last_error_message: z.string().nullish().catch(null),
})

/**
 * Tells Telegram where we are, now and then anew, and tells what went wrong on its side. Updates that wait are kept there,
 * so nothing is lost when the way of delivery changes.
 */
export async function keepWebhook(
  access: BotAccess,
  { id, push }: { id: number; push?: PushAddress | undefined },
  cursor: Cursor,
  io: SourceIo,
): Promise<{ next: Cursor } | { trouble: Trouble }> {
  // Who only tries it out has no address yet.
  if (push === undefined) return id === 0 ? { next: {} } : { trouble: failed('telegram-bot.no-address') }
  const now = io.now().getTime()
  const askedAt = typeof cursor['askedAt'] === 'number' ? cursor['askedAt'] : 0
  const info = await callBot(access, 'getWebhookInfo', {}, Info, io)
  if ('trouble' in info) return info
  const { url, last_error_date: failedAtS, last_error_message: reason } = info.value
  if (url !== '' && !isOurs(url, push)) return { trouble: usedByOthers(url) }
  if (url === push.url && now - askedAt < askAgainMs) {
    if ((failedAtS ?? 0) * 1000 > now - 600_000)
      return { trouble: failed('telegram-bot.not-reached', { reason: reason ?? '—' }) }
    return { next: { askedAt } }
  }
  const parameters = {
    url: push.url,
    secret_token: secretFor(push.secret),
    allowed_updates: wanted,
    max_connections: 4,
  }
  const set = await callBot(access, 'setWebhook', parameters, z.unknown(), io)
  return 'trouble' in set ? set : { next: { askedAt: now } }
}

/** Whether an address leads to us, maybe under a name that we had before: the rest of it nobody else knows. */
export function isOurs(address: string, push: PushAddress | undefined): boolean {
  return push !== undefined && URL.canParse(address) && new URL(address).pathname === new URL(push.url).pathname
}

export function usedByOthers(address: string): Trouble {
  return failed('telegram-bot.webhook-of-others', { host: URL.canParse(address) ? new URL(address).host : address })
}

/** Telegram takes letters, digits, underscores and hyphens. */
export function secretFor(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
