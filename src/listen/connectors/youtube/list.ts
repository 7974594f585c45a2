import { z } from 'zod'
import type { Trouble } from '../answers.ts'
import type { Cursor, SourceIo } from '../connector.ts'
import { secondsOf } from '../moments.ts'
import { isUnderWay, printStretch, readStretch, stepDown, type LookBack } from '../stretch.ts'
import { askYouTube } from './ask.ts'

const Page = z.object({ items: z.array(z.unknown()), nextPageToken: z.string().nullish() })

export type ListPage = { items: unknown[]; more: boolean; cursor: Cursor; requests: number }

/**
 * The next page of a list that begins with its newest item and is paged by tokens, back to where the last reading began.
 * `name` is its place in the cursor. A token that no longer holds lets the list begin anew, which loses nothing.
 */
export async function nextPage(
  asked: {
    name: string
    list: string
    parameters: { [name: string]: string }
    momentOf: (item: unknown) => unknown
    back: LookBack
  },
  cursor: Cursor,
  key: string,
  io: SourceIo,
): Promise<ListPage | { trouble: Trouble }> {
  const { name, list, back } = asked
  const now = io.now()
  let stretch = readStretch(cursor, name, now, back)
  const kept = cursor[`${name}Page`]
  const token = isUnderWay(stretch) && typeof kept === 'string' && kept !== '' ? kept : null
  const load = (pageToken: string | null) =>
    askYouTube(list, { ...asked.parameters, ...(pageToken !== null && { pageToken }) }, key, Page, io)
  let page = await load(token)
  if ('trouble' in page && token !== null && page.trouble.problem?.key === 'youtube.refused') {
    stretch = { ...stretch, before: 0, page: 1 }
    page = await load(null)
  }
  if ('trouble' in page) return page
  const { items, nextPageToken } = page.value
  const moments = secondsOf(items.map(asked.momentOf), now)
  const next = stepDown(stretch, { moments, isLast: nextPageToken == null || items.length === 0 }, back)
  return {
    items,
    more: isUnderWay(next),
    cursor: { [name]: printStretch(next), [`${name}Page`]: isUnderWay(next) ? (nextPageToken ?? '') : '' },
    requests: page.content.requests,
  }
}
