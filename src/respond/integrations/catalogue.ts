import { amocrm } from './amocrm/amocrm.ts'
import { bitrix24 } from './bitrix24/bitrix24.ts'
import { espocrm } from './espocrm/espocrm.ts'
import { hubspot } from './hubspot/hubspot.ts'
import { jira } from './jira/jira.ts'
import { odoo } from './odoo/odoo.ts'
import { rt } from './rt/rt.ts'
import type { System, SystemName } from './system.ts'
import { zammad } from './zammad/zammad.ts'
import { zendesk } from './zendesk/zendesk.ts'

type Field = { name: string; secret: boolean; needed: boolean }

/** What a person is asked for, in the order in which they have it at hand, and whether this code has met the real system. */
export type Entry = { system: System<unknown>; fields: Field[]; met: boolean }

const needed = (name: string): Field => ({ name, secret: false, needed: true })
const secret = (name: string): Field => ({ name, secret: true, needed: true })
const optional = (field: Field): Field => ({ ...field, needed: false })

/** Every system that Heed works with. */
export const catalogue: readonly Entry[] = [
  {
    system: rt,
    fields: [needed('address'), optional(secret('token')), optional(needed('user')), optional(secret('password'))],
    met: true,
  },
  { system: espocrm, fields: [needed('address'), secret('key'), optional(secret('secret'))], met: false },
  { system: bitrix24, fields: [secret('hook')], met: false },
  {
    system: amocrm,
    fields: [
      needed('address'),
      optional(secret('token')),
      optional(needed('client')),
      optional(secret('secret')),
      optional(needed('redirect')),
      optional(secret('code')),
    ],
    met: false,
  },
  { system: hubspot, fields: [secret('token')], met: false },
  { system: odoo, fields: [needed('address'), needed('database'), needed('user'), secret('key')], met: false },
  { system: zammad, fields: [needed('address'), secret('token')], met: false },
  { system: jira, fields: [needed('address'), needed('user'), secret('token')], met: false },
  { system: zendesk, fields: [needed('address'), needed('user'), secret('token')], met: false },
]

/** Null: there is no such system. */
export function findEntry(name: string): Entry | null {
  return catalogue.find(({ system }) => system.name === name) ?? null
}

export function findSystem(name: SystemName): System<unknown> | null {
  return findEntry(name)?.system ?? null
}
