import { z } from 'zod'
import { barePost, type Attachment } from '../../posts/post.ts'
import { canonicalizeUrl } from '../canonical-url.ts'
import { momentOf, type Mapped } from '../fresh.ts'
import { htmlToText } from '../html-to-text.ts'
import { imagesOf } from '../images.ts'
import type { PreviewChannel } from './preview.ts'

/** A post as the preview shows it. `path` is `channel/number`. */
export const PreviewPost = z.object({
  path: z.string().regex(/^\w+\/\d+$/),
  html: z.string(),
  poll: z.string(),
  document: z.string().nullable(),
  postedAt: z.string().nullable(),
  views: z.number().nullable(),
  reactions: z.number().nullable(),
  isForwarded: z.boolean(),
  forwardedFrom: z.string().nullable(),
  replyTo: z.string().nullable(),
  hasImage: z.boolean(),
  images: z.array(z.string()),
  hasVideo: z.boolean(),
})
export type PreviewPost = z.infer<typeof PreviewPost>

/** A post of a channel; a photo or a video without any words is none. Its author is the channel, whoever signed it. */
export function previewPostToPost(shown: PreviewPost, channel: PreviewChannel, now: Date): Mapped {
  const url = `https://t.me/${shown.path}`
  const handle = shown.path.split('/')[0] ?? ''
  const { text: words, links } = htmlToText(shown.html, url)
  const text = [words, shown.poll, shown.document].filter((part) => part).join('\n\n')
  if (text === '') return { post: null, problems: [] }
  const { postedAt, problems } = momentOf(shown.postedAt, now)
  // Hashtags lead into the channel's own search.
  const outside = links.filter((link) => !link.startsWith(url) && !/\/s\/\w+\?q=|\?q=%23/.test(link))
  const has: Attachment[] = [
    ...(shown.hasImage ? (['image'] as const) : []),
    ...(shown.hasVideo ? (['video'] as const) : []),
    ...(outside.length > 0 ? (['link'] as const) : []),
  ]
  return {
    post: barePost({
      id: canonicalizeUrl(url) ?? url,
      platform: 'telegram',
      source: channel.title,
      media: 'messenger',
      kind: shown.isForwarded ? 'repost' : shown.replyTo === null ? 'post' : 'reply',
      url,
      text,
      postedAt,
      author: {
        id: handle.toLowerCase(),
        name: channel.title,
        handle,
        bio: channel.description,
        followers: channel.subscribers,
        verified: channel.verified,
      },
      likes: shown.reactions,
      views: shown.views,
      parent: canonicalizeUrl((shown.isForwarded ? shown.forwardedFrom : shown.replyTo) ?? ''),
      links: outside,
      has,
      images: imagesOf(shown.images.map((address) => ({ url: address }))),
      tags: [...new Set([...words.matchAll(/(?<=^|\s)#([\p{L}\p{N}_]+)/gu)].map(([, tag]) => tag ?? ''))].slice(0, 50),
    }),
    problems,
  }
}
