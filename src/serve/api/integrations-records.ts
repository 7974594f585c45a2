import { z } from '@hono/zod-openapi'
import { handOver } from '../../respond/integrations/hand-over.ts'
import { getIntegration, listIntegrations } from '../../respond/integrations/integration.ts'
import { listRecords } from '../../respond/integrations/link.ts'
import { getPerson } from '../../respond/people/person.ts'
import { announceTicket } from '../../respond/tickets/outbox.ts'
import { getTicket } from '../../respond/tickets/ticket.ts'
import type { House } from '../house.ts'
import { allowed, body, items, operation, WithId, WithTextId, type Api } from './door.ts'
import { showRecord } from './integrations-shape.ts'
import * as shapes from './shapes/integration.ts'
import { actorOf } from './ticket-desk.ts'

const tags = ['integrations']
const at = '/api/projects/{project}/tickets/{id}/records'

/** What stands in CRMs and ticket systems for a ticket or a person, and handing a ticket over. */
export function serveIntegrationRecords(api: Api, house: House): void {
  const { db } = house.postgres

  const ofTicket = async (project: number, ticket: number, locale: 'en' | 'ru') => {
    const [records, connected] = await Promise.all([
      listRecords(db, project, { tickets: [ticket], authors: [] }),
      listIntegrations(db, project),
    ])
    return {
      items: records.map((record) => showRecord(record, locale)),
      offered: connected
        .filter(({ id }) => !records.some(({ integrationId }) => integrationId === id))
        .map(({ id, system, name, state }) => ({ id, system, name, state })),
    }
  }

  api.openapi(
    operation(
      {
        en: 'Records of a ticket in other systems, and the systems it can be handed to',
        ru: 'Записи обращения в других системах и системы, куда его можно передать',
      },
      { method: 'get', path: at, tags, request: { params: WithId } },
      shapes.TicketRecords,
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const ticket = await getTicket(db, project.id, c.req.valid('param').id)
      return c.json(await ofTicket(project.id, ticket.id, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Hand a ticket over to a system', ru: 'Передать обращение в систему' },
      {
        method: 'post',
        path: at,
        tags,
        request: { params: WithId, body: body(z.object({ integration: z.int().min(1) })) },
      },
      shapes.TicketRecords,
    ),
    async (c) => {
      const { integration } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const { project } = scope
      const ticket = await getTicket(db, project.id, c.req.valid('param').id)
      await handOver(db, await getIntegration(db, project.id, integration), ticket.id, actorOf(scope))
      await announceTicket({ ...house, db }, ticket)
      return c.json(await ofTicket(project.id, ticket.id, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Records of a person in other systems, over all their accounts and tickets',
        ru: 'Записи о человеке в других системах по всем его аккаунтам и обращениям',
      },
      { method: 'get', path: '/api/projects/{project}/authors/{id}/records', tags, request: { params: WithTextId } },
      items(shapes.IntegrationRecord),
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const { accounts } = await getPerson({ db, clickhouse: house.clickhouse }, project.id, c.req.valid('param').id)
      const records = await listRecords(db, project.id, { tickets: [], authors: accounts.map(({ id }) => id) })
      return c.json({ items: records.map((record) => showRecord(record, c.var.locale)) }, 200)
    },
  )
}
