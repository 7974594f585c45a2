import { sql } from 'kysely'
import { assertNever } from '../../base/errors.ts'
import { list } from '../../base/postgres/postgres.ts'
import type { Connector, Cursor, Fetched } from '../connectors/connector.ts'
import { bringIn } from '../bring-in.ts'
import type { SourceTrouble } from './health.ts'
import { withLease } from './lease.ts'
import { backoffMs, nextRhythm, nextUsualGap, withJitter } from './rhythm.ts'
import { findCursor, findSource, moveSource, saveCheck, saveCursor, type CheckResult, type Source } from './source.ts'
import type { CollectWorld } from './world.ts'

// A source with a long past is read over several checks, so that it does not hold up the others.
const mostPages = 20
const mostMoves = 3

/** Reads a source once, unless somebody does so at this moment. Afterwards it has a time for its next check. */
export async function pollSource(
  world: CollectWorld,
  id: number,
  signal: AbortSignal,
): Promise<'checked' | 'taken' | 'not-active'> {
  const held = await withLease(world.db, `source:${id}`, async (lost) => {
    const source = await findSource(world.db, id)
    if (source?.state !== 'active') return 'not-active'
    await saveCheck(world.db, source, await check(world, source, AbortSignal.any([signal, lost])), world.now())
    for (const project of await projectsOf(world, source))
      await world.events.publish({ project, kind: 'source', source: id })
    return 'checked'
  })
  return held.kind === 'taken' ? 'taken' : held.result
}

async function check(world: CollectWorld, source: Source, signal: AbortSignal): Promise<CheckResult> {
  const connector = world.connectorOf(source.platform)
  if (!connector?.fetch)
    return unanswered(world, source, {
      kind: 'failed',
      hint: `There is no connector for ${source.platform}`,
      retryAt: null,
    })
  const at = { ...source }
  let cursor = await findCursor(world.db, source.id)
  const brought: Brought = { items: 0, postedAt: [] }
  for (let page = 0, moves = 0; ; page += 1) {
    const answer = await ask(connector, at, cursor, world, signal)
    switch (answer.kind) {
      case 'page':
        await bring(world, at, answer.items, brought)
        cursor = answer.next
        await saveCursor(world.db, at.id, cursor)
        if (answer.more && page < mostPages && !signal.aborted) continue
        return answered(world, at, answer, brought)
      case 'unchanged':
        await saveCursor(world.db, at.id, answer.next)
        return answered(world, at, answer, brought)
      case 'moved':
        moves += 1
        if (moves > mostMoves)
          return unanswered(world, at, { kind: 'failed', hint: 'The source moves in a circle', retryAt: null })
        if (!(await moveSource(world.db, at, answer.to))) {
          return unanswered(
            world,
            at,
            { kind: 'gone', hint: `It has moved to ${answer.to}, which is a source already` },
            { key: 'source-moved-onto', values: { to: answer.to } },
          )
        }
        at.url = answer.to
        at.config = { ...source.config, url: answer.to }
        continue
      case 'rate-limited':
      case 'signed-out':
      case 'gone':
      case 'failed':
        return unanswered(world, at, answer)
      default:
        return assertNever(answer)
    }
  }
}

async function ask(
  connector: Connector<unknown>,
  source: Source,
  cursor: Cursor | null,
  world: CollectWorld,
  signal: AbortSignal,
): Promise<Fetched> {
  try {
    const io = { request: world.request, now: world.now, signal }
    return await connector.fetch!({ id: source.id, config: connector.parseConfig(source.config), cursor }, io)
  } catch (error) {
    // A mistake of ours in one connector must not stop the others; it shows as an ill source and in the log.
    world.log.error(
      { source: source.id, error: error instanceof Error ? error.stack : String(error) },
      'a connector threw',
    )
    return { kind: 'failed', hint: 'The connector failed; the log says where', retryAt: null }
  }
}

type Brought = { items: number; postedAt: Date[] }

async function bring(
  world: CollectWorld,
  source: Source,
  items: Parameters<typeof bringIn>[0],
  brought: Brought,
): Promise<void> {
  const saved = await bringIn(items, {
    clickhouse: world.clickhouse,
    topics: world.topics,
    categories: world.categories,
    threads: world.threads,
    clusters: world.clusters,
    project: source.projectId,
    sourceId: source.id,
    keepAll: false,
    collectedAt: world.now(),
  })
  brought.items += items.length
  for (const item of items) if (item.postedAt) brought.postedAt.push(item.postedAt)
  for (const { id, reason } of saved.dropped)
    world.log.info({ source: source.id, post: id, reason }, 'a post was dropped')
  if (saved.added === 0) return
  for (const project of await projectsOf(world, source))
    await world.events.publish({ project, kind: 'mentions', added: saved.added })
}

async function projectsOf(world: CollectWorld, source: Source): Promise<number[]> {
  if (source.projectId !== null) return [source.projectId]
  return (await list(world.db, sql<{ id: number }>`select id from project`)).map(({ id }) => id)
}

function answered(
  world: CollectWorld,
  source: Source,
  answer: Extract<Fetched, { kind: 'page' | 'unchanged' }>,
  brought: Brought,
): CheckResult {
  const now = world.now()
  const rhythmMs = nextRhythm(source.rhythmMs, brought.items)
  // An item from the future is a wrong clock, not freshness.
  const postedAt = brought.postedAt.filter((at) => at <= now)
  const newest = [source.lastItemAt, answer.health.newestAt, ...postedAt]
    .filter((at) => at !== null && at <= now)
    .map(Number)
  const more = answer.kind === 'page' && answer.more
  return {
    state: 'active',
    lastAnswer: brought.items > 0 ? 'page' : answer.kind,
    lastItemAt: newest.length > 0 ? new Date(newest.reduce((a, b) => Math.max(a, b))) : null,
    usualGapMs: nextUsualGap(source.usualGapMs, source.lastItemAt, postedAt),
    rhythmMs,
    failures: 0,
    error: null,
    title: answer.health.title,
    nextCheckAt: more ? now : inMs(now, withJitter(Math.max(rhythmMs, answer.health.pollAfterMs ?? 0), world.random)),
  }
}

type Unanswered = Extract<Fetched, { kind: 'rate-limited' | 'signed-out' | 'gone' | 'failed' }>

function unanswered(
  world: CollectWorld,
  source: Source,
  answer: Unanswered,
  problem?: Omit<SourceTrouble, 'hint'>,
): CheckResult {
  const now = world.now()
  const failures = answer.kind === 'rate-limited' ? source.failures : source.failures + 1
  // A platform that says when is taken at its word; otherwise we ask less and less often.
  const retryAt = answer.kind === 'rate-limited' || answer.kind === 'failed' ? answer.retryAt : null
  const own = inMs(now, withJitter(backoffMs(failures), world.random))
  const { lastItemAt, usualGapMs, rhythmMs } = source
  return {
    state: answer.kind === 'gone' ? 'gone' : 'active',
    lastAnswer: answer.kind,
    lastItemAt,
    usualGapMs,
    rhythmMs,
    failures,
    error: troubleOf(answer, problem),
    title: null,
    nextCheckAt: answer.kind === 'rate-limited' ? answer.retryAt : retryAt && retryAt > own ? retryAt : own,
  }
}

function troubleOf(answer: Unanswered, problem?: Omit<SourceTrouble, 'hint'>): SourceTrouble {
  if (answer.kind === 'rate-limited') {
    return {
      key: 'source-rate-limited',
      values: { until: answer.retryAt.toISOString() },
      hint: 'The platform asks us to wait',
    }
  }
  const { key, values } = problem ?? answer.problem ?? { key: 'source-failed', values: { hint: answer.hint } }
  return { key, values, hint: answer.hint }
}

function inMs(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms)
}
