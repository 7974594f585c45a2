import { imageLimits, type PostImage } from '../posts/post.ts'

/** Where a platform says that a picture lies, in any form. */
export type Shown = { url?: string | null | undefined; alt?: string | null | undefined }

/**
 * The first pictures of a post as it keeps them: each address once with the first words there are for it, with http or https, and
 * without what would let whoever reads it in as somebody. What is none is left out. Relative addresses are resolved against `base`.
 */
export function imagesOf(shown: Iterable<Shown>, base: string | null = null): PostImage[] {
  const images = new Map<string, PostImage>()
  for (const { url, alt } of shown) {
    if (images.size === imageLimits.most) break
    const address = addressOf(url?.trim() ?? '', base)
    if (address === null) continue
    images.set(address, { url: address, alt: images.get(address)?.alt ?? described(alt ?? '') })
  }
  return [...images.values()]
}

function addressOf(text: string, base: string | null): string | null {
  // A picture may be written out in its address, which costs as much to read as it is long.
  if (text === '' || text.length > imageLimits.urlLength || !URL.canParse(text, base ?? undefined)) return null
  const url = new URL(text, base ?? undefined)
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:'
  const isSecret = url.username !== '' || url.password !== '' || [...url.searchParams.keys()].some(isKey)
  return isWeb && !isSecret && url.href.length <= imageLimits.urlLength ? url.href : null
}

function isKey(name: string): boolean {
  return /^(access_?token|api_?key|authorization|password|secret|sessionid)$/i.test(name)
}

function described(alt: string): string | null {
  return (
    alt
      .replace(/[\s\p{Cc}]+/gu, ' ')
      .trim()
      .slice(0, imageLimits.altLength)
      .toWellFormed() || null
  )
}
