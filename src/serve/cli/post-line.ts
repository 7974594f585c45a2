import { parseMoment } from '../../listen/connectors/dates.ts'
import { attachments, barePost, mediaTypes, postKinds, type Author, type Post } from '../../listen/posts/post.ts'

export type Line<T> = { kind: 'read'; value: T } | { kind: 'unreadable'; reason: string }

/** A post as it stands on a line of JSON, under the id it came with. */
export type PostLine = { id: string | number; post: Post; given: Json }
export type Json = { [field: string]: unknown }

/** Reads `{"id","text"}` and what else a line may say. A field of an unexpected type is unknown, not an error. */
export function readPostLine(text: string): Line<PostLine> {
  const line = readObject(text)
  if (line.kind === 'unreadable') return line
  const given = line.value
  const id = given['id']
  if (typeof id !== 'string' && typeof id !== 'number') return { kind: 'unreadable', reason: 'no id' }
  if (typeof given['text'] !== 'string' && typeof given['title'] !== 'string')
    return { kind: 'unreadable', reason: 'no text' }
  return { kind: 'read', value: { id, post: toPost(String(id), given), given } }
}

export function readObject(text: string): Line<Json> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { kind: 'read', value: value as Json }
    return { kind: 'unreadable', reason: 'not a JSON object' }
  } catch {
    return { kind: 'unreadable', reason: 'not JSON' }
  }
}

export function unreadable(line: number, reason: string): object {
  return { line, error: reason }
}

function toPost(id: string, given: Json): Post {
  // Platforms that have one field for all of it have “Kazan, Russia”.
  const place = object(given['place']) ?? (string(given['place']) === null ? null : { city: given['place'] })
  return barePost({
    id,
    platform: string(given['platform']) ?? '',
    source: string(given['source']),
    media: oneOf(mediaTypes, given['media']),
    kind: oneOf(postKinds, given['kind']),
    url: string(given['url']),
    title: string(given['title']),
    text: string(given['text']) ?? '',
    lang: string(given['lang']),
    postedAt: moment(given['posted_at']),
    author: toAuthor(given['author']),
    likes: number(given['likes']),
    shares: number(given['shares']),
    comments: number(given['comments']),
    views: number(given['views']),
    rating: number(given['rating']),
    parent: string(given['parent']),
    root: string(given['root']),
    place: place && toPlace(place),
    links: strings(given['links']),
    has: strings(given['has']).filter((one) => attachments.some((known) => known === one)) as Post['has'],
    tags: strings(given['tags']),
  })
}

function toPlace(given: Json): Post['place'] {
  const latitude = number(given['latitude'])
  const longitude = number(given['longitude'])
  return {
    country: string(given['country']),
    region: string(given['region']),
    city: string(given['city']),
    point: latitude === null || longitude === null ? null : { latitude, longitude },
  }
}

function toAuthor(given: unknown): Author | null {
  if (typeof given === 'string')
    return { id: given, name: null, handle: given, bio: null, followers: null, verified: null }
  const author = object(given)
  if (!author) return null
  const handle = string(author['handle'])
  const name = string(author['name'])
  return {
    id: string(author['id']) ?? handle ?? name ?? '',
    name,
    handle,
    bio: string(author['bio']),
    followers: number(author['followers']),
    verified: typeof author['verified'] === 'boolean' ? author['verified'] : null,
  }
}

function string(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

function moment(value: unknown): Date | null {
  return typeof value === 'string' || typeof value === 'number' ? parseMoment(value, { timeZone: 'UTC' }) : null
}

function oneOf<T extends string>(known: readonly T[], value: unknown): T | null {
  return known.find((one) => one === value) ?? null
}

function object(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}
