const shortestMs = 60_000
const longestMs = 24 * 3_600_000

/**
 * How long the publisher asks us to wait: the longer of what the feed says (`ttl`, `sy:updatePeriod`) and what the
 * answer says (`Cache-Control: max-age`), between a minute and a day; null when neither says anything.
 */
export function pollAfterMs(ttlMs: number | null, headers: { [name: string]: string }): number | null {
  const seconds = /(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})/i.exec(headers['cache-control'] ?? '')?.[1]
  const age = Number(/^\d{1,9}$/.exec(headers['age'] ?? '')?.[0] ?? 0)
  const fresh = seconds === undefined ? null : Math.max(0, Number(seconds) - age) * 1000
  const asked = Math.max(ttlMs ?? 0, fresh ?? 0)
  return asked > 0 ? Math.min(Math.max(asked, shortestMs), longestMs) : null
}
