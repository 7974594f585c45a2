/**
 * One thing somebody published, in our shape, before any project has asked for it. Connectors map to it,
 * the pipeline enriches it, and it becomes a mention for every project that has a matching topic.
 * Null always means that the platform did not tell; it is never a zero.
 */
export type Post = {
  /** Stable: platform and the platform's own id, joined by a colon; an article's id is its canonical address. */
  id: string
  platform: string
  /** The feed, channel, group, forum or site on the platform, as people call it. */
  source: string | null
  media: MediaType | null
  kind: PostKind | null
  url: string | null
  title: string | null
  text: string
  /** ISO 639-1, as the platform or the file says it. */
  lang: string | null
  postedAt: Date | null
  author: Author | null
  likes: number | null
  shares: number | null
  comments: number | null
  views: number | null
  /** 1 to 5. */
  rating: number | null
  /** Id of the post this one answers or repeats, in the same form as `id`. */
  parent: string | null
  /** Id of the first post of the thread. */
  root: string | null
  place: Place | null
  /** Addresses the text points to. */
  links: string[]
  has: Attachment[]
  /** The first pictures of it, or the stills of its videos; null: the platform does not tell where they lie. */
  images: PostImage[] | null
  tags: string[]
}

export const mediaTypes = ['social', 'news', 'blog', 'forum', 'review', 'video', 'messenger'] as const
export type MediaType = (typeof mediaTypes)[number]

export const postKinds = [
  'post',
  'comment',
  'reply',
  'repost',
  'quote',
  'article',
  'review',
  'question',
  'message',
] as const
export type PostKind = (typeof postKinds)[number]

export const attachments = ['image', 'video', 'link'] as const
export type Attachment = (typeof attachments)[number]

/** A picture at its platform. The address is http or https and holds nothing secret; what the platform signs may run out. */
export type PostImage = {
  url: string
  /** What it shows, in the words of whoever published it. */
  alt: string | null
}

/** Of one post: so many are kept, with addresses and descriptions of so many UTF-16 units. */
export const imageLimits = { most: 8, urlLength: 2000, altLength: 1000 }

export type Author = {
  id: string
  name: string | null
  handle: string | null
  bio: string | null
  followers: number | null
  verified: boolean | null
  /** Whether the platform calls the account a program; absent: it does not say. */
  bot?: boolean
}

export type Place = {
  country: string | null
  region: string | null
  city: string | null
  /** Null and absent: the platform does not say where exactly. */
  point?: Point | null
}

/** Degrees; north and east are positive. */
export type Point = { latitude: number; longitude: number }

/** A post of which only the id, the platform and the text are known. */
export function barePost(known: Pick<Post, 'id' | 'platform' | 'text'> & Partial<Post>): Post {
  return {
    source: null,
    media: null,
    kind: null,
    url: null,
    title: null,
    lang: null,
    postedAt: null,
    author: null,
    likes: null,
    shares: null,
    comments: null,
    views: null,
    rating: null,
    parent: null,
    root: null,
    place: null,
    links: [],
    has: [],
    images: null,
    tags: [],
    ...known,
  }
}
