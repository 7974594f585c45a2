import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { contentOf, failed, readJson, why, type Trouble } from '../answers.ts'
import type { ConnectorIo, SourceIo } from '../connector.ts'

/** What the methods of VK’s API are asked with. Arrays are written with commas, as the API wants them. */
export type Parameters = { [name: string]: string | number | readonly (string | number)[] | undefined }

// https://github.com/VKCOM/vk-api-schema describes this version.
const version = '5.199'
const api = 'https://api.vk.com/method/'

const Refusal = z.object({ error_code: z.int(), error_msg: z.string().catch('') })
export type Refusal = z.infer<typeof Refusal>

export type Called<Value> =
  | { value: Value; requests: number }
  | { trouble: Trouble }
  | { refusal: Refusal; trouble: Trouble }

/** Sends a call. The key travels in the body, where no log of an address has it. */
export function askVk(method: string, parameters: Parameters, token: string, io: ConnectorIo): Promise<Answer> {
  return io.request(api + method, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
    body: formOf({ ...parameters, lang: 'ru', v: version, access_token: token }),
    followRedirects: false,
    signal: io.signal,
  })
}

/** VK answers with status 200 also when it refuses: what that means for a source is `trouble`, and why it refused `refusal`. */
export function readVk<Value>(answer: Answer, shape: z.ZodType<Value>, now: Date): Called<Value> {
  const asked = contentOf(answer, now)
  if ('trouble' in asked) return asked
  const read = readJson(asked.content, z.union([z.object({ error: Refusal }), z.object({ response: shape })]))
  if ('trouble' in read) return read
  if ('error' in read.value) return { refusal: read.value.error, trouble: troubleOf(read.value.error, now) }
  return { value: read.value.response, requests: asked.content.requests }
}

export async function callVk<Value>(
  method: string,
  parameters: Parameters,
  token: string,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): Promise<Called<Value>> {
  return readVk(await askVk(method, parameters, token, io), shape, io.now())
}

/** The same for a source: not more than three calls a second, which VK allows to a key, and once more if it was. */
export async function callForSource<Value>(
  method: string,
  parameters: Parameters,
  token: string,
  shape: z.ZodType<Value>,
  io: SourceIo,
): Promise<Called<Value>> {
  const daily = dailyOf(method)
  if (daily !== null) {
    const spent = await io.spend(daily)
    if (spent.kind === 'refused') return { trouble: { kind: 'rate-limited', retryAt: spent.until, ...why('vk.daily') } }
  }
  for (let tries = 0; ; tries += 1) {
    await waitForTurn(io)
    const called = await callVk(method, parameters, token, shape, io)
    const isTooFast = 'refusal' in called && called.refusal.error_code === 6
    if (!isTooFast || tries > 0 || io.signal.aborted) return called
    await sleep(1000, undefined, { signal: io.signal }).catch(() => {})
  }
}

/** Which of the day’s quotas a method is counted in. */
function dailyOf(method: string): 'search' | 'wall' | null {
  if (method === 'newsfeed.search') return 'search'
  return method === 'wall.get' ? 'wall' : null
}

async function waitForTurn(io: SourceIo): Promise<void> {
  for (;;) {
    const spent = await io.spend('second')
    if (spent.kind === 'spent' || io.signal.aborted) return
    const ms = Math.max(1, spent.until.getTime() - io.now().getTime())
    await sleep(Math.min(ms, 1000), undefined, { signal: io.signal }).catch(() => {})
  }
}

/** What a refusal means for a source: https://dev.vk.com/ru/reference/errors */
function troubleOf({ error_code: code, error_msg: reason }: Refusal, now: Date): Trouble {
  const later = (minutes: number): Date => new Date(now.getTime() + minutes * 60_000)
  switch (code) {
    case 5:
    case 17:
    case 27:
    case 28:
      return { kind: 'signed-out', ...why('vk.signed-out') }
    case 6:
      return { kind: 'rate-limited', retryAt: later(1), ...why('vk.too-fast') }
    case 9:
      return { kind: 'rate-limited', retryAt: later(15), ...why('vk.flood') }
    case 1:
    case 10:
      return failed('vk.broken')
    case 14:
      return { ...failed('vk.captcha'), retryAt: later(60) }
    case 15:
    case 200:
    case 203:
    case 212:
      return { kind: 'signed-out', ...why('vk.closed') }
    case 18:
      return { kind: 'gone', ...why('vk.gone') }
    case 19:
      return failed('vk.blocked')
    case 29:
      return { kind: 'rate-limited', retryAt: later(60), ...why('vk.daily') }
    case 30:
      return { kind: 'signed-out', ...why('vk.private') }
    default:
      return failed('vk.refused', { code, reason })
  }
}

function formOf(parameters: Parameters): string {
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) form.set(name, typeof value === 'object' ? value.join(',') : String(value))
  return form.toString()
}
