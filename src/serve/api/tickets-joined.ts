import { z } from '@hono/zod-openapi'
import {
  getIncident,
  listIncidents,
  openIncident,
  reopenIncident,
  setIncident,
  solveIncident,
  type Incident,
} from '../../respond/tickets/incident.ts'
import { setLinked } from '../../respond/tickets/links.ts'
import { mergeTickets, splitTicket, undoMove } from '../../respond/tickets/move.ts'
import { setWatching } from '../../respond/tickets/watchers.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, WithId, type Api } from './door.ts'
import * as shapes from './shapes/ticket.ts'
import { actorOf, colleagueFor, tellChange } from './ticket-desk.ts'

const tags = ['tickets']
const at = '/api/projects/{project}/tickets/{id}'
const ofIncidents = '/api/projects/{project}/incidents'
const TicketId = z.int().min(1)
const Title = z.string().trim().min(1).max(200)
const WithOther = WithId.extend({ other: WithId.shape.id })
const WithMember = WithId.extend({ member: z.string().min(1).max(100) })

/** What joins tickets with each other and with people: merges, splits, links, incidents, watchers. */
export function serveJoinedTickets(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Merge a ticket into another one', ru: 'Объединить обращение с другим' },
      {
        method: 'post',
        path: `${at}/merge`,
        tags,
        request: { params: WithId, body: body(z.object({ into: TicketId })) },
      },
      shapes.TicketDetail,
    ),
    async (c) => {
      const { into } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const from = c.req.valid('param').id
      const merged = mergeTickets(db, scope.project.id, { from, into }, actorOf(scope))
      return c.json(await tellChange(house, scope, merged, [from]), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Split mentions off into a new ticket', ru: 'Выделить упоминания в новое обращение' },
      {
        method: 'post',
        path: `${at}/split`,
        tags,
        request: {
          params: WithId,
          body: body(
            z.object({ mentions: z.array(z.string().min(1).max(2000)).min(1).max(200), title: Title.optional() }),
          ),
        },
      },
      shapes.TicketDetail,
    ),
    async (c) => {
      const { mentions, title } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const from = c.req.valid('param').id
      const split = splitTicket(db, scope.project.id, { from, mentions, title }, actorOf(scope))
      return c.json(await tellChange(house, scope, split, [from]), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Take a merge or a split back', ru: 'Отменить объединение или выделение' },
      {
        method: 'delete',
        path: '/api/projects/{project}/ticket-moves/{id}',
        tags,
        request: { params: WithId },
      },
      shapes.TicketDetail,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      const undone = await undoMove(db, scope.project.id, id, actorOf(scope))
      return c.json(await tellChange(house, scope, Promise.resolve(undone.ticket), [undone.other]), 200)
    },
  )

  for (const method of ['put', 'delete'] as const) {
    const linked = method === 'put'
    api.openapi(
      operation(
        linked
          ? { en: 'Link two tickets', ru: 'Связать два обращения' }
          : { en: 'Take the link off two tickets', ru: 'Убрать связь двух обращений' },
        { method, path: `${at}/links/{other}`, tags, request: { params: WithOther } },
        shapes.TicketDetail,
      ),
      async (c) => {
        const scope = allowed(c, 'ticket')
        const { id: ticket, other } = c.req.valid('param')
        const change = setLinked(db, scope.project.id, { ticket, other, linked }, actorOf(scope))
        return c.json(await tellChange(house, scope, change, [other]), 200)
      },
    )
    api.openapi(
      operation(
        linked
          ? { en: 'Let a member watch a ticket', ru: 'Добавить наблюдателя обращения' }
          : { en: 'Let a member watch a ticket no more', ru: 'Убрать наблюдателя обращения' },
        { method, path: `${at}/watchers/{member}`, tags, request: { params: WithMember } },
        shapes.TicketDetail,
      ),
      async (c) => {
        const scope = allowed(c, 'ticket')
        const { id, member } = c.req.valid('param')
        const to = { member, watches: linked, findMember: colleagueFor(scope) }
        return c.json(await tellChange(house, scope, setWatching(db, scope.project.id, id, to, actorOf(scope))), 200)
      },
    )
  }

  api.openapi(
    operation(
      {
        en: 'Put a ticket into an incident, into a new one by its title, or out of it',
        ru: 'Добавить обращение в инцидент, в новый по названию, или убрать из него',
      },
      {
        method: 'put',
        path: `${at}/incident`,
        tags,
        request: {
          params: WithId,
          body: body(z.union([z.object({ incident: z.int().min(1).nullable() }), z.object({ title: Title })])),
        },
      },
      shapes.TicketDetail,
    ),
    async (c) => {
      const asked = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const ticket = c.req.valid('param').id
      const change =
        'title' in asked
          ? openIncident(db, scope.project.id, { ticket, title: asked.title }, actorOf(scope))
          : setIncident(db, scope.project.id, ticket, asked.incident, actorOf(scope))
      return c.json(await tellChange(house, scope, change), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Incidents, those that go on first', ru: 'Инциденты, сначала те, что продолжаются' },
      { method: 'get', path: ofIncidents, tags, request: { params: InProject } },
      items(shapes.Incident),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      return c.json({ items: (await listIncidents(db, project.id)).map(showIncident) }, 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Solve an incident, and its open and pending tickets with it',
        ru: 'Решить инцидент вместе с его открытыми и ждущими обращениями',
      },
      { method: 'post', path: `${ofIncidents}/{id}/solution`, tags, request: { params: WithId } },
      shapes.Incident,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      for (const ticket of await solveIncident(db, scope.project.id, id, actorOf(scope)))
        await tellChange(house, scope, Promise.resolve(ticket))
      return c.json(showIncident(await getIncident(db, scope.project.id, id)), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'An incident goes on after all', ru: 'Инцидент всё-таки продолжается' },
      { method: 'delete', path: `${ofIncidents}/{id}/solution`, tags, request: { params: WithId } },
      shapes.Incident,
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      await reopenIncident(db, project.id, id)
      return c.json(showIncident(await getIncident(db, project.id, id)), 200)
    },
  )
}

function showIncident(incident: Incident): shapes.Incident {
  return {
    ...incident,
    openedAt: incident.openedAt.toISOString(),
    solvedAt: incident.solvedAt?.toISOString() ?? null,
  }
}
