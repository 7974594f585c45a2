import { NotFound } from '../../base/errors.ts'
import { listEngagement } from '../../listen/mentions/engagement.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { findRemoval } from '../../listen/mentions/removal.ts'
import type { House } from '../house.ts'
import { allowed, operation, WithTextId, type Api } from './door.ts'
import { Engagement } from './shapes/mention.ts'

/** What became of a post at its platform after it was collected. */
export function serveEngagement(api: Api, house: House): void {
  api.openapi(
    operation(
      {
        en: 'What the platform counted of a mention over time, and whether it was deleted there',
        ru: 'Что площадка насчитала упоминанию со временем и не удалено ли оно там',
      },
      {
        method: 'get',
        path: '/api/projects/{project}/mentions/{id}/engagement',
        tags: ['mentions'],
        request: { params: WithTextId },
      },
      Engagement,
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const { id } = c.req.valid('param')
      const removedAt = await findRemoval(house.postgres.db, project.id, id)
      const [mention] = await findMentions(house.clickhouse, project.id, [id])
      if (!mention && removedAt === null) throw new NotFound()
      const counted = mention ? await listEngagement(house.clickhouse, id) : []
      return c.json(
        {
          removedAt: mention ? null : (removedAt?.toISOString() ?? null),
          counted: counted.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })),
        },
        200,
      )
    },
  )
}
