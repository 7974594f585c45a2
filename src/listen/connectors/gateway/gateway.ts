import type { Post } from '../../posts/post.ts'
import { typed, wrong } from '../answers.ts'
import type { Connector, Fetched } from '../connector.ts'
import { feedConnector, type FeedConfig } from '../feeds/feed.ts'
import { ownId } from './own-id.ts'

const read = feedConnector.fetch

/**
 * What somebody’s own rss-bridge or RSSHub brings of a platform that shows nothing to others. It comes as a feed; each
 * item is a post of the platform that its link leads to, under the platform’s own id.
 */
export const gatewayConnector: Connector<FeedConfig> = {
  platform: 'gateway',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'nothing',
  },

  parseConfig(input) {
    const url = typed(input, 'url')
    const isFrontPage =
      URL.canParse(url) && /^\/?(index\.php)?$/.test(new URL(url).pathname) && !/[?&]bridge=/.test(url)
    if (isFrontPage) throw wrong('gateway.bridge', {}, 'url')
    return feedConnector.parseConfig(input)
  },

  ...(read && {
    async fetch(source, io): Promise<Fetched> {
      const fetched = await read(source, io)
      if (fetched.kind !== 'page') return fetched
      const edited = new Set(fetched.edited)
      const items = fetched.items.map(asOwn)
      return {
        ...fetched,
        items,
        edited: fetched.items.flatMap(({ id }, at) => (edited.has(id) ? [items[at]!.id] : [])),
      }
    },
  }),
}

function asOwn(post: Post): Post {
  const id = ownId(post.url ?? '')
  const parent = post.parent === null ? null : (ownId(post.parent) ?? post.parent)
  return id === null ? { ...post, parent } : { ...post, id, parent }
}
