import { contentOf, failed, typed, why, wrong, type Answered } from '../answers.ts'
import type { Connector, Cursor, Fetched } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { readWalk, stepBack } from '../walk.ts'
import { readPreview } from './preview.ts'
import { readChannel } from './channel-address.ts'
import { PreviewPost, previewPostToPost } from './post.ts'

export type TelegramConfig = { url: string; channel: string }

const maxBytes = 4 * 1024 * 1024
// A page has some twenty posts: a new source begins with about the last hundred.
const firstPages = 5

/**
 * Public channels of Telegram, read from the preview that Telegram shows on the web to everybody. The newest page is
 * read first, then back to where the last reading ended. An edit is met while the post is among the newest twenty.
 */
export const telegramConnector: Connector<TelegramConfig> = {
  platform: 'telegram',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'nothing',
  },

  parseConfig(input) {
    const channel = readChannel(typed(input, 'url'))
    if (channel.kind === 'private') throw wrong('telegram.private', {}, 'url')
    if (channel.kind === 'none') throw wrong('telegram.channel', {}, 'url')
    return { url: `https://t.me/${channel.name}`, channel: channel.name }
  },

  async fetch(source, io) {
    const { config } = source
    const cursor = source.cursor?.['url'] === config.url ? source.cursor : {}
    const { before } = readWalk(cursor)
    const page = `https://t.me/s/${config.channel}${before > 0 ? `?before=${before}` : ''}`
    const answer = await io.request(page, { headers: { accept: 'text/html' }, maxBytes, signal: io.signal })
    const asked = contentOf(answer, io.now())
    return 'trouble' in asked ? asked.trouble : read(asked.content, config, cursor, io.now())
  },
}

function read(answer: Answered, config: TelegramConfig, cursor: Cursor, now: Date): Fetched {
  const preview = readPreview(new TextDecoder().decode(answer.body))
  if (preview.kind === 'not-telegram') return failed('site.unexpected', { what: 'no channel preview' })
  if (preview.kind === 'no-such-channel') return { kind: 'gone', ...why('telegram.gone', { channel: config.channel }) }
  if (preview.kind === 'without-preview') return failed('telegram.without-preview', { channel: config.channel })
  const { channel, posts } = preview
  const map = (post: PreviewPost) => previewPostToPost(post, channel, now)
  const fresh = freshOf(posts, PreviewPost, map, cursor['seen'])
  const { next, more } = stepBack(readWalk(cursor), posts.map(numberOf), firstPages)
  const health = { title: channel.title, requests: answer.requests, pollAfterMs: null }
  return toldOf(fresh, { cursor: { url: config.url, ...next }, more, health })
}

/** The number of a post in its channel; NaN where the page does not tell. */
function numberOf(post: { path: string }): number {
  return Number(/\/(\d+)$/.exec(post.path)?.[1])
}
