import { z } from '@hono/zod-openapi'
import {
  changeRole,
  inviteMember,
  listMembers,
  removeMember,
  renewInvitation,
  type Invitation,
  type Member,
} from '../../base/team/member.ts'
import { removeSecondFactor } from '../../base/team/second-factor.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithTextId, type Api } from './door.ts'
import * as shapes from './shapes/project.ts'

const tags = ['team']

/** Who works in a project. Everybody there may know their colleagues; changing them is for managers and heads. */
export function serveMembers(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Members of the project', ru: 'Команда проекта' },
      { method: 'get', path: '/api/projects/{project}/members', tags, request: { params: InProject } },
      items(shapes.Member),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      return c.json({ items: (await listMembers(db, project.id)).map(showMember) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Invite somebody by a one-time link', ru: 'Пригласить по одноразовой ссылке' },
      {
        method: 'post',
        path: '/api/projects/{project}/members',
        tags,
        request: { params: InProject, body: body(shapes.MemberInput) },
      },
      shapes.Invitation,
    ),
    async (c) => {
      const input = c.req.valid('json')
      const scope = allowed(c, 'member')
      return c.json(showInvitation(house, await inviteMember(db, scope, input, house.now())), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Change the role of a member', ru: 'Сменить роль' },
      {
        method: 'patch',
        path: '/api/projects/{project}/members/{id}',
        tags,
        request: { params: WithTextId, body: body(z.object({ role: shapes.Role })) },
      },
      shapes.Member,
    ),
    async (c) => {
      const { role } = c.req.valid('json')
      const scope = allowed(c, 'member')
      return c.json(showMember(await changeRole(db, scope, c.req.valid('param').id, role)), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Take a member out of the project', ru: 'Убрать из проекта' },
      { method: 'delete', path: '/api/projects/{project}/members/{id}', tags, request: { params: WithTextId } },
    ),
    async (c) => {
      const scope = allowed(c, 'member')
      await removeMember(db, scope, c.req.valid('param').id)
      return c.body(null, 204)
    },
  )

  api.openapi(
    silentOperation(
      {
        en: 'Take the second factor of a member off, for heads',
        ru: 'Снять второй фактор участника, для руководителей',
      },
      {
        method: 'delete',
        path: '/api/projects/{project}/members/{id}/second-factor',
        tags,
        request: { params: WithTextId },
      },
    ),
    async (c) => {
      const scope = allowed(c, 'member')
      await removeSecondFactor(db, scope, c.req.valid('param').id)
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Make a fresh link for a member', ru: 'Выдать новую ссылку' },
      { method: 'post', path: '/api/projects/{project}/members/{id}/link', tags, request: { params: WithTextId } },
      shapes.Invitation,
    ),
    async (c) => {
      const scope = allowed(c, 'member')
      return c.json(showInvitation(house, await renewInvitation(db, scope, c.req.valid('param').id, house.now())), 200)
    },
  )
}

function showMember({ lastSeenAt, ...member }: Member): shapes.Member {
  return { ...member, lastSeenAt: lastSeenAt?.toISOString() ?? null }
}

// Somebody who can sign in already is simply told where.
function showInvitation(house: House, { member, token }: Invitation): shapes.Invitation {
  return {
    member: showMember(member),
    link: token === null ? `${house.config.publicUrl}/sign-in` : `${house.config.publicUrl}/sign-in/${token}`,
  }
}
