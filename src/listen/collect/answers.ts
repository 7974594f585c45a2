import type { Fetched, SourceSecrets, Unreadable } from '../connectors/connector.ts'
import type { SourceTrouble } from './health.ts'
import { backoffMs, nextRhythm, nextUsualGap, withJitter } from './rhythm.ts'
import type { CheckResult, Source } from './source.ts'
import type { CollectWorld } from './world.ts'

type Clock = Pick<CollectWorld, 'now' | 'random'>

/** What a check that was answered means for its source. `postedAt` are the moments of what it brought. */
export function answered(
  { now: clock, random }: Clock,
  source: Source,
  answer: Extract<Fetched, { kind: 'page' | 'unchanged' }>,
  postedAt: (Date | null)[],
): CheckResult {
  const now = clock()
  const rhythmMs = nextRhythm(source.rhythmMs, postedAt.length)
  const dated = postedAt.filter((at) => at !== null)
  const more = answer.kind === 'page' && answer.more
  const pauseMs = withJitter(Math.max(rhythmMs, answer.health.pollAfterMs ?? 0), random)
  return {
    state: 'active',
    lastAnswer: postedAt.length > 0 ? 'page' : answer.kind,
    lastItemAt: newestOf(source, [answer.health.newestAt, ...dated], now),
    usualGapMs: nextUsualGap(source.usualGapMs, source.lastItemAt, notAfter(dated, now)),
    rhythmMs,
    failures: 0,
    error: null,
    title: answer.health.title,
    catchingUp: more,
    latency: source.latency,
    nextCheckAt: more ? now : inMs(now, pauseMs),
  }
}

/** What a check without an answer means. `pauseMs` is how long we wait by ourselves. */
export function unanswered(
  { now: clock, random }: Clock,
  source: Source,
  answer: Unreadable,
  given: { pauseMs?: number; problem?: Omit<SourceTrouble, 'hint'> } = {},
): CheckResult {
  const now = clock()
  const failures = answer.kind === 'rate-limited' ? source.failures : source.failures + 1
  // A platform that says when is taken at its word; otherwise we ask less and less often.
  const retryAt = answer.kind === 'rate-limited' || answer.kind === 'failed' ? answer.retryAt : null
  const own = inMs(now, given.pauseMs ?? withJitter(backoffMs(failures), random))
  const { lastItemAt, usualGapMs, rhythmMs, catchingUp, latency } = source
  return {
    state: answer.kind === 'gone' ? 'gone' : 'active',
    lastAnswer: answer.kind,
    ...{ lastItemAt, usualGapMs, rhythmMs, failures, catchingUp, latency },
    error: troubleOf(answer, given.problem),
    title: null,
    nextCheckAt: answer.kind === 'rate-limited' ? answer.retryAt : retryAt && retryAt > own ? retryAt : own,
  }
}

/** The newest moment that is not in the future: an item from there is a wrong clock, not freshness. */
export function newestOf(source: Pick<Source, 'lastItemAt'>, moments: (Date | null)[], now: Date): Date | null {
  const known = notAfter(
    [source.lastItemAt, ...moments].filter((at) => at !== null),
    now,
  ).map(Number)
  return known.length > 0 ? new Date(known.reduce((a, b) => Math.max(a, b))) : null
}

function notAfter(moments: Date[], now: Date): Date[] {
  return moments.filter((at) => at <= now)
}

function troubleOf(answer: Unreadable, problem?: Omit<SourceTrouble, 'hint'>): SourceTrouble {
  if (answer.kind === 'rate-limited' && answer.problem === undefined) {
    return {
      key: 'source-rate-limited',
      values: { until: answer.retryAt.toISOString() },
      hint: 'The platform asks us to wait',
    }
  }
  const hint = answer.hint ?? ''
  const { key, values } = problem ?? answer.problem ?? { key: 'source-failed', values: { hint } }
  return { key, values, hint }
}

/** The answer with every secret in it covered, for platforms repeat in their errors what they were asked with. */
export function withoutSecrets<Answer extends Fetched>(answer: Answer, secrets: SourceSecrets): Answer {
  const hidden = Object.values(secrets).filter((secret) => secret.length >= 4)
  if (hidden.length === 0 || !('hint' in answer) || answer.hint === undefined) return answer
  const cover = (text: string) => hidden.reduce((shown, secret) => shown.replaceAll(secret, '•••'), text)
  const values = Object.entries(answer.problem?.values ?? {}).map(([name, value]) => [
    name,
    typeof value === 'string' ? cover(value) : value,
  ])
  const problem = answer.problem && { ...answer.problem, values: Object.fromEntries(values) }
  return { ...answer, hint: cover(answer.hint), ...(problem && { problem }) }
}

/** A mistake of ours in one connector must not stop the others; it shows as an ill source and in the log. */
export function threw(
  world: Pick<CollectWorld, 'log'>,
  source: Source,
  error: unknown,
): Extract<Fetched, { kind: 'failed' }> {
  // The message may hold what the platform was asked with; where it happened tells enough.
  const where =
    error instanceof Error
      ? `${error.name} ${
          error.stack
            ?.match(/^\s+at .*$/gm)
            ?.slice(0, 8)
            .join('') ?? ''
        }`
      : ''
  world.log.error({ source: source.id, platform: source.platform, where }, 'a connector threw')
  return { kind: 'failed', hint: 'The connector failed; the log says where', retryAt: null }
}

function inMs(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms)
}
