import { z } from 'zod'
import { createHash } from 'node:crypto'
import { imagesOf } from '../images.ts'
import { attachments, barePost, imageLimits, mediaTypes, postKinds, type Post } from '../../posts/post.ts'

const Count = z.int().min(0).max(1e15)
const Address = z.url({ protocol: /^https?$/ }).max(4000)
const Short = z.string().max(300)

const Author = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Their own id for the account; else the handle or the name tells one from another.'),
  name: Short.optional(),
  handle: Short.optional(),
  bio: z.string().max(2000).optional(),
  followers: Count.optional(),
  verified: z.boolean().optional(),
})

/** One thing that somebody published, as another program tells it. docs/sources/webhook.schema.json is made of this. */
export const Item = z.strictObject({
  id: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'Your own id. Sent again under the same id, it is the same mention. Without one, the address or the words tell.',
    ),
  text: z.string().min(1).max(100_000),
  title: z.string().max(1000).optional(),
  url: Address.optional().describe('Where people find it.'),
  time: z
    .union([z.iso.datetime({ offset: true }), z.number().min(0).max(253_402_300_799)])
    .optional()
    .describe('When it was published: ISO 8601 with a zone, or seconds since 1970. Without it: now.'),
  author: z
    .union([z.string().min(1).max(300), Author])
    .optional()
    .describe('A name, or what is known of them.'),
  source: Short.optional().describe('Where on your side it was: a shop, a hotline, a form.'),
  lang: z
    .string()
    .regex(/^[a-z]{2}$/)
    .optional(),
  kind: z.enum(postKinds).optional(),
  media: z.enum(mediaTypes).optional(),
  parent: z.string().min(1).max(200).optional().describe('Your id of what it answers.'),
  metrics: z
    .strictObject({
      likes: Count.optional(),
      shares: Count.optional(),
      comments: Count.optional(),
      views: Count.optional(),
    })
    .optional(),
  rating: z.number().min(1).max(5).optional(),
  tags: z.array(z.string().min(1).max(100)).max(50).optional(),
  links: z.array(Address).max(50).optional(),
  has: z.array(z.enum(attachments)).max(3).optional(),
  images: z
    .array(z.strictObject({ url: Address, alt: z.string().max(imageLimits.altLength).optional() }))
    .max(imageLimits.most)
    .optional()
    .describe('Pictures that everybody with the address may see; people look at them through Heed.'),
})
type Item = z.infer<typeof Item>

export const mostItems = 1000

/** What may be posted: one, a list of them, or a list inside an object. */
export const Payload = z.union([
  z.strictObject({ items: z.array(Item).min(1).max(mostItems) }),
  z.array(Item).min(1).max(mostItems),
  Item,
])

/** Ids are those of one source: two systems may both have a number 1. */
export function itemToPost(item: Item, { source, name, at }: { source: number; name: string; at: Date }): Post {
  const mine = (id: string) => `webhook:${source}:${id}`
  const { text, title = null, url = null, lang = null, kind = null, media = null, rating = null, metrics = {} } = item
  const images = item.images === undefined ? null : imagesOf(item.images)
  return barePost({
    id: mine(item.id ?? fingerprint(item)),
    platform: 'webhook',
    source: item.source ?? name,
    ...{ text, title, url, lang, kind, media, rating },
    postedAt: momentOf(item.time, at),
    author: authorOf(item.author, source),
    likes: metrics.likes ?? null,
    shares: metrics.shares ?? null,
    comments: metrics.comments ?? null,
    views: metrics.views ?? null,
    parent: item.parent === undefined ? null : mine(item.parent),
    links: item.links ?? [],
    has: [...new Set([...(item.has ?? []), ...(images?.length ? (['image'] as const) : [])])],
    images,
    tags: item.tags ?? [],
  })
}

/** Nothing lies in the future: a clock of theirs that is ahead must not hold the mention on top of every list. */
function momentOf(time: Item['time'], at: Date): Date {
  if (time === undefined) return at
  const told = new Date(typeof time === 'number' ? time * 1000 : time)
  return told > at ? at : told
}

function authorOf(author: Item['author'], source: number): Post['author'] {
  if (author === undefined) return null
  const {
    id,
    name = null,
    handle = null,
    bio = null,
    followers = null,
    verified = null,
  } = typeof author === 'string' ? { name: author } : author
  const own = id ?? handle ?? name
  return own === null || own === undefined
    ? null
    : { id: `webhook:${source}:${own}`, name, handle, bio, followers, verified }
}

/** The same words of the same author at the same place are the same thing, however often they are sent. */
function fingerprint({ url, text, author, time }: Item): string {
  const what = url === undefined ? JSON.stringify([text, author ?? null, time ?? null]) : url
  return createHash('sha256').update(what).digest('hex').slice(0, 32)
}
