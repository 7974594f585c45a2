import { z } from 'zod'
import type { LookedUp, SourceIo } from '../connector.ts'
import { authorFields, people, readAuthors } from './authors.ts'
import { callForSource } from './call.ts'
import { itemToPost, WallItem } from './item.ts'
import { idOf, placeOf } from './place.ts'

const Page = z.object({ items: z.array(z.unknown()), ...people })
const Named = z.object({ id: z.int(), owner_id: z.int(), is_deleted: z.boolean().nullish() })

/**
 * Posts as they are now, a hundred at once. VK leaves out what is deleted and what the key may not see, without a word: what is
 * left out is gone only where another post of the same wall was shown. Comments cannot be asked for like this.
 */
export async function lookUpPosts(ids: string[], token: string, io: SourceIo): Promise<LookedUp> {
  const places = ids.map((id) => placeOf({ id, url: null })).filter((place) => place !== null && place.comment === null)
  const wanted = places.filter((place) => place !== null)
  if (wanted.length === 0) return { kind: 'found', posts: [], missing: [] }
  const posts = wanted.map(({ owner, post }) => `${owner}_${post}`)
  const asked = await callForSource('wall.getById', { posts, extended: 1, fields: authorFields }, token, Page, io)
  if ('trouble' in asked) return asked.trouble
  const reading = { authors: readAuthors(asked.value), now: io.now(), source: null }
  const shown = asked.value.items.map((item) => Named.safeParse(item).data).filter((one) => one !== undefined)
  const there = new Set(shown.filter((one) => one.is_deleted !== true).map((one) => `${one.owner_id}_${one.id}`))
  const deleted = new Set(shown.filter((one) => one.is_deleted === true).map((one) => `${one.owner_id}_${one.id}`))
  const open = new Set(shown.filter((one) => one.is_deleted !== true).map((one) => one.owner_id))
  const isGone = (owner: number, post: number) =>
    deleted.has(`${owner}_${post}`) || (!there.has(`${owner}_${post}`) && open.has(owner))
  return {
    kind: 'found',
    posts: asked.value.items.flatMap((item) => {
      const { data } = WallItem.safeParse(item)
      return (data && itemToPost(data, reading).post) ?? []
    }),
    missing: wanted
      .filter(({ owner, post }) => isGone(owner, post))
      .map(({ owner, post }) => idOf({ owner, post, comment: null })),
  }
}
