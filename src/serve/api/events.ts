import type { Context } from 'hono'
import { streamSSE, type SSEStreamingApi } from 'hono/streaming'
import type { Auth } from '../../base/team/auth.ts'
import { listProjectsFor } from '../../base/team/scope.ts'
import type { House } from '../house.ts'
import { spoken, type Api, type Env } from './door.ts'
import { recognise } from './identify.ts'
import { openMailbox } from './mailbox.ts'
import { HeedEvent } from './shapes/event.ts'

const pingMs = 20_000
const retryMs = 2_000
/** More different things at once than this means that the reader slept; back again, it asks for everything anew. */
const mostAtOnce = 500

/** Tells open screens where something changed: only in projects of the one who listens, for as long as they may. */
export function serveEvents(api: Api, house: House, auth: Auth): void {
  api.openapi(
    {
      ...spoken({ en: 'Live events (server-sent)', ru: 'Живые события (SSE)' }),
      method: 'get',
      path: '/api/events',
      tags: ['events'],
      responses: {
        200: { description: 'Each `data` is one event.', content: { 'text/event-stream': { schema: HeedEvent } } },
      },
    },
    (c) => {
      // Nobody would read the stream of a HEAD, so nobody would ever end it.
      if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' })
      return streamSSE(c, (stream) => tell(c, stream, house, auth))
    },
  )
}

async function tell(c: Context<Env>, stream: SSEStreamingApi, house: House, auth: Auth): Promise<void> {
  const seenNow = async () => new Set((await listProjectsFor(house.postgres.db, c.var.who)).map(({ id }) => id))
  let seen = await seenNow()
  let lookAgainAt = Date.now() + untilNextLook()
  const mailbox = openMailbox()
  const stop = house.events.subscribe((event) => {
    if (seen.has(event.project)) mailbox.put(event)
  })
  stream.onAbort(mailbox.close)
  try {
    await stream.write(`retry: ${retryMs}\n\n`)
    for (let id = 1; !stream.aborted;) {
      const events = await mailbox.take(pingMs)
      if (events.length > mostAtOnce) break
      // Waits while the reader is slow; what comes meanwhile is joined in the mailbox.
      for (const event of events) await stream.writeSSE({ data: JSON.stringify(event), id: String(id++) })
      if (events.length === 0) await stream.write(': ping\n\n')
      if (Date.now() < lookAgainAt) continue
      // Sessions end and roles change while a screen stays open.
      await recognise(c, house, auth)
      seen = await seenNow()
      lookAgainAt = Date.now() + untilNextLook()
    }
  } catch (error) {
    // The browser comes back by itself, and is told why it may not.
    house.log.debug({ error: String(error) }, 'live events ended')
  } finally {
    stop()
  }
}

/** Whoever hears the same event would otherwise look at the same moment, and what it points at would wait for all of them. */
function untilNextLook(): number {
  return pingMs * (0.5 + Math.random() / 2)
}
