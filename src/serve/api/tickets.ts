import { z } from '@hono/zod-openapi'
import { NotFound, UserError } from '../../base/errors.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { changeAttributes } from '../../respond/tickets/attributes.ts'
import {
  addNote,
  assignTicket,
  closeTicket,
  noteAnswer,
  reopenTicket,
  setStatus,
} from '../../respond/tickets/change.ts'
import { addMentions, openTicket } from '../../respond/tickets/open.ts'
import { statuses, type TicketStatus } from '../../respond/tickets/status.ts'
import { getTicket, listTickets, type TicketFilter } from '../../respond/tickets/ticket.ts'
import type { House } from '../house.ts'
import { readCursor } from './cursor.ts'
import { allowed, body, InProject, operation, person, WithId, type Api } from './door.ts'
import * as shapes from './shapes/ticket.ts'
import { actorOf, colleagueFor, tellChange } from './ticket-desk.ts'
import { showTicket, showTicketDetail } from './ticket-shape.ts'

const tags = ['tickets']
const at = '/api/projects/{project}/tickets'
const pageSize = 50

const Asked = z.object({
  status: z.string().max(60).optional().openapi({ description: 'Statuses with commas.' }),
  assignee: z.string().max(100).optional().openapi({ description: '`me`, `none` or the id of a member.' }),
  cursor: z.string().max(40).optional(),
})
const MentionIds = z.array(z.string().min(1).max(2000)).min(1).max(200)
const MemberId = z.string().min(1).max(100)
const Title = z.string().trim().min(1).max(200)

/** The desk: pieces of work, and what people do with them. */
export function serveTickets(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'List tickets, newest first', ru: 'Список обращений, новые сверху' },
      { method: 'get', path: at, tags, request: { params: InProject, query: Asked } },
      shapes.TicketPage,
    ),
    async (c) => {
      const { status, assignee, cursor } = c.req.valid('query')
      const { project } = allowed(c, 'read')
      const filter: TicketFilter = {
        status: readStatuses(status),
        assignee: assignee === 'me' ? { member: person(c).id } : readAssignee(assignee),
      }
      const page = await listTickets(db, project.id, filter, { before: readCursor(cursor), limit: pageSize })
      return c.json(
        { ...page, items: page.items.map(showTicket), next: page.next === null ? null : String(page.next) },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'Open a ticket for mentions, or go on with the one they have',
        ru: 'Открыть обращение по упоминаниям или продолжить то, что уже есть',
      },
      {
        method: 'post',
        path: at,
        tags,
        request: { params: InProject, body: body(z.object({ mentions: MentionIds, title: Title.optional() })) },
      },
      shapes.TicketDetail,
    ),
    async (c) => {
      const { mentions, title } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const found = await getMentions(scope.project.id, mentions)
      return c.json(
        await tellChange(
          house,
          scope,
          openTicket(db, scope.project.id, { mentions: found, title }, actorOf(scope), house.now()),
        ),
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'One ticket with its history', ru: 'Одно обращение с историей' },
      { method: 'get', path: `${at}/{id}`, tags, request: { params: WithId } },
      shapes.TicketDetail,
    ),
    async (c) => {
      const scope = allowed(c, 'read')
      const ticket = await getTicket(db, scope.project.id, c.req.valid('param').id)
      return c.json(await showTicketDetail(house, ticket, scope), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Change the title, priority, queue, tags or fields of a ticket; `was` is what one saw',
        ru: 'Сменить название, приоритет, очередь, метки или поля обращения; `was` — что было на экране',
      },
      {
        method: 'patch',
        path: `${at}/{id}`,
        tags,
        request: { params: WithId, body: body(shapes.TicketChange) },
      },
      shapes.TicketDetail,
    ),
    async (c) => {
      const change = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      return c.json(
        await tellChange(
          house,
          scope,
          changeAttributes(db, scope.project.id, c.req.valid('param').id, change, actorOf(scope), house.now()),
        ),
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Give a ticket to a member, or to nobody', ru: 'Назначить обращение участнику или снять назначение' },
      {
        method: 'put',
        path: `${at}/{id}/assignment`,
        tags,
        request: { params: WithId, body: body(z.object({ member: MemberId.nullable(), was: MemberId.nullish() })) },
      },
      shapes.TicketDetail,
    ),
    async (c) => {
      const { member, was } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      return c.json(
        await tellChange(
          house,
          scope,
          assignTicket(
            db,
            scope.project.id,
            c.req.valid('param').id,
            { member, findMember: colleagueFor(scope), was },
            actorOf(scope),
          ),
        ),
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Set the status of a ticket', ru: 'Сменить статус обращения' },
      {
        method: 'put',
        path: `${at}/{id}/status`,
        tags,
        request: {
          params: WithId,
          body: body(z.object({ status: shapes.TicketStatus, was: shapes.TicketStatus.optional() })),
        },
      },
      shapes.TicketDetail,
    ),
    async (c) => {
      const { status, was } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      return c.json(
        await tellChange(
          house,
          scope,
          setStatus(db, scope.project.id, c.req.valid('param').id, status, actorOf(scope), { was, now: house.now() }),
        ),
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Close a ticket', ru: 'Закрыть обращение' },
      { method: 'post', path: `${at}/{id}/closure`, tags, request: { params: WithId } },
      shapes.TicketDetail,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      return c.json(
        await tellChange(
          house,
          scope,
          closeTicket(db, scope.project.id, c.req.valid('param').id, actorOf(scope), house.now()),
        ),
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Open a closed ticket again', ru: 'Снова открыть закрытое обращение' },
      { method: 'delete', path: `${at}/{id}/closure`, tags, request: { params: WithId } },
      shapes.TicketDetail,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      return c.json(
        await tellChange(
          house,
          scope,
          reopenTicket(db, scope.project.id, c.req.valid('param').id, actorOf(scope), house.now()),
        ),
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'Note that the customer was answered where Heed cannot see it',
        ru: 'Отметить, что клиенту ответили там, где Heed не видит',
      },
      { method: 'post', path: `${at}/{id}/answers`, tags, request: { params: WithId } },
      shapes.TicketDetail,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      return c.json(
        await tellChange(
          house,
          scope,
          noteAnswer(db, scope.project.id, c.req.valid('param').id, actorOf(scope), house.now()),
        ),
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Write a note that stays inside', ru: 'Написать внутреннюю заметку' },
      {
        method: 'post',
        path: `${at}/{id}/notes`,
        tags,
        request: { params: WithId, body: body(z.object({ text: z.string().trim().min(1).max(10_000) })) },
      },
      shapes.TicketDetail,
    ),
    async (c) => {
      const { text } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      return c.json(
        await tellChange(house, scope, addNote(db, scope.project.id, c.req.valid('param').id, text, actorOf(scope))),
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Put more mentions into a ticket', ru: 'Добавить упоминания в обращение' },
      {
        method: 'post',
        path: `${at}/{id}/mentions`,
        tags,
        request: { params: WithId, body: body(z.object({ ids: MentionIds })) },
      },
      shapes.TicketDetail,
    ),
    async (c) => {
      const { ids } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const { id } = await getTicket(db, scope.project.id, c.req.valid('param').id)
      const found = await getMentions(scope.project.id, ids)
      return c.json(
        await tellChange(house, scope, addMentions(db, scope.project.id, id, found, actorOf(scope), house.now())),
        200,
      )
    },
  )

  async function getMentions(project: number, ids: string[]) {
    const found = await findMentions(house.clickhouse, project, ids)
    if (found.length < new Set(ids).size) throw new NotFound()
    return found
  }
}

function readStatuses(text: string | undefined): TicketStatus[] | null {
  if (text === undefined || text === '') return null
  return text.split(',').map((status) => {
    const known = statuses.find((one) => one === status)
    if (!known)
      throw new UserError(`There is no ticket status “${status}”`, {
        key: 'ticket-filter-unknown',
        values: { status },
        field: 'status',
      })
    return known
  })
}

function readAssignee(text: string | undefined): TicketFilter['assignee'] {
  if (text === undefined || text === '') return null
  return text === 'none' ? 'none' : { member: text }
}
