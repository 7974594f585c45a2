import type { Answer, Request } from '../../base/http/request.ts'
import { parseRetryAfter } from '../../base/http/retry-after.ts'
import { imageTypes, readImageHead, type ImageType } from './image-head.ts'
import { Turns } from './turns.ts'

export type FetchedImage = { kind: 'image'; type: ImageType; bytes: Uint8Array<ArrayBuffer> } | NoImage

/**
 * Why there is none: it was taken away · its host does not give it to us · it is something else, such as a page · it has too many
 * bytes or pixels · it takes too long · its address is not of the public internet · nobody answers there · too many wait for it.
 */
export type NoImage = {
  kind: 'gone' | 'refused' | 'not-an-image' | 'too-large' | 'too-slow' | 'private' | 'unreachable' | 'busy'
}

export type ImageLimits = { imageBytes: number; imageSeconds: number }

/** Drawing one takes a browser four bytes a pixel, however small its file is. */
export const mostPixels = 100_000_000

const hostAtOnce = 4
const allAtOnce = 16
// Somebody who looks again at once is told the same, and the platform is left alone.
const failureKeptMs = 60_000
const longestRestMs = 600_000
const mostKept = 2000

/**
 * Fetches pictures of posts for people: whoever keeps one sees this server and nobody behind it. The addresses come from strangers,
 * so only the guarded way out is taken; a host is asked for a few at a time, never twice at once for one, not again for a minute after
 * it failed, and not before the time it asked for.
 */
export function openImages(
  request: Request,
  { imageBytes: maxBytes, imageSeconds }: ImageLimits,
  now: () => Date,
): (url: string) => Promise<FetchedImage> {
  const timeoutMs = imageSeconds * 1000
  const turns = new Turns({ ofPlace: hostAtOnce, ofAll: allAtOnce, waitMs: timeoutMs })
  const asked = new Map<string, Promise<FetchedImage>>()
  const failed = new Map<string, { until: number; image: NoImage }>()

  const ask = async (url: string, host: string): Promise<FetchedImage> => {
    const answer = await turns.take(host, () => request(url, { headers: { accept }, maxBytes, timeoutMs }))
    if (answer === null) return { kind: 'busy' }
    const image = imageIn(answer)
    const at = now().getTime()
    if (image.kind !== 'image') keep(failed, url, { until: at + failureKeptMs, image })
    const restMs = restWanted(answer, now())
    if (restMs !== null) keep(failed, host, { until: at + restMs, image: { kind: 'refused' } })
    return image
  }
  return async (url) => {
    const host = URL.canParse(url) ? new URL(url).host : ''
    const at = now().getTime()
    for (const name of [url, host]) {
      const known = failed.get(name)
      if (known && known.until > at && known.until <= at + longestRestMs) return known.image
    }
    const running = asked.get(url)
    if (running) return running
    const image = ask(url, host).finally(() => asked.delete(url))
    asked.set(url, image)
    return image
  }
}

const accept = imageTypes.join(', ')

function imageIn(answer: Answer): FetchedImage {
  switch (answer.kind) {
    case 'ok':
      break
    case 'too-large':
      return { kind: 'too-large' }
    case 'timed-out':
    case 'aborted':
      return { kind: 'too-slow' }
    case 'refused':
      return { kind: answer.reason === 'address' ? 'private' : 'unreachable' }
    case 'broken':
    case 'unreachable':
      return { kind: 'unreachable' }
  }
  if (answer.status === 404 || answer.status === 410) return { kind: 'gone' }
  if (answer.status !== 200) return { kind: 'refused' }
  const head = readImageHead(answer.body)
  if (head === null) return { kind: 'not-an-image' }
  if (head.width * head.height > mostPixels) return { kind: 'too-large' }
  // What was read may be a piece of something larger, which would be kept with it.
  return { kind: 'image', type: head.type, bytes: new Uint8Array(answer.body) }
}

/** How long the host wants to be left alone; null where it does not say so. */
function restWanted(answer: Answer, now: Date): number | null {
  if (answer.kind !== 'ok' || (answer.status !== 429 && answer.status !== 503)) return null
  const until = parseRetryAfter(answer.headers['retry-after'], now)
  return until === null ? null : Math.min(longestRestMs, until.getTime() - now.getTime())
}

/** The oldest goes first, so that strangers' addresses never fill the memory. */
function keep<Value>(map: Map<string, Value>, name: string, value: Value): void {
  map.delete(name)
  map.set(name, value)
  if (map.size > mostKept) for (const oldest of map.keys()) return void map.delete(oldest)
}
