import { z } from '@hono/zod-openapi'
import { findGaps, gapsWords } from '../../respond/knowledge/gaps.ts'
import type { KnowledgeIndex } from '../../respond/knowledge/project-index.ts'
import type { House } from '../house.ts'
import { allowed, InProject, operation, type Api } from './door.ts'
import * as shapes from './shapes/knowledge.ts'

const dayMs = 86_400_000

/** What customers ask again and again and nobody has written down. */
export function serveGaps(api: Api, house: House, index: KnowledgeIndex): void {
  api.openapi(
    operation(
      {
        en: 'What is asked often and answered nowhere, of the last days',
        ru: 'Что часто спрашивают и на что нигде нет ответа, за последние дни',
      },
      {
        method: 'get',
        path: '/api/projects/{project}/knowledge/gaps',
        tags: ['knowledge'],
        request: {
          params: InProject,
          query: z.object({ days: z.enum(['7', '28', '90']).optional().openapi({ description: '28 unless told.' }) }),
        },
      },
      shapes.Gaps,
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const to = house.now()
      const from = new Date(to.getTime() - Number(c.req.valid('query').days ?? 28) * dayMs)
      const rooms = { db: house.postgres.db, clickhouse: house.clickhouse, index }
      const { gaps, asked, helped } = await findGaps(rooms, project.id, { from, to })
      return c.json(
        {
          ...{ asked, helped, measure: gapsWords[c.var.locale] },
          gaps: gaps.map((gap) => ({
            ...gap,
            questions: gap.questions.map(({ mention, ticket, text, postedAt }) => ({
              ...{ mention, ticket, text: text.slice(0, longestText) },
              postedAt: postedAt.toISOString(),
            })),
          })),
        },
        200,
      )
    },
  )
}

const longestText = 400
