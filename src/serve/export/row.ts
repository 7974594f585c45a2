import type { Mention } from '../../listen/mentions/mention.ts'
import type { PostImage } from '../../listen/posts/post.ts'

/** The columns of an export, named like the fields of a post on the way in, so that an export can be imported again. */
export const columns = [
  'id',
  'url',
  'title',
  'text',
  'posted_at',
  'collected_at',
  'platform',
  'source',
  'media',
  'kind',
  'lang',
  'author.id',
  'author.name',
  'author.handle',
  'author.bio',
  'author.followers',
  'author.verified',
  'likes',
  'shares',
  'comments',
  'views',
  'rating',
  'parent',
  'root',
  'place.country',
  'place.region',
  'place.city',
  'links',
  'has',
  'images',
  'tags',
  'topics',
  'sentiment',
  'stage',
  'cluster',
] as const

/** A mention as a line of JSON; what is unknown is left out. */
export function toObject(mention: Mention, topicName: (id: number) => string): object {
  const { id, url, title, text, platform, source, media, kind, lang, author, likes, shares, comments, views, rating } =
    mention
  const { parent, root, place, links, has, images, tags, sentiment, stage, cluster } = mention
  return known({
    ...{
      id,
      url,
      title,
      text,
      posted_at: mention.postedAt.toISOString(),
      collected_at: mention.collectedAt.toISOString(),
    },
    ...{ platform, source, media, kind, lang, author: author && known(author), likes, shares, comments, views, rating },
    ...{
      parent,
      root,
      place: place && known(place),
      links,
      has,
      images: images?.map(known) ?? null,
      tags,
      topics: mention.topics.map(topicName),
      sentiment,
      stage,
      cluster,
    },
  })
}

/** The same in the order of the columns. */
export function toCells(mention: Mention, topicName: (id: number) => string): (string | number | boolean | null)[] {
  const object = toObject(mention, topicName) as { [field: string]: unknown }
  return columns.map((column) => {
    const [first = '', inside] = column.split('.')
    const value =
      inside === undefined ? object[first] : (object[first] as { [field: string]: unknown } | undefined)?.[inside]
    if (column === 'images' && Array.isArray(value)) return pictured(value as Partial<PostImage>[])
    if (Array.isArray(value)) return listed(value.map(String))
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
  })
}

/** With commas as people write lists; as JSON where a value would fall apart at one. */
function listed(values: string[]): string {
  return values.some((value) => /[,;|\n]|^\[/.test(value)) ? JSON.stringify(values) : values.join(', ')
}

/** Addresses; as JSON where one of them is described. */
function pictured(images: Partial<PostImage>[]): string {
  return images.some(({ alt }) => alt !== undefined)
    ? JSON.stringify(images)
    : listed(images.map(({ url }) => url ?? ''))
}

function known(object: { [field: string]: unknown }): object {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  )
}
