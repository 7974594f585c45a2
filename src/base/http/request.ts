import { isIP } from 'node:net'
import { errors, request as send, type Dispatcher } from 'undici'
import { given } from '../given.ts'
import { createAddressRule, type AllowPrivate } from './addresses.ts'
import { acceptEncoding, decodeBody } from './decode-body.ts'
import { AddressRefused, createGuardedAgent, type Resolve } from './guarded-agent.ts'

/**
 * Asks one address of the outside world and always answers with data; only our own mistakes (an unknown method) throw.
 * Every hop is checked again, the size is that after decompression, and the time is that of everything together.
 */
export type Request = (url: string, options?: RequestOptions) => Promise<Answer>

export type RequestOptions = {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  headers?: { [name: string]: string }
  body?: string | Uint8Array
  maxBytes?: number
  timeoutMs?: number
  maxRedirects?: number
  /** False: a redirect is an answer like any other. */
  followRedirects?: boolean
  signal?: AbortSignal
}

export type Answer =
  | {
      /** A server answered; whether it is content says `status`. */
      kind: 'ok'
      status: number
      /** Names in lower case; values that came several times are joined by a comma. */
      headers: { [name: string]: string }
      body: Uint8Array
      /** Where the answer came from, after all redirects. */
      url: string
      /** The address the first one has moved to for good (301, 308): ask there next time. */
      movedTo: string | null
      requests: number
    }
  | {
      kind: 'refused'
      reason: 'scheme' | 'address' | 'not-a-url' | 'too-many-redirects'
      url: string
      requests: number
    }
  | { kind: 'too-large'; maxBytes: number; url: string; requests: number }
  | { kind: 'timed-out'; timeoutMs: number; url: string; requests: number }
  | { kind: 'unreachable'; reason: string; url: string; requests: number }
  /** Something answered, and it is not readable HTTP or its compression is damaged. */
  | { kind: 'broken'; reason: string; url: string; requests: number }
  | { kind: 'aborted'; url: string; requests: number }

export type CreateRequestOptions = {
  allowPrivate: AllowPrivate
  /** Mail or page of whoever runs this copy; site owners ask for it before they block. */
  contact?: string
  resolve?: Resolve
  maxBytes?: number
  timeoutMs?: number
}

/** The only way out to the network. Close it to let go of its connections. */
export function createRequest(options: CreateRequestOptions): Request & { close(): Promise<void> } {
  const allows = createAddressRule(options.allowPrivate)
  const connecting = { allows, connectTimeoutMs: 10_000, ...given({ resolve: options.resolve }) }
  const agent = createGuardedAgent(connecting)
  // The other side may be closing a connection that was idle; what changes something there and meets that may have been done.
  const changing = createGuardedAgent({ ...connecting, once: true })
  const userAgent = userAgentOf(options.contact)
  const defaults = { maxBytes: options.maxBytes ?? 10 * 1024 * 1024, timeoutMs: options.timeoutMs ?? 30_000 }

  const request: Request = async (url, asked = {}) => {
    const limits = {
      ...defaults,
      maxRedirects: 5,
      ...given({ maxBytes: asked.maxBytes, timeoutMs: asked.timeoutMs, maxRedirects: asked.maxRedirects }),
    }
    const deadline = AbortSignal.timeout(limits.timeoutMs)
    const signal = asked.signal ? AbortSignal.any([deadline, asked.signal]) : deadline
    let requests = 0
    let here = url
    try {
      let hop: Hop = {
        method: asked.method ?? 'GET',
        headers: { 'user-agent': userAgent, 'accept-encoding': acceptEncoding, ...lowerCased(asked.headers ?? {}) },
        body: asked.body ?? null,
      }
      let movedTo: string | null = null
      let permanent = true
      for (;;) {
        const target = URL.canParse(here) ? new URL(here) : null
        if (target === null) return { kind: 'refused', reason: 'not-a-url', url: here, requests }
        if (target.protocol !== 'http:' && target.protocol !== 'https:')
          return { kind: 'refused', reason: 'scheme', url: here, requests }
        // A pooled connection was judged when it was made; a literal address is judged here as well, to save the trip.
        const host = target.hostname.replace(/^\[|\]$/g, '')
        if (isIP(host) !== 0 && !allows(host)) return { kind: 'refused', reason: 'address', url: here, requests }
        requests += 1
        const answer = await send(
          ...wire(target, hop, signal, hop.method === 'GET' || hop.method === 'HEAD' ? agent : changing),
        )
        const location = redirectTarget(answer, target)
        if (location !== null && asked.followRedirects !== false) {
          await answer.body.dump({ limit: 16_384, signal })
          if (requests > limits.maxRedirects)
            return { kind: 'refused', reason: 'too-many-redirects', url: here, requests }
          permanent &&= answer.statusCode === 301 || answer.statusCode === 308
          if (permanent) movedTo = location.href
          hop = nextHop(hop, answer.statusCode, target.origin === location.origin)
          here = location.href
          continue
        }
        const headers = flat(answer.headers)
        const decoded = await decodeBody(
          answer.body,
          hop.method === 'HEAD' ? '' : (headers['content-encoding'] ?? ''),
          limits.maxBytes,
        )
        if (decoded.kind === 'too-large') return { kind: 'too-large', maxBytes: limits.maxBytes, url: here, requests }
        if (decoded.kind === 'broken') return { kind: 'broken', reason: decoded.reason, url: here, requests }
        return { kind: 'ok', status: answer.statusCode, headers, body: decoded.bytes, url: here, movedTo, requests }
      }
    } catch (error) {
      if (asked.signal?.aborted) return { kind: 'aborted', url: here, requests }
      if (deadline.aborted) return { kind: 'timed-out', timeoutMs: limits.timeoutMs, url: here, requests }
      return { ...whatFailed(error, limits.timeoutMs), url: here, requests }
    }
  }
  return Object.assign(request, {
    close: async () => {
      await Promise.all([agent.destroy(), changing.destroy()])
    },
  })
}

type Hop = { method: Dispatcher.HttpMethod; headers: { [name: string]: string }; body: string | Uint8Array | null }

function wire(target: URL, hop: Hop, signal: AbortSignal, dispatcher: Dispatcher): Parameters<typeof send> {
  const headers = { ...hop.headers }
  if (target.username !== '' && headers['authorization'] === undefined) {
    const pair = `${decodeURIComponent(target.username)}:${decodeURIComponent(target.password)}`
    headers['authorization'] = `Basic ${Buffer.from(pair).toString('base64')}`
  }
  const bare = new URL(target)
  bare.username = bare.password = bare.hash = ''
  return [bare, { method: hop.method, headers, body: hop.body, signal, dispatcher }]
}

function redirectTarget(answer: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'>, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(answer.statusCode)) return null
  const header = answer.headers['location']
  const text = Array.isArray(header) ? header[0] : header
  // Header bytes arrive as Latin-1, but people put UTF-8 into Location.
  const written = text === undefined ? '' : Buffer.from(text, 'latin1').toString('utf8')
  return written !== '' && URL.canParse(written, from) ? new URL(written, from) : null
}

function nextHop(hop: Hop, status: number, sameOrigin: boolean): Hop {
  const headers = { ...hop.headers }
  // What was meant for one server is not shown to the next.
  if (!sameOrigin)
    for (const name of ['authorization', 'cookie', 'proxy-authorization', 'x-api-key']) delete headers[name]
  const keepsBody = status === 307 || status === 308 || hop.method === 'GET' || hop.method === 'HEAD'
  if (keepsBody) return { ...hop, headers }
  for (const name of ['content-type', 'content-length', 'content-encoding']) delete headers[name]
  return { method: 'GET', headers, body: null }
}

/** How we introduce ourselves; `contact` is the mail or page of whoever runs this copy. */
export function userAgentOf(contact: string | undefined): string {
  return `Heed/0.1 (social listening${contact ? `; +${printable(contact)}` : ''})`
}

/** What it means that a connection failed; our own mistakes are thrown. */
export function whatFailed(error: unknown, timeoutMs: number) {
  if (findCause(error, (one) => one instanceof AddressRefused)) return { kind: 'refused', reason: 'address' } as const
  if (findCause(error, (one) => one instanceof errors.HTTPParserError))
    return { kind: 'broken', reason: 'not readable as HTTP' } as const
  const code = codeOf(error)
  if (/TIMEOUT|TIMEDOUT/.test(code)) return { kind: 'timed-out', timeoutMs } as const
  if (/HEADERS_OVERFLOW|CONTENT_LENGTH_MISMATCH|RESPONSE/.test(code)) return { kind: 'broken', reason: code } as const
  if (code === '') throw error
  return { kind: 'unreachable', reason: code } as const
}

/** The code of the error or of the first of its causes that has one; an aggregate speaks through its first part. */
function codeOf(error: unknown): string {
  let code = ''
  findCause(error, (one) => {
    const found = (one as { code?: unknown }).code
    if (typeof found === 'string' && !found.startsWith('ERR_INVALID_ARG')) code = found
    return code !== ''
  })
  return code
}

function findCause(error: unknown, fits: (one: Error) => boolean): boolean {
  for (let one: unknown = error, depth = 0; one instanceof Error && depth < 5; depth += 1) {
    if (fits(one)) return true
    one = one instanceof AggregateError ? one.errors[0] : one.cause
  }
  return false
}

export function flat(headers: Dispatcher.ResponseData['headers']): { [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  )
}

export function lowerCased(headers: { [name: string]: string }): { [name: string]: string } {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), printable(value)]))
}

/** A header may hold neither line breaks nor letters outside Latin-1; a validator that came with them is not sent back. */
function printable(value: string): string {
  return value.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')
}
