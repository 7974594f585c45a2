import { UserError } from '../../base/errors.ts'
import { isAddress } from '../../base/letters/letter.ts'
import type { Answer, Request } from '../../base/http/request.ts'
import { parseRetryAfter } from '../../base/http/retry-after.ts'

/** How a channel reaches its people. */
export type Reach =
  | { service: 'email'; addresses: string[] }
  /** A bot of @BotFather and the chat it writes to: a number, or @name of a public channel. */
  | { service: 'telegram'; token: string; chat: string }
  /** The address of an incoming webhook, of Slack or of what speaks like it (Mattermost, Rocket.Chat). */
  | { service: 'slack'; url: string }
export type Service = Reach['service']

/** What came of a message. `later`: it certainly did not arrive; `unsure`: nobody can say. */
export type Told =
  | { kind: 'sent' }
  | { kind: 'refused' | 'unsure'; problem: AlarmProblem; reason: string }
  | { kind: 'later'; problem: AlarmProblem; reason: string; notBefore: Date | null }
export const alarmProblems = [
  'refused',
  'signed-out',
  'no-chat',
  'busy',
  'unreachable',
  'private-address',
  'unknown',
  'died',
] as const
export type AlarmProblem = (typeof alarmProblems)[number]

export type AlarmText = { subject: string; lines: { text: string; url: string }[] }

/** Throws UserError naming the field that is wrong. */
export function readReach(service: Service, typed: { [name: string]: string }): Reach {
  const field = (name: string) => (typed[name] ?? '').trim()
  switch (service) {
    case 'email': {
      const addresses = field('addresses')
        .split(/[\s,;]+/)
        .filter((one) => one !== '')
      if (addresses.length === 0 || addresses.length > 20 || !addresses.every(isAddress))
        throw new UserError('Write one to twenty addresses', { key: 'alarm-addresses', field: 'addresses' })
      return { service, addresses }
    }
    case 'telegram': {
      const [token, chat] = [field('token'), field('chat')]
      if (!/^\d{5,20}:[\w-]{20,100}$/.test(token))
        throw new UserError('This is no bot token', { key: 'alarm-token', field: 'token' })
      if (!/^(-?\d{1,20}|@\w{4,40})$/.test(chat))
        throw new UserError('This is no chat', { key: 'alarm-chat', field: 'chat' })
      return { service, token, chat }
    }
    case 'slack': {
      const url = field('url')
      if (!URL.canParse(url) || new URL(url).protocol !== 'https:')
        throw new UserError('This is no address of a webhook', { key: 'alarm-slack', field: 'url' })
      return { service, url }
    }
  }
}

type Io = { request: Request; now: () => Date; signal: AbortSignal }

/** Sends a text by Telegram or Slack; letters have a room of their own (base/letters). */
export async function tellBy(io: Io, reach: Exclude<Reach, { service: 'email' }>, text: AlarmText): Promise<Told> {
  const asked =
    reach.service === 'telegram'
      ? { url: `https://api.telegram.org/bot${reach.token}/sendMessage`, body: telegramBody(reach.chat, text) }
      : { url: reach.url, body: slackBody(text) }
  const answer = await io.request(asked.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked.body),
    timeoutMs: 20_000,
    maxBytes: 64 * 1024,
    followRedirects: false,
    signal: io.signal,
  })
  return answer.kind === 'ok' ? meaningOf(answer, io.now()) : meaningOfFailure(answer)
}

// https://core.telegram.org/bots/api#sendmessage: 4096 characters after entities; plain text needs no escaping.
function telegramBody(chat: string, { subject, lines }: AlarmText) {
  const text = [subject, ...lines.map(({ text: line, url }) => `${line}\n${url}`)].join('\n\n')
  return { chat_id: chat, text: clip(text, 4096), link_preview_options: { is_disabled: true } }
}

// https://docs.slack.dev/messaging/formatting-message-text: three characters are escaped, 40,000 are taken.
function slackBody({ subject, lines }: AlarmText) {
  const written = lines.map(({ text, url }) => `• ${escaped(text)} <${escaped(url)}>`)
  return { text: clip([`*${escaped(subject)}*`, ...written].join('\n'), 39_000), unfurl_links: false }
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function clip(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`
}

/** Both services say with the status what they did; Telegram adds words, and how long to wait. */
function meaningOf(answer: Extract<Answer, { kind: 'ok' }>, now: Date): Told {
  const said = readAnswer(answer.body)
  const { status } = answer
  const reason = said.words === '' ? String(status) : `${status} ${said.words}`
  if (status >= 200 && status < 300 && said.ok) return { kind: 'sent' }
  if (status === 429) {
    const wait = said.retryAfter === null ? null : new Date(now.getTime() + said.retryAfter * 1000)
    return {
      kind: 'later',
      problem: 'busy',
      reason,
      notBefore: wait ?? parseRetryAfter(answer.headers['retry-after'], now),
    }
  }
  if (status === 401) return { kind: 'refused', problem: 'signed-out', reason }
  if ([403, 404, 410].includes(status) || /chat not found/i.test(said.words))
    return { kind: 'refused', problem: 'no-chat', reason }
  if (status >= 300 && status < 500) return { kind: 'refused', problem: 'refused', reason }
  // A server that breaks after it has passed the message on answers like one that breaks before.
  return { kind: 'unsure', problem: 'unknown', reason }
}

function readAnswer(body: Uint8Array): { ok: boolean; words: string; retryAfter: number | null } {
  const text = new TextDecoder().decode(body).trim()
  try {
    const { ok, description, parameters } = JSON.parse(text) as {
      ok?: unknown
      description?: unknown
      parameters?: { retry_after?: unknown }
    }
    const retryAfter = parameters?.retry_after
    return {
      ok: ok !== false,
      words: typeof description === 'string' ? description.slice(0, 200) : '',
      retryAfter: typeof retryAfter === 'number' && retryAfter >= 0 && retryAfter < 86_400 ? retryAfter : null,
    }
  } catch {
    return { ok: true, words: text.slice(0, 200), retryAfter: null }
  }
}

/** Where no connection came about, nothing arrived. */
const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH'])

function meaningOfFailure(answer: Exclude<Answer, { kind: 'ok' }>): Told {
  if (answer.kind === 'refused')
    return {
      kind: 'refused',
      problem: answer.reason === 'address' ? 'private-address' : 'refused',
      reason: answer.reason,
    }
  if (answer.kind === 'unreachable' && neverConnected.has(answer.reason))
    return { kind: 'later', problem: 'unreachable', reason: answer.reason, notBefore: null }
  return { kind: 'unsure', problem: 'unknown', reason: 'reason' in answer ? answer.reason : answer.kind }
}
