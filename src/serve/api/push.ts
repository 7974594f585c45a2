import { collectWorld } from '../../listen/collect/world.ts'
import { receivePush } from '../../listen/collect/push.ts'
import type { House } from '../house.ts'
import type { Api } from './door.ts'
import { Refused } from './problem.ts'

// A platform pushes what has just happened; whole archives do not come this way.
const largest = 5 * 1024 * 1024

/** Where platforms push what happens at a source. Nobody signs in here: the address itself is the secret. */
export function servePush(api: Api, house: House): void {
  const world = collectWorld(house)
  api.on(['GET', 'POST'], '/push/:source/:token', async (c) => {
    if (Number(c.req.header('content-length') ?? 0) > largest) throw new Refused(413, 'body-too-large')
    const { source, token } = c.req.param()
    if (!/^\d{1,9}$/.test(source)) return c.body(null, 404)
    const body = new Uint8Array(await c.req.arrayBuffer())
    if (body.byteLength > largest) throw new Refused(413, 'body-too-large')
    const query = new URL(c.req.url).searchParams
    const request = { method: c.req.method, headers: c.req.raw.headers, query, body, at: house.now() }
    const reply = await receivePush(world, { id: Number(source), token }, request)
    return c.body(reply.body, reply.status as 200, { 'content-type': 'text/plain; charset=utf-8' })
  })
}
