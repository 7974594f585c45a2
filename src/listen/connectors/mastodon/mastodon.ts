import { typed, wrong } from '../answers.ts'
import type { Connector } from '../connector.ts'
import { lookUpStatuses, mostLookedUp } from './look-up.ts'
import { followTimeline } from './stream.ts'
import { fetchTimeline, type MastodonConfig } from './timeline.ts'
import { readTimeline } from './timeline-address.ts'

/**
 * Public timelines of Mastodon and of what speaks its API: a hashtag, everything local of a server, or one account
 * with its boosts. Each page holds what follows the newest known status, so a pause loses nothing. With the token of an
 * account the server is listened to instead, where it offers that.
 */
export const mastodonConnector: Connector<MastodonConfig> = {
  platform: 'mastodon',
  capabilities: {
    collects: ['poll', 'stream'],
    replies: true,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'nothing',
    looksUp: mostLookedUp,
  },

  parseConfig(input) {
    const timeline = readTimeline(typed(input, 'url'))
    if (timeline === null) throw wrong('mastodon.url', {}, 'url')
    return { url: timeline.url }
  },

  // Only whoever follows an account can listen to it.
  way: ({ url }, { token }) => (token && readTimeline(url)?.kind !== 'account' ? 'stream' : 'poll'),

  fetch: fetchTimeline,
  listen: followTimeline,
  lookUp: lookUpStatuses,
}
