import { z } from '@hono/zod-openapi'
import { listAudit } from '../../base/team/audit.ts'
import type { House } from '../house.ts'
import { readCursor } from './cursor.ts'
import { allowed, InProject, operation, type Api } from './door.ts'
import { AuditEvent } from './shapes/project.ts'

const pageSize = 50

/** Who did what. */
export function serveAudit(api: Api, house: House): void {
  api.openapi(
    operation(
      { en: 'Audit of the project, newest first', ru: 'Журнал проекта, новое сверху' },
      {
        method: 'get',
        path: '/api/projects/{project}/audit',
        tags: ['team'],
        request: { params: InProject, query: z.object({ cursor: z.string().max(100).optional() }) },
      },
      z.object({ items: z.array(AuditEvent), next: z.string().nullable() }),
    ),
    async (c) => {
      const before = readCursor(c.req.valid('query').cursor)
      const { project, who } = allowed(c, 'audit')
      const installation = who.kind === 'member' && who.isHead
      const events = await listAudit(house.postgres.db, project.id, { before, limit: pageSize, installation })
      const last = events.at(-1)
      return c.json(
        {
          items: events.map((event) => ({ ...event, at: event.at.toISOString() })),
          next: last && events.length === pageSize ? String(last.id) : null,
        },
        200,
      )
    },
  )
}
