import { z } from 'zod'
import { barePost, type Attachment, type Author, type Post, type PostImage } from '../../posts/post.ts'
import { isPlausible, parseMoment } from '../dates.ts'
import { absolute, tidy } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'
import { twoLetterLanguage } from '../languages.ts'

export const postCollection = 'app.bsky.feed.post'

const Reference = z.object({ uri: z.string().min(1) })
const Card = z.object({
  uri: z.string().nullish(),
  title: z.string().nullish(),
  description: z.string().nullish(),
})
const Feature = z.object({ uri: z.string().nullish(), tag: z.string().nullish() })

const Blob = z
  .object({ ref: z.object({ $link: z.string().regex(/^[a-z0-9]{20,100}$/i) }) })
  .nullish()
  .catch(null)

/** What stands in or under a post; a kind that is not known here is one with nothing to read. */
const Media = z.object({
  $type: z.string().nullish(),
  images: z.array(z.object({ alt: z.string().nullish(), image: Blob })).nullish(),
  alt: z.string().nullish(),
  external: Card.nullish(),
})
const Embed = Media.extend({
  record: z.union([Reference, z.object({ record: Reference })]).nullish(),
  media: Media.nullish(),
})

/** A record of app.bsky.feed.post. Anybody writes these on a server of their own, so nothing but the text is required. */
export const PostRecord = z.object({
  text: z.string(),
  createdAt: z.string().nullish().catch(null),
  langs: z.array(z.string()).nullish().catch(null),
  reply: z.object({ root: Reference, parent: Reference }).nullish().catch(null),
  facets: z
    .array(z.object({ features: z.array(Feature) }))
    .nullish()
    .catch(null),
  embed: Embed.nullish().catch(null),
  labels: z
    .object({ values: z.array(z.object({ val: z.string() })) })
    .nullish()
    .catch(null),
  tags: z.array(z.string()).nullish().catch(null),
})
export type PostRecord = z.infer<typeof PostRecord>

/** Where a record lies: `at://` with account, collection and key. */
export type Place = { did: string; rkey: string }

export function uriOf({ did, rkey }: Place): string {
  return `at://${did}/${postCollection}/${rkey}`
}

/** The place that an address names; null where it is no address of a post. */
export function placeOf(uri: string): Place | null {
  const [, did, rkey] = /^at:\/\/(did:[a-z]+:[\w.:%-]+)\/app\.bsky\.feed\.post\/([\w.:~-]+)$/.exec(uri) ?? []
  return did === undefined || rkey === undefined ? null : { did, rkey }
}

export function idOf(uri: string): string {
  return `bluesky:${uri}`
}

/** The record an id of ours names; null for ids of other platforms. */
export function uriOfId(id: string): string | null {
  const uri = id.startsWith('bluesky:') ? id.slice('bluesky:'.length) : ''
  return placeOf(uri) === null ? null : uri
}

/** Where people read it. An account may change its name, so its number stands in the address. */
export function pageOf({ did, rkey }: Place): string {
  return `https://bsky.app/profile/${did}/post/${rkey}`
}

/**
 * A record as a post; null when it says nothing. `seenAt` is when the network met it: authors write the date
 * themselves, and one in the future or of no sense means that moment, as on Bluesky itself.
 */
export function recordToPost(record: PostRecord, place: Place, seenAt: Date): Post | null {
  const media = [record.embed, record.embed?.media].filter((one) => one != null)
  const text = tidy(record.text) || saidBy(media)
  if (text === '') return null
  const quoted = quotedBy(record)
  const links = linksOf(record, media)
  return barePost({
    id: idOf(uriOf(place)),
    platform: 'bluesky',
    media: 'social',
    kind: record.reply ? 'reply' : quoted === null ? 'post' : 'quote',
    url: pageOf(place),
    text,
    lang: languageOf(record),
    postedAt: momentOf(record, seenAt),
    author: authorOf(place.did, {}),
    parent: record.reply ? idOf(record.reply.parent.uri) : quoted === null ? null : idOf(quoted),
    root: record.reply ? idOf(record.reply.root.uri) : null,
    links,
    has: attachmentsOf(media, links),
    images: picturesOf(media, place),
    tags: tagsOf(record),
  })
}

export function authorOf(did: string, known: Partial<Omit<Author, 'id'>>): Author {
  return { name: null, handle: null, bio: null, followers: null, verified: null, ...known, id: did }
}

type Media = z.infer<typeof Media>

/** A picture with a description says something, and so does the card of a link. */
function saidBy(media: Media[]): string {
  const said = media.flatMap(({ external, images, alt }) => [
    external?.title,
    external?.description,
    ...(images ?? []).map((image) => image.alt),
    alt,
  ])
  return tidy(said.filter((one) => one != null && one.trim() !== '').join('\n\n'))
}

/** Lists, feeds and starter packs are embedded the same way, and are no posts. */
function quotedBy({ embed }: PostRecord): string | null {
  const uri = embed?.record == null ? null : 'record' in embed.record ? embed.record.record.uri : embed.record.uri
  return uri !== null && placeOf(uri) !== null ? uri : null
}

function linksOf(record: PostRecord, media: Media[]): string[] {
  const features = (record.facets ?? []).flatMap((facet) => facet.features)
  const written = [...features.map(({ uri }) => uri), ...media.map(({ external }) => external?.uri)]
  const links = written.map((one) => absolute(one ?? '', null)).filter((one) => one !== null)
  return [...new Set(links)].slice(0, 200)
}

function attachmentsOf(media: Media[], links: string[]): Attachment[] {
  const has = new Set<Attachment>(links.length > 0 ? ['link'] : [])
  for (const { $type, images } of media) {
    if ((images ?? []).length > 0) has.add('image')
    if ($type?.startsWith('app.bsky.embed.video')) has.add('video')
  }
  return [...has]
}

/** A record names its pictures by what they hold; where the network shows them follows from that and the account. */
function picturesOf(media: Media[], { did }: Place): PostImage[] {
  const named = media.flatMap(({ images }) => images ?? [])
  return imagesOf(
    named.map(({ alt, image }) => ({
      url: image && `https://cdn.bsky.app/img/feed_fullsize/plain/${did}/${image.ref.$link}@jpeg`,
      alt,
    })),
  )
}

/** Hashtags, and the warnings that authors put on their own posts. */
function tagsOf(record: PostRecord): string[] {
  const features = (record.facets ?? []).flatMap((facet) => facet.features)
  const tags = [
    ...features.map(({ tag }) => tag),
    ...(record.tags ?? []),
    ...(record.labels?.values ?? []).map(({ val }) => val),
  ]
  const written = tags.map((tag) => tidy(tag ?? '')).filter((tag) => tag !== '' && tag.length <= 100)
  return [...new Set(written)].slice(0, 50)
}

/** Many name every language they read; then the text itself tells more. */
function languageOf({ langs }: PostRecord): string | null {
  const codes = new Set((langs ?? []).map(twoLetterLanguage))
  return codes.size === 1 ? ([...codes][0] ?? null) : null
}

function momentOf({ createdAt }: PostRecord, seenAt: Date): Date {
  const written = createdAt == null ? null : parseMoment(createdAt, { timeZone: 'UTC' })
  return written !== null && isPlausible(written, seenAt) && written < seenAt ? written : seenAt
}
