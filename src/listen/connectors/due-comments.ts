/**
 * Which posts of a wall have comments to be read: those whose number of comments changed, and the others on a falling
 * schedule, because an edit changes no number. Kept in the cursor as text.
 */
export type Followed = Map<number, { count: number; readAtS: number }>

const most = 200
const oldestS = 30 * 86_400
const shortestS = 10 * 60

export type Listed = { id: number; postedAtS: number; comments: number }

export function readFollowed(kept: unknown): Followed {
  const followed: Followed = new Map()
  if (typeof kept !== 'string') return followed
  for (const one of kept.split(' ')) {
    const [id, count, readAtS] = one.split(':').map(Number)
    if (Number.isSafeInteger(id) && Number.isSafeInteger(count) && Number.isSafeInteger(readAtS))
      followed.set(id ?? 0, { count: count ?? 0, readAtS: readAtS ?? 0 })
  }
  return followed
}

/** The newest posts stay. */
export function printFollowed(followed: Followed): string {
  const newest = [...followed].toSorted(([a], [b]) => b - a).slice(0, most)
  return newest.map(([id, { count, readAtS }]) => `${id}:${count}:${readAtS}`).join(' ')
}

/** Newest first: what is said below a new post is what people wait for. */
export function dueComments(posts: Listed[], followed: Followed, nowS: number): Listed[] {
  return posts
    .filter((post) => post.comments > 0 || (followed.get(post.id)?.count ?? 0) > 0)
    .filter((post) => isDue(post, followed, nowS))
    .toSorted((a, b) => b.id - a.id)
}

function isDue({ id, postedAtS, comments }: Listed, followed: Followed, nowS: number): boolean {
  const known = followed.get(id)
  if (known === undefined || known.count !== comments) return true
  return isNextLook({ postedAtS, readAtS: known.readAtS }, nowS)
}

/** Whether it is time to look below a post again: every look comes after another quarter of its age, for a month. */
export function isNextLook({ postedAtS, readAtS }: { postedAtS: number; readAtS: number }, nowS: number): boolean {
  const ageS = Math.max(0, nowS - postedAtS)
  if (ageS > oldestS) return false
  return nowS - readAtS >= Math.max(shortestS, (readAtS - postedAtS) / 4)
}
