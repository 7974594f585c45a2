import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { barePost, type Author, type MediaType, type Post, type PostKind } from '../posts/post.ts'

const folder = join(import.meta.dirname, '../../../sample')
const dayMs = 24 * 3_600_000

/** Every post of the invented world that comes with Heed, oldest first; day 0 is the Moscow day of `today`. */
export async function readSamplePosts(today: Date): Promise<(Post & { postedAt: Date })[]> {
  const authors = new Map(
    (await readAll<AuthorLine>('authors')).map((author) => [`${author.platform}/${author.handle}`, author]),
  )
  const lines = await readAll<PostLine>('posts')
  const byId = new Map(lines.map((line) => [line.id, line]))
  const midnight = moscowMidnight(today)
  return lines
    .map((line) => toPost(line, authors.get(`${line.platform}/${line.author}`), byId, midnight))
    .toSorted((a, b) => Number(a.postedAt) - Number(b.postedAt))
}

// Moscow keeps UTC+3 all year.
const moscowMs = 3 * 3_600_000

function moscowMidnight(at: Date): number {
  return Math.floor((at.getTime() + moscowMs) / dayMs) * dayMs - moscowMs
}

type AuthorLine = {
  handle: string
  platform: string
  name: string
  followers?: number
  bio?: string
  place?: string
  verified?: boolean
}
type PostLine = {
  id: string
  platform: string
  source?: string
  media: MediaType
  kind: PostKind
  author: string
  day: number
  time: string
  lang: string
  text: string
  title?: string
  parent?: string
  rating?: number
  place?: { country?: string; region?: string; city?: string }
  likes?: number
  shares?: number
  comments?: number
  views?: number
}

async function readAll<T>(kind: 'authors' | 'posts'): Promise<T[]> {
  const files = (await readdir(join(folder, kind))).filter((file) => file.endsWith('.jsonl')).toSorted()
  const texts = await Promise.all(files.map((file) => readFile(join(folder, kind, file), 'utf8')))
  return texts.flatMap((text) =>
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line) as T),
  )
}

function toPost(
  line: PostLine,
  author: AuthorLine | undefined,
  byId: Map<string, PostLine>,
  midnight: number,
): Post & { postedAt: Date } {
  const root = rootOf(line, byId)
  const links = [...line.text.matchAll(/https?:\/\/[^\s)»]+/g)].map(([link]) => link)
  return {
    ...barePost({ id: idOf(line), platform: line.platform, text: line.text }),
    source: line.source ?? null,
    media: line.media,
    kind: line.kind,
    url: urlOf(line),
    title: line.title ?? null,
    lang: line.lang,
    postedAt: new Date(momentOf(line, byId, midnight)),
    author: toAuthor(line, author),
    likes: line.likes ?? null,
    shares: line.shares ?? null,
    comments: line.comments ?? null,
    views: line.views ?? null,
    rating: line.rating ?? null,
    parent: line.parent === undefined ? null : idOf(byId.get(line.parent) ?? line),
    root: root === line ? null : idOf(root),
    place: line.place
      ? { country: line.place.country ?? null, region: line.place.region ?? null, city: line.place.city ?? null }
      : null,
    links,
    has: links.length > 0 ? ['link'] : [],
  }
}

function toAuthor(line: PostLine, author: AuthorLine | undefined): Author {
  return {
    id: `${line.platform}:${line.author}`,
    name: author?.name ?? null,
    handle: line.author,
    bio: author?.bio ?? null,
    followers: author?.followers ?? null,
    verified: author?.verified ?? null,
  }
}

function idOf(line: PostLine): string {
  return `${line.platform}:${line.id}`
}

// The reserved ending makes sure that no link of the sample leads to anybody.
function urlOf(line: PostLine): string {
  if (line.source?.endsWith('.example')) return `https://${line.source}/${line.id}`
  return `https://${line.platform}.example/${encodeURIComponent(line.source ?? line.author)}/${line.id}`
}

function rootOf(line: PostLine, byId: Map<string, PostLine>): PostLine {
  const parent = line.parent === undefined ? undefined : byId.get(line.parent)
  return parent ? rootOf(parent, byId) : line
}

// Files tell minutes; an answer of the same minute stands behind what it answers.
function momentOf(line: PostLine, byId: Map<string, PostLine>, midnight: number): number {
  const [hour = 0, minute = 0] = line.time.split(':').map(Number)
  const own = midnight + line.day * dayMs + (hour * 60 + minute) * 60_000
  const parent = line.parent === undefined ? undefined : byId.get(line.parent)
  return parent ? Math.max(own, momentOf(parent, byId, midnight) + 1000) : own
}
