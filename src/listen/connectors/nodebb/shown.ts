import { z } from 'zod'
import { barePost } from '../../posts/post.ts'
import { canonicalizeUrl } from '../canonical-url.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { htmlToText } from '../html-to-text.ts'

const Count = z.int().nonnegative().nullish()

/** A post as lists of NodeBB have it; one that came from another server of the Fediverse has an address for its number. */
export const NodebbPost = z.object({
  pid: z.int().positive(),
  tid: z.int().positive(),
  toPid: z.union([z.int(), z.string()]).nullish(),
  content: z.string(),
  timestamp: z.number().nullish(),
  edited: z.number().nullish(),
  deleted: z.union([z.number(), z.boolean()]).nullish(),
  upvotes: Count,
  replies: z
    .union([z.int(), z.object({ count: z.int() })])
    .nullish()
    .catch(null),
  user: z
    .object({
      uid: z.union([z.int(), z.string()]),
      username: z.string(),
      displayname: z.string().nullish(),
    })
    .nullish(),
  topic: z
    .object({ title: z.string().nullish(), mainPid: z.union([z.int(), z.string()]).nullish(), postcount: Count })
    .nullish(),
})
export type NodebbPost = z.infer<typeof NodebbPost>

export type Forum = { url: string; title: string }

/** A post of a forum, by its number, under which every NodeBB shows it whatever its topic is called. */
export function nodebbToPost(shown: NodebbPost, forum: Forum, now: Date): Mapped {
  const url = `${forum.url}/post/${shown.pid}`
  const { text, links, has, images } = htmlToText(shown.content, url)
  const mainPid = shown.topic?.mainPid ?? null
  const isFirst = mainPid === shown.pid
  const title = isFirst ? htmlToText(shown.topic?.title ?? '').text || null : null
  if (text === '' && title === null) return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(shown.timestamp ?? null, now)
  const main = typeof mainPid === 'number' && !isFirst ? idOf(forum.url, mainPid) : null
  const answered = Number(shown.toPid)
  const { host, pathname } = new URL(forum.url)
  const { user } = shown
  return {
    post: barePost({
      id: idOf(forum.url, shown.pid),
      platform: 'nodebb',
      source: forum.title,
      media: 'forum',
      kind: isFirst ? 'post' : 'reply',
      url,
      title,
      text: text || (title ?? ''),
      postedAt,
      author: user
        ? {
            id: `${host}${pathname.replace(/\/$/, '')}/${user.uid}`,
            name: htmlToText(user.displayname || user.username).text,
            handle: user.username,
            ...{ bio: null, followers: null, verified: null },
          }
        : null,
      likes: shown.upvotes ?? null,
      comments: isFirst
        ? answersOf(shown)
        : typeof shown.replies === 'number'
          ? shown.replies
          : (shown.replies?.count ?? null),
      parent: isFirst ? null : Number.isSafeInteger(answered) && answered > 0 ? idOf(forum.url, answered) : main,
      root: main,
      links,
      has,
      images,
    }),
    problems,
  }
}

/** The first post counts itself among those of its topic. */
function answersOf({ topic }: NodebbPost): number | null {
  return topic?.postcount == null ? null : Math.max(0, topic.postcount - 1)
}

export function idOf(forum: string, pid: number): string {
  const address = `${forum}/post/${pid}`
  return canonicalizeUrl(address) ?? address
}

/** The number in an id of this forum; null when it is none. */
export function numberIn(id: string, forum: string): number | null {
  const before = idOf(forum, 1).slice(0, -1)
  const number = id.startsWith(before) ? id.slice(before.length) : ''
  return /^\d+$/.test(number) ? Number(number) : null
}
