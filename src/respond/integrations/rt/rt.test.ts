import { z } from 'zod'
import { standIn, type Answer, type Asked } from '../stand-in.testing.ts'
import { keepsTheContract } from '../system.contract.ts'
import { rt } from './rt.ts'

type Ticket = { id: number; Subject: string; Status: string; Owner: string; at: Date }
type Transaction = { id: number; ticket: number; Type: string; Creator: string; at: Date; Content: string }

const New = z.strictObject({
  Queue: z.literal('General'),
  Subject: z
    .string()
    .min(1)
    .regex(/^[^\n]*$/),
  Content: z.string(),
  ContentType: z.literal('text/plain'),
  Status: z.string().optional(),
  Owner: z.string().optional(),
  Requestor: z.email().optional(),
})
const Comment = z.strictObject({ Content: z.string().min(1), ContentType: z.literal('text/plain') })

/** RT 5 after the documentation of its REST 2; test/peers/rt.test.ts asks the same of a real one. */
async function start() {
  const tickets: Ticket[] = []
  const transactions: Transaction[] = []
  let last = 0
  const second = (at: Date) => `${at.toISOString().slice(0, 19)}Z`
  const put = (ticket: number, Type: string, Creator: string, Content: string) => {
    transactions.push({ id: (last += 1), ticket, Type, Creator, at: new Date(), Content })
    Object.assign(tickets.find(({ id }) => id === ticket) ?? {}, { at: new Date() })
  }
  const listed = (items: object[], query: URLSearchParams): Answer => {
    const [page, size] = [Number(query.get('page') ?? 1), Math.min(100, Number(query.get('per_page') ?? 20))]
    const shown = items.slice((page - 1) * size, page * size)
    return {
      json: {
        count: shown.length,
        total: items.length,
        per_page: size,
        page,
        pages: Math.ceil(items.length / size),
        items: shown,
      },
    }
  }
  const answer = ({ method, path, query, headers, json }: Asked): Answer => {
    if (headers.authorization !== 'token 1-14-right') return { status: 401, json: { message: 'Unauthorized' } }
    const at = `${method} ${path.replace('/REST/2.0/', '')}`
    const [, kind, id, what] = /^\w+ (ticket|transaction|queue|group)\/(\d+)(?:\/(\w+))?$/.exec(at) ?? []
    const ticket = kind === 'ticket' ? tickets.find((one) => String(one.id) === id) : undefined
    if (kind === 'ticket' && !ticket) return { status: 404, json: { message: 'Not Found' } }
    if (ticket && what === 'comment') {
      put(ticket.id, 'Comment', 'heed', Comment.parse(json).Content)
      return { status: 201, json: ['Comments added'] }
    }
    if (ticket && what === 'history') {
      const user = (name: string) => ({ type: 'user', id: name, _url: '' })
      const mine = transactions.filter((one) => one.ticket === ticket.id)
      return listed(
        mine.map((one) => ({
          id: String(one.id),
          type: 'transaction',
          Type: one.Type,
          Creator: user(one.Creator),
          Created: second(one.at),
        })),
        query,
      )
    }
    if (ticket && method === 'PUT') {
      ticket.Status = z.strictObject({ Status: z.string() }).parse(json).Status
      put(ticket.id, 'Status', 'heed', '')
      return { json: [`Ticket ${ticket.id}: Status changed`] }
    }
    if (kind === 'transaction') {
      const one = transactions.find((known) => String(known.id) === id)
      return listed(
        one ? [{ id: '1', type: 'attachment', ContentType: 'text/plain', Content: one.Content }] : [],
        query,
      )
    }
    if (kind === 'group')
      return listed(
        [
          { id: 'anna', type: 'user' },
          { id: 'root', type: 'user' },
        ],
        query,
      )
    if (kind === 'queue')
      return {
        json: {
          id: 1,
          Name: 'General',
          Lifecycle: 'default',
          _hyperlinks: [
            { ref: 'self', type: 'queue' },
            { ref: 'create', type: 'ticket' },
          ],
        },
      }
    switch (at) {
      case 'GET rt':
        return { json: { Version: '5.0.3', Plugins: [] } }
      case 'GET queues/all':
        return listed([{ id: '1', type: 'queue', _url: '' }], query)
      case 'GET groups':
        return listed([{ id: '4', type: 'group', Name: 'Privileged' }], query)
      case 'POST ticket': {
        const made = New.parse(json)
        tickets.push({
          id: (last += 1),
          Subject: made.Subject,
          Status: made.Status ?? 'new',
          Owner: made.Owner ?? 'Nobody',
          at: new Date(),
        })
        const number = last
        put(number, 'Create', 'heed', made.Content)
        return { status: 201, json: { id: String(number), type: 'ticket', _url: '' } }
      }
      case 'GET tickets': {
        const words = /^Subject LIKE '([a-z0-9-]+)'$/.exec(query.get('query') ?? '')?.[1]
        if (words === undefined && query.get('query') !== 'id > 0')
          return { status: 400, json: { message: 'Wrong query' } }
        const found = tickets
          .filter(({ Subject }) => words === undefined || Subject.includes(words))
          .toSorted((a, b) => b.at.getTime() - a.at.getTime())
        return listed(
          found.map((one) => ({
            id: String(one.id),
            type: 'ticket',
            Subject: one.Subject,
            Status: one.Status,
            Owner: { type: 'user', id: one.Owner },
            LastUpdated: second(one.at),
          })),
          query,
        )
      }
      default:
        throw new Error('there is no such address')
    }
  }
  const server = await standIn({
    answer,
    isWrite: ({ method }) => method !== 'GET',
    slowDown: { status: 429, headers: { 'retry-after': '30' } },
    revoked: { status: 403, json: { message: 'Forbidden' } },
    refuse: { status: 422, json: { message: 'Could not create ticket. Queue not set' } },
  })
  return Object.assign(server, {
    settings: { address: server.base, token: '1-14-right' },
    wrong: { address: server.base, token: '1-14-another' },
    place: 'General',
    retryAfter: true,
    move: async (record: string) => {
      Object.assign(tickets.find(({ id }) => String(id) === record) ?? {}, {
        Status: 'stalled',
        Owner: 'root',
        at: new Date(),
      })
      return { stage: 'stalled', owner: 'root' }
    },
    count: async (title: string) => tickets.filter(({ Subject }) => Subject.startsWith(title)).length,
    comment: async (record: string, text: string) => put(Number(record), 'Comment', 'anna', text),
  })
}

keepsTheContract(rt, start)
