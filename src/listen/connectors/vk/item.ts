import { z } from 'zod'
import { barePost, type Attachment, type Place, type Post, type PostImage } from '../../posts/post.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { imagesOf } from '../images.ts'
import { unknownAuthor, type Authors } from './authors.ts'
import { idOf, urlOf } from './place.ts'

const text = z.string().nullish().catch(null)
const id = z.int()
export const counter = z.object({ count: z.int().nonnegative() }).nullish().catch(null)
const Titled = z.object({ title: text, question: text, description: text, url: text }).nullish().catch(null)
const Sizes = z
  .array(z.object({ url: z.string(), width: z.number().catch(0) }))
  .nullish()
  .catch(null)
const Photo = z.object({ text, sizes: Sizes }).nullish().catch(null)
const Video = z.object({ title: text, image: Sizes }).nullish().catch(null)
const Attached = z.object({
  type: z.string(),
  link: Titled,
  video: Video,
  poll: Titled,
  doc: Titled,
  article: Titled,
  photo: Photo,
})
export const attachments = z.array(z.unknown()).nullish().catch(null)
const number = z
  .union([z.number(), z.string().transform(Number)])
  .nullish()
  .catch(null)
const Geo = z
  .object({
    coordinates: z
      .union([z.string(), z.object({ latitude: z.number(), longitude: z.number() })])
      .nullish()
      .catch(null),
    place: z.object({ latitude: number, longitude: number, city: text }).nullish().catch(null),
  })
  .nullish()
  .catch(null)

const Copied = z.object({ id, owner_id: id, text, attachments })

/** A post, or, where `post_type` is `reply`, a comment as searches and mentions bring it. */
export const WallItem = z.object({
  id,
  owner_id: id,
  from_id: id.nullish(),
  post_id: id.nullish().catch(null),
  parents_stack: z.array(id).nullish().catch(null),
  date: z.number(),
  text,
  post_type: text,
  is_pinned: z.number().nullish().catch(null),
  is_deleted: z.boolean().nullish().catch(null),
  copy_history: z.array(z.unknown()).nullish().catch(null),
  attachments,
  geo: Geo,
  likes: counter,
  comments: counter,
  reposts: counter,
  views: counter,
})
export type WallItem = z.infer<typeof WallItem>

export const Comment = z.object({
  id,
  from_id: id,
  date: z.number(),
  text: z.string(),
  attachments,
  likes: counter,
  reply_to_comment: id.nullish().catch(null),
  parents_stack: z.array(id).nullish().catch(null),
  deleted: z.boolean().nullish().catch(null),
})
export type Comment = z.infer<typeof Comment>

export type Reading = { authors: Authors; now: Date; source: string | null }

/** A post becomes a mention; one that says nothing and repeats nothing is none. */
export function itemToPost(item: WallItem, { authors, now, source }: Reading): Mapped {
  if (item.is_deleted === true || item.post_type === 'postpone' || item.post_type === 'suggest')
    return { post: null, problems: [] }
  if (item.post_type === 'reply' && item.post_id != null)
    return commentToPost(
      {
        ...item,
        from_id: item.from_id ?? item.owner_id,
        text: item.text ?? '',
        reply_to_comment: item.parents_stack?.at(-1),
      },
      { owner: item.owner_id, post: item.post_id },
      { authors, now, source },
    )
  const own = said(item)
  const copied = item.copy_history?.map((one) => Copied.safeParse(one).data).find((one) => one !== undefined)
  const repeated = copied === undefined ? null : said(copied)
  const words = [own.text, repeated?.text ?? ''].filter((part) => part !== '').join('\n\n')
  if (words === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(item.date, now)
  const place = { owner: item.owner_id, post: item.id, comment: null, thread: null }
  return {
    problems,
    post: barePost({
      ...common(item.from_id ?? item.owner_id, authors),
      id: idOf(place),
      url: urlOf(place),
      source: source ?? authors.get(item.owner_id)?.name ?? null,
      kind: copied === undefined ? 'post' : own.text === '' ? 'repost' : 'quote',
      text: words,
      postedAt,
      likes: item.likes?.count ?? null,
      comments: item.comments?.count ?? null,
      shares: item.reposts?.count ?? null,
      views: item.views?.count ?? null,
      parent: copied === undefined ? null : idOf({ owner: copied.owner_id, post: copied.id, comment: null }),
      place: placeIn(item.geo),
      links: [...new Set([...own.links, ...(repeated?.links ?? [])])],
      has: [...new Set([...own.has, ...(repeated?.has ?? [])])],
      images: imagesOf([...own.images, ...(repeated?.images ?? [])]),
      tags: tagsIn(words),
    }),
  }
}

/** A comment below a post of a wall, or below another comment. */
export function commentToPost(
  comment: Omit<Comment, 'deleted'>,
  { owner, post }: { owner: number; post: number },
  { authors, now, source }: Reading,
): Mapped {
  const { text: words, links, has, images } = said(comment)
  if (words === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(comment.date, now)
  const thread = comment.parents_stack?.[0] ?? null
  const place = { owner, post, comment: comment.id, thread }
  const root = idOf({ owner, post, comment: null })
  const answered = comment.reply_to_comment ?? thread
  return {
    problems,
    post: barePost({
      ...common(comment.from_id, authors),
      id: idOf(place),
      url: urlOf(place),
      source: source ?? authors.get(owner)?.name ?? null,
      kind: 'comment',
      text: words,
      postedAt,
      likes: comment.likes?.count ?? null,
      parent: answered === null ? root : idOf({ owner, post, comment: answered }),
      root,
      links,
      has,
      images,
      tags: tagsIn(words),
    }),
  }
}

export function common(from: number, authors: Authors): Pick<Post, 'id' | 'text' | 'platform' | 'media' | 'author'> {
  return { id: '', text: '', platform: 'vk', media: 'social', author: authors.get(from) ?? unknownAuthor(from) }
}

/** The words of a text and, where it has none, those of what is attached. */
export function said(item: { text?: string | null | undefined; attachments?: unknown[] | null | undefined }): {
  text: string
  links: string[]
  has: Attachment[]
  images: PostImage[]
} {
  const attached = (item.attachments ?? [])
    .map((one) => Attached.safeParse(one).data)
    .filter((one) => one !== undefined)
  const named: string[] = []
  const words = (item.text ?? '')
    // People and communities are named as [id1|Anna], addresses as [https://…|text].
    .replace(/\[([^[\]|\n]{1,2000})\|([^[\]|\n]{1,2000})\]/g, (whole: string, target: string, label: string) => {
      if (/^https?:\/\//i.test(target)) named.push(target)
      return /^(https?:\/\/|id\d|club\d|public\d|event\d|[\w.]+(?::\S+)?$)/i.test(target) ? label : whole
    })
    .trim()
  const written = [...words.matchAll(/https?:\/\/[^\s<>"«»]+/gi)].map(([link]) => link.replace(/[.,;:!?)\]}]+$/, ''))
  const linked = attached.flatMap(({ link, article }) => link?.url ?? article?.url ?? [])
  const titles = attached.flatMap(({ link, video, poll, doc, article }) =>
    [link?.title, video?.title, poll?.question, doc?.title, article?.title].filter(
      (title) => title != null && title !== '',
    ),
  )
  const links = [...new Set([...named, ...written, ...linked])].filter((link) => URL.canParse(link))
  const types = new Set(attached.map(({ type }) => type))
  const has: Attachment[] = [
    ...(['photo', 'posted_photo', 'photos_list', 'album', 'graffiti'].some((type) => types.has(type))
      ? (['image'] as const)
      : []),
    ...(['video', 'clip'].some((type) => types.has(type)) ? (['video'] as const) : []),
    ...(links.length > 0 ? (['link'] as const) : []),
  ]
  const images = imagesOf([
    ...attached.map(({ photo }) => ({ url: widest(photo?.sizes), alt: photo?.text })),
    ...attached.map(({ video }) => ({ url: widest(video?.image) })),
  ])
  return { text: words === '' ? titles.join('\n') : words, links, has, images }
}

/** VK keeps a picture in several sizes. */
function widest(sizes: z.infer<typeof Sizes>): string | null {
  return sizes?.toSorted((a, b) => b.width - a.width)[0]?.url ?? null
}

/** VK writes a point as “latitude longitude”, and a place it knows beside it. */
function placeIn(geo: z.infer<typeof Geo>): Place | null {
  if (geo == null) return null
  const [latitude, longitude] =
    typeof geo.coordinates === 'string'
      ? geo.coordinates
          .trim()
          .split(/[\s,]+/)
          .map(Number)
      : [geo.coordinates?.latitude ?? geo.place?.latitude, geo.coordinates?.longitude ?? geo.place?.longitude]
  const isPoint = Math.abs(latitude ?? Number.NaN) <= 90 && Math.abs(longitude ?? Number.NaN) <= 180
  const point = isPoint && latitude != null && longitude != null ? { latitude, longitude } : null
  // Some answers have a number in the place of the city's name. Countries are named in the reader's language, never by code.
  const city = /\p{L}/u.test(geo.place?.city ?? '') ? (geo.place?.city ?? null) : null
  return point === null && city === null ? null : { country: null, region: null, city, point }
}

export function tagsIn(words: string): string[] {
  // A tag may name the community it is meant for: #tag@name.
  return [...new Set([...words.matchAll(/(?<=^|\s)#([\p{L}\p{N}_]+)/gu)].map(([, tag]) => tag ?? ''))].slice(0, 50)
}
