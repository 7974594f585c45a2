import { z } from '@hono/zod-openapi'
import { findCustomersCalled } from '../../respond/customers/customer.ts'
import { findTitled } from '../../respond/knowledge/article.ts'
import type { House } from '../house.ts'
import { allowed, InProject, operation, type Api } from './door.ts'
import { seesPublicOnly } from './knowledge.ts'
import { Named } from './shapes/project.ts'

const limit = 6

/** Where somebody wants to go whose name they type: people we help and articles. */
export function serveNames(api: Api, { postgres: { db } }: House): void {
  api.openapi(
    operation(
      {
        en: 'Customers by name or handle and articles by title, by how their words begin',
        ru: 'Клиенты по имени или нику и статьи по заголовку: по началам слов',
      },
      {
        method: 'get',
        path: '/api/projects/{project}/names',
        tags: ['projects'],
        request: { params: InProject, query: z.object({ q: z.string().trim().min(2).max(200) }) },
      },
      Named,
    ),
    async (c) => {
      const scope = allowed(c, 'read')
      const { q } = c.req.valid('query')
      const [customers, articles] = await Promise.all([
        findCustomersCalled(db, scope.project.id, q, limit),
        findTitled(db, scope.project.id, q, { publicOnly: seesPublicOnly(scope), limit }),
      ])
      return c.json({ customers, articles }, 200)
    },
  )
}
