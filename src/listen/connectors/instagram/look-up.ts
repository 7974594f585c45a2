import { z } from 'zod'
import type { ConnectorIo, LookedUp } from '../connector.ts'
import { askBatch } from '../meta/batch.ts'
import type { GraphKeys } from '../meta/graph.ts'
import { commentName, idOfName, Media, MediaComment, mediaCommentToPost, mediaFields, mediaToPost } from './post.ts'

const WithMedia = z.object({ media: z.object({ id: z.string().min(1) }) })

/** What Meta says now of media and comments, all of them in one request. */
export async function lookUpInstagram(ids: string[], keys: GraphKeys, io: ConnectorIo): Promise<LookedUp> {
  const wanted = ids.flatMap((id) => idOfName(id) ?? [])
  if (wanted.length === 0) return { kind: 'found', posts: [], missing: [] }
  const fields = { media: mediaFields, comment: 'id,text,timestamp,username,from,like_count,parent_id,media{id}' }
  const paths = wanted.map(({ kind, id }) => `${id}?fields=${encodeURIComponent(fields[kind])}`)
  const asked = await askBatch('me?fields=id', paths, keys, io)
  if ('trouble' in asked) return asked.trouble
  const posts = wanted.flatMap(({ kind }, index) => {
    const part = asked.parts[index]
    if (part?.kind !== 'json') return []
    const now = io.now()
    if (kind === 'comment') {
      const media = WithMedia.safeParse(part.json).data?.media.id
      const { data } = MediaComment.safeParse({ ...(part.json as object), media })
      return (data && mediaCommentToPost(data, data.username ?? 'Instagram', now).post) ?? []
    }
    const { data } = Media.safeParse(part.json)
    return (data && mediaToPost(data, { source: data.username ?? 'Instagram', handle: null }, now).post) ?? []
  })
  // Only what stands at the own account can be seen by itself, so nothing else is proved gone.
  const gone = wanted.filter(({ kind }, index) => kind === 'comment' && asked.parts[index]?.kind === 'gone')
  return { kind: 'found', posts, missing: gone.map(({ id }) => commentName(id)) }
}
