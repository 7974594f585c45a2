import { typed, wrong } from '../answers.ts'
import type { Connector } from '../connector.ts'
import { followNetwork } from './jetstream.ts'
import { lookUpPosts } from './look-up.ts'
import { readPages } from './pages.ts'
import { readTarget } from './target.ts'

/** `handle` and `service` belong to the account that searches; both are null where nobody signs in. */
export type BlueskyConfig = { url: string; handle: string | null; service: string | null }

/**
 * Bluesky: everything that is posted, by Jetstream; one account with its reposts; or a search, which the network gives
 * to accounts only. Deletions and closed accounts are followed by Jetstream, and met when counts are looked up.
 */
export const blueskyConnector: Connector<BlueskyConfig> = {
  platform: 'bluesky',
  capabilities: {
    collects: ['stream', 'poll'],
    replies: true,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'nothing',
    looksUp: 25,
  },

  parseConfig(input) {
    const target = readTarget(typed(input, 'url'))
    if (target === null) throw wrong('bluesky.url', {}, 'url')
    const [handle, service] = [typed(input, 'handle').replace(/^@/, '').toLowerCase(), typed(input, 'service')]
    if (service !== '' && (!/^https?:\/\//i.test(service) || !URL.canParse(service)))
      throw wrong('site.url', {}, 'service')
    return { url: target.url, handle: handle || null, service: service === '' ? null : new URL(service).origin }
  },

  way: ({ url }) => (readTarget(url)?.kind === 'network' ? 'stream' : 'poll'),

  async *listen({ config, cursor }, io) {
    const target = readTarget(config.url)
    if (target?.kind === 'network') yield* followNetwork(target, cursor, io)
  },

  async fetch(source, io) {
    return readPages(source, io)
  },

  lookUp: lookUpPosts,
}
