import { z } from '@hono/zod-openapi'
import { audit } from '../../base/team/audit.ts'
import { may } from '../../base/team/role.ts'
import { listProjectsFor, type Who } from '../../base/team/scope.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { listColleagues, setAptitude } from '../../respond/shifts/aptitude.ts'
import { beginShift, endShift, handOver, listHandovers, onShiftSince } from '../../respond/shifts/shift.ts'
import { giveInTurn } from '../../respond/shifts/turn.ts'
import { listMentionIds } from '../../respond/tickets/ticket.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, person, silentOperation, WithId, type Api } from './door.ts'
import * as shapes from './shapes/shift.ts'
import { TicketDetail } from './shapes/ticket.ts'
import { actorOf, tellChange } from './ticket-desk.ts'

const tags = ['tickets']
const at = '/api/projects/{project}'
const shownMs = 24 * 3_600_000

/** Who works now, what they hand over, and whose turn it is. */
export function serveShifts(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Whether I work now, and what was handed over', ru: 'Идёт ли моя смена и что передали' },
      { method: 'get', path: '/api/shift', tags },
      shapes.Shift,
    ),
    async (c) => c.json(await shown(person(c)), 200),
  )

  for (const method of ['put', 'delete'] as const) {
    api.openapi(
      operation(
        method === 'put'
          ? { en: 'Begin my shift', ru: 'Начать мою смену' }
          : { en: 'End my shift', ru: 'Закончить мою смену' },
        { method, path: '/api/shift', tags },
        shapes.Shift,
      ),
      async (c) => {
        const me = person(c)
        if (method === 'put') await beginShift(db, me.id, house.now())
        else await endShift(db, me.id)
        return c.json(await shown(me), 200)
      },
    )
  }

  api.openapi(
    silentOperation(
      { en: 'Tell those who come next what they have to know', ru: 'Передать следующей смене, что важно' },
      {
        method: 'post',
        path: `${at}/handovers`,
        tags,
        request: { params: InProject, body: body(z.object({ text: z.string().trim().min(1).max(4000) })) },
      },
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const { id, name } = person(c)
      await handOver(db, project.id, c.req.valid('json').text, { id, name }, house.now())
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Who answers here, what they take and what they have',
        ru: 'Кто отвечает в проекте, что берёт и сколько уже взято',
      },
      { method: 'get', path: `${at}/colleagues`, tags, request: { params: InProject } },
      items(shapes.Colleague),
    ),
    async (c) => {
      const colleagues = await listColleagues(db, allowed(c, 'ticket').project.id, house.now())
      return c.json(
        {
          items: colleagues.map(({ memberId, name, since, capacity, languages, skills, open }) => ({
            ...{ capacity, languages, skills, open },
            member: { id: memberId, name },
            since: since?.toISOString() ?? null,
          })),
        },
        200,
      )
    },
  )

  api.openapi(
    silentOperation(
      {
        en: 'Set which tickets somebody is given in turn',
        ru: 'Задать, какие обращения достаются человеку по очереди',
      },
      {
        method: 'put',
        path: `${at}/colleagues/{member}`,
        tags,
        request: {
          params: InProject.extend({ member: z.string().min(1).max(100) }),
          body: body(shapes.Aptitude),
        },
      },
    ),
    async (c) => {
      const { project, who } = allowed(c, 'project')
      const aptitude = c.req.valid('json')
      const { member } = c.req.valid('param')
      await setAptitude(db, project.id, member, aptitude)
      await audit(db, { project: project.id, who, action: 'desk-changed', details: { member, ...aptitude } })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Give a ticket to whoever’s turn it is', ru: 'Отдать обращение тому, чья очередь' },
      { method: 'post', path: `${at}/tickets/{id}/turn`, tags, request: { params: WithId } },
      TicketDetail,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      const mentions = await findMentions(
        house.clickhouse,
        scope.project.id,
        await listMentionIds(db, scope.project.id, id),
      )
      const language = mentions.find(({ lang }) => lang !== null)?.lang ?? null
      const given = giveInTurn(db, scope.project.id, id, language, actorOf(scope), house.now())
      return c.json(await tellChange(house, scope, given), 200)
    },
  )

  async function shown(me: Extract<Who, { kind: 'member' }>): Promise<shapes.Shift> {
    const projects = new Map(
      (await listProjectsFor(db, me)).filter(({ role }) => may(role, 'ticket')).map(({ id, name }) => [id, name]),
    )
    const since = await onShiftSince(db, me.id, house.now())
    const notes = await listHandovers(db, [...projects.keys()], new Date(house.now().getTime() - shownMs))
    return {
      since: since?.toISOString() ?? null,
      handovers: notes.map(({ id, projectId, author, writtenAt, text }) => ({
        ...{ id, author, text },
        project: { id: projectId, name: projects.get(projectId) ?? '' },
        writtenAt: writtenAt.toISOString(),
      })),
    }
  }
}
