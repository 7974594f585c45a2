import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { contentOf, failed, readJson, why, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'

/** `server`: where the Bot API answers, without a slash at its end; `token` is the bot's. */
export type BotAccess = { server: string; token: string }

export const usualServer = 'https://api.telegram.org'

const Refusal = z.object({
  ok: z.literal(false),
  error_code: z.int(),
  description: z.string().catch(''),
  parameters: z.object({ retry_after: z.number().nullish() }).nullish().catch(null),
})
export type Refusal = z.infer<typeof Refusal>

export type Called<Value> =
  | { value: Value; requests: number }
  | { trouble: Trouble }
  | { refusal: Refusal; trouble: Trouble }

/** The address of a method. It holds the token, so it is shown to nobody and written nowhere. */
export function methodAt({ server, token }: BotAccess, method: string): string {
  return `${server}/bot${token}/${method}`
}

/** Asks a method of the Bot API: https://core.telegram.org/bots/api#making-requests */
export function askBot(access: BotAccess, method: string, parameters: object, io: ConnectorIo): Promise<Answer> {
  return io.request(methodAt(access, method), {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
    followRedirects: false,
    signal: io.signal,
  })
}

/** The answer to a method, or what it means that there is none; a refusal says why with words of its own. */
export function readBot<Value>(answer: Answer, shape: z.ZodType<Value>, now: Date): Called<Value> {
  if (answer.kind !== 'ok' || answer.body.byteLength === 0) {
    const asked = contentOf(answer, now)
    return 'trouble' in asked ? asked : { trouble: failed('site.empty') }
  }
  const read = readJson(answer, z.union([Refusal, z.object({ ok: z.literal(true), result: shape })]))
  if ('trouble' in read) {
    const asked = contentOf(answer, now)
    return 'trouble' in asked ? asked : read
  }
  return read.value.ok
    ? { value: read.value.result, requests: answer.requests }
    : { refusal: read.value, trouble: troubleOf(read.value, now) }
}

export async function callBot<Value>(
  access: BotAccess,
  method: string,
  parameters: object,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): Promise<Called<Value>> {
  return readBot(await askBot(access, method, parameters, io), shape, io.now())
}

export function retryAtOf({ parameters }: Refusal, now: Date): Date {
  return new Date(now.getTime() + Math.max(1, parameters?.retry_after ?? 60) * 1000)
}

function troubleOf(refusal: Refusal, now: Date): Trouble {
  switch (refusal.error_code) {
    case 401:
    case 404:
      return { kind: 'signed-out', ...why('telegram-bot.signed-out') }
    case 409:
      return failed(/webhook/i.test(refusal.description) ? 'telegram-bot.webhook-active' : 'telegram-bot.conflict')
    case 429:
      return { kind: 'rate-limited', retryAt: retryAtOf(refusal, now) }
    default:
      return failed('telegram-bot.refused', { reason: refusal.description || String(refusal.error_code) })
  }
}
