import { z } from '@hono/zod-openapi'
import { must, UserError } from '../../base/errors.ts'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { audit } from '../../base/team/audit.ts'
import { listBudgets, setBudget, type BudgetState } from '../../listen/collect/budget.ts'
import { findConnector } from '../../listen/connectors/catalogue.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, type Api } from './door.ts'
import * as shapes from './shapes/source.ts'

const tags = ['sources']
const micros = 1_000_000

/** What platforms that bill may cost a project in a month, and what they cost so far. */
export function serveBudgets(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Budgets for platforms that cost money', ru: 'Бюджеты на платные площадки' },
      { method: 'get', path: '/api/projects/{project}/budgets', tags, request: { params: InProject } },
      items(shapes.Budget),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      return c.json({ items: (await listBudgets(db, project.id, house.now())).map(showBudget) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Set what a platform may cost in a month', ru: 'Задать, сколько площадка может стоить в месяц' },
      {
        method: 'put',
        path: '/api/projects/{project}/budgets/{platform}',
        tags,
        request: {
          params: InProject.extend({ platform: z.string().max(40) }),
          body: body(z.object({ monthly: z.number().min(0).max(1_000_000) })),
        },
      },
      shapes.Budget,
    ),
    async (c) => {
      const { project, who } = allowed(c, 'source')
      const { platform } = c.req.valid('param')
      const { monthly } = c.req.valid('json')
      if (findConnector(platform)?.capabilities.cost == null)
        throw new UserError('This platform costs nothing', { key: 'budget-for-nothing', field: 'platform' })
      await inTransaction(db, async (tx) => {
        await setBudget(tx, { project: project.id, platform }, Math.round(monthly * micros), house.now())
        await audit(tx, { project: project.id, who, action: 'budget-set', subject: platform, details: { monthly } })
      })
      await house.events.publish({ project: project.id, kind: 'source', source: 0 })
      const now = await listBudgets(db, project.id, house.now())
      return c.json(showBudget(must(now.find((one) => one.platform === platform))), 200)
    },
  )
}

function showBudget({ platform, monthly, spent, forecast, state, until }: BudgetState): shapes.Budget {
  return {
    platform,
    currency: must(findConnector(platform)?.capabilities.cost).currency,
    monthly: monthly / micros,
    spent: spent / micros,
    forecast: forecast === null ? null : forecast / micros,
    state,
    until: until.toISOString(),
  }
}
