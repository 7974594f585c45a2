import { z } from 'zod'
import { barePost, type Attachment, type Author, type Post } from '../../posts/post.ts'
import type { Charge } from '../connector.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { absolute } from '../html-to-text.ts'
import { twoLetterLanguage } from '../languages.ts'
import { chargesFor } from './price.ts'
import { isPostId } from './snowflake.ts'

const Id = z.string().refine(isPostId)
const Count = z.int().nonnegative().nullish()
const Url = z.object({
  url: z.string(),
  expanded_url: z.string().nullish(),
  unwound_url: z.string().nullish(),
  media_key: z.string().nullish(),
})
const Entities = z
  .object({ urls: z.array(Url).nullish(), hashtags: z.array(z.object({ tag: z.string() })).nullish() })
  .nullish()
  .catch(null)
const Note = z.object({ text: z.string(), entities: Entities }).nullish()
const References = z.array(z.object({ type: z.string(), id: Id })).nullish()

/** A post as the API has it. Its description is being renamed from tweet to post; both spellings are read. */
export const XPost = z.object({
  id: Id,
  text: z.string(),
  author_id: z.string().nullish(),
  created_at: z.string().nullish(),
  lang: z.string().nullish(),
  conversation_id: z.string().nullish(),
  note_tweet: Note,
  note_post: Note,
  referenced_tweets: References,
  referenced_posts: References,
  edit_history_tweet_ids: z.array(Id).nullish(),
  edit_history_post_ids: z.array(Id).nullish(),
  entities: Entities,
  attachments: z.object({ media_keys: z.array(z.string()).nullish() }).nullish(),
  geo: z
    .object({ coordinates: z.object({ coordinates: z.tuple([z.number(), z.number()]) }).nullish() })
    .nullish()
    .catch(null),
  public_metrics: z
    .object({
      retweet_count: Count,
      repost_count: Count,
      quote_count: Count,
      reply_count: Count,
      like_count: Count,
      impression_count: Count,
    })
    .nullish(),
})
export type XPost = z.infer<typeof XPost>

const XUser = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  username: z.string().nullish(),
  description: z.string().nullish(),
  verified: z.boolean().nullish(),
  public_metrics: z.object({ followers_count: Count }).nullish(),
})
type XUser = z.infer<typeof XUser>

export const Includes = z
  .object({ users: z.array(z.unknown()).nullish() })
  .nullish()
  .catch(null)

/** What is asked for of each post. Only its author is expanded: everything expanded is billed. */
export const fields = {
  'tweet.fields':
    'id,text,author_id,created_at,lang,conversation_id,note_tweet,referenced_tweets,edit_history_tweet_ids,entities,attachments,geo,public_metrics',
  expansions: 'author_id',
  'user.fields': 'id,name,username,description,verified,public_metrics',
}

/** The authors that came with an answer, by their ids. */
export function usersIn(includes: z.infer<typeof Includes>): Map<string, XUser> {
  const users = (includes?.users ?? []).flatMap((one) => XUser.safeParse(one).data ?? [])
  return new Map(users.map((user) => [user.id, user]))
}

/** What an answer with these items was billed with. Items that we cannot read were billed all the same. */
export function billed(items: readonly unknown[], includes: z.infer<typeof Includes>): Charge[] {
  const named = items.map((item, index) => WithId.safeParse(item).data?.id ?? `unnamed ${index}`)
  return chargesFor(named, [...usersIn(includes).keys()])
}

const WithId = z.object({ id: z.string().min(1) })

/**
 * A post of X in our shape. Its id is that of its first version, for an edit makes another one; its address is that of
 * the newest. Links are those that people see when they open them, not those of X.
 */
export function xToPost(raw: XPost, users: ReadonlyMap<string, XUser>, now: Date): Mapped {
  const note = raw.note_tweet ?? raw.note_post
  const { text, links } = unfolded(note?.text ?? raw.text, (note?.entities ?? raw.entities)?.urls ?? [])
  if (text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(raw.created_at ?? null, now)
  const references = raw.referenced_tweets ?? raw.referenced_posts ?? []
  const of = (...types: string[]) => references.find(({ type }) => types.includes(type))?.id ?? null
  const [reposted, answered, quoted] = [of('retweeted', 'reposted'), of('replied_to'), of('quoted')]
  const parent = reposted ?? answered ?? quoted
  const author = authorOf(raw.author_id ?? null, users)
  const counts = reposted === null ? raw.public_metrics : null
  const [longitude, latitude] = raw.geo?.coordinates?.coordinates ?? []
  const hasMedia = (raw.attachments?.media_keys ?? []).map((key) => mediaOf(key))
  const has = new Set<Attachment>([...(links.length > 0 ? (['link'] as const) : []), ...hasMedia])
  const post: Post = barePost({
    id: nameOf(firstVersion(raw)),
    platform: 'x',
    source: 'X',
    media: 'social',
    kind: reposted !== null ? 'repost' : answered !== null ? 'reply' : quoted !== null ? 'quote' : 'post',
    url: `https://x.com/${author?.handle ?? 'i'}/status/${raw.id}`,
    text,
    lang: raw.lang === 'und' ? null : twoLetterLanguage(raw.lang),
    postedAt,
    author,
    likes: counts?.like_count ?? null,
    shares: sum(counts?.retweet_count ?? counts?.repost_count, counts?.quote_count),
    comments: counts?.reply_count ?? null,
    views: counts?.impression_count ?? null,
    parent: parent === null ? null : nameOf(parent),
    root: isPostId(raw.conversation_id) && raw.conversation_id !== raw.id ? nameOf(raw.conversation_id) : null,
    place:
      latitude === undefined || longitude === undefined
        ? null
        : { country: null, region: null, city: null, point: { latitude, longitude } },
    links,
    has: [...has],
    tags: (raw.entities?.hashtags ?? []).map(({ tag }) => tag).slice(0, 50),
  })
  return { post, problems }
}

export function nameOf(id: string): string {
  return `x:${id}`
}

/** The id of X of one of our posts; null where it is no post of X. */
export function idOfName(name: string): string | null {
  const id = name.startsWith('x:')
    ? name.slice(2)
    : (/^https:\/\/(?:x|twitter)\.com\/[^/]+\/status\/(\d+)/.exec(name)?.[1] ?? '')
  return isPostId(id) ? id : null
}

export function firstVersion(raw: Pick<XPost, 'id' | 'edit_history_tweet_ids' | 'edit_history_post_ids'>): string {
  return (raw.edit_history_tweet_ids ?? raw.edit_history_post_ids)?.[0] ?? raw.id
}

// The number before the underscore says what it is: 3 a picture, 7, 13 and 16 a video or what moves like one.
function mediaOf(key: string): 'image' | 'video' {
  return key.startsWith('3_') ? 'image' : 'video'
}

/** The text as people read it: X folds links into its own, writes three signs as entities, and ends with the link to a picture. */
function unfolded(text: string, urls: z.infer<typeof Url>[]): { text: string; links: string[] } {
  const links: string[] = []
  let shown = text
  for (const { url, expanded_url, unwound_url, media_key } of urls) {
    const target = absolute(unwound_url ?? expanded_url ?? '', null)
    const isMedia = media_key != null
    if (target !== null && !isMedia && !links.includes(target)) links.push(target)
    if (url !== '') shown = shown.replaceAll(url, isMedia ? '' : (expanded_url ?? url))
  }
  const plain = shown.replace(
    /&(lt|gt|amp);/g,
    (_whole, name: 'lt' | 'gt' | 'amp') => ({ lt: '<', gt: '>', amp: '&' })[name],
  )
  return { text: plain.trim().toWellFormed(), links }
}

function authorOf(id: string | null, users: ReadonlyMap<string, XUser>): Author | null {
  if (id === null) return null
  const user = users.get(id)
  return {
    id,
    name: user?.name?.trim() || null,
    handle: user?.username ?? null,
    bio: user?.description?.trim() || null,
    followers: user?.public_metrics?.followers_count ?? null,
    verified: user?.verified ?? null,
  }
}

function sum(a: number | null | undefined, b: number | null | undefined): number | null {
  return a == null && b == null ? null : (a ?? 0) + (b ?? 0)
}
