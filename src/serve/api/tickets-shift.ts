import { z } from '@hono/zod-openapi'
import { may } from '../../base/team/role.ts'
import { listProjectsFor } from '../../base/team/scope.ts'
import { comeTo, leaseMs, leave, listPresent } from '../../respond/tickets/presence.ts'
import { getTicket } from '../../respond/tickets/ticket.ts'
import { listShift } from '../../respond/tickets/shift.ts'
import type { House } from '../house.ts'
import { allowed, body, operation, person, silentOperation, WithId, type Api } from './door.ts'
import * as shapes from './shapes/ticket.ts'
import { showTicket } from './ticket-shape.ts'

const tags = ['tickets']
const presence = '/api/projects/{project}/tickets/{id}/presence'
const pageSize = 50

/** One queue over all projects that somebody works in, and who is at a ticket right now. */
export function serveShift(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      {
        en: 'Open tickets of all projects one works in, what hurts next first',
        ru: 'Открытые обращения всех своих проектов, самые горящие сверху',
      },
      {
        method: 'get',
        path: '/api/queue',
        tags,
        request: {
          query: z.object({
            assignee: z.enum(['me', 'none']).optional().openapi({ description: 'Everybody’s when absent.' }),
            cursor: z.string().max(80).optional(),
          }),
        },
      },
      shapes.ShiftPage,
    ),
    async (c) => {
      const { assignee, cursor } = c.req.valid('query')
      const me = person(c)
      const projects = new Map(
        (await listProjectsFor(db, me)).filter(({ role }) => may(role, 'ticket')).map(({ id, name }) => [id, name]),
      )
      const page = await listShift(db, [...projects.keys()], {
        assignee: assignee === undefined ? undefined : assignee === 'me' ? me.id : null,
        after: cursor ?? null,
        limit: pageSize,
        now: house.now(),
      })
      const items = page.items.map((ticket) => ({
        ...showTicket(ticket),
        project: { id: ticket.projectId, name: projects.get(ticket.projectId) ?? '' },
      }))
      return c.json({ ...page, items }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Who has a ticket open, and who writes there', ru: 'Кто смотрит обращение и кто пишет в нём' },
      { method: 'get', path: presence, tags, request: { params: WithId } },
      shapes.Presence,
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const { id } = await getTicket(db, project.id, c.req.valid('param').id)
      return c.json({ items: await listPresent(db, id, house.now()), leaseMs }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'I have it open, or write there; to be renewed', ru: 'Я смотрю обращение или пишу в нём; продлевается' },
      {
        method: 'put',
        path: presence,
        tags,
        request: { params: WithId, body: body(z.object({ writes: z.boolean() })) },
      },
      shapes.Presence,
    ),
    async (c) => {
      const { writes } = c.req.valid('json')
      const { project } = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      const isNew = await comeTo(db, project.id, id, { member: person(c).id, writes, now: house.now() })
      if (isNew) await house.events.publish({ project: project.id, kind: 'presence', ticket: id })
      return c.json({ items: await listPresent(db, id, house.now()), leaseMs }, 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'I have left it', ru: 'Я ушёл из обращения' },
      { method: 'delete', path: presence, tags, request: { params: WithId } },
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const { id } = await getTicket(db, project.id, c.req.valid('param').id)
      if (await leave(db, id, person(c).id, house.now()))
        await house.events.publish({ project: project.id, kind: 'presence', ticket: id })
      return c.body(null, 204)
    },
  )
}
