import { createHash } from 'node:crypto'
import { canonicalizeUrl } from './canonical-url.ts'

export type Identity = {
  platform: string
  /** The platform's own id, with or without the platform before it. */
  nativeId: string | null
  url: string | null
  author: string | null
  postedAt: Date | null
  text: string
}

/**
 * The id under which a post is one mention however often and by whichever way it comes: platform and native id;
 * else the canonical address; else a hash of platform, author, time and text.
 */
export function postId(known: Identity): string {
  if (known.nativeId !== null) return withPlatform(known.platform, known.nativeId)
  const canonical = known.url === null ? null : canonicalizeUrl(known.url)
  if (canonical !== null) return canonical
  const what = JSON.stringify([known.platform, known.author, known.postedAt?.toISOString() ?? null, known.text])
  return `${known.platform}:hash-${createHash('sha256').update(what).digest('hex').slice(0, 32)}`
}

/** An id as another post of the same platform names it: its parent or the first of its thread. */
export function withPlatform(platform: string, nativeId: string): string {
  return nativeId.startsWith(`${platform}:`) ? nativeId : (canonicalizeUrl(nativeId) ?? `${platform}:${nativeId}`)
}
