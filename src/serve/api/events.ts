import { z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import type { HeedEvent } from '../../base/events/events.ts'
import { listProjectsFor } from '../../base/team/scope.ts'
import type { Auth } from '../../base/team/auth.ts'
import type { House } from '../house.ts'
import { spoken, type Api } from './door.ts'
import { recognise } from './identify.ts'

const pingMs = 20_000
const retryMs = 2_000
/** More different things than this waiting means that the reader is gone or asleep; it asks for everything when it is back. */
const mostWaiting = 500

/** Tells open screens where something changed: only in projects of the one who listens, for as long as they may. */
export function serveEvents(api: Api, house: House, auth: Auth): void {
  api.openapi(
    {
      ...spoken({ en: 'Live events (server-sent)', ru: 'Живые события (SSE)' }),
      method: 'get',
      path: '/api/events',
      tags: ['events'],
      responses: { 200: { description: 'Each `data` is one HeedEvent in JSON.', content: { 'text/event-stream': { schema: z.string() } } } },
    },
    async (c) => {
      let seen = new Set<number>()
      const lookAround = async () => {
        seen = new Set((await listProjectsFor(house.postgres.db, c.var.who)).map((project) => project.id))
      }
      // The stream ends with the session; a browser that may come back does so by itself.
      const look = () => recognise(c, house, auth).then(lookAround).then(() => true, () => false)
      await lookAround()
      // Nobody would read the stream of a HEAD, so nobody would ever end it.
      if (c.req.method === 'HEAD') return c.body(null, 200, { 'content-type': 'text/event-stream' })
      return streamSSE(c, async (stream) => {
        const waiting = new Map<string, HeedEvent>()
        let wake = () => {}
        let lookedAt = Date.now()
        const stop = house.events.subscribe((event) => {
          if (!seen.has(event.project)) return
          join(waiting, event)
          wake()
        })
        stream.onAbort(() => {
          stop()
          wake()
        })
        try {
          await stream.write(`retry: ${retryMs}\n\n`)
          for (let id = 1; !stream.aborted; ) {
            if (waiting.size === 0 && !(await wakes((call) => (wake = call), pingMs))) {
              await stream.write(': ping\n\n')
            }
            // Sessions end and roles change while a screen stays open.
            if (Date.now() - lookedAt > pingMs) {
              if (!(await look())) break
              lookedAt = Date.now()
            }
            if (waiting.size > mostWaiting) break
            const batch = [...waiting.values()]
            waiting.clear()
            // Waits while the reader is slow; what comes meanwhile is joined above.
            for (const event of batch) await stream.writeSSE({ data: JSON.stringify(event), id: String(id++) })
          }
        } finally {
          stop()
        }
      })
    },
  )
}

/** Many events about one thing become one. */
function join(waiting: Map<string, HeedEvent>, event: HeedEvent): void {
  const { project, kind } = event
  const key = kind === 'mentions' ? `${project} mentions` : JSON.stringify(event)
  const earlier = waiting.get(key)
  waiting.set(key, event.kind === 'mentions' && earlier?.kind === 'mentions' ? { ...event, added: event.added + earlier.added } : event)
}

/** True when called, false when `ms` passed first. */
function wakes(listen: (call: () => void) => void, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms)
    listen(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
}
