import type { AnalysisMode } from '../../base/text/analyse.ts'
import { detectLanguage } from '../../listen/enrich/language.ts'
import { mediaTypeOf } from '../../listen/enrich/media-type.ts'
import type { Post } from '../../listen/posts/post.ts'

/**
 * What the flow settles before it matches: the media type, and the language that word forms depend on. Finding the
 * language is most of the work, so it is left out where forms play no part.
 */
export function settle(post: Post, mode: AnalysisMode): void {
  post.media ??= mediaTypeOf(post.platform, post.kind)
  if (mode === 'forms')
    post.lang ??= detectLanguage(post.title === null ? post.text : `${post.title}\n${post.text}`).code
}
