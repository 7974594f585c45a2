import { describe } from 'vitest'
import { z } from 'zod'
import { standIn, type Answer, type Asked } from '../stand-in.testing.ts'
import { keepsTheContract } from '../system.contract.ts'
import { odoo } from './odoo.ts'

type Row = { id: number; [field: string]: unknown }

const Lead = z.strictObject({
  name: z.string().min(1),
  type: z.enum(['lead', 'opportunity']),
  description: z.string(),
  stage_id: z.int().optional(),
  user_id: z.int().optional(),
  partner_id: z.int().optional(),
})
const Partner = z.strictObject({
  name: z.string().min(1),
  ref: z.string(),
  comment: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
})
const Rpc = z.strictObject({
  jsonrpc: z.literal('2.0'),
  method: z.literal('call'),
  id: z.int(),
  params: z.strictObject({ service: z.enum(['common', 'object']), method: z.string(), args: z.array(z.unknown()) }),
})
const Call = z.tuple([
  z.literal('bank'),
  z.int(),
  z.string(),
  z.string(),
  z.string(),
  z.array(z.unknown()),
  z.looseObject({}),
])

/** Odoo after its External API: JSON-RPC, faults with status 200, domains, and message_post as versions 14 and 17 have it. */
function startWith(version: number) {
  return async () => {
    const stages = [
      { id: 1, name: 'New', is_won: false },
      { id: 2, name: 'Qualified', is_won: false },
      { id: 4, name: 'Won', is_won: true },
    ]
    const rows: { [model: string]: Row[] } = {
      'crm.lead': [],
      'res.partner': [],
      'mail.message': [],
      'crm.stage': stages,
      'res.users': [{ id: 2, name: 'Anna', share: false }],
    }
    let last = 10
    const stamp = () => new Date().toISOString().slice(0, 19).replace('T', ' ')
    const fault = (name: string, message: string): Answer => ({
      json: {
        jsonrpc: '2.0',
        id: 1,
        error: {
          code: 200,
          message: 'Odoo Server Error',
          data: { name, debug: '', message, arguments: [message], context: {} },
        },
      },
    })
    const result = (value: unknown): Answer => ({ json: { jsonrpc: '2.0', id: 1, result: value } })
    const fits = (row: Row, [field, operator, value]: [string, string, unknown]) => {
      const has = row[field] ?? false
      switch (operator) {
        case '=':
          return has === value
        case '=ilike':
          return String(has).toLowerCase() === String(value).toLowerCase()
        case 'like':
          return String(has).includes(String(value))
        case '>=':
          return String(has) >= String(value)
        case 'in':
          return (value as unknown[]).includes(has)
        default:
          throw new Error(`no operator ${operator}`)
      }
    }
    const read = (model: string, args: unknown[], options: object) => {
      const [domain] = z.tuple([z.array(z.tuple([z.string(), z.string(), z.unknown()]))]).parse(args)
      const { fields, limit = 1000 } = z
        .strictObject({
          fields: z.array(z.string()),
          order: z.string().optional(),
          limit: z.int().optional(),
          context: z.strictObject({ active_test: z.literal(false) }).optional(),
        })
        .parse(options)
      const found = (rows[model] ?? []).filter((row) => domain.every((term) => fits(row, term)))
      return found
        .slice(0, limit)
        .map((row) => Object.fromEntries([['id', row.id], ...fields.map((field) => [field, row[field] ?? false])]))
    }
    const answer = ({ method, path, json }: Asked): Answer => {
      if (method !== 'POST' || path !== '/jsonrpc') throw new Error('there is no such address')
      const { params } = Rpc.parse(json)
      if (params.service === 'common' && params.method === 'version')
        return result({ server_version: `${version}.0`, protocol_version: 1 })
      if (params.service === 'common') {
        const [database, user, key] = params.args
        return result(database === 'bank' && user === 'heed' && key === 'right' ? 2 : false)
      }
      const [, uid, key, model, called, args, options] = Call.parse(params.args)
      if (uid !== 2 || key !== 'right') return fault('odoo.exceptions.AccessDenied', 'Access Denied')
      switch (called) {
        case 'check_access_rights':
          return result(true)
        case 'search_read':
          return result(read(model, args, options))
        case 'create': {
          const [values] = z.tuple([model === 'crm.lead' ? Lead : Partner]).parse(args)
          const isLead = model === 'crm.lead'
          rows[model]?.push({
            id: (last += 1),
            ...values,
            ...(isLead
              ? {
                  stage_id: [1, 'New'],
                  user_id: [2, 'Anna'],
                  expected_revenue: 0,
                  company_currency: [1, 'EUR'],
                  active: true,
                  write_date: stamp(),
                }
              : {}),
          })
          return result(last)
        }
        case 'write': {
          const [[id], values] = z.tuple([z.tuple([z.int()]), Partner.partial()]).parse(args)
          Object.assign(rows[model]?.find((row) => row.id === id) ?? {}, values)
          return result(true)
        }
        case 'message_post': {
          const [[id]] = z.tuple([z.tuple([z.int()])]).parse(args)
          const { body } = z
            .strictObject({
              body: z.string(),
              message_type: z.literal('comment'),
              subtype_xmlid: z.literal('mail.mt_note'),
            })
            .parse(options)
          // Since version 17 what comes as text is made HTML of there.
          const html =
            version < 17 ? body : `<p>${body.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\n/g, '<br>')}</p>`
          rows['mail.message']?.push({
            id: (last += 1),
            model: 'crm.lead',
            res_id: id,
            message_type: 'comment',
            body: html,
            date: stamp(),
            author_id: [3, 'Heed'],
          })
          return result(version < 17 ? last : [last])
        }
        default:
          throw new Error(`no method ${called}`)
      }
    }
    const server = await standIn({
      answer,
      isWrite: ({ json }) => {
        const call = Call.safeParse(Rpc.safeParse(json).data?.params.args).data
        return call !== undefined && ['create', 'write', 'message_post'].includes(call[4])
      },
      slowDown: { status: 429, headers: { 'retry-after': '30' } },
      revoked: fault('odoo.exceptions.AccessError', 'You are not allowed to create opportunities'),
      refuse: fault('odoo.exceptions.ValidationError', 'The operation cannot be completed'),
    })
    const leads = rows['crm.lead'] ?? []
    const partners = rows['res.partner'] ?? []
    return Object.assign(server, {
      settings: { address: server.base, database: 'bank', user: 'heed', key: 'right' },
      wrong: { address: server.base, database: 'bank', user: 'heed', key: 'another' },
      place: 'opportunity',
      retryAfter: true,
      move: async (record: string) => {
        const lead = leads.find(({ id }) => String(id) === record)
        Object.assign(lead ?? {}, {
          stage_id: [2, 'Qualified'],
          user_id: [6, 'Boris'],
          expected_revenue: 1500.5,
          write_date: stamp(),
        })
        return { stage: '2', owner: '6', value: 1500.5, currency: 'EUR' }
      },
      count: async (title: string) => leads.filter(({ name }) => String(name).startsWith(title)).length,
      putContact: async (email: string) => {
        partners.push({ id: (last += 1), name: 'Their Own Name', email })
        return String(last)
      },
      readContact: async (wanted: string) => {
        const partner = partners.find(({ id }) => String(id) === wanted)
        return { name: String(partner?.['name']), emails: [String(partner?.['email'])] }
      },
    })
  }
}

describe('version 14', () => {
  keepsTheContract(odoo, startWith(14))
})
describe('version 17', () => {
  keepsTheContract(odoo, startWith(17))
})
