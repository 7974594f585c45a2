import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { createRequest } from '../../../base/http/request.ts'
import type { Session, System } from '../system.ts'
import { standIn, type Answer, type Asked } from '../stand-in.testing.ts'
import { keepsTheContract } from '../system.contract.ts'
import { amocrm } from './amocrm.ts'

type Row = { id: number; name: string; updated_at: number; [field: string]: unknown }

const FieldValues = z.array(
  z.strictObject({
    field_code: z.enum(['EMAIL', 'PHONE']),
    values: z.array(z.strictObject({ value: z.string(), enum_code: z.literal('WORK') })).min(1),
  }),
)
const NewContact = z.strictObject({ name: z.string().min(1).max(255), custom_fields_values: FieldValues.optional() })
const NewLead = z.strictObject({
  name: z.string().min(1).max(255),
  pipeline_id: z.int(),
  status_id: z.int().optional(),
  responsible_user_id: z.int().optional(),
  _embedded: z.strictObject({ contacts: z.array(z.strictObject({ id: z.int() })).max(1) }).optional(),
})

/** amoCRM after its developer documentation: tokens, leads, contacts, notes, and 204 where nothing is found. */
async function start(way: 'token' | 'grant' = 'token') {
  const leads: Row[] = []
  const contacts: Row[] = []
  const notes: { id: number; lead: number; note_type: string; created_at: number; params: { text: string } }[] = []
  let last = 1000
  let issued = 0
  let access = way === 'token' ? 'a-long-token' : ''
  let refresh = ''
  const now = () => Math.floor(Date.now() / 1000)
  const problem = (status: number, title: string, more: object = {}): Answer => ({
    status,
    json: { title, type: 'https://httpstatus.es/', status, detail: title, ...more },
  })
  const listed = (name: string, rows: unknown[]): Answer =>
    rows.length === 0 ? { status: 204 } : { json: { _page: 1, _links: {}, _embedded: { [name]: rows } } }
  const made = (name: string, id: number): Answer => ({
    json: { _links: {}, _embedded: { [name]: [{ id, request_id: '0' }] } },
  })

  const give = (json: unknown): Answer => {
    const asked = z
      .union([
        z.strictObject({
          ...{ client_id: z.literal('client'), client_secret: z.literal('secret'), redirect_uri: z.url() },
          grant_type: z.literal('authorization_code'),
          code: z.string(),
        }),
        z.strictObject({
          ...{ client_id: z.literal('client'), client_secret: z.literal('secret'), redirect_uri: z.url() },
          grant_type: z.literal('refresh_token'),
          refresh_token: z.string(),
        }),
      ])
      .parse(json)
    const good =
      asked.grant_type === 'authorization_code'
        ? issued === 0 && asked.code === 'code'
        : asked.refresh_token === refresh
    if (!good) return problem(400, 'Некорректный запрос', { hint: 'Token has been revoked' })
    issued += 1
    access = `access-${issued}`
    refresh = `refresh-${issued}`
    return { json: { token_type: 'Bearer', expires_in: 86_400, access_token: access, refresh_token: refresh } }
  }
  const answer = ({ method, path, query, headers, json }: Asked): Answer => {
    if (path === '/oauth2/access_token' && method === 'POST') return give(json)
    if (headers.authorization !== `Bearer ${access}`) return problem(401, 'Unauthorized')
    const note = /^\/api\/v4\/leads\/(\d+)\/notes$/.exec(path)?.[1]
    const matches = (row: Row) =>
      JSON.stringify(row)
        .toLowerCase()
        .includes((query.get('query') ?? '').toLowerCase())
    if (Number(query.get('limit') ?? 1) > 250) return problem(400, 'limit')
    switch (`${method} ${note === undefined ? path : 'notes'}`) {
      case 'GET /api/v4/account':
        return { json: { id: 1, name: 'Банк', subdomain: 'bank', currency: 'RUB' } }
      case 'GET /api/v4/leads/pipelines': {
        const statuses = [
          { id: 7, name: 'Новая' },
          { id: 8, name: 'В работе' },
          { id: 142, name: 'Успешно реализовано' },
          { id: 143, name: 'Закрыто и не реализовано' },
        ]
        return listed('pipelines', [{ id: 5, name: 'Воронка', is_archive: false, _embedded: { statuses } }])
      }
      case 'GET /api/v4/users':
        return listed('users', [{ id: 21, name: 'Анна', email: 'anna@bank.test' }])
      case 'GET /api/v4/contacts':
        return listed('contacts', contacts.filter(matches))
      case 'POST /api/v4/contacts': {
        const [row] = z.array(NewContact).length(1).parse(json)
        contacts.push({ name: '', ...row, id: (last += 1), updated_at: now() })
        return made('contacts', last)
      }
      case 'PATCH /api/v4/contacts': {
        const [change] = z
          .array(z.strictObject({ id: z.int(), custom_fields_values: FieldValues }))
          .length(1)
          .parse(json)
        Object.assign(contacts.find(({ id }) => id === change?.id) ?? {}, change)
        return made('contacts', change?.id ?? 0)
      }
      case 'GET /api/v4/leads': {
        const from = Number(query.get('filter[updated_at][from]') ?? 0)
        return listed(
          'leads',
          leads.filter((row) => row.updated_at >= from && matches(row)),
        )
      }
      case 'POST /api/v4/leads': {
        const [row] = z.array(NewLead).length(1).parse(json)
        leads.push({
          name: '',
          price: 0,
          status_id: 7,
          responsible_user_id: 21,
          ...row,
          id: (last += 1),
          updated_at: now(),
        })
        return made('leads', last)
      }
      case 'POST notes': {
        const [row] = z
          .array(
            z.strictObject({ note_type: z.literal('common'), params: z.strictObject({ text: z.string().min(1) }) }),
          )
          .length(1)
          .parse(json)
        notes.push({
          id: (last += 1),
          lead: Number(note),
          note_type: 'common',
          created_at: now(),
          params: row?.params ?? { text: '' },
        })
        return made('notes', last)
      }
      case 'GET notes':
        return listed(
          'notes',
          notes.filter(({ lead }) => lead === Number(note)),
        )
      default:
        throw new Error('there is no such address')
    }
  }
  const server = await standIn({
    answer,
    isWrite: ({ method, path }) => method !== 'GET' && !path.startsWith('/oauth2'),
    slowDown: { status: 429, headers: { 'retry-after': '30' } },
    revoked: problem(403, 'Forbidden'),
    refuse: problem(400, 'Bad Request', {
      'validation-errors': [
        {
          request_id: '0',
          errors: [
            { code: 'NotSupportedChoice', path: 'status_id', detail: 'The value you selected is not a valid choice.' },
          ],
        },
      ],
    }),
  })
  const grant = { client: 'client', secret: 'secret', redirect: 'https://heed.test/', code: 'code' }
  return Object.assign(server, {
    settings: { address: server.base, ...(way === 'token' ? { token: 'a-long-token' } : grant) },
    wrong: { address: server.base, token: 'another' },
    place: '5',
    retryAfter: true,
    /** As after a day. */
    endAccess: () => {
      access = 'ended'
    },
    issued: () => issued,
    move: async (record: string) => {
      const row = leads.find(({ id }) => String(id) === record)
      Object.assign(row ?? {}, { status_id: 8, responsible_user_id: 22, price: 1500, updated_at: now() })
      return { stage: '5:8', owner: '22', value: 1500, currency: 'RUB' }
    },
    count: async (title: string) => leads.filter(({ name }) => name.startsWith(title)).length,
    putContact: async (email: string) => {
      const values = [{ value: email, enum_code: 'WORK' }]
      contacts.push({
        id: (last += 1),
        name: 'Their Own Name',
        updated_at: now(),
        custom_fields_values: [{ field_code: 'EMAIL', values }],
      })
      return String(last)
    },
    readContact: async (wanted: string) => {
      const row = contacts.find(({ id }) => String(id) === wanted)
      const fields = (row?.['custom_fields_values'] ?? []) as { values: { value: string }[] }[]
      return { name: row?.name ?? '', emails: fields.flatMap(({ values }) => values.map(({ value }) => value)) }
    },
  })
}

describe('by a long-lived token', () => {
  keepsTheContract(amocrm, () => start('token'))
})
describe('by OAuth', () => {
  keepsTheContract(amocrm, () => start('grant'))
})

test('a token that ends is renewed once, and each refresh token is kept before it is used', async () => {
  await using peer = await start('grant')
  const system: System<unknown> = amocrm
  const request = createRequest({ allowPrivate: true })
  const kept: unknown[] = []
  const session: Session<unknown> = {
    account: amocrm.parseAccount(peer.settings),
    io: { request, now: () => new Date(), signal: new AbortController().signal },
    keep: async (account) => {
      session.account = account
      kept.push(account)
    },
  }
  expect(await system.greet(session)).toMatchObject({ kind: 'told' })
  expect(peer.issued()).toBe(1)
  peer.endAccess()
  expect(await system.greet(session)).toMatchObject({ kind: 'told' })
  expect(peer.issued()).toBe(2)
  expect(JSON.stringify(kept.at(-1))).toContain('refresh-2')
  // Somebody took the right away: neither the access nor the refresh token is good any more.
  peer.endAccess()
  session.account = JSON.parse(JSON.stringify(session.account).replace('refresh-2', 'refresh-1')) as unknown
  expect(await system.greet(session)).toMatchObject({ kind: 'signed-out' })
  await request.close()
})
