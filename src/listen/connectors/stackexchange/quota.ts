// The quota is that of our address and shared by all sources of this platform: each takes a fifth of what is left.
const shares = 5
const shortestMs = 5 * 60_000

/**
 * How long to wait, so that what is left of the day's quota lasts until it begins anew at midnight UTC, and never
 * shorter than the platform asks. Urgent: nothing may be asked before, not even the next page.
 */
export function pollAfterMs(
  told: { backoffS: number; remaining: number | null },
  now: Date,
): { ms: number; isUrgent: boolean } {
  const untilNewMs = untilMidnightMs(now)
  const isSpent = told.remaining !== null && told.remaining < shares
  const shareMs = told.remaining === null ? 0 : isSpent ? untilNewMs : (untilNewMs / told.remaining) * shares
  const ms = Math.round(Math.max(shortestMs, told.backoffS * 1000, Math.min(shareMs, untilNewMs)))
  return { ms, isUrgent: told.backoffS > 0 || isSpent }
}

/** When the platform answers again, as its refusal says in words; at midnight UTC where it does not. */
export function outOfQuota(message: string, now: Date): Date {
  const seconds = /(\d{1,6}) seconds?/.exec(message)?.[1]
  return new Date(now.getTime() + (seconds === undefined ? untilMidnightMs(now) : Math.max(1, Number(seconds)) * 1000))
}

function untilMidnightMs(now: Date): number {
  const day = 24 * 3_600_000
  return day - (now.getTime() % day)
}
