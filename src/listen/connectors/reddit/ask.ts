import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { withAccessToken, type AccessToken } from '../access-token.ts'
import {
  contentOf,
  failed,
  readJson,
  readJsonUnless,
  unanswered,
  why,
  type Answered,
  type Trouble,
} from '../answers.ts'
import type { ConnectorIo } from '../connector.ts'

/** An app of https://www.reddit.com/prefs/apps; `refreshToken` makes it act for an account, `owner` stands in the User-Agent. */
export type RedditApp = { clientId: string; clientSecret: string; owner: string; refreshToken?: string | undefined }

export const origin = 'https://oauth.reddit.com'
const tokenUrl = 'https://www.reddit.com/api/v1/access_token'
const earlierMs = 60_000
const minuteMs = 60_000

const Token = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })
const Refusal = z.object({
  message: z.string().nullish(),
  reason: z.string().nullish(),
  error: z.union([z.string(), z.int()]).nullish(),
})

/** Asks Reddit as the app, which it wants to know by a User-Agent that names whoever answers for it. */
export function callReddit(
  { method = 'GET', path, form }: { method?: 'GET' | 'POST'; path: string; form?: { [name: string]: string } },
  app: RedditApp,
  io: ConnectorIo,
): Promise<Answer | { trouble: Trouble }> {
  return withAccessToken(
    app,
    io,
    () => grant(app, io),
    (headers) =>
      io.request(`${origin}${path}`, {
        method,
        headers: {
          ...headers,
          accept: 'application/json',
          'user-agent': userAgent(app),
          ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        },
        ...(form && { body: new URLSearchParams(form).toString() }),
        // A subreddit that is not there is answered with the way to the search.
        followRedirects: false,
        signal: io.signal,
      }),
  )
}

export async function askReddit<Value>(
  path: string,
  app: RedditApp,
  shape: z.ZodType<Value>,
  io: ConnectorIo,
): Promise<{ value: Value; content: Answered } | { trouble: Trouble }> {
  return readJsonUnless(await callReddit({ path }, app, io), troubleIn, shape, io.now())
}

export function troubleIn(answer: Answered, now: Date): Trouble | null {
  if (answer.status < 300) return null
  if (answer.status < 400) return failed('reddit.not-found')
  const read = readJson(answer, Refusal)
  const reason = ('value' in read && (read.value.reason || read.value.message)) || `HTTP ${answer.status}`
  if (answer.status === 401) return { kind: 'signed-out', ...why('reddit.signed-out', { reason }) }
  if (answer.status === 403) return { kind: 'signed-out', ...why('reddit.closed', { reason }) }
  if (answer.status === 404) return failed('reddit.not-found')
  const resetS = Number(answer.headers['x-ratelimit-reset'])
  if (answer.status === 429 && answer.headers['retry-after'] === undefined && resetS > 0)
    return { kind: 'rate-limited', retryAt: new Date(now.getTime() + resetS * 1000) }
  if (answer.status === 400) return failed('reddit.refused', { reason })
  const content = contentOf(answer, now)
  return 'trouble' in content ? content.trouble : null
}

/** How long to wait because little is left of a hundred requests a minute; null while enough is. */
export function slowDownMs(headers: { [name: string]: string }): number | null {
  const [left, resetS] = [Number(headers['x-ratelimit-remaining'] ?? 100), Number(headers['x-ratelimit-reset'] ?? 0)]
  return left < 10 ? Math.max(minuteMs, resetS * 1000) : null
}

async function grant(app: RedditApp, io: ConnectorIo): Promise<AccessToken | { trouble: Trouble }> {
  const now = io.now().getTime()
  const form: { [name: string]: string } =
    app.refreshToken === undefined || app.refreshToken === ''
      ? { grant_type: 'client_credentials' }
      : { grant_type: 'refresh_token', refresh_token: app.refreshToken }
  const answer = await io.request(tokenUrl, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': userAgent(app),
    },
    body: new URLSearchParams(form).toString(),
    signal: io.signal,
  })
  if (answer.kind !== 'ok') return { trouble: unanswered(answer) }
  if (answer.status === 400 || answer.status === 401)
    return { trouble: { kind: 'signed-out', ...why('reddit.signed-out', { reason: `HTTP ${answer.status}` }) } }
  const content = contentOf(answer, io.now())
  if ('trouble' in content) return content
  const read = readJson(content.content, Token)
  if ('trouble' in read) return read
  return { token: read.value.access_token, until: now + read.value.expires_in * 1000 - earlierMs }
}

// https://github.com/reddit-archive/reddit/wiki/API
function userAgent({ clientId, owner }: RedditApp): string {
  return `server:${clientId}.heed:v0.1 (by /u/${owner})`
}
