import { z } from 'zod'
import { standIn, type Answer, type Asked } from '../stand-in.testing.ts'

type Ticket = {
  id: number
  title: string
  group: string
  state_id: number
  owner_id: number
  created_at: string
  updated_at: string
}

const article = {
  subject: z.string().max(250),
  body: z.string().min(1),
  content_type: z.literal('text/plain'),
  type: z.literal('note'),
  internal: z.literal(true),
}
const NewTicket = z.strictObject({
  title: z.string().min(1).max(250),
  group: z.literal('Users'),
  customer_id: z.union([z.int(), z.string().regex(/^guess:\S+@\S+$/)]),
  state_id: z.int().optional(),
  owner_id: z.int().optional(),
  article: z.strictObject(article),
})
const states = ['new', 'open', 'pending reminder', 'closed', 'merged'].map((name, index) => ({
  id: index + 1,
  name,
  active: true,
}))

/** Zammad after docs.zammad.org: tokens, tickets with their first article, articles, paging and sorting. */
export async function zammadStandIn() {
  const tickets: Ticket[] = []
  const articles: {
    id: number
    ticket_id: number
    body: string
    content_type: string
    from: string
    created_at: string
  }[] = []
  let last = 40
  const put = (ticket: number, body: string, from: string, content_type = 'text/plain') => {
    articles.push({
      id: (last += 1),
      ticket_id: ticket,
      body,
      content_type,
      from,
      created_at: new Date().toISOString(),
    })
    Object.assign(tickets.find(({ id }) => id === ticket) ?? {}, { updated_at: new Date().toISOString() })
  }
  const answer = ({ method, path, query, headers, json }: Asked): Answer => {
    if (headers.authorization !== 'Token token=right')
      return { status: 401, json: { error: 'Invalid token', error_human: 'Invalid token' } }
    const at = `${method} ${path.replace('/api/v1/', '')}`
    const one = /^(GET|PUT) (tickets|ticket_articles\/by_ticket)\/(\d+)$/.exec(at)
    if (one?.[1] === 'GET') return { json: articles.filter(({ ticket_id }) => ticket_id === Number(one[3])) }
    if (one) {
      const ticket = tickets.find(({ id }) => id === Number(one[3]))
      const { state } = z.strictObject({ state: z.string() }).parse(json)
      if (!ticket) return { status: 404, json: { error: "Couldn't find Ticket" } }
      Object.assign(ticket, {
        state_id: states.find(({ name }) => name === state)?.id,
        updated_at: new Date().toISOString(),
      })
      return { json: ticket }
    }
    switch (at) {
      case 'GET users/me':
        return { json: { id: 9, login: 'heed@bank.test', firstname: 'Heed', active: true } }
      case 'GET groups':
        return { json: [{ id: 1, name: 'Users', active: true }] }
      case 'GET ticket_states':
        return { json: states }
      case 'GET users':
        return {
          json: [
            {
              id: 9,
              login: 'heed@bank.test',
              firstname: 'Heed',
              lastname: '',
              active: true,
              group_ids: { 1: ['full'] },
            },
          ],
        }
      case 'GET tickets': {
        const by = z.enum(['created_at', 'updated_at']).parse(query.get('sort_by'))
        const size = z.coerce.number().max(100).parse(query.get('per_page'))
        const sorted = tickets.toReversed().toSorted((a, b) => (a[by] < b[by] ? 1 : a[by] > b[by] ? -1 : 0))
        return {
          json:
            query.get('order_by') === 'desc' ? sorted.slice((Number(query.get('page')) - 1) * size).slice(0, size) : [],
        }
      }
      case 'POST tickets': {
        const made = NewTicket.parse(json)
        const now = new Date().toISOString()
        tickets.push({
          id: (last += 1),
          title: made.title,
          group: made.group,
          state_id: made.state_id ?? 1,
          owner_id: made.owner_id ?? 1,
          created_at: now,
          updated_at: now,
        })
        const ticket = tickets.at(-1)
        put(last, made.article.body, 'Heed')
        return { status: 201, json: ticket }
      }
      case 'POST ticket_articles': {
        const made = z.strictObject({ ...article, ticket_id: z.int() }).parse(json)
        put(made.ticket_id, made.body, 'Heed')
        return { status: 201, json: articles.at(-1) }
      }
      default:
        throw new Error('there is no such address')
    }
  }
  const server = await standIn({
    answer,
    isWrite: ({ method }) => method !== 'GET',
    slowDown: { status: 429, headers: { 'retry-after': '30' } },
    revoked: { status: 403, json: { error: 'Not authorized', error_human: 'Not authorized' } },
    refuse: { status: 422, json: { error: 'Missing required value for field "product"!' } },
  })
  return Object.assign(server, {
    settings: { address: server.base, token: 'right' },
    wrong: { address: server.base, token: 'another' },
    place: 'Users',
    retryAfter: true,
    move: async (record: string) => {
      Object.assign(tickets.find(({ id }) => String(id) === record) ?? {}, {
        state_id: 2,
        owner_id: 9,
        updated_at: new Date().toISOString(),
      })
      return { stage: '2', owner: '9' }
    },
    count: async (title: string) => tickets.filter((one) => one.title.startsWith(title)).length,
    comment: async (record: string, text: string) => put(Number(record), `<div>${text}</div>`, 'Anna', 'text/html'),
  })
}
