import type { PlatformAnswer } from '../connector.contract.ts'

export const token = 'AAAAAAAAtoken'

const json = (body: unknown, status = 200, headers = {}): PlatformAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
export const refuse = (status: number, type: string, detail: string, headers = {}): PlatformAnswer =>
  json({ type: `https://api.x.com/2/problems/${type}`, title: 'No', detail, status }, status, headers)

/** The id that X gives to the n-th post after this moment, one a second. */
export const idAt = (at: number | string, n = 0): string =>
  String((BigInt(new Date(at).getTime() + n * 1000 - 1_288_834_974_657) << 22n) + BigInt(n))

export const xPost = (id: string, more: object = {}) => ({
  id,
  text: `Пост ${id}`,
  author_id: '42',
  created_at: new Date(Number(BigInt(id) >> 22n) + 1_288_834_974_657).toISOString(),
  lang: 'ru',
  conversation_id: id,
  edit_history_tweet_ids: [id],
  public_metrics: {
    retweet_count: 1,
    quote_count: 1,
    reply_count: 2,
    like_count: 3,
    impression_count: 400,
    bookmark_count: 0,
  },
  ...more,
})
export const xUser = {
  id: '42',
  name: 'Анна',
  username: 'anna',
  description: 'Пишу о банках',
  verified: false,
  public_metrics: { followers_count: 120 },
}

const known = {
  '/2/tweets/search/recent': [
    'query',
    'max_results',
    'since_id',
    'until_id',
    'start_time',
    'tweet.fields',
    'expansions',
    'user.fields',
  ],
  '/2/tweets': ['ids', 'tweet.fields'],
}

/** X with these posts, as its description of August 2026 has it: what it does not know it refuses. */
export function xWith(posts: { id: string }[], now: Date) {
  return (asked: URL, authorization: string | null): PlatformAnswer => {
    if (authorization !== `Bearer ${token}`) return refuse(401, 'unauthorized', 'Unauthorized')
    const names = known[asked.pathname as keyof typeof known] as string[] | undefined
    if (names === undefined) return refuse(404, 'resource-not-found', asked.pathname)
    const odd = [...asked.searchParams.keys()].find((name) => !names.includes(name))
    if (odd !== undefined) return refuse(400, 'invalid-request', `The query parameter [${odd}] is not one of`)
    if (asked.pathname === '/2/tweets') {
      const ids = (asked.searchParams.get('ids') ?? '').split(',')
      return json({
        data: posts.filter(({ id }) => ids.includes(id)),
        errors: ids
          .filter((id) => !posts.some((post) => post.id === id))
          .map((id) => ({
            resource_id: id,
            resource_type: 'tweet',
            type: 'https://api.x.com/2/problems/resource-not-found',
          })),
      })
    }
    const of = (name: string) => asked.searchParams.get(name)
    const size = Number(of('max_results'))
    if (!(size >= 10 && size <= 100)) return refuse(400, 'invalid-request', 'max_results is not between 10 and 100')
    const oldest = BigInt(idAt(now.getTime() - 7 * 86_400_000))
    for (const name of ['since_id', 'until_id'])
      if (of(name) !== null && BigInt(of(name) ?? 0) < oldest)
        return refuse(400, 'invalid-request', `'${name}' must be a tweet id created after 7 days ago`)
    const found = posts
      .filter(
        ({ id }) =>
          BigInt(id) > BigInt(of('since_id') ?? 0) &&
          (of('until_id') === null || BigInt(id) < BigInt(of('until_id') ?? 0)),
      )
      .toSorted((a, b) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1))
    const page = found.slice(0, size)
    return json({
      ...(page.length > 0 && { data: page, includes: { users: [xUser] } }),
      meta: { result_count: page.length, ...(found.length > size && { next_token: 'next' }) },
    })
  }
}
