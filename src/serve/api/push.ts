import { collectWorld } from '../../listen/collect/world.ts'
import { receivePush } from '../../listen/collect/push.ts'
import type { House } from '../house.ts'
import type { Api } from './door.ts'
import { Refused } from './problem.ts'

// A platform pushes what has just happened; whole archives do not come this way.
const largest = 5 * 1024 * 1024
// Ten a second, each with up to a thousand posts: what knocks more often goes wrong somewhere.
const perMinute = 600
const minute = 60_000

/** Where platforms push what happens at a source. Nobody signs in here: the address itself is the secret. */
export function servePush(api: Api, house: House): void {
  const world = collectWorld(house)
  const admit = counter()
  api.on(['GET', 'POST'], '/push/:source/:token', async (c) => {
    const { source, token } = c.req.param()
    if (!/^\d{1,9}$/.test(source)) return c.body(null, 404)
    const seconds = admit(`${source} ${c.var.address}`, house.now().getTime())
    if (seconds > 0)
      throw new Refused(429, 'push-too-often', { values: { seconds }, headers: { 'retry-after': String(seconds) } })
    if (Number(c.req.header('content-length') ?? 0) > largest) throw new Refused(413, 'body-too-large')
    const body = new Uint8Array(await c.req.arrayBuffer())
    if (body.byteLength > largest) throw new Refused(413, 'body-too-large')
    const query = new URL(c.req.url).searchParams
    const request = { method: c.req.method, headers: c.req.raw.headers, query, body, at: house.now() }
    const reply = await receivePush(world, { id: Number(source), token }, request)
    return c.body(reply.body, reply.status as 200, { 'content-type': 'text/plain; charset=utf-8' })
  })
}

/** Counts in the memory of this process; answers how many seconds to wait, 0 when there is room. */
function counter(): (key: string, at: number) => number {
  let began = 0
  let counts = new Map<string, number>()
  return (key, at) => {
    if (at - began >= minute || at < began) {
      began = at
      counts = new Map()
    }
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count <= perMinute ? 0 : Math.max(1, Math.ceil((began + minute - at) / 1000))
  }
}
