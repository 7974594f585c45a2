import { z } from 'zod'
import { htmlToText } from '../../../listen/connectors/html-to-text.ts'
import { ask, beginning, told } from '../ask.ts'
import { hasMark, marked, markedTitle } from '../marked.ts'
import { readAddress, readNeeded } from '../settings.ts'
import type { Session, System, Told } from '../system.ts'

/** `me`: our own number there, learnt at the first greeting. */
type Account = { base: string; token: string; me: number }

const pageSize = 100
/** Three pages of what was touched last are more than two minutes ever bring. */
const mostPages = 3
const longestTitle = 250

const Id = z.number().int()
const Ticket = z.object({
  id: Id,
  title: z.string(),
  state_id: Id,
  owner_id: Id.nullish(),
  updated_at: z.string(),
})
type TicketRow = z.infer<typeof Ticket>

/**
 * Zammad by an access token (docs.zammad.org: users, groups, tickets, articles, pagination and sorting). Its search follows
 * by an index, so what must be certain is read from the sorted list of tickets.
 */
export const zammad: System<Account> = {
  name: 'zammad',
  kind: 'desk',
  settleMs: 60_000,
  parseAccount: (input) => ({
    base: readAddress(input, 'address', 'https://help.bank.example'),
    token: readNeeded(input, 'token'),
    me: 0,
  }),
  async greet(session) {
    const me = await call(session, { path: 'users/me', does: 'reads' }, z.object({ id: Id, login: z.string() }))
    if (me.kind !== 'told') return me
    await session.keep({ ...session.account, me: me.value.id })
    const tickets = await page(session, 1, 'created_at')
    if (tickets.kind !== 'told') return tickets
    return told({ name: `${new URL(session.account.base).host} · ${me.value.login}`, may: { read: true, write: null } })
  },
  async choices(session) {
    const groups = await call(
      session,
      { path: 'groups', does: 'reads' },
      z.array(z.object({ id: Id, name: z.string(), active: z.boolean() })),
    )
    if (groups.kind !== 'told') return groups
    const states = await call(
      session,
      { path: 'ticket_states', does: 'reads' },
      z.array(z.object({ id: Id, name: z.string(), active: z.boolean() })),
    )
    if (states.kind !== 'told') return states
    const users = await call(
      session,
      { path: 'users', query: { page: '1', per_page: String(pageSize) }, does: 'reads' },
      z.array(
        z.object({
          id: Id,
          firstname: z.string().nullish(),
          lastname: z.string().nullish(),
          login: z.string(),
          active: z.boolean(),
          group_ids: z.record(z.string(), z.unknown()).nullish(),
        }),
      ),
    )
    if (users.kind !== 'told' && users.kind !== 'signed-out') return users
    const stages = states.value
      .filter(({ active }) => active)
      .map(({ id, name }) => ({ id: String(id), name, ends: name === 'closed' || name === 'merged' }))
    return told({
      places: groups.value.filter(({ active }) => active).map(({ name }) => ({ id: name, name, stages })),
      // Agents are those who have a group.
      owners: (users.kind === 'told' ? users.value : [])
        .filter(({ active, group_ids }) => active && Object.keys(group_ids ?? {}).length > 0)
        .map(({ id, firstname, lastname, login }) => ({
          id: String(id),
          name: [firstname, lastname].filter(Boolean).join(' ') || login,
        })),
    })
  },
  async open(session, { key, place, stage, owner, title, text, link, person }) {
    const email = person?.emails[0]
    const added = await call(
      session,
      {
        path: 'tickets',
        does: 'writes',
        json: {
          title: markedTitle(title, key, longestTitle),
          group: place,
          // A customer without an address of mail cannot be made there, so the ticket is ours.
          customer_id: email === undefined ? session.account.me : `guess:${email}`,
          ...(stage === null ? {} : { state_id: Number(stage) }),
          ...(owner === null ? {} : { owner_id: Number(owner) }),
          // A note that only agents see: whoever is answered is answered from here.
          article: {
            subject: title.slice(0, longestTitle),
            body: [text, link].filter(Boolean).join('\n\n'),
            ...internal,
          },
        },
      },
      z.object({ id: Id }),
    )
    return added.kind === 'told' ? told(opened(session, added.value.id)) : added
  },
  async find(session, key) {
    for (let number = 1; number <= mostPages; number += 1) {
      const tickets = await page(session, number, 'created_at')
      if (tickets.kind !== 'told') return tickets
      const ticket = tickets.value.find(({ title }) => hasMark(title, key))
      if (ticket) return told(opened(session, ticket.id))
      if (tickets.value.length < pageSize) break
    }
    return told(null)
  },
  async addNote(session, record, { key, text }) {
    const added = await call(
      session,
      {
        path: 'ticket_articles',
        does: 'writes',
        json: { ticket_id: Number(record), subject: '', body: marked(text, key), ...internal },
      },
      z.object({ id: Id }),
    )
    return added.kind === 'told' ? told(null) : added
  },
  async listNotes(session, record) {
    const found = await call(
      session,
      { path: `ticket_articles/by_ticket/${record}`, does: 'reads' },
      z.array(
        z.object({
          id: Id,
          body: z.string(),
          content_type: z.string().nullish(),
          from: z.string().nullish(),
          created_at: z.string(),
        }),
      ),
    )
    if (found.kind !== 'told') return found
    return told(
      found.value
        // The first is the text that the ticket was opened with.
        .slice(1)
        .map(({ id, body, content_type, from, created_at }) => ({
          id: String(id),
          author: from || null,
          at: new Date(created_at),
          text: content_type === 'text/html' ? htmlToText(body).text : body,
        })),
    )
  },
  async close(session, record) {
    const closed = await call(
      session,
      { path: `tickets/${record}`, method: 'PUT', does: 'writes', json: { state: 'closed' } },
      z.object({ id: Id }),
    )
    return closed.kind === 'told' ? told(null) : closed
  },
  async changes(session, cursor) {
    if (cursor === null) return told({ records: [], next: beginning(session).toISOString(), more: false })
    const rows: TicketRow[] = []
    for (let number = 1; number <= mostPages; number += 1) {
      const tickets = await page(session, number, 'updated_at')
      if (tickets.kind !== 'told') return tickets
      rows.push(...tickets.value.filter(({ updated_at }) => updated_at >= cursor))
      if (tickets.value.length < pageSize || (tickets.value.at(-1)?.updated_at ?? '') < cursor) break
    }
    return told({
      records: rows.toReversed().map(({ id, state_id, owner_id }) => ({
        record: String(id),
        stage: String(state_id),
        // Number 1 is nobody there.
        owner: owner_id == null || owner_id === 1 ? null : String(owner_id),
        ...{ value: null, currency: null, ended: null },
      })),
      next: rows[0]?.updated_at ?? cursor,
      more: false,
    })
  },
}

const internal = { content_type: 'text/plain', type: 'note', internal: true } as const

/** A page of all tickets that we may see, the newest by `by` first. */
function page(session: Session<Account>, number: number, by: 'created_at' | 'updated_at'): Promise<Told<TicketRow[]>> {
  const query = { page: String(number), per_page: String(pageSize), sort_by: by, order_by: 'desc' }
  return call(session, { path: 'tickets', query, does: 'reads' }, z.array(Ticket))
}

type Call = {
  path: string
  query?: { [name: string]: string }
  method?: 'PUT'
  json?: unknown
  does: 'reads' | 'writes'
}

function call<T>(session: Session<Account>, { path, query, method, json, does }: Call, shape: z.ZodType<T>) {
  return ask(session, {
    url: `${session.account.base}/api/v1/${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`,
    headers: { authorization: `Token token=${session.account.token}` },
    ...(method === undefined ? {} : { method }),
    ...(json === undefined ? {} : { json }),
    does,
    shape,
    reason: (said) => z.object({ error: z.string() }).safeParse(said).data?.error ?? null,
  })
}

function opened({ account: { base } }: Session<Account>, id: number) {
  return { record: String(id), url: `${base}/#ticket/zoom/${id}` }
}
