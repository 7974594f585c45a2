import { createHmac } from 'node:crypto'
import { describe } from 'vitest'
import { z } from 'zod'
import { standIn, type Answer, type Asked } from '../stand-in.testing.ts'
import { keepsTheContract } from '../system.contract.ts'
import { espocrm } from './espocrm.ts'

type Row = { id: string; name: string; modifiedAt: string; [field: string]: unknown }

const Contact = z.strictObject({
  lastName: z.string().min(1).max(100),
  description: z.string().optional(),
  emailAddress: z.email().optional(),
  phoneNumber: z.string().optional(),
})
const Opportunity = z.strictObject({
  name: z.string().min(1).max(255),
  description: z.string().optional(),
  stage: z.enum(['Prospecting', 'Negotiation', 'Closed Won']).optional(),
  assignedUserId: z.string().optional(),
  contactId: z.string().optional(),
  contactsIds: z.array(z.string()).optional(),
  closeDate: z.iso.date(),
  amount: z.number().nullable().optional(),
})
const stages = ['Prospecting', 'Negotiation', 'Closed Won']

/** EspoCRM after docs.espocrm.com: an API user by key or by signature, CRUD, search parameters, stream. */
function startWith(secret: string | null) {
  return async () => {
    const rows: { [kind: string]: Row[] } = { Contact: [], Opportunity: [], Lead: [], Case: [] }
    const posts: {
      id: string
      type: string
      post: string
      parentId: string
      createdAt: string
      createdByName: string
    }[] = []
    let last = 0
    const newId = () => `65f0a${String((last += 1)).padStart(12, '0')}`
    const stamp = (at: Date) => at.toISOString().slice(0, 19).replace('T', ' ')
    const key = '0123456789abcdef0123456789abcdef'

    const letIn = ({ headers, method, path }: Asked): boolean => {
      if (secret === null) return headers['x-api-key'] === key && headers['x-hmac-authorization'] === undefined
      const given = Buffer.from(String(headers['x-hmac-authorization'] ?? ''), 'base64')
      const hash = createHmac('sha256', secret)
        .update(`${method} ${path.replace('/api/v1', '')}`)
        .digest()
      return headers['x-api-key'] === undefined && given.equals(Buffer.concat([Buffer.from(`${key}:`), hash]))
    }
    const wrong = (status: number, reason: string): Answer => ({ status, headers: { 'x-status-reason': reason } })
    const listed = (list: Row[], query: URLSearchParams): Answer => {
      const max = Number(query.get('maxSize') ?? 20)
      if (max > 200) return wrong(403, 'Max size should not exceed 200')
      let found = list
      const attribute = query.get('where[0][attribute]') ?? ''
      const wanted = query.get('where[0][value]') ?? ''
      switch (query.get('where[0][type]')) {
        case 'equals':
          found = list.filter((row) => row[attribute] === wanted)
          break
        case 'contains':
          found = list.filter((row) => String(row[attribute] ?? '').includes(wanted))
          break
        case 'greaterThanOrEquals':
          if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(wanted)) return wrong(400, 'Bad date-time')
          found = list.filter((row) => String(row[attribute]) >= wanted)
          break
        case 'isTrue':
        case null:
          break
        default:
          return wrong(400, 'Bad where')
      }
      return { json: { total: found.length, list: found.slice(0, max) } }
    }
    const answer = (asked: Asked): Answer => {
      if (!letIn(asked)) return { status: 401 }
      const { method, path, query, json } = asked
      const [, kind = '', id, link] = /^\/api\/v1\/(\w+)(?:\/(\w+))?(?:\/(\w+))?$/.exec(path) ?? []
      if (kind === 'App' && id === 'user') {
        const table = {
          Contact: { create: 'yes', read: 'all' },
          Opportunity: { create: 'yes', read: 'all' },
          Lead: false,
        }
        return { json: { user: { id: '1', userName: 'heed', type: 'api' }, acl: { table }, preferences: {} } }
      }
      if (kind === 'Metadata')
        return { json: query.get('key')?.includes('Opportunity') ? stages : ['New', 'Assigned', 'Closed'] }
      if (kind === 'User') return listed([{ id: 'u1', name: 'Анна', modifiedAt: '', userName: 'anna' }], query)
      if (kind === 'Note' && method === 'POST') {
        const note = z
          .strictObject({ type: z.literal('Post'), post: z.string(), parentType: z.string(), parentId: z.string() })
          .parse(json)
        posts.push({
          id: newId(),
          type: 'Post',
          post: note.post,
          parentId: note.parentId,
          createdAt: stamp(new Date()),
          createdByName: 'heed',
        })
        return { json: posts.at(-1) }
      }
      const of = rows[kind]
      if (!of) return wrong(404, 'Not found')
      if (method === 'GET' && link === 'stream')
        return {
          json: {
            total: 1,
            list: [...posts.filter((post) => post.parentId === id).toReversed(), { id: 'c', type: 'Create' }],
          },
        }
      if (method === 'GET') return listed(of, query)
      if (method === 'POST') {
        if (asked.headers['x-skip-duplicate-check'] !== 'true') return { status: 409, json: [] }
        const made = (kind === 'Contact' ? Contact : Opportunity).parse(json)
        const row = {
          stage: 'Prospecting',
          amountCurrency: 'EUR',
          name: '',
          ...made,
          id: newId(),
          modifiedAt: stamp(new Date()),
        }
        of.push(row)
        return { json: row }
      }
      const row = of.find((one) => one.id === id)
      if (method !== 'PUT' || !row) return wrong(404, 'Not found')
      Object.assign(row, Contact.partial().parse(json))
      return { json: row }
    }
    const server = await standIn({
      answer,
      isWrite: ({ method }) => method !== 'GET',
      slowDown: { status: 503, headers: { 'retry-after': '30' } },
      revoked: wrong(403, 'No create access'),
      refuse: { status: 400, json: { messageTranslation: { label: 'validationFailure', scope: null, data: {} } } },
    })
    const opportunities = rows['Opportunity'] ?? []
    const contacts = rows['Contact'] ?? []
    return Object.assign(server, {
      settings: { address: server.base, key, ...(secret === null ? {} : { secret }) },
      wrong: { address: server.base, key: 'another' },
      place: 'Opportunity',
      retryAfter: true,
      move: async (record: string) => {
        const row = opportunities.find(({ id }) => `Opportunity:${id}` === record)
        Object.assign(row ?? {}, {
          stage: 'Negotiation',
          assignedUserId: 'u1',
          amount: 1500.5,
          modifiedAt: stamp(new Date()),
        })
        return { stage: 'Negotiation', owner: 'u1', value: 1500.5, currency: 'EUR' }
      },
      count: async (title: string) => opportunities.filter(({ name }) => name.startsWith(title)).length,
      putContact: async (email: string) => {
        const id = newId()
        contacts.push({ id, name: 'Their Own Name', lastName: 'Their Own Name', emailAddress: email, modifiedAt: '' })
        return id
      },
      readContact: async (wanted: string) => {
        const row = contacts.find(({ id }) => id === wanted)
        return { name: String(row?.['lastName']), emails: [String(row?.['emailAddress'])] }
      },
    })
  }
}

describe('by key', () => {
  keepsTheContract(espocrm, startWith(null))
})
describe('by signature', () => {
  keepsTheContract(espocrm, startWith('a-secret-of-the-test'))
})
