import { z } from '@hono/zod-openapi'
import { version } from './document.ts'
import { operation, type Api } from './door.ts'

/** For whoever watches whether this process answers. */
export function serveHealth(api: Api): void {
  api.openapi(
    operation(
      { en: 'Whether this process answers', ru: 'Отвечает ли этот процесс' },
      { method: 'get', path: '/api/health', tags: ['health'], security: [] },
      z.object({ ok: z.boolean(), version: z.string() }),
    ),
    (c) => c.json({ ok: true, version }, 200),
  )
}
