import { z } from 'zod'
import { contentOf, failed, readJson } from '../answers.ts'
import type { LookedUp, SourceIo, SourceToRead } from '../connector.ts'
import { signedIn } from './account.ts'
import { lookAtAddress } from './activity.ts'
import { idOf, Status, statusToPost } from './status.ts'
import { readTimeline } from './timeline-address.ts'
import type { MastodonConfig } from './timeline.ts'

// Each is a request of its own, most of them to a server of its own.
export const mostLookedUp = 10

/**
 * Statuses as their own servers show them now, with their counts. Missing are those of which a server says in Mastodon's words
 * that it has no such status. Other kinds of servers are asked for ActivityPub at the address of the status.
 */
export async function lookUpStatuses(
  ids: string[],
  source: SourceToRead<MastodonConfig>,
  io: SourceIo,
): Promise<LookedUp> {
  const timeline = readTimeline(source.config.url)
  if (timeline === null) return failed('mastodon.url')
  const looked: Extract<LookedUp, { kind: 'found' }> = { kind: 'found', posts: [], missing: [] }
  for (const id of ids) {
    const place = placeOf(id)
    if (place === null) {
      const said = /^https?:/.test(id) ? await lookAtAddress(id, timeline, io) : null
      if (said === 'missing') looked.missing.push(id)
      else if (said !== null) looked.posts.push(said)
      continue
    }
    const { token } = source.secrets
    const own = place.server === timeline.server && token ? signedIn(io, { token }) : io
    const answer = await own.request(`${place.server}/api/v1/statuses/${place.number}`, {
      headers: { accept: 'application/json' },
      signal: io.signal,
    })
    if (answer.kind === 'ok' && answer.status === 404 && isNoStatus(answer.body)) looked.missing.push(id)
    const asked = contentOf(answer, io.now())
    // One server that asks to wait or is not there says nothing about the others.
    if ('trouble' in asked) continue
    const read = readJson(asked.content, Status)
    if ('trouble' in read || idOf(read.value) !== id) continue
    const { post } = statusToPost(read.value, { ...timeline, server: place.server }, io.now())
    if (post !== null) looked.posts.push(post)
  }
  return looked
}

/** Mastodon’s own pages have the number of the status at their end. */
function placeOf(id: string): { server: string; number: string } | null {
  const [, server, number] = /^(https?:\/\/[^/]+)\/@[^/]+\/(\d{5,})$/.exec(id) ?? []
  return server === undefined || number === undefined ? null : { server, number }
}

const Refusal = z.object({ error: z.literal('Record not found') })

function isNoStatus(body: Uint8Array): boolean {
  try {
    return Refusal.safeParse(JSON.parse(new TextDecoder().decode(body.subarray(0, 1000)))).success
  } catch {
    return false
  }
}
