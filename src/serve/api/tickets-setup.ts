import { z } from '@hono/zod-openapi'
import { must } from '../../base/errors.ts'
import { audit } from '../../base/team/audit.ts'
import { fieldKinds } from '../../respond/tickets/field-value.ts'
import { addField, changeField, listFields } from '../../respond/tickets/fields.ts'
import { addQueue, changeQueue, listQueues } from '../../respond/tickets/queues.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, WithId, type Api } from './door.ts'
import * as shapes from './shapes/ticket.ts'

const tags = ['tickets']
const queues = '/api/projects/{project}/ticket-queues'
const fields = '/api/projects/{project}/ticket-fields'
const Name = z.string().trim().min(1).max(60)
const Choices = z.array(z.string().trim().min(1).max(100)).max(100)

/** What a project decides about its tickets: the queues they wait in and the fields they have. */
export function serveTicketSetup(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Queues of the project', ru: 'Очереди проекта' },
      { method: 'get', path: queues, tags, request: { params: InProject } },
      items(shapes.TicketQueue),
    ),
    async (c) => c.json({ items: await listQueues(db, allowed(c, 'read').project.id) }, 200),
  )

  api.openapi(
    operation(
      { en: 'Add a queue', ru: 'Добавить очередь' },
      { method: 'post', path: queues, tags, request: { params: InProject, body: body(z.object({ name: Name })) } },
      shapes.TicketQueue,
    ),
    async (c) => {
      const { name } = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      const id = await addQueue(db, project.id, name)
      await audit(db, { project: project.id, who, action: 'desk-changed', subject: name })
      return c.json(await getQueue(project.id, id), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Rename a queue, retire it or bring it back', ru: 'Переименовать очередь, убрать её или вернуть' },
      {
        method: 'patch',
        path: `${queues}/{id}`,
        tags,
        request: { params: WithId, body: body(z.object({ name: Name.optional(), retired: z.boolean().optional() })) },
      },
      shapes.TicketQueue,
    ),
    async (c) => {
      const to = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      const { id } = c.req.valid('param')
      await changeQueue(db, project.id, id, to)
      const queue = await getQueue(project.id, id)
      await audit(db, { project: project.id, who, action: 'desk-changed', subject: queue.name, details: { ...to } })
      return c.json(queue, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Fields that the project’s tickets have', ru: 'Поля обращений проекта' },
      { method: 'get', path: fields, tags, request: { params: InProject } },
      items(shapes.TicketField),
    ),
    async (c) => c.json({ items: await listFields(db, allowed(c, 'read').project.id) }, 200),
  )

  api.openapi(
    operation(
      { en: 'Add a field', ru: 'Добавить поле' },
      {
        method: 'post',
        path: fields,
        tags,
        request: {
          params: InProject,
          body: body(z.object({ name: Name, kind: z.enum(fieldKinds), choices: Choices.optional() })),
        },
      },
      shapes.TicketField,
    ),
    async (c) => {
      const { name, kind, choices = [] } = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      const field = await addField(db, project.id, { name, kind, choices })
      await audit(db, { project: project.id, who, action: 'desk-changed', subject: name })
      return c.json(field, 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Rename a field, change its choices, retire it or bring it back',
        ru: 'Переименовать поле, сменить варианты, убрать его или вернуть',
      },
      {
        method: 'patch',
        path: `${fields}/{id}`,
        tags,
        request: {
          params: WithId,
          body: body(z.object({ name: Name.optional(), choices: Choices.optional(), retired: z.boolean().optional() })),
        },
      },
      shapes.TicketField,
    ),
    async (c) => {
      const to = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      const field = await changeField(db, project.id, c.req.valid('param').id, to)
      await audit(db, { project: project.id, who, action: 'desk-changed', subject: field.name, details: { ...to } })
      return c.json(field, 200)
    },
  )

  async function getQueue(project: number, id: number): Promise<shapes.TicketQueue> {
    return must((await listQueues(db, project)).find((queue) => queue.id === id))
  }
}
