import { UserError } from '../../base/errors.ts'
import type { Connector, Fetched } from '../connectors/connector.ts'
import type { Post } from '../posts/post.ts'
import type { CollectWorld } from './world.ts'

export type Tried =
  | { kind: 'readable'; title: string | null; movedTo: string | null; items: Post[] }
  | {
      kind: 'not-readable'
      movedTo: string | null
      answer: Extract<Fetched, { kind: 'rate-limited' | 'signed-out' | 'gone' | 'failed' }>
    }
  | { kind: 'refused'; error: UserError }

const shown = 10
const mostMoves = 3

/** Reads a source once without keeping anything, so that a person sees what it brings before they add it. */
export async function trySource(
  connector: Connector<unknown>,
  settings: { [name: string]: unknown },
  io: Pick<CollectWorld, 'request' | 'now'> & { signal: AbortSignal },
): Promise<Tried> {
  if (!connector.fetch) throw new Error(`${connector.platform} cannot be polled`)
  let movedTo: string | null = null
  for (let moves = 0; ; moves += 1) {
    let config: unknown
    try {
      config = connector.parseConfig(movedTo === null ? settings : { ...settings, url: movedTo })
    } catch (error) {
      if (error instanceof UserError) return { kind: 'refused', error }
      throw error
    }
    const answer = await connector.fetch({ id: 0, config, cursor: null }, io)
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
