import { z } from 'zod'
import type { Trouble } from '../answers.ts'
import type { Cursor, SourceIo } from '../connector.ts'
import { secondsOf } from '../moments.ts'
import { readSpan, stepThrough } from '../span.ts'
import { askYouTube } from './ask.ts'
import { nextPage } from './list.ts'
import { asVideo } from './said.ts'

type Read = { items: unknown[]; more: boolean; cursor: Cursor; requests: number }

const dayS = 86_400
const firstDays = 7
// The index gets some videos late.
const overlapS = 6 * 3600
const pageSize = 50
const uploads = { firstS: 90 * dayS, alwaysS: dayS, sweepS: 7 * dayS, sweepEveryS: dayS }

const Found = z.object({ items: z.array(z.unknown()), nextPageToken: z.string().nullish() })
const Hit = z.object({
  id: z.object({ videoId: z.string().min(1) }),
  snippet: z.object({ publishedAt: z.string().nullish() }).nullish(),
})
const Upload = z.object({
  contentDetails: z.object({ videoId: z.string().min(1), videoPublishedAt: z.string().nullish() }),
})
const Videos = z.object({ items: z.array(z.unknown()) })

/** A page of videos that have the words, with their whole descriptions and counts. */
export async function searchVideos(
  words: string,
  cursor: Cursor,
  key: string,
  io: SourceIo,
): Promise<Read | { trouble: Trouble }> {
  const now = io.now()
  const span = readSpan(cursor, now, firstDays)
  const asked = await askYouTube(
    'search',
    {
      part: 'snippet',
      type: 'video',
      order: 'date',
      maxResults: String(pageSize),
      safeSearch: 'none',
      q: words,
      publishedAfter: moment(span.from),
      // Before is exclusive, and a second may hold several.
      ...(span.before > 0 && { publishedBefore: moment(span.before + 1) }),
    },
    key,
    Found,
    io,
  )
  if ('trouble' in asked) return asked
  const hits = asked.value.items.flatMap((item) => Hit.safeParse(item).data ?? [])
  const read = await videosOf(
    hits.map(({ id }) => id.videoId),
    key,
    io,
  )
  if ('trouble' in read) return read
  const moments = secondsOf(
    hits.map(({ snippet }) => snippet?.publishedAt),
    now,
  )
  const isLast = asked.value.nextPageToken == null
  const { next, more } = stepThrough(span, { moments, isLast }, { now, overlapS })
  return { items: read.items, more, cursor: { ...next }, requests: asked.content.requests + read.requests }
}

/** A page of what a channel has published. */
export async function readUploads(
  playlist: string,
  cursor: Cursor,
  key: string,
  io: SourceIo,
): Promise<Read | { trouble: Trouble }> {
  const parameters = { part: 'contentDetails', playlistId: playlist, maxResults: String(pageSize) }
  const momentOf = (item: unknown) => Upload.safeParse(item).data?.contentDetails.videoPublishedAt
  const page = await nextPage(
    { name: 'uploads', list: 'playlistItems', parameters, momentOf, back: uploads },
    cursor,
    key,
    io,
  )
  if ('trouble' in page) return page
  const ids = page.items.flatMap((item) => Upload.safeParse(item).data?.contentDetails.videoId ?? [])
  const read = await videosOf(ids, key, io)
  return 'trouble' in read ? read : { ...page, items: read.items, requests: page.requests + read.requests }
}

/** These videos as they are now, at most fifty; those that are gone or private are missing. */
export async function videosOf(
  ids: string[],
  key: string,
  io: SourceIo,
): Promise<{ items: unknown[]; requests: number } | { trouble: Trouble }> {
  if (ids.length === 0) return { items: [], requests: 0 }
  const asked = await askYouTube(
    'videos',
    { part: 'snippet,statistics', id: ids.join(','), maxResults: String(pageSize) },
    key,
    Videos,
    io,
  )
  return 'trouble' in asked ? asked : { items: asked.value.items.map(asVideo), requests: asked.content.requests }
}

function moment(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace('.000', '')
}
