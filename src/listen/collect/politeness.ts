import { setTimeout as sleep } from 'node:timers/promises'
import { parseRetryAfter } from '../../base/http/retry-after.ts'
import type { Answer, Request } from '../../base/http/request.ts'

const shortestPauseMs = 250
const longestPauseMs = 10_000
const forgetAfterMs = 600_000

/**
 * Asks each host one thing at a time, and then leaves it alone for twice as long as its answer took, a quarter of a second
 * at least and ten at most: a host that is slow is asked less (Heydon and Najork, Mercator, 1999). A host that asks to
 * wait is not asked before; until then everybody gets the same answer from here. Those who enter with different
 * credentials wait apart, because platforms count them apart.
 */
export function politely(request: Request, now: () => Date): Request {
  const hosts = new Map<string, Host>()
  let sweepAt = 0
  return async (url, options = {}) => {
    const key = keyOf(url, options.headers ?? {})
    if (key === null) return request(url, options)
    const at = now().getTime()
    if (at > sweepAt) {
      sweepAt = at + forgetAfterMs
      for (const [name, { freeAt, waiting }] of hosts)
        if (waiting === 0 && freeAt + forgetAfterMs < at) hosts.delete(name)
    }
    const host = hosts.get(key) ?? { free: Promise.resolve(), freeAt: 0, closed: null, waiting: 0 }
    hosts.set(key, host)
    host.waiting += 1
    const before = host.free
    let leave = () => {}
    host.free = new Promise<void>((resolve) => (leave = resolve))
    try {
      await before
      await sleep(restMs(host.freeAt - now().getTime()), undefined, options.signal && { signal: options.signal }).catch(
        () => {},
      )
      if (options.signal?.aborted) return { kind: 'aborted', url, requests: 0 }
      const asked = now().getTime()
      if (host.closed && host.closed.from <= asked && asked < host.closed.until) return host.closed.answer(url, asked)
      const answer = await request(url, options)
      const done = now().getTime()
      host.freeAt = done + Math.min(longestPauseMs, Math.max(shortestPauseMs, 2 * (done - asked)))
      host.closed = closedBy(answer, now())
      return answer
    } finally {
      host.waiting -= 1
      leave()
    }
  }
}

type Host = { free: Promise<void>; freeAt: number; closed: Closed | null; waiting: number }
/** From when until when a host wants to be left alone; before it, the clock was set back. */
type Closed = { from: number; until: number; answer: (url: string, at: number) => Answer }

/** A rest that is longer than any was reckoned by a clock that was set back meanwhile. */
function restMs(ms: number): number {
  return ms > longestPauseMs ? shortestPauseMs : Math.max(0, ms)
}

function keyOf(url: string, headers: { [name: string]: string }): string | null {
  if (!URL.canParse(url)) return null
  const { host, username, password } = new URL(url)
  const given = Object.entries(headers).find(([name]) => /^(authorization|x-api-key|api-key)$/i.test(name))?.[1] ?? ''
  return `${host} ${username}:${password} ${given}`
}

function closedBy(answer: Answer, now: Date): Closed | null {
  if (answer.kind !== 'ok' || (answer.status !== 429 && answer.status !== 503)) return null
  const until = parseRetryAfter(answer.headers['retry-after'], now)?.getTime()
  if (until === undefined) return null
  return {
    from: now.getTime(),
    until,
    answer: (url, at) => ({
      ...answer,
      url,
      headers: { ...answer.headers, 'retry-after': String(Math.ceil((until - at) / 1000)) },
      movedTo: null,
      requests: 0,
    }),
  }
}
