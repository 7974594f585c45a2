const longestMs = 7 * 24 * 3_600_000

/**
 * The moment a Retry-After header names, in seconds or as an HTTP date; null when there is none or it cannot be read.
 * Never earlier than a second from now and never later than a week, because a server may be wrong about its clock.
 */
export function parseRetryAfter(header: string | null | undefined, now: Date): Date | null {
  const text = header?.trim() ?? ''
  const ms = /^\d+(\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : /[a-z]/i.test(text)
      ? Date.parse(text) - now.getTime()
      : Number.NaN
  if (Number.isNaN(ms)) return null
  return new Date(now.getTime() + Math.min(Math.max(ms, 1000), longestMs))
}
