import { detectLanguage } from '../../listen/enrich/language.ts'
import { mediaTypeOf } from '../../listen/enrich/media-type.ts'
import type { Post } from '../../listen/mentions/post.ts'

/** What the flow settles before it matches: the language that word forms depend on, and the media type. */
export function settle(post: Post): void {
  post.lang ??= detectLanguage(post.title === null ? post.text : `${post.title}\n${post.text}`).code
  post.media ??= mediaTypeOf(post.platform, post.kind)
}
