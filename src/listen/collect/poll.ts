import { assertNever } from '../../base/errors.ts'
import type { Connector, Cursor, Fetched } from '../connectors/connector.ts'
import { answered, threw, unanswered, withoutSecrets } from './answers.ts'
import { bring, projectsOf } from './bring.ts'
import { withLease } from './lease.ts'
import { lookForSilence } from './look-for-silence.ts'
import { pushAddress } from './push.ts'
import { withRenewedSecrets } from './renew.ts'
import { findCursor, findSource, listLeft, moveSource, openSecrets, saveCheck, saveCursor } from './source.ts'
import type { CheckResult, Source } from './source.ts'
import { sourceIo } from './source-io.ts'
import type { CollectWorld } from './world.ts'

// A source with a long past is read over several checks, in a lane of its own, so that it does not hold up the others.
const mostPages = { live: 5, past: 20 }
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
    const stop = AbortSignal.any([signal, lost])
    const result = await check(world, source, stop)
    // That we close is no failure of theirs; the next process asks again.
    if (stop.aborted && result.lastAnswer === 'failed') return 'not-active'
    await saveCheck(world.db, source, result, world.now())
    if (result.error === null) await lookForSilence(world, { ...source, ...result })
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
  const at = { ...(await withRenewedSecrets(world, connector, source, signal)) }
  let cursor = await findCursor(world.db, source.id)
  const postedAt: (Date | null)[] = []
  const most = source.catchingUp ? mostPages.past : mostPages.live
  for (let page = 1, moves = 0; ; page += 1) {
    const answer = await ask(connector, at, cursor, world, signal)
    switch (answer.kind) {
      case 'page':
        await bring(world, at, answer)
        for (const item of answer.items) postedAt.push(item.postedAt)
        cursor = answer.next
        await saveCursor(world.db, at.id, cursor)
        if (answer.more && page < most && !signal.aborted) continue
        return answered(world, at, answer, postedAt)
      case 'unchanged':
        if (JSON.stringify(answer.next) !== JSON.stringify(cursor)) await saveCursor(world.db, at.id, answer.next)
        return answered(world, at, answer, postedAt)
      case 'moved':
        moves += 1
        if (moves > mostMoves)
          return unanswered(world, at, { kind: 'failed', hint: 'The source moves in a circle', retryAt: null })
        if (!(await moveSource(world.db, at, answer.to))) {
          const hint = `It has moved to ${answer.to}, which is a source already`
          const problem = { key: 'source-moved-onto', values: { to: answer.to } }
          return unanswered(world, at, { kind: 'gone', hint }, { problem })
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
  const secrets = openSecrets(world.secrets, source)
  try {
    const config = connector.parseConfig(source.config)
    const io = sourceIo(world, connector, secrets, source.projectId, signal)
    const left = () => listLeft(world.db, source)
    const read = { id: source.id, config, secrets, cursor, push: pushAddress(world, source.id), left }
    return withoutSecrets(await connector.fetch!(read, io), secrets)
  } catch (error) {
    return threw(world, source, error)
  }
}
