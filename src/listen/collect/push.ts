import { timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { PushAddress, PushedRequest } from '../connectors/connector.ts'
import { bring } from './bring.ts'
import { hear, wasHeard } from './heard-events.ts'
import { withLease } from './lease.ts'
import { sourceIo } from './source-io.ts'
import { findCursor, findSource, openSecrets } from './source.ts'
import type { CollectWorld } from './world.ts'

/** What a platform gets for an answer. */
export type PushReply = { status: number; body: string }

type PushWorld = Pick<CollectWorld, 'secrets' | 'publicUrl'>

const mostTries = 5
const tryAgainMs = 500
// Platforms give up on who answers later; what is asked of them meanwhile must be done by then.
const longestMs = 8000

/** Where a platform may push for a source; absent while people reach this copy on its own machine only. */
export function pushAddress(world: PushWorld, id: number): PushAddress | undefined {
  const { publicUrl } = world
  if (publicUrl === undefined || /^(localhost|127\.|\[::1\])/.test(new URL(publicUrl).hostname)) return undefined
  return addressOf(world, id)
}

/** The same where only programs of this machine reach us, who may push as well; absent: nobody does. */
export function addressOf({ secrets, publicUrl }: PushWorld, id: number): PushAddress | undefined {
  if (publicUrl === undefined) return undefined
  const url = new URL(`/push/${id}/${tokenOf(secrets, id)}`, publicUrl).href
  return { url, secret: secrets.derive(`push-secret:${id}`) }
}

/**
 * Takes what a platform pushes for a source. What it is answered with success is saved; while the source is being read,
 * it waits, and is asked to come again when that takes long.
 */
export async function receivePush(
  world: CollectWorld,
  { id, token }: { id: number; token: string },
  request: PushedRequest,
): Promise<PushReply> {
  const source = isToken(world, id, token) ? await findSource(world.db, id) : null
  const connector = source && world.connectorOf(source.platform)
  if (source === null || !connector?.receive) return { status: 404, body: '' }
  if (source.state === 'gone') return { status: 410, body: '' }
  const secrets = openSecrets(world.secrets, source)
  const config = connector.parseConfig(source.config)
  const read = { id, config, secrets, cursor: await findCursor(world.db, id), push: addressOf(world, id) }
  const io = sourceIo(world, connector, secrets, source.projectId, AbortSignal.timeout(longestMs))
  const pushed = await connector.receive(read, request, io)
  if (pushed.kind === 'refused') return { status: pushed.status, body: pushed.reason }
  // A paused source says nothing, and the platform need not know.
  const { items, removed = [], removedAuthors = [], edited = [], event } = pushed
  if (items.length + removed.length + removedAuthors.length === 0 || source.state === 'paused') return pushed.reply
  for (let tries = 0; tries < mostTries; tries += 1) {
    // Two who save the same post at once would both find it new.
    const held = await withLease(world.db, `source:${id}`, async () => {
      if (event !== undefined && (await wasHeard(world.db, id, event))) return
      await bring(world, source, { items, removed, removedAuthors, edited })
      // After its posts: what was broken off is told again by the platform, and done again.
      if (event !== undefined) await hear(world.db, id, event, request.at)
    })
    if (held.kind === 'done') return pushed.reply
    await sleep(tryAgainMs)
  }
  return { status: 503, body: '' }
}

function tokenOf(secrets: CollectWorld['secrets'], id: number): string {
  return secrets.derive(`push:${id}`)
}

function isToken({ secrets }: PushWorld, id: number, token: string): boolean {
  const [expected, given] = [Buffer.from(tokenOf(secrets, id)), Buffer.from(token)]
  return expected.length === given.length && timingSafeEqual(expected, given)
}
