import { z } from 'zod'
import { askJson, typed, wrong } from '../answers.ts'
import type { Connector, ConnectorIo, Cursor } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { readWalk, stepBack } from '../walk.ts'
import { readForum } from './forum-address.ts'
import { ForumPost, forumPostToPost } from './forum-post.ts'

export type DiscourseConfig = { url: string }

// A page has fifty posts: a new source begins with about the last 250.
const firstPages = 5

const LatestPosts = z.object({ latest_posts: z.array(z.unknown()) })
const BasicInfo = z.object({ title: z.string().min(1) })

/**
 * A forum that runs Discourse, with everything that is posted on it publicly: topics and answers in whole, in the order
 * of their numbers, from the newest back to where the last reading ended.
 */
export const discourseConnector: Connector<DiscourseConfig> = {
  platform: 'discourse',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'nothing',
  },

  parseConfig(input) {
    const url = readForum(typed(input, 'url'))
    if (url === null) throw wrong('discourse.url', {}, 'url')
    return { url }
  },

  async fetch(source, io) {
    const { url } = source.config
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const { before } = readWalk(cursor)
    // Some versions of Discourse bring the post of this number again; those that came before are known by their marks.
    const asked = await askJson(io, `${url}/posts.json${before > 0 ? `?before=${before}` : ''}`, LatestPosts)
    if ('trouble' in asked) return asked.trouble
    const posts = asked.value.latest_posts
    const { title, requests } = await titleOf(url, cursor, io)
    const forum = { url, title }
    const fresh = freshOf(posts, ForumPost, (post) => forumPostToPost(post, forum, io.now()), cursor['seen'])
    const numbers = posts.map((post) => ForumPost.safeParse(post).data?.id ?? Number.NaN)
    const { next, more } = stepBack(readWalk(cursor), numbers, firstPages)
    const health = { title, requests: asked.content.requests + requests, pollAfterMs: null }
    return toldOf(fresh, { cursor: { url, title, ...next }, more, health })
  },
}

/** What the forum calls itself, asked for once; its host where it does not tell. */
async function titleOf(url: string, cursor: Cursor, io: ConnectorIo): Promise<{ title: string; requests: number }> {
  if (typeof cursor['title'] === 'string') return { title: cursor['title'], requests: 0 }
  const asked = await askJson(io, `${url}/site/basic-info.json`, BasicInfo)
  return { title: 'value' in asked ? asked.value.title : new URL(url).host, requests: 1 }
}
