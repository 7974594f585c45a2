import { z } from 'zod'
import { failed } from '../answers.ts'
import type { LookedUp, SourceIo } from '../connector.ts'
import { askBatch } from '../meta/batch.ts'
import type { GraphKeys } from '../meta/graph.ts'
import {
  commentFields,
  commentName,
  idOfName,
  PageComment,
  pageCommentToPost,
  PagePost,
  pagePostToPost,
  postFields,
  postName,
} from './post.ts'

const Page = z.object({ id: z.string().min(1), name: z.string() })

/** Posts and comments as they are now, in one request. */
export async function lookUpFacebook(ids: string[], keys: GraphKeys, io: SourceIo): Promise<LookedUp> {
  const wanted = ids.flatMap((id) => idOfName(id) ?? [])
  if (wanted.length === 0) return { kind: 'found', posts: [], missing: [] }
  const fields = { post: encodeURIComponent(postFields), comment: encodeURIComponent(commentFields) }
  const paths = wanted.map(({ kind, id }) => `${id}?fields=${fields[kind]}`)
  const asked = await askBatch('me?fields=id,name', paths, keys, io)
  if ('trouble' in asked) return asked.trouble
  const page = Page.safeParse(asked.own).data
  if (!page) return failed('site.unexpected', { what: 'me' })
  const posts = wanted.flatMap(({ kind, id }, index) => {
    const part = asked.parts[index]
    if (part?.kind !== 'json') return []
    if (kind === 'post') {
      const { data } = PagePost.safeParse(part.json)
      return (data && pagePostToPost(data, page.name, io.now()).post) ?? []
    }
    // A comment's number begins with that of its post, which begins with that of its page.
    const { data } = PageComment.safeParse({ ...(part.json as object), post: `${page.id}_${id.split('_')[0]}` })
    return (data && pageCommentToPost(data, page.name, io.now()).post) ?? []
  })
  const gone = wanted.filter((_one, index) => asked.parts[index]?.kind === 'gone')
  return {
    kind: 'found',
    posts,
    missing: gone.map(({ kind, id }) => (kind === 'post' ? postName(id) : commentName(id))),
  }
}
