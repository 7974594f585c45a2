import { z } from '@hono/zod-openapi'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { audit } from '../../base/team/audit.ts'
import { findCalendar } from '../../respond/clocks/calendar.ts'
import { forecastLate, lookBackHours } from '../../respond/clocks/forecast.ts'
import { ladders } from '../../respond/clocks/ladders.ts'
import { listPolicies, orderPolicies, retirePolicy, savePolicy } from '../../respond/clocks/policy.ts'
import { listWindows, setWindows } from '../../respond/clocks/window.ts'
import { changeCalendar } from '../../respond/tickets/promises.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import * as shapes from './shapes/clock.ts'

const tags = ['clocks']
const at = '/api/projects/{project}'
const forecastHours = 8

/** What a project promises its customers, and when it works. */
export function serveClocks(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'When the project works; null is around the clock', ru: 'Рабочее время проекта; null — круглосуточно' },
      { method: 'get', path: `${at}/calendar`, tags, request: { params: InProject } },
      z.object({ calendar: shapes.Calendar.nullable() }),
    ),
    async (c) => c.json({ calendar: await findCalendar(db, allowed(c, 'read').project.id) }, 200),
  )

  api.openapi(
    operation(
      {
        en: 'Set when the project works; everything promised ends accordingly',
        ru: 'Задать рабочее время; сроки всех обещаний пересчитываются',
      },
      {
        method: 'put',
        path: `${at}/calendar`,
        tags,
        request: { params: InProject, body: body(z.object({ calendar: shapes.Calendar.nullable() })) },
      },
      z.object({ calendar: shapes.Calendar.nullable() }),
    ),
    async (c) => {
      const { calendar } = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      await inTransaction(db, async (tx) => {
        await changeCalendar(tx, project.id, calendar, house.now())
        await audit(tx, { project: project.id, who, action: 'desk-changed', details: { calendar } })
      })
      await house.events.publish({ project: project.id, kind: 'ticket', ticket: 0 })
      return c.json({ calendar: await findCalendar(db, project.id) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Promises of the project in the order they are asked', ru: 'Обещания проекта в порядке проверки' },
      { method: 'get', path: `${at}/policies`, tags, request: { params: InProject } },
      items(shapes.Policy).extend({ ladders: z.record(z.string(), shapes.Ladder) }),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      return c.json({ items: await listPolicies(db, project.id), ladders: shownLadders }, 200)
    },
  )

  for (const method of ['post', 'put'] as const) {
    const isNew = method === 'post'
    api.openapi(
      operation(
        isNew
          ? { en: 'Promise something to new tickets', ru: 'Добавить обещание для новых обращений' }
          : { en: 'Promise something else to new tickets', ru: 'Изменить обещание для новых обращений' },
        {
          method,
          path: isNew ? `${at}/policies` : `${at}/policies/{id}`,
          tags,
          request: { params: isNew ? InProject : WithId, body: body(shapes.PolicyInput) },
        },
        shapes.Policy,
      ),
      async (c) => {
        const input = c.req.valid('json')
        const { project, who } = allowed(c, 'project')
        const params: { project: number; id?: number } = c.req.valid('param')
        const id = params.id ?? null
        const saved = await inTransaction(db, async (tx) => {
          const policy = await savePolicy(tx, project.id, id, input)
          await audit(tx, { project: project.id, who, action: 'desk-changed', subject: policy.name, details: input })
          return policy
        })
        return c.json(saved, 200)
      },
    )
  }

  for (const method of ['delete', 'post'] as const) {
    const retired = method === 'delete'
    api.openapi(
      silentOperation(
        retired
          ? { en: 'Promise it no more; clocks that run go on', ru: 'Больше не обещать; идущие сроки идут дальше' }
          : { en: 'Promise it again', ru: 'Обещать снова' },
        {
          method,
          path: retired ? `${at}/policies/{id}` : `${at}/policies/{id}/return`,
          tags,
          request: { params: WithId },
        },
      ),
      async (c) => {
        const { project, who } = allowed(c, 'project')
        const { id } = c.req.valid('param')
        await inTransaction(db, async (tx) => {
          await retirePolicy(tx, project.id, id, retired)
          await audit(tx, { project: project.id, who, action: 'desk-changed', details: { policy: id, retired } })
        })
        return c.body(null, 204)
      },
    )
  }

  api.openapi(
    silentOperation(
      { en: 'Set the order in which promises are asked', ru: 'Задать порядок проверки обещаний' },
      {
        method: 'put',
        path: `${at}/policy-order`,
        tags,
        request: { params: InProject, body: body(z.object({ ids: z.array(z.int().min(1)).max(200) })) },
      },
    ),
    async (c) => {
      const { ids } = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      await inTransaction(db, async (tx) => {
        await orderPolicies(tx, project.id, ids)
        await audit(tx, { project: project.id, who, action: 'desk-changed', details: { order: ids } })
      })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'How long platforms take a reply', ru: 'Сколько времени площадки принимают ответ' },
      { method: 'get', path: `${at}/reply-windows`, tags, request: { params: InProject } },
      shapes.ReplyWindows,
    ),
    async (c) => c.json({ windows: await listWindows(db, allowed(c, 'read').project.id) }, 200),
  )

  api.openapi(
    operation(
      {
        en: 'Set how long platforms take a reply; it counts for what is written from now on',
        ru: 'Задать, сколько времени площадки принимают ответ; действует для новых сообщений',
      },
      {
        method: 'put',
        path: `${at}/reply-windows`,
        tags,
        request: { params: InProject, body: body(shapes.ReplyWindows) },
      },
      shapes.ReplyWindows,
    ),
    async (c) => {
      const { windows } = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      await inTransaction(db, async (tx) => {
        await setWindows(tx, project.id, windows)
        await audit(tx, { project: project.id, who, action: 'desk-changed', details: { windows } })
      })
      return c.json({ windows: await listWindows(db, project.id) }, 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Which answers will come too late in the coming hours at the present pace',
        ru: 'Какие ответы опоздают в ближайшие часы при нынешнем темпе',
      },
      { method: 'get', path: `${at}/forecast`, tags, request: { params: InProject } },
      shapes.Forecast,
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const { pace, hours } = await forecastLate(db, project.id, house.now(), forecastHours)
      return c.json(
        { pace, lookBackHours, hours: hours.map((hour) => ({ ...hour, from: hour.from.toISOString() })) },
        200,
      )
    },
  )
}

const shownLadders = Object.fromEntries(
  Object.entries(ladders).map(([name, ladder]) => [name, { ...ladder, steps: [...ladder.steps] }]),
)
