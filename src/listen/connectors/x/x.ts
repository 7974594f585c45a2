import { failed, typed, wrong } from '../answers.ts'
import type { Connector, Fetched } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { lookUpX } from './look-up.ts'
import { usersIn, XPost, xToPost } from './post.ts'
import { authoredPostMicros } from './price.ts'
import { readXWalk, searchPage } from './search.ts'
import { listenToX } from './stream.ts'
import { printWanted, readWanted } from './wanted.ts'

export type XConfig = { url: string }

const micros = 1_000_000

/** Posts of X by words: searched for now and then, or sent by X as they are posted. Every post is paid for from the project's budget. */
export const xConnector: Connector<XConfig> = {
  platform: 'x',
  capabilities: {
    collects: ['poll', 'stream'],
    replies: true,
    follows: { edits: true, deletions: false },
    cost: { perRequest: 0, perItem: authoredPostMicros / micros, currency: 'USD' },
    needs: 'paid',
    looksUp: 100,
    // For one app (https://docs.x.com/x-api/fundamentals/rate-limits).
    quotas: [{ name: 'searches', units: 450, per: 15 * 60_000 }],
  },

  parseConfig(input) {
    const wanted = readWanted(typed(input, 'url'))
    if (wanted === null) throw wrong('x.query', {}, 'url')
    return { url: printWanted(wanted) }
  },

  way: ({ url }) => (readWanted(url)?.kind === 'stream' ? 'stream' : 'poll'),

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const wanted = readWanted(url)
    if (wanted?.kind !== 'search') return failed('x.query')
    const spent = await io.spend('searches')
    if (spent.kind === 'refused') return { kind: 'rate-limited', retryAt: spent.until }
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const walk = readXWalk(cursor)
    const page = await searchPage({ query: wanted.query, walk, token: source.secrets['token'] ?? '' }, io)
    if ('trouble' in page) return page.trouble
    const users = usersIn(page.includes)
    const fresh = freshOf(page.items, XPost, (raw) => xToPost(raw, users, io.now()), cursor['seen'])
    const health = { title: `X: ${wanted.query}`, requests: page.requests, pollAfterMs: null }
    return toldOf(fresh, { cursor: { url, ...page.next }, more: page.more, health })
  },

  async *listen(source, io) {
    const wanted = readWanted(source.config.url)
    if (wanted?.kind === 'stream') yield* listenToX(source, wanted.rule, io)
    else yield failed('x.query')
  },

  lookUp: lookUpX,
}
