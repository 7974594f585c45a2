import { z } from 'zod'
import { failed, typed, wrong, type Trouble } from '../answers.ts'
import type { Connector, Cursor, Fetched, LookedUp, SourceIo } from '../connector.ts'
import { freshOf, toldOf } from '../fresh.ts'
import { askYouTube, quotaZone } from './ask.ts'
import { readComments } from './comments.ts'
import { commentName, idOfName, videoName } from './post.ts'
import { Said, saidToPost } from './said.ts'
import { readUploads, searchVideos, videosOf } from './videos.ts'
import { readWanted, type Wanted } from './wanted.ts'

export type YouTubeConfig = { url: string }

const minuteMs = 60_000
// A hundred searches a day are one every fifteen minutes; two sources share them.
const searchEveryMs = 30 * minuteMs
const listEveryMs = 10 * minuteMs

const Channels = z.object({
  items: z
    .array(
      z.object({
        id: z.string().min(1),
        snippet: z.object({ title: z.string().nullish() }),
        contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string().min(1) }) }),
      }),
    )
    .nullish(),
})
const Comments = z.object({ items: z.array(z.unknown()) })
const WithId = z.object({ id: z.string() })

/** Videos of YouTube by words; a channel with everything said under its videos; or the comments of one video. */
export const youtubeConnector: Connector<YouTubeConfig> = {
  platform: 'youtube',
  capabilities: {
    collects: ['poll'],
    replies: true,
    follows: { edits: true, deletions: true },
    cost: null,
    needs: 'free-key',
    looksUp: 50,
    quotas: [
      { name: 'searches', units: 100, per: 'day', zone: quotaZone },
      { name: 'units', units: 10_000, per: 'day', zone: quotaZone },
    ],
  },

  parseConfig(input) {
    const wanted = readWanted(typed(input, 'url'))
    if (wanted === null) throw wrong('youtube.url', {}, 'url')
    return { url: wanted.url }
  },

  async fetch(source, io): Promise<Fetched> {
    const { url } = source.config
    const wanted = readWanted(url)
    if (wanted === null) return failed('youtube.url')
    const key = source.secrets['key'] ?? ''
    const cursor = source.cursor?.['url'] === url ? source.cursor : {}
    const read = await readWhat(wanted, cursor, key, io)
    if ('trouble' in read) return read.trouble
    const fresh = freshOf(read.items, Said, (said) => saidToPost(said, io.now()), cursor['seen'])
    const pollAfterMs = wanted.kind === 'search' ? searchEveryMs : listEveryMs
    const health = { title: read.title ?? wanted.title, requests: read.requests, pollAfterMs }
    return toldOf(fresh, { cursor: { ...read.cursor, url }, more: read.more, health })
  },

  async lookUp(ids, source, io): Promise<LookedUp> {
    const key = source.secrets['key'] ?? ''
    const named = ids.flatMap((id) => idOfName(id) ?? [])
    const of = (kind: 'video' | 'comment') => named.filter((one) => one.kind === kind).map(({ id }) => id)
    const [videos, comments] = [of('video'), of('comment')]
    const read = await videosOf(videos, key, io)
    if ('trouble' in read) return read.trouble
    const said = await commentsOf(comments, key, io)
    if ('trouble' in said) return said.trouble
    const { items } = freshOf([...read.items, ...said.items], Said, (one) => saidToPost(one, io.now()), null)
    // A comment that comes without its video would lose where it stands.
    const posts = items.filter((post) => post.kind === 'post' || post.root !== null)
    const there = new Set([...read.items, ...said.items].flatMap(nameIn))
    const asked = [...videos.map(videoName), ...comments.map(commentName)]
    return { kind: 'found', posts, missing: asked.filter((name) => !there.has(name)) }
  },
}

type What = { items: unknown[]; more: boolean; cursor: Cursor; requests: number; title?: string | null }

async function readWhat(
  wanted: Wanted,
  cursor: Cursor,
  key: string,
  io: SourceIo,
): Promise<What | { trouble: Trouble }> {
  switch (wanted.kind) {
    case 'search':
      return searchVideos(wanted.words, cursor, key, io)
    case 'video':
      return readComments({ videoId: wanted.id }, null, cursor, key, io)
    case 'channel':
      return readChannel(wanted, cursor, key, io)
  }
}

/** First what the channel published, then what was said under it; a list that is done waits for the other. */
async function readChannel(
  wanted: Extract<Wanted, { kind: 'channel' }>,
  cursor: Cursor,
  key: string,
  io: SourceIo,
): Promise<What | { trouble: Trouble }> {
  const found = await channelOf(wanted, cursor, key, io)
  if ('trouble' in found) return found
  const { id, title, playlist } = found
  const turn = cursor['turn'] === 'comments' ? 'comments' : 'uploads'
  const read =
    turn === 'uploads'
      ? await readUploads(playlist, cursor, key, io)
      : await readComments({ allThreadsRelatedToChannelId: id }, title, cursor, key, io)
  // A channel may have no comments at all, and still publishes.
  const none = 'trouble' in read && read.trouble.problem?.key === 'youtube.comments-off'
  if ('trouble' in read && !none) return read
  const page = 'trouble' in read ? { items: [], more: false, cursor: {}, requests: 1 } : read
  const isOver = turn === 'comments' && !page.more
  return {
    items: page.items,
    more: !isOver,
    cursor: {
      ...cursor,
      ...page.cursor,
      ...{ channel: id, title, playlist },
      turn: page.more ? turn : turn === 'uploads' ? 'comments' : 'uploads',
    },
    requests: page.requests + found.requests,
    title,
  }
}

async function channelOf(
  wanted: Extract<Wanted, { kind: 'channel' }>,
  cursor: Cursor,
  key: string,
  io: SourceIo,
): Promise<{ id: string; title: string; playlist: string; requests: number } | { trouble: Trouble }> {
  const { channel: id, title, playlist } = cursor
  if (typeof id === 'string' && typeof title === 'string' && typeof playlist === 'string' && /^UC/.test(id))
    return { id, title, playlist, requests: 0 }
  const asked = await askYouTube(
    'channels',
    { part: 'snippet,contentDetails', [wanted.by]: wanted.name },
    key,
    Channels,
    io,
  )
  if ('trouble' in asked) return asked
  const found = asked.value.items?.[0]
  if (!found) return { trouble: failed('youtube.not-found') }
  return {
    id: found.id,
    title: found.snippet.title || wanted.name,
    playlist: found.contentDetails.relatedPlaylists.uploads,
    requests: asked.content.requests,
  }
}

async function commentsOf(
  ids: string[],
  key: string,
  io: SourceIo,
): Promise<{ items: unknown[] } | { trouble: Trouble }> {
  if (ids.length === 0) return { items: [] }
  const asked = await askYouTube(
    'comments',
    { part: 'snippet', id: ids.join(','), textFormat: 'plainText' },
    key,
    Comments,
    io,
  )
  if ('trouble' in asked) return asked
  return {
    items: asked.value.items.map((comment) => ({
      what: 'comment',
      comment,
      videoId: null,
      source: null,
      answers: null,
    })),
  }
}

function nameIn(item: unknown): string[] {
  const { what, video, comment } = item as { what: string; video?: unknown; comment?: unknown }
  const id = WithId.safeParse(what === 'video' ? video : comment).data?.id
  return id === undefined ? [] : [what === 'video' ? videoName(id) : commentName(id)]
}
