import { z } from 'zod'
import type { Post } from '../../posts/post.ts'
import type { Pushed, PushedRequest, SourceIo, SourceToRead } from '../connector.ts'
import { askGraph, graph, type GraphKeys } from '../meta/graph.ts'
import { readWebhook } from '../meta/webhook.ts'
import type { InstagramConfig } from './instagram.ts'
import { Media, MediaComment, mediaCommentToPost, mediaToPost, mentionedFields } from './post.ts'

const Comment = z.object({
  id: z.string().min(1),
  text: z.string().nullish(),
  parent_id: z.string().nullish(),
  from: z.object({ id: z.string().min(1), username: z.string().nullish() }).nullish(),
  media: z.object({ id: z.string().min(1) }),
})
const Mention = z.object({ media_id: z.string().min(1), comment_id: z.string().nullish() })
const Mentioned = z.object({ mentioned_comment: z.unknown().optional(), mentioned_media: z.unknown().optional() })

/**
 * Takes comments and mentions as they happen. Of a mention Meta tells the number only, so it is asked for at once; Meta
 * keeps no mention, and what cannot be asked for now is asked for when Meta comes again.
 */
export async function receiveInstagram(
  source: SourceToRead<InstagramConfig>,
  keys: GraphKeys,
  request: PushedRequest,
  io: SourceIo,
): Promise<Pushed> {
  const read = readWebhook(request, { push: source.push, appSecret: keys.appSecret })
  if ('pushed' in read) return read.pushed
  const { ig, username } = source.cursor ?? {}
  const own = typeof username === 'string' ? `@${username}` : 'Instagram'
  const items: Post[] = []
  for (const change of read.changes) {
    if (typeof ig !== 'string' || change.of !== ig) continue
    const comment = change.field === 'comments' ? Comment.safeParse(change.value).data : undefined
    if (comment) {
      const { media, ...said } = comment
      const known = { ...said, media: media.id, timestamp: request.at.toISOString(), username: said.from?.username }
      const { post } = mediaCommentToPost(known, own, request.at)
      if (post !== null) items.push(post)
    }
    const mention = change.field === 'mentions' ? Mention.safeParse(change.value).data : undefined
    if (!mention) continue
    const found = await findMentioned(mention, ig, own, keys, io)
    if (found === 'later') return { kind: 'refused', status: 503, reason: 'cannot ask now' }
    if (found !== null) items.push(found)
  }
  return { kind: 'items', items, reply: { status: 200, body: '' } }
}

async function findMentioned(
  { media_id: media, comment_id: comment }: z.infer<typeof Mention>,
  ig: string,
  source: string,
  keys: GraphKeys,
  io: SourceIo,
): Promise<Post | 'later' | null> {
  if (!/^\d+$/.test(media) || (comment != null && !/^\d+$/.test(comment))) return null
  const fields =
    comment == null
      ? `mentioned_media.media_id(${media}){${mentionedFields}}`
      : `mentioned_comment.comment_id(${comment}){id,text,timestamp,username,like_count}`
  const asked = await askGraph(`${graph}/${ig}`, { fields }, keys, Mentioned, io)
  if ('trouble' in asked)
    return asked.trouble.kind === 'failed' && asked.trouble.problem?.key === 'meta.not-found' ? null : 'later'
  const { mentioned_comment: said, mentioned_media: shown } = asked.value
  if (comment == null) {
    const { data } = Media.safeParse(shown)
    return data ? mediaToPost(data, { source, handle: null }, io.now()).post : null
  }
  const { data } = MediaComment.safeParse({ ...(said as object | null), media })
  return data ? mediaCommentToPost(data, source, io.now()).post : null
}
