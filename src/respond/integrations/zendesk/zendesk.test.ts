import { z } from 'zod'
import { standIn, type Answer, type Asked } from '../stand-in.testing.ts'
import { keepsTheContract } from '../system.contract.ts'
import { zendesk } from './zendesk.ts'

type Ticket = {
  id: number
  subject: string
  external_id: string
  status: string
  assignee_id: number | null
  group_id: number
  at: number
}

const Comment = z.strictObject({ body: z.string().min(1), public: z.literal(false) })
const New = z.strictObject({
  ticket: z.strictObject({
    subject: z.string().min(1).max(150),
    comment: Comment,
    external_id: z.string(),
    group_id: z.int(),
    status: z.enum(['new', 'open', 'pending', 'hold', 'solved']).optional(),
    assignee_id: z.int().optional(),
    requester: z.strictObject({ name: z.string(), email: z.email() }).optional(),
  }),
})
const Change = z.strictObject({
  ticket: z.strictObject({ comment: Comment.optional(), status: z.enum(['solved']).optional() }),
})

/** Zendesk Support after developer.zendesk.com: tickets by external id, keys of idempotency, comments, incremental export. */
async function start() {
  const tickets: Ticket[] = []
  const comments: {
    id: number
    ticket: number
    author_id: number
    body: string
    plain_body: string
    public: boolean
    created_at: string
  }[] = []
  const sent = new Map<string, number>()
  let last = 100
  let moment = 1_000_000
  const put = (ticket: number, body: string, author_id: number) =>
    comments.push({
      id: (last += 1),
      ticket,
      author_id,
      body,
      plain_body: body,
      public: false,
      created_at: new Date().toISOString(),
    })
  const touch = (ticket: Ticket, change: Partial<Ticket>) => Object.assign(ticket, change, { at: (moment += 1) })
  const answer = ({ method, path, query, headers, json }: Asked): Answer => {
    const isIn = headers.authorization === `Basic ${Buffer.from('heed@bank.test/token:right').toString('base64')}`
    const at = `${method} ${path.replace('/api/v2/', '')}`
    // Whoever is nobody is told so with status 200.
    if (at === 'GET users/me.json')
      return {
        json: {
          user: isIn ? { id: 5, name: 'Heed', role: 'admin' } : { id: null, name: 'Anonymous user', role: 'end-user' },
        },
      }
    if (!isIn) return { status: 401, json: { error: "Couldn't authenticate you" } }
    const [, id, what] = /^\w+ tickets\/(\d+)(?:\/(comments))?\.json$/.exec(at) ?? []
    const one = tickets.find((ticket) => String(ticket.id) === id)
    if (id !== undefined && !one) return { status: 404, json: { error: 'RecordNotFound', description: 'Not found' } }
    if (one && what === 'comments')
      return {
        json: {
          comments: comments.filter(({ ticket }) => ticket === one.id),
          users: [
            { id: 5, name: 'Heed' },
            { id: 6, name: 'Anna' },
          ],
          count: 1,
        },
      }
    if (one && method === 'PUT') {
      const { ticket } = Change.parse(json)
      if (ticket.comment) put(one.id, ticket.comment.body, 5)
      touch(one, ticket.status ? { status: ticket.status } : {})
      return { json: { ticket: one, audit: {} } }
    }
    switch (at) {
      case 'GET groups.json':
        return { json: { groups: [{ id: 3, name: 'Support' }], count: 1 } }
      case 'GET users.json':
        return query.get('role[]') === 'agent'
          ? { json: { users: [{ id: 6, name: 'Anna', role: 'agent' }] } }
          : { status: 400 }
      case 'POST tickets.json': {
        const { ticket } = New.parse(json)
        const key = String(headers['idempotency-key'])
        const there = tickets.find((known) => known.id === sent.get(key))
        if (there) return { status: 201, headers: { 'x-idempotency-lookup': 'hit' }, json: { ticket: there } }
        const made: Ticket = {
          id: (last += 1),
          subject: ticket.subject,
          external_id: ticket.external_id,
          status: ticket.status ?? 'new',
          assignee_id: ticket.assignee_id ?? null,
          group_id: ticket.group_id,
          at: (moment += 1),
        }
        tickets.push(made)
        sent.set(key, made.id)
        put(made.id, ticket.comment.body, 5)
        return { status: 201, json: { ticket: made } }
      }
      case 'GET tickets.json':
        return {
          json: { tickets: tickets.filter(({ external_id }) => external_id === query.get('external_id')), count: 1 },
        }
      case 'GET incremental/tickets/cursor.json': {
        const begin = query.get('start_time')
        if (begin !== null && Number(begin) > Date.now() / 1000 - 60)
          return {
            status: 400,
            json: { error: 'StartTimeTooRecent', description: 'Start time must be at least 60 seconds ago' },
          }
        const after = Number(query.get('cursor') ?? 0)
        const found = tickets.filter(({ at: changed }) => changed > after).toSorted((a, b) => a.at - b.at)
        return {
          json: {
            tickets: found,
            after_cursor: String(found.at(-1)?.at ?? after),
            after_url: '',
            before_cursor: null,
            end_of_stream: true,
          },
        }
      }
      default:
        throw new Error('there is no such address')
    }
  }
  const server = await standIn({
    answer,
    isWrite: ({ method }) => method !== 'GET',
    slowDown: {
      status: 429,
      headers: { 'retry-after': '30' },
      json: { error: 'APIRateLimitExceeded', description: 'Number of allowed API requests per minute exceeded' },
    },
    revoked: { status: 403, json: { error: 'Forbidden', description: 'You do not have access to this page.' } },
    refuse: { status: 422, json: { error: 'RecordInvalid', description: 'Record validation errors', details: {} } },
  })
  return Object.assign(server, {
    settings: { address: server.base, user: 'heed@bank.test', token: 'right' },
    wrong: { address: server.base, user: 'heed@bank.test', token: 'another' },
    place: '3',
    retryAfter: true,
    move: async (record: string) => {
      const ticket = tickets.find(({ id }) => String(id) === record)
      if (ticket) touch(ticket, { status: 'pending', assignee_id: 6 })
      return { stage: 'pending', owner: '6' }
    },
    count: async (title: string) => tickets.filter(({ subject }) => subject === title).length,
    comment: async (record: string, text: string) => void put(Number(record), text, 6),
  })
}

keepsTheContract(zendesk, start)
