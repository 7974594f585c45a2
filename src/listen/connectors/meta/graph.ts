import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { contentOf, failed, readJson, readJsonUnless, why, type Answered, type Trouble } from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'

/** What the Graph API is asked with; `appSecret` proves that the token was not taken from somebody else. */
export type GraphKeys = { token: string; appSecret?: string | undefined }

export const graph = 'https://graph.facebook.com/v26.0'

const withoutWordMs = 15 * 60_000
const minuteMs = 60_000

const Refusal = z.object({
  error: z.object({
    message: z.string().nullish(),
    code: z.int(),
    error_subcode: z.int().nullish(),
    error_user_msg: z.string().nullish(),
    is_transient: z.boolean().nullish(),
  }),
})
export type GraphRefusal = { code: number; subcode: number; message: string; isTransient: boolean }

/** Asks the Graph API, which Facebook and Instagram share, for JSON. */
export async function askGraph<Value>(
  address: string,
  parameters: { [name: string]: string },
  keys: GraphKeys,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): Promise<{ value: Value; content: Answered } | { trouble: Trouble }> {
  return readJsonUnless(await callGraph('GET', address, parameters, keys, io), troubleIn, shape, io.now())
}

/** The same for other methods, whose parameters go in the body. */
export function callGraph(
  method: 'GET' | 'POST' | 'DELETE',
  address: string,
  parameters: { [name: string]: string },
  { token, appSecret }: GraphKeys,
  io: ConnectorIo,
): Promise<Answer> {
  const all = new URLSearchParams({
    ...parameters,
    ...(appSecret !== undefined && appSecret !== '' && { appsecret_proof: proofOf(token, appSecret) }),
  }).toString()
  const inBody = method === 'POST'
  return io.request(inBody || all === '' ? address : `${address}?${all}`, {
    method,
    headers: {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      ...(inBody && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(inBody && { body: all }),
    followRedirects: false,
    signal: io.signal,
  })
}

/** https://developers.facebook.com/docs/graph-api/guides/secure-requests */
export function proofOf(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex')
}

/** What an answer says that refuses (https://developers.facebook.com/docs/graph-api/guides/error-handling); null where it is none. */
export function refusalIn(answer: Answered): GraphRefusal | null {
  const read = answer.status < 400 ? null : readJson(answer, Refusal)
  if (read === null || 'trouble' in read) return null
  const { code, error_subcode, message, error_user_msg, is_transient } = read.value.error
  return {
    code,
    subcode: error_subcode ?? 0,
    message: error_user_msg || message || `code ${code}`,
    isTransient: is_transient === true,
  }
}

export function troubleIn(answer: Answered, now: Date): Trouble | null {
  const refusal = refusalIn(answer)
  if (refusal === null) {
    const content = contentOf(answer, now)
    return 'trouble' in content ? content.trouble : null
  }
  const { code, message: reason } = refusal
  if (code === 190 || code === 102) return { kind: 'signed-out', ...why('meta.token', { reason }) }
  if (isTooMany(code))
    return { kind: 'rate-limited', retryAt: new Date(now.getTime() + (regainMs(answer.headers) ?? withoutWordMs)) }
  if (isNotThere(refusal)) return failed('meta.not-found')
  if (code === 10 || code === 3 || (code >= 200 && code <= 299))
    return { kind: 'signed-out', ...why('meta.permission', { reason }) }
  return failed('meta.refused', { reason })
}

function isTooMany(code: number): boolean {
  return [4, 17, 32, 341, 613].includes(code) || (code >= 80_000 && code <= 80_014)
}

/** Nothing has this id, or this token may not see it: Meta does not tell which. */
export function isNotThere({ code, subcode }: GraphRefusal): boolean {
  return code === 803 || (code === 100 && subcode === 33)
}

const Usage = z.record(z.string(), z.array(z.record(z.string(), z.unknown())))
const shares = ['call_count', 'total_cputime', 'total_time']

/**
 * How long to wait because of how much of its limit this token has used, in percent: half an hour from 80 on, and as
 * long as Meta says when all is used; null when nothing is to be feared.
 */
export function slowDownMs(headers: { [name: string]: string }): number | null {
  const used = usesIn(headers).flatMap((use) => shares.map((name) => Number(use[name] ?? 0)))
  const most = used.reduce((a, b) => Math.max(a, b), 0)
  return most >= 80 ? (regainMs(headers) ?? 30 * minuteMs) : null
}

function regainMs(headers: { [name: string]: string }): number | null {
  const minutes = usesIn(headers).map((use) => Number(use['estimated_time_to_regain_access'] ?? 0))
  const longest = minutes.reduce((a, b) => Math.max(a, b), 0)
  return longest > 0 ? longest * minuteMs : null
}

function usesIn(headers: { [name: string]: string }): { [name: string]: unknown }[] {
  return ['x-business-use-case-usage', 'x-app-usage'].flatMap((name) => {
    try {
      const read = JSON.parse(headers[name] ?? '') as unknown
      const business = Usage.safeParse(read).data
      return business ? Object.values(business).flat() : [read as { [name: string]: unknown }]
    } catch {
      return []
    }
  })
}

export const GraphPage = z.object({
  data: z.array(z.unknown()),
  paging: z
    .object({ cursors: z.object({ after: z.string().nullish() }).nullish(), next: z.string().nullish() })
    .nullish(),
})

/** The mark of the page after this one; null when this is the last. */
export function afterOf({ paging }: z.infer<typeof GraphPage>): string | null {
  return paging?.next == null ? null : (paging.cursors?.after ?? null)
}

/** The moment as the Graph API writes it: `+0000` is no time zone of ISO 8601. */
export function graphMoment(text: string | null | undefined): string | null {
  return text?.replace(/([+-]\d{2})(\d{2})$/, '$1:$2') ?? null
}
