import { createRoute, z } from '@hono/zod-openapi'
import { Readable } from 'node:stream'
import { audit } from '../../base/team/audit.ts'
import { findSurroundings } from '../../listen/lists/list.ts'
import { contentTypes, exportMentions, formats } from '../export/export.ts'
import type { House } from '../house.ts'
import { allowed, InProject, spoken, type Api } from './door.ts'
import { readFilter } from './filter.ts'
import * as shapes from './shapes/mention.ts'

const said = { en: 'Mentions of a filter as a file', ru: 'Упоминания по фильтру одним файлом' }

const route = createRoute({
  method: 'get',
  path: '/api/projects/{project}/export',
  tags: ['mentions'],
  ...spoken(said),
  request: { params: InProject, query: shapes.MentionFilter.extend({ format: z.enum(formats).default('csv') }) },
  responses: {
    200: {
      description: said.en,
      content: Object.fromEntries(
        Object.values(contentTypes).map((type) => [type, { schema: z.string().openapi({ format: 'binary' }) }]),
      ),
    },
  },
})

/** Everything that a filter selects leaves as one file, and it is written down who took it. */
export function serveExport(api: Api, house: House): void {
  api.openapi(route, async (c) => {
    const { format, ...asked } = c.req.valid('query')
    const { project, who } = allowed(c, 'export')
    const { clickhouse, postgres, config } = house
    const file = await exportMentions({ clickhouse, db: postgres.db }, project.id, {
      filter: readFilter(asked, await findSurroundings(postgres.db, project.id)),
      format,
      maxRows: config.limits.exportRows,
    })
    await audit(postgres.db, {
      project: project.id,
      who,
      action: 'export',
      subject: 'mentions',
      details: { ...asked, format, rows: file.rows },
    })
    const name = `${project.name} ${house.now().toISOString().slice(0, 10)}.${format}`
    return c.body(Readable.toWeb(Readable.from(file.bytes, { objectMode: false })) as ReadableStream, 200, {
      'content-type': contentTypes[format],
      'content-disposition': `attachment; filename="heed.${format}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    })
  })
}
