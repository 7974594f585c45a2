import type { Connector, Fetched, FetchedPage } from '../src/listen/connectors/connector.ts'
import { barePost } from '../src/listen/posts/post.ts'

/** Something said, said otherwise (`edited`), or deleted (no text). */
export type Event = { id: string; text: string | null; edited: boolean }

/** So many events: every seventh edits an earlier post, every eleventh deletes one, and every second is about a bank. */
export function played(prefix: string, count: number): Event[] {
  const there: string[] = []
  return Array.from({ length: count }, (_, index) => {
    const earlier = there[(index * 7919) % Math.max(1, there.length)]
    const about = index % 2 === 0 ? 'банк' : 'погода'
    if (earlier !== undefined && index % 11 === 10) {
      there.splice(there.indexOf(earlier), 1)
      return { id: earlier, text: null, edited: false }
    }
    if (earlier !== undefined && index % 7 === 6) return { id: earlier, text: `${about} снова ${index}`, edited: true }
    there.push(`${prefix}${index}`)
    return { id: `${prefix}${index}`, text: `${about} ${index}`, edited: false }
  })
}

type Played = { url: string; way: 'poll' | 'stream' }

/** The platform of the restart test: pages of JSON, or events on a socket. */
export const playedConnector: Connector<Played> = {
  platform: 'played',
  capabilities: {
    collects: ['poll', 'stream'],
    replies: false,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'nothing',
  },
  parseConfig: (input) => input as Played,
  way: ({ way }) => way,

  async fetch({ config, cursor }, io): Promise<Fetched> {
    const after = Number(cursor?.['after'] ?? 0)
    const answer = await io.request(`${config.url}/?after=${after}`, { signal: io.signal })
    if (answer.kind !== 'ok') return { kind: 'failed', hint: answer.kind, retryAt: null }
    const events = JSON.parse(new TextDecoder().decode(answer.body)) as Event[]
    return { ...pageOf(events, after + events.length), more: events.length > 0 }
  },

  async *listen({ config, cursor }, io): AsyncGenerator<Fetched> {
    const after = Number(cursor?.['after'] ?? 0)
    const opened = await io.connect(`${config.url.replace('http', 'ws')}/?after=${after}`, { signal: io.signal })
    if (opened.kind !== 'open') return yield { kind: 'failed', hint: opened.kind, retryAt: null }
    for await (const frame of opened.frames) {
      const event = JSON.parse(String(frame)) as Event & { seq: number }
      yield pageOf([event], event.seq)
    }
  },
}

/** A page may say and delete the same post; what it said last of each counts. */
function pageOf(events: Event[], after: number): FetchedPage {
  const last = [...new Map(events.map((event) => [event.id, event])).values()]
  const items = last.flatMap(({ id, text }) =>
    text === null ? [] : [barePost({ id: `played:${id}`, platform: 'played', text, postedAt: new Date('2026-11-22') })],
  )
  return {
    kind: 'page',
    items,
    next: { after },
    more: false,
    problems: [],
    health: { title: null, newestAt: null, requests: 1, pollAfterMs: null },
    removed: last.filter(({ text }) => text === null).map(({ id }) => `played:${id}`),
    edited: last.filter(({ text, edited }) => text !== null && edited).map(({ id }) => `played:${id}`),
  }
}
