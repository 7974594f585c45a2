import type { PlatformAnswer } from '../connector.contract.ts'

export type PlayedUpdate = { update_id: number; [kind: string]: unknown }

/** The Bot API as its pages describe it, in memory: what was asked for after is forgotten, and one reader is allowed. */
export class PlayedBotApi {
  readonly token = '123456:test-token'
  username = 'Acme_Bot'
  updates: PlayedUpdate[] = []
  webhook: { url: string; secret_token: string } | null = null
  webhookError: string | null = null
  refuses: { code: number; description: string; retryAfter?: number; method?: string } | null = null
  readonly asked: { method: string; given: { [name: string]: unknown } }[] = []
  readonly sent: { [name: string]: unknown }[] = []

  answer(path: string, body: string): PlatformAnswer {
    const [, token, method = ''] = /\/bot([^/]+)\/(\w+)$/.exec(path) ?? []
    const given = (body === '' ? {} : JSON.parse(body)) as { [name: string]: unknown }
    this.asked.push({ method, given })
    if (token !== this.token) return refused(401, 'Unauthorized')
    const { refuses } = this
    if (refuses !== null && (refuses.method ?? method) === method)
      return refused(refuses.code, refuses.description, refuses.retryAfter)
    switch (method) {
      case 'getMe':
        return done({ id: 1, is_bot: true, first_name: 'Acme', username: this.username })
      case 'getWebhookInfo':
        return done({
          ...{ url: this.webhook?.url ?? '', has_custom_certificate: false, pending_update_count: 0 },
          ...(this.webhookError !== null && { last_error_date: 4_000_000_000, last_error_message: this.webhookError }),
        })
      case 'deleteWebhook':
        this.webhook = null
        return done(true)
      case 'setWebhook': {
        const { url, secret_token: secret } = given
        if (typeof url !== 'string' || !/^[\w-]{1,256}$/.test(String(secret)))
          return refused(400, 'Bad Request: bad webhook')
        this.webhook = { url, secret_token: String(secret) }
        return done(true)
      }
      case 'getUpdates': {
        if (this.webhook !== null) return refused(409, "Conflict: can't use getUpdates method while webhook is active")
        const offset = Number(given['offset'] ?? 0)
        this.updates = this.updates.filter((update) => update.update_id >= offset)
        return done(this.updates.slice(0, Number(given['limit'] ?? 100)))
      }
      case 'sendMessage': {
        const text = String(given['text'])
        if (text === '' || text.length > 4096) return refused(400, 'Bad Request: message is too long')
        this.sent.push(given)
        return done({
          message_id: 900 + this.sent.length,
          date: 1_795_348_800,
          chat: this.chatOf(given['chat_id']),
          text,
        })
      }
      case 'editMessageText':
        return this.sent.at(-1)?.['text'] === given['text']
          ? refused(400, 'Bad Request: message is not modified: …')
          : done(true)
      case 'deleteMessage':
        return this.sent.pop() === undefined ? refused(400, 'Bad Request: message to delete not found') : done(true)
      default:
        return refused(404, 'Not Found')
    }
  }

  chatOf(id: unknown): object {
    return typeof id === 'string' && id.startsWith('@')
      ? { id: -1001, type: 'channel', title: 'Банк', username: id.slice(1) }
      : { id: Number(id), type: 'supergroup', title: 'Чат' }
  }
}

function done(result: unknown): PlatformAnswer {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ok: true, result }) }
}

function refused(code: number, description: string, retryAfter?: number): PlatformAnswer {
  const parameters = retryAfter === undefined ? {} : { parameters: { retry_after: retryAfter } }
  return { status: code, body: JSON.stringify({ ok: false, error_code: code, description, ...parameters }) }
}
