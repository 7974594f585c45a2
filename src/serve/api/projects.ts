import { UserError } from '../../base/errors.ts'
import { addProject, changeProject, removeProject } from '../../base/team/project.ts'
import type { Role } from '../../base/team/role.ts'
import { allowHead, type Project } from '../../base/team/scope.ts'
import { followTimeZone } from '../../listen/collect/follow-list.ts'
import { removeMentionsOfProject } from '../../listen/mentions/remove-project.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, operation, silentOperation, type Api } from './door.ts'
import * as shapes from './shapes/project.ts'

const tags = ['projects']

/** The projects themselves. */
export function serveProjects(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Begin a project', ru: 'Начать проект' },
      { method: 'post', path: '/api/projects', tags, request: { body: body(shapes.ProjectInput) } },
      shapes.Project,
    ),
    async (c) => {
      const input = c.req.valid('json')
      allowHead(c.var.who)
      refuseUnknownTimeZone(input.timeZone)
      return c.json(showProject(await addProject(db, c.var.who, input), 'head'), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'One project', ru: 'Один проект' },
      { method: 'get', path: '/api/projects/{project}', tags, request: { params: InProject } },
      shapes.Project,
    ),
    async (c) => {
      const { project, role } = allowed(c, 'read')
      return c.json(showProject(project, role), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Rename a project or move it to another time zone', ru: 'Переименовать проект или сменить часовой пояс' },
      {
        method: 'patch',
        path: '/api/projects/{project}',
        tags,
        request: { params: InProject, body: body(shapes.ProjectInput.partial()) },
      },
      shapes.Project,
    ),
    async (c) => {
      const change = c.req.valid('json')
      const scope = allowed(c, 'project')
      if (change.timeZone !== undefined) refuseUnknownTimeZone(change.timeZone)
      const project = await changeProject(db, scope, change)
      if (project.timeZone !== scope.project.timeZone) {
        await house.events.publish({ project: project.id, kind: 'language' })
        await followTimeZone(db, project.id)
      }
      return c.json(showProject(project, scope.role), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Remove a project with everything in it', ru: 'Удалить проект со всем, что в нём' },
      { method: 'delete', path: '/api/projects/{project}', tags, request: { params: InProject } },
    ),
    async (c) => {
      const scope = allowed(c, 'remove-project')
      await removeProject(db, scope)
      // Last, so that nothing that still ran for the project can add to it afterwards.
      await removeMentionsOfProject(house.clickhouse, scope.project.id)
      return c.body(null, 204)
    },
  )
}

export function showProject(project: Project, role: Role): shapes.Project {
  const { id, name, timeZone, isSample, createdAt } = project
  return { id, name, timeZone, isSample, role, createdAt: createdAt.toISOString() }
}

function refuseUnknownTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone })
  } catch {
    throw new UserError('There is no such time zone', {
      key: 'time-zone-unknown',
      values: { timeZone },
      field: 'timeZone',
    })
  }
}
