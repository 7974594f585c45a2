import { must } from '../../src/base/errors.ts'
import { createRequest } from '../../src/base/http/request.ts'
import type { Connector, Cursor, LookedUp, SourceIo, SourceSecrets } from '../../src/listen/connectors/connector.ts'
import { plainIo } from '../../src/listen/connectors/reader.testing.ts'
import type { OutgoingReply } from '../../src/listen/connectors/reply-channel.ts'
import type { Post } from '../../src/listen/posts/post.ts'

/** What came: everything that a source would save, in order. */
export type Read = { items: Post[]; edited: string[]; removed: string[]; cursor: Cursor }

/** Reads a polled source at a peer as the collector does, and asks as its replies do. */
export function openReading() {
  const request = createRequest({ allowPrivate: true, timeoutMs: 10_000 })
  const io = (now = new Date()): SourceIo => plainIo({ request, now: () => now, signal: new AbortController().signal })
  return {
    io,
    /** Until there is no more; throws unless the peer answers. */
    async read<Config>(
      connector: Connector<Config>,
      given: { settings: unknown; secrets?: SourceSecrets; cursor: Cursor | null; now?: Date },
    ): Promise<Read> {
      const all: Omit<Read, 'cursor'> = { items: [], edited: [], removed: [] }
      for (let cursor = given.cursor; ;) {
        const config = connector.parseConfig(given.settings)
        const source = { id: 1, config, secrets: given.secrets ?? {}, cursor }
        const fetched = await must(connector.fetch)(source, io(given.now))
        if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') throw new Error(JSON.stringify(fetched))
        if (fetched.kind === 'page') {
          if (fetched.problems.length > 0) throw new Error(JSON.stringify(fetched.problems))
          all.items.push(...fetched.items)
          all.edited.push(...(fetched.edited ?? []))
          all.removed.push(...(fetched.removed ?? []))
        }
        cursor = fetched.next
        if (fetched.kind === 'unchanged' || !fetched.more) return { ...all, cursor }
      }
    },
    lookUp<Config>(
      connector: Connector<Config>,
      ids: string[],
      given: { settings: unknown; secrets?: SourceSecrets },
    ): Promise<LookedUp> {
      const source = {
        id: 1,
        config: connector.parseConfig(given.settings),
        secrets: given.secrets ?? {},
        cursor: null,
      }
      return must(connector.lookUp)(ids, source, io())
    },
    replyTo: (to: Post, text: string, begunAt = new Date()): OutgoingReply => ({
      ...{ key: crypto.randomUUID(), text, lang: 'ru', to, begunAt },
    }),
    [Symbol.asyncDispose]: () => request.close(),
  }
}
