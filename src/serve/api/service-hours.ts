import { inTransaction } from '../../base/postgres/postgres.ts'
import { audit } from '../../base/team/audit.ts'
import { may } from '../../base/team/role.ts'
import type { Scope } from '../../base/team/scope.ts'
import { dayIn } from '../../base/time/day.ts'
import { listMinutes, noteMinutes, removeMinutes, type WorkMinutes } from '../../measure/service/minutes.ts'
import { listRates, removeRate, setRate } from '../../measure/service/rate.ts'
import { getTicket } from '../../respond/tickets/ticket.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import * as shapes from './shapes/service.ts'
import { actorOf } from './ticket-desk.ts'

const tags = ['service']
const at = '/api/projects/{project}/service'
const onTicket = '/api/projects/{project}/tickets/{id}/minutes'

/** Time that people write down for tickets, and what an hour of it costs the client, which the head alone sets. */
export function serveServiceHours(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'What an hour costs the client, newest rate first', ru: 'Ставки часа для клиента, новые сверху' },
      { method: 'get', path: `${at}/rates`, tags, request: { params: InProject } },
      items(shapes.ServiceRate),
    ),
    async (c) => c.json({ items: await listRates(db, allowed(c, 'project').project.id) }, 200),
  )

  api.openapi(
    operation(
      { en: 'Set what an hour costs from a day on', ru: 'Назначить ставку часа с некоторого дня' },
      {
        method: 'put',
        path: `${at}/rates`,
        tags,
        request: { params: InProject, body: body(shapes.ServiceRate) },
      },
      items(shapes.ServiceRate),
    ),
    async (c) => {
      const rate = c.req.valid('json')
      const scope = allowed(c, 'rate')
      await inTransaction(db, async (tx) => {
        await setRate(tx, scope.project.id, rate)
        await noteRate(tx, scope, rate)
      })
      return c.json({ items: await listRates(db, scope.project.id) }, 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Take a rate away; the one before holds on', ru: 'Убрать ставку; действует предыдущая' },
      {
        method: 'delete',
        path: `${at}/rates/{fromDay}`,
        tags,
        request: { params: InProject.extend({ fromDay: shapes.Day }) },
      },
    ),
    async (c) => {
      const { fromDay } = c.req.valid('param')
      const scope = allowed(c, 'rate')
      await inTransaction(db, async (tx) => {
        await removeRate(tx, scope.project.id, fromDay)
        await noteRate(tx, scope, { fromDay, cents: null })
      })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Time written down for a ticket', ru: 'Время, записанное к обращению' },
      { method: 'get', path: onTicket, tags, request: { params: WithId } },
      items(shapes.WorkMinutes),
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const { id } = await getTicket(db, project.id, c.req.valid('param').id)
      return c.json({ items: (await listMinutes(db, project.id, id)).map(showMinutes) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Write down how long one worked on a ticket', ru: 'Записать, сколько заняла работа над обращением' },
      { method: 'post', path: onTicket, tags, request: { params: WithId, body: body(shapes.NewWorkMinutes) } },
      shapes.WorkMinutes,
    ),
    async (c) => {
      const { minutes, day } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const { project, who } = scope
      const { id } = await getTicket(db, project.id, c.req.valid('param').id)
      const noted = {
        ...{ memberId: actorOf(scope)?.id ?? '', member: who.name, minutes },
        day: day ?? dayIn(house.now(), project.timeZone),
      }
      return c.json(showMinutes(await noteMinutes(db, project.id, id, noted, house.now())), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Take back time that one wrote down', ru: 'Убрать записанное время' },
      { method: 'delete', path: '/api/projects/{project}/work-minutes/{id}', tags, request: { params: WithId } },
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      const own = may(scope.role, 'project') ? null : (actorOf(scope)?.id ?? null)
      await removeMinutes(db, scope.project.id, c.req.valid('param').id, own)
      return c.body(null, 204)
    },
  )
}

async function noteRate(
  tx: Parameters<typeof audit>[0],
  { project, who }: Scope,
  details: { fromDay: string; cents: number | null },
): Promise<void> {
  await audit(tx, { project: project.id, who, action: 'desk-changed', subject: 'rate', details })
}

function showMinutes({ id, memberId, member, minutes, day, notedAt }: WorkMinutes): shapes.WorkMinutes {
  return { id, member: { id: memberId, name: member }, minutes, day, notedAt: notedAt.toISOString() }
}
