import { UserError } from '../../base/errors.ts'
import type { Connector, Fetched, FetchedPage, SourceSecrets, Unreadable } from '../connectors/connector.ts'
import type { Post } from '../posts/post.ts'
import { withoutSecrets } from './answers.ts'
import { sourceIo, topicsOf, wayOf } from './source-io.ts'
import type { CollectWorld } from './world.ts'

export type Tried =
  | { kind: 'readable'; title: string | null; movedTo: string | null; items: Post[] }
  | { kind: 'not-readable'; movedTo: string | null; answer: Unreadable }
  | { kind: 'refused'; error: UserError }

const shown = 10
const mostMoves = 3
const listenMs = 8000

/**
 * Reads a source once without keeping anything, so that a person sees what it brings, and that its secrets are right,
 * before they add it. A stream is listened to for some seconds, or until it has brought ten posts.
 */
export async function trySource(
  world: Pick<CollectWorld, 'db' | 'request' | 'connect' | 'stream' | 'now'> & {
    /** Whose budget pays for the look. */
    project: number | null
  },
  connector: Connector<unknown>,
  given: { settings: { [name: string]: unknown }; secrets: SourceSecrets },
  signal: AbortSignal,
): Promise<Tried> {
  let movedTo: string | null = null
  for (let moves = 0; ; moves += 1) {
    let config: unknown
    try {
      config = connector.parseConfig(movedTo === null ? given.settings : { ...given.settings, url: movedTo })
    } catch (error) {
      if (error instanceof UserError) return { kind: 'refused', error }
      throw error
    }
    const topics = topicsOf(world.db, world.project)
    const source = { id: 0, config, secrets: given.secrets, cursor: null, topics }
    const read = wayOf(connector, config, given.secrets) === 'stream' || !connector.fetch ? listenShortly : fetchOnce
    const answer = withoutSecrets(await read(connector, source, world, signal), given.secrets)
    switch (answer.kind) {
      case 'page': {
        const newest = answer.items.toSorted((a, b) => Number(b.postedAt ?? 0) - Number(a.postedAt ?? 0))
        return { kind: 'readable', title: answer.health.title, movedTo, items: newest.slice(0, shown) }
      }
      case 'unchanged':
        return { kind: 'readable', title: answer.health.title, movedTo, items: [] }
      case 'moved':
        if (moves >= mostMoves)
          return {
            kind: 'not-readable',
            movedTo,
            answer: { kind: 'failed', hint: 'The source moves in a circle', retryAt: null },
          }
        movedTo = answer.to
        continue
      default:
        return { kind: 'not-readable', movedTo, answer }
    }
  }
}

type Read = (
  connector: Connector<unknown>,
  source: Parameters<NonNullable<Connector<unknown>['fetch']>>[0],
  world: Parameters<typeof trySource>[0],
  signal: AbortSignal,
) => Promise<Fetched>

const fetchOnce: Read = (connector, source, world, signal) =>
  connector.fetch!(source, sourceIo(world, connector, source.secrets, world.project, signal))

const listenShortly: Read = async (connector, source, world, signal) => {
  if (!connector.listen) throw new Error(`${connector.platform} can be neither polled nor listened to`)
  const enough = AbortSignal.any([signal, AbortSignal.timeout(listenMs)])
  const joined: FetchedPage = {
    kind: 'page',
    items: [],
    next: {},
    more: false,
    problems: [],
    health: { title: null, newestAt: null, requests: 0, pollAfterMs: null },
  }
  for await (const fetched of connector.listen(
    source,
    sourceIo(world, connector, source.secrets, world.project, enough),
  )) {
    if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') return enough.aborted ? joined : fetched
    joined.health = fetched.health
    if (fetched.kind === 'page') joined.items.push(...fetched.items)
    if (joined.items.length >= shown || enough.aborted) return joined
  }
  return enough.aborted ? joined : { kind: 'failed', hint: 'The connection broke', retryAt: null }
}
