import { z } from '@hono/zod-openapi'

const System = z.enum(['rt', 'espocrm', 'bitrix24', 'amocrm', 'hubspot', 'odoo', 'zammad', 'jira', 'zendesk'])
const Named = z.object({ id: z.string(), name: z.string() })
const Status = z.enum(['open', 'pending', 'solved', 'closed'])
const Id = z.string().max(200)

export const IntegrationSystem = z
  .object({
    system: System,
    kind: z.enum(['crm', 'desk']).openapi({ description: 'A CRM, or a ticket system.' }),
    fields: z.array(z.object({ name: z.string(), secret: z.boolean(), needed: z.boolean() })),
    met: z
      .boolean()
      .openapi({ description: 'Whether this code has met the real system, or its written contract only.' }),
  })
  .openapi('IntegrationSystem')
export type IntegrationSystem = z.infer<typeof IntegrationSystem>

export const IntegrationSetup = z
  .object({
    place: Id.nullable().openapi({ description: 'Pipeline, queue or group; null: the first there is.' }),
    stage: Id.nullable().openapi({ description: 'Null: where the system puts what is new.' }),
    owner: Id.nullable(),
    owners: z.record(z.string().max(200), Id).openapi({ description: 'Their owner by our member.' }),
    statuses: z
      .record(Id, Status)
      .openapi({ description: 'What the ticket becomes when its record comes to this stage.' }),
    topics: z.array(z.int()).max(500).openapi({ description: 'Their tickets are handed over as they are opened.' }),
    replies: z.boolean().openapi({ description: 'Replies that were sent are noted there.' }),
    closes: z.boolean().openapi({ description: 'Solving or closing a ticket closes its record there.' }),
  })
  .openapi('IntegrationSetup')
export type IntegrationSetup = z.infer<typeof IntegrationSetup>

export const Integration = z
  .object({
    id: z.int(),
    system: System,
    kind: z.enum(['crm', 'desk']),
    name: z.string(),
    state: z.enum(['on', 'paused']),
    problem: z.string().nullable().openapi({ description: 'Why it is paused, or what it waits for.' }),
    waitUntil: z.iso.datetime().nullable(),
    mayWrite: z.boolean().nullable().openapi({ description: 'Null: the system does not tell.' }),
    places: z.array(Named.extend({ stages: z.array(Named.extend({ ends: z.boolean().nullable() })) })),
    owners: z.array(Named),
    choicesAt: z.iso.datetime(),
    setup: IntegrationSetup,
    hook: z
      .string()
      .openapi({ description: 'What the system may call when something changes; what it says is not read.' }),
    connectedAt: z.iso.datetime(),
    connectedBy: z.string().nullable(),
    polledAt: z.iso.datetime().nullable(),
  })
  .openapi('Integration')
export type Integration = z.infer<typeof Integration>

const ExchangeState = z.enum(['queued', 'sending', 'done', 'refused', 'unsure'])

export const IntegrationExchange = z
  .object({
    id: z.int(),
    ticket: z.int(),
    kind: z
      .enum(['open', 'note', 'close', 'stage', 'comment'])
      .openapi({ description: 'The last two were heard from there, the others said.' }),
    state: ExchangeState.openapi({ description: 'Unsure: it may be there or not, and a person has to look.' }),
    at: z.iso.datetime(),
    settledAt: z.iso.datetime().nullable(),
    tries: z.int(),
    problem: z.string().nullable(),
  })
  .openapi('IntegrationExchange')
export type IntegrationExchange = z.infer<typeof IntegrationExchange>

export const IntegrationRecord = z
  .object({
    id: z.int(),
    ticket: z.int(),
    integration: z.int(),
    system: System,
    kind: z.enum(['crm', 'desk']),
    name: z.string(),
    url: z.string().nullable(),
    stage: z.string().nullable(),
    owner: z.string().nullable(),
    value: z.number().nullable(),
    currency: z.string().nullable(),
    ended: z.boolean().nullable(),
    asOf: z.iso.datetime().nullable().openapi({ description: 'Null: the other side has told nothing yet.' }),
    askedAt: z.iso.datetime(),
    askedBy: z.string().nullable(),
    state: ExchangeState,
    problem: z.string().nullable(),
  })
  .openapi('IntegrationRecord')
export type IntegrationRecord = z.infer<typeof IntegrationRecord>

export const TicketRecords = z
  .object({
    items: z.array(IntegrationRecord),
    offered: z.array(z.object({ id: z.int(), system: System, name: z.string(), state: z.enum(['on', 'paused']) })),
  })
  .openapi('TicketRecords')
export type TicketRecords = z.infer<typeof TicketRecords>
