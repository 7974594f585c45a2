import { z } from '@hono/zod-openapi'
import { UserError } from '../../base/errors.ts'
import { audit } from '../../base/team/audit.ts'
import { followList, usersOfList } from '../../listen/collect/follow-list.ts'
import { getList, listLists, removeList, saveList, type List } from '../../listen/lists/list.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithTextId, type Api } from './door.ts'
import * as shapes from './shapes/topic.ts'

const tags = ['lists']

/** Queries kept under names, for `list:name` in others. Topics follow a change at once, and back through the archive. */
export function serveLists(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Named lists of the project', ru: 'Именованные списки проекта' },
      { method: 'get', path: '/api/projects/{project}/lists', tags, request: { params: InProject } },
      items(shapes.List),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const lists = await listLists(db, project.id)
      return c.json({ items: await Promise.all(lists.map(showList)) }, 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Keep a query under a name, in place of an earlier one',
        ru: 'Сохранить запрос под именем вместо прежнего',
      },
      {
        method: 'put',
        path: '/api/projects/{project}/lists/{id}',
        tags,
        request: { params: WithTextId, body: body(z.object({ query: z.string().max(200_000) })) },
      },
      shapes.List,
    ),
    async (c) => {
      const { query } = c.req.valid('json')
      const { project, who } = allowed(c, 'topic')
      const list = await saveList(db, project.id, { name: c.req.valid('param').id, query }, who.name)
      await audit(db, { project: project.id, who, action: 'list-saved', subject: list.name })
      await house.events.publish({ project: project.id, kind: 'language' })
      await followList(db, project.id, list.name)
      return c.json(await showList(list), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Remove a list that nothing asks for', ru: 'Удалить список, который нигде не используется' },
      { method: 'delete', path: '/api/projects/{project}/lists/{id}', tags, request: { params: WithTextId } },
    ),
    async (c) => {
      const { project, who } = allowed(c, 'topic')
      const { name } = await getList(db, project.id, c.req.valid('param').id)
      const users = await usersOfList(db, project.id, name)
      if (users.length > 0)
        throw new UserError('The list is used', { key: 'list-used', values: { name, users: users.join(', ') } })
      await removeList(db, project.id, name)
      await audit(db, { project: project.id, who, action: 'list-removed', subject: name })
      await house.events.publish({ project: project.id, kind: 'language' })
      return c.body(null, 204)
    },
  )

  async function showList({ projectId, name, query, updatedAt, updatedBy }: List): Promise<shapes.List> {
    const users = await usersOfList(db, projectId, name)
    return { name, query, users, updatedAt: updatedAt.toISOString(), updatedBy }
  }
}
