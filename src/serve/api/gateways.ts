import { z } from '@hono/zod-openapi'
import { UserError } from '../../base/errors.ts'
import { listBridges } from '../../listen/connectors/gateway/bridges.ts'
import { problem, tell } from '../../listen/connectors/problems.ts'
import { readSiteAddress } from '../../listen/connectors/site-address.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, type Api } from './door.ts'
import { Bridge } from './shapes/gateway.ts'

const Asked = z.object({ url: z.string().trim().min(1).max(2000) })

/** What a gateway of the project's own can read, so that people fill in a form instead of an address. */
export function serveGateways(api: Api, house: House): void {
  api.openapi(
    operation(
      { en: 'What an rss-bridge or RSSHub can read', ru: 'Что умеет читать rss-bridge или RSSHub' },
      {
        method: 'post',
        path: '/api/projects/{project}/sources/gateway',
        tags: ['sources'],
        request: { params: InProject, body: body(Asked) },
      },
      items(Bridge),
    ),
    async (c) => {
      allowed(c, 'source')
      const gateway = readSiteAddress(c.req.valid('json').url)
      if (gateway === null) throw refused('site.url')
      const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(30_000)])
      const listed = await listBridges(gateway, { request: house.request, now: house.now, signal })
      if ('trouble' in listed) throw refused('gateway.none')
      return c.json({ items: listed.bridges }, 200)
    },
  )
}

function refused(key: 'site.url' | 'gateway.none'): UserError {
  return new UserError(tell(problem(key), 'en'), { key, field: 'url' })
}
