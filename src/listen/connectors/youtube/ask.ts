import type { z } from 'zod'
import { dayAround } from '../../../base/time/zone.ts'
import { contentOf, failed, readJson, unanswered, why, type Answered, type Trouble } from '../answers.ts'
import type { Answer } from '../../../base/http/request.ts'
import type { SourceIo } from '../connector.ts'
import { refusalIn, type GoogleRefusal } from '../google/refusal.ts'
import { problem, tell } from '../problems.ts'

export const origin = 'https://www.googleapis.com'

// The day of quotas ends at midnight there (https://developers.google.com/youtube/v3/determine_quota_cost).
export const quotaZone = 'America/Los_Angeles'

/** Asks the Data API for a list, after taking its cost from the quota; `search` has one of its own. */
export async function askYouTube<Value>(
  list: string,
  parameters: { [name: string]: string },
  key: string,
  shape: z.ZodType<Value>,
  io: SourceIo,
): Promise<{ value: Value; content: Answered } | { trouble: Trouble }> {
  const spent = await io.spend(list === 'search' ? 'searches' : 'units')
  if (spent.kind === 'refused') return { trouble: outOfQuota(spent.until) }
  const answer = await io.request(`${origin}/youtube/v3/${list}?${new URLSearchParams(parameters).toString()}`, {
    // In a header a key does not end up in anybody's log of addresses.
    headers: { accept: 'application/json', 'x-goog-api-key': key },
    signal: io.signal,
  })
  if (answer.kind !== 'ok') return { trouble: unanswered(answer) }
  const trouble = troubleIn(answer, io.now())
  if (trouble !== null) return { trouble }
  return readJson(answer, shape)
}

/** What a refusal of YouTube means (https://developers.google.com/youtube/v3/docs/errors); null where it is none. */
export function troubleIn(answer: Extract<Answer, { kind: 'ok' }>, now: Date): Trouble | null {
  if (answer.status < 400) return null
  const refusal = refusalIn(answer)
  const { reason, message } = refusal
  switch (reason) {
    case 'quotaExceeded':
    case 'dailyLimitExceeded':
      return outOfQuota(dayAround(now, quotaZone).until)
    case 'rateLimitExceeded':
    case 'userRateLimitExceeded':
      return { kind: 'rate-limited', retryAt: new Date(now.getTime() + 60_000) }
    case 'accessNotConfigured':
    case 'SERVICE_DISABLED':
      return { kind: 'signed-out', ...why('youtube.not-enabled') }
    case 'commentsDisabled':
      return failed('youtube.comments-off')
    case 'videoNotFound':
    case 'channelNotFound':
    case 'playlistNotFound':
    case 'commentNotFound':
    case 'parentCommentNotFound':
      return failed('youtube.not-found')
  }
  if (answer.status === 401 || isAboutKey(refusal)) return { kind: 'signed-out', ...why('youtube.key') }
  if (answer.status === 403) return { kind: 'signed-out', ...why('youtube.forbidden', { reason: message }) }
  if (answer.status === 400) return failed('youtube.refused', { reason: message })
  const content = contentOf(answer, now)
  return 'trouble' in content ? content.trouble : null
}

function isAboutKey({ reason, message }: GoogleRefusal): boolean {
  return /^(keyInvalid|API_KEY_INVALID|ipRefererBlocked|authError)$/.test(reason) || /API key/i.test(message)
}

function outOfQuota(retryAt: Date): Trouble {
  const what = problem('youtube.quota', { until: retryAt.toISOString().slice(0, 16).replace('T', ' ') })
  return { kind: 'rate-limited', retryAt, hint: tell(what, 'en'), problem: what }
}
