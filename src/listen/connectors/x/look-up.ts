import { z } from 'zod'
import type { LookedUp, SourceIo, SourceToRead } from '../connector.ts'
import { askX } from './ask.ts'
import { billed, fields, idOfName, Includes, nameOf, XPost, usersIn, xToPost } from './post.ts'
import { postMicros } from './price.ts'
import { notPaid } from './search.ts'
import { momentOfId } from './snowflake.ts'
import type { XConfig } from './x.ts'

const Found = z.object({
  data: z.array(z.unknown()).nullish(),
  includes: Includes,
  errors: z.array(z.object({ resource_id: z.string().nullish(), type: z.string().nullish() })).nullish(),
})

/**
 * Counts of posts of this UTC day, which were billed when they came and are not billed again before it ends. Older ones
 * are not asked for: each look at each of them would cost as much as a new post.
 */
export async function lookUpX(ids: string[], source: SourceToRead<XConfig>, io: SourceIo): Promise<LookedUp> {
  const today = dayOf(io.now())
  const wanted = ids.flatMap((id) => idOfName(id) ?? []).filter((id) => dayOf(momentOfId(id)) === today)
  if (wanted.length === 0) return { kind: 'found', posts: [], missing: [] }
  const paid = await io.pay(wanted.length * postMicros)
  if (paid.kind === 'refused') return notPaid(paid)
  const query = new URLSearchParams({ ids: wanted.join(','), 'tweet.fields': fields['tweet.fields'] })
  const asked = await askX(io, `/2/tweets?${query.toString()}`, source.secrets['token'] ?? '', Found)
  if ('trouble' in asked) {
    await paid.settle([])
    return asked.trouble
  }
  const { data, includes, errors } = asked.value
  await paid.settle(billed(data ?? [], includes))
  const users = usersIn(includes)
  const posts = (data ?? []).flatMap((item) => {
    const raw = XPost.safeParse(item).data
    return (raw && xToPost(raw, users, io.now()).post) ?? []
  })
  const gone = (errors ?? []).filter(({ type }) => /resource-not-found$/.test(type ?? ''))
  const missing = gone.flatMap(({ resource_id: id }) => (id != null && wanted.includes(id) ? [nameOf(id)] : []))
  return { kind: 'found', posts, missing }
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}
