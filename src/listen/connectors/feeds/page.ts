import { typed, wrong } from '../answers.ts'
import type { Connector } from '../connector.ts'
import { marksOf, readSeen, writeSeen } from '../seen.ts'
import { articleToPost, fetchArticle } from './page-articles.ts'

export type PageConfig = { url: string }

const againAfterMs = 24 * 3_600_000

/** One page whose address somebody pasted. It is one mention, and is looked at once a day for a change of its words. */
export const pageConnector: Connector<PageConfig> = {
  platform: 'page',
  capabilities: {
    collects: ['poll'],
    replies: false,
    follows: { edits: true, deletions: false },
    cost: null,
    needs: 'nothing',
  },

  parseConfig(input) {
    const url = typed(input, 'url')
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) throw wrong('site.url', {}, 'url')
    return { url: new URL(url).href }
  },

  async fetch({ config, cursor }, io) {
    const asked = await fetchArticle(config.url, io)
    if ('trouble' in asked) return asked.trouble
    const post = articleToPost(asked, null)
    const { entry, content } = marksOf(config.url, JSON.stringify([post.title, post.text]))
    const before = readSeen(cursor?.['seen'])
    const health = { title: post.title, newestAt: post.postedAt, requests: 1, pollAfterMs: againAfterMs }
    const next = { url: config.url, seen: writeSeen(new Map([[entry, content]]), new Map()) }
    if (before.get(entry) === content) return { kind: 'unchanged', next, health }
    const edited = before.has(entry) ? { edited: [post.id] } : {}
    return { kind: 'page', items: [post], next, more: false, problems: [], health, ...edited }
  },
}
