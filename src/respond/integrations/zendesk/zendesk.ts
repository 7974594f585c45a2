import { z } from 'zod'
import { ask, signedOut, told } from '../ask.ts'
import { marked } from '../marked.ts'
import { readAddress, readNeeded } from '../settings.ts'
import type { Session, System, Told } from '../system.ts'

type Account = { base: string; user: string; token: string }

const longestSubject = 150
/** The incremental export begins at least a minute ago. */
const exportDelayMs = 2 * 60_000
const stages = (
  [
    ['new', false],
    ['open', false],
    ['pending', false],
    ['hold', false],
    ['solved', true],
    ['closed', true],
  ] as const
).map(([id, ends]) => ({ id, name: id, ends }))

const Id = z.coerce.string()
const Ticket = z.object({ id: Id, status: z.string(), assignee_id: Id.nullish() })

/**
 * Zendesk Support by an API token (developer.zendesk.com: tickets, comments, groups, users, incremental export). Tickets carry
 * our key as `external_id` and are sent with an `Idempotency-Key`.
 */
export const zendesk: System<Account> = {
  name: 'zendesk',
  kind: 'desk',
  settleMs: 60_000,
  parseAccount: (input) => ({
    base: readAddress(input, 'address', 'https://bank.zendesk.com'),
    user: readNeeded(input, 'user'),
    token: readNeeded(input, 'token'),
  }),
  async greet(session) {
    const me = await call(
      session,
      { path: 'users/me.json', does: 'reads' },
      z.object({ user: z.object({ id: z.number().nullable(), name: z.string(), role: z.string() }) }),
    )
    if (me.kind !== 'told') return me
    // Whoever is not let in is greeted as an anonymous user.
    if (me.value.user.id === null) return signedOut(200)
    const isAgent = me.value.user.role === 'agent' || me.value.user.role === 'admin'
    return told({
      name: `${new URL(session.account.base).host} · ${me.value.user.name}`,
      may: { read: isAgent, write: isAgent },
    })
  },
  async choices(session) {
    const groups = await call(
      session,
      { path: 'groups.json', query: { per_page: '100' }, does: 'reads' },
      z.object({ groups: z.array(z.object({ id: Id, name: z.string() })) }),
    )
    if (groups.kind !== 'told') return groups
    const users = await call(
      session,
      { path: 'users.json', query: { 'role[]': 'agent', per_page: '100' }, does: 'reads' },
      z.object({ users: z.array(z.object({ id: Id, name: z.string() })) }),
    )
    if (users.kind !== 'told') return users
    return told({ places: groups.value.groups.map((group) => ({ ...group, stages })), owners: users.value.users })
  },
  async open(session, { key, place, stage, owner, title, text, link, person }) {
    const email = person?.emails[0]
    const added = await call(
      session,
      {
        path: 'tickets.json',
        does: 'writes',
        headers: { 'idempotency-key': key },
        json: {
          ticket: {
            subject: title.slice(0, longestSubject).toWellFormed(),
            // Inside only: whoever is answered is answered from here.
            comment: { body: [text, link].filter(Boolean).join('\n\n'), public: false },
            external_id: key,
            group_id: Number(place),
            ...(stage === null ? {} : { status: stage }),
            ...(owner === null ? {} : { assignee_id: Number(owner) }),
            ...(email === undefined ? {} : { requester: { name: person?.name ?? email, email } }),
          },
        },
      },
      z.object({ ticket: z.object({ id: Id }) }),
    )
    return added.kind === 'told' ? told(opened(session, added.value.ticket.id)) : added
  },
  async find(session, key) {
    const found = await call(
      session,
      { path: 'tickets.json', query: { external_id: key }, does: 'reads' },
      z.object({ tickets: z.array(Ticket) }),
    )
    if (found.kind !== 'told') return found
    const [ticket] = found.value.tickets
    return told(ticket ? opened(session, ticket.id) : null)
  },
  async addNote(session, record, { key, text }) {
    const changed = await call(
      session,
      {
        path: `tickets/${record}.json`,
        method: 'PUT',
        does: 'writes',
        json: { ticket: { comment: { body: marked(text, key), public: false } } },
      },
      z.object({ ticket: z.object({ id: Id }) }),
    )
    return changed.kind === 'told' ? told(null) : changed
  },
  async listNotes(session, record) {
    const found = await call(
      session,
      { path: `tickets/${record}/comments.json`, query: { include: 'users' }, does: 'reads' },
      z.object({
        comments: z.array(
          z.object({
            id: Id,
            author_id: Id,
            body: z.string(),
            plain_body: z.string().nullish(),
            created_at: z.string(),
          }),
        ),
        users: z.array(z.object({ id: Id, name: z.string() })).optional(),
      }),
    )
    if (found.kind !== 'told') return found
    const names = new Map((found.value.users ?? []).map(({ id, name }) => [id, name]))
    return told(
      found.value.comments
        // The first is the text that the ticket was opened with.
        .slice(1)
        .map(({ id, author_id, body, plain_body, created_at }) => ({
          id,
          author: names.get(author_id) ?? null,
          at: new Date(created_at),
          text: plain_body ?? body,
        })),
    )
  },
  async close(session, record) {
    const closed = await call(
      session,
      { path: `tickets/${record}.json`, method: 'PUT', does: 'writes', json: { ticket: { status: 'solved' } } },
      z.object({ ticket: z.object({ id: Id }) }),
    )
    return closed.kind === 'told' ? told(null) : closed
  },
  async changes(session, cursor) {
    if (cursor === null) {
      const from = Math.floor((session.io.now().getTime() - exportDelayMs) / 1000)
      return told({ records: [], next: `from:${from}`, more: false })
    }
    const from = /^from:(\d+)$/.exec(cursor)?.[1]
    const found = await call(
      session,
      {
        path: 'incremental/tickets/cursor.json',
        query: from === undefined ? { cursor } : { start_time: from },
        does: 'reads',
      },
      z.object({ tickets: z.array(Ticket), after_cursor: z.string().nullable(), end_of_stream: z.boolean() }),
    )
    if (found.kind !== 'told') return found
    const { tickets, after_cursor, end_of_stream } = found.value
    return told({
      records: tickets.map(({ id, status, assignee_id }) => ({
        record: id,
        stage: status,
        owner: assignee_id ?? null,
        ...{ value: null, currency: null, ended: null },
      })),
      next: after_cursor ?? cursor,
      more: !end_of_stream,
    })
  },
}

type Call = {
  path: string
  query?: { [name: string]: string }
  method?: 'PUT'
  headers?: { [name: string]: string }
  json?: unknown
  does: 'reads' | 'writes'
}

function call<T>(session: Session<Account>, asked: Call, shape: z.ZodType<T>): Promise<Told<T>> {
  const { path, query, method, headers, json, does } = asked
  const { base, user, token } = session.account
  return ask(session, {
    url: `${base}/api/v2/${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`,
    headers: { ...headers, authorization: `Basic ${Buffer.from(`${user}/token:${token}`).toString('base64')}` },
    ...(method === undefined ? {} : { method }),
    ...(json === undefined ? {} : { json }),
    does,
    shape,
    reason,
  })
}

const Wrong = z.object({
  error: z.union([z.string(), z.object({ title: z.string(), message: z.string().optional() })]),
  description: z.string().optional(),
})

function reason(json: unknown): string | null {
  const wrong = Wrong.safeParse(json).data
  if (wrong === undefined) return null
  return (
    wrong.description ?? (typeof wrong.error === 'string' ? wrong.error : (wrong.error.message ?? wrong.error.title))
  )
}

function opened({ account: { base } }: Session<Account>, id: string) {
  return { record: id, url: `${base}/agent/tickets/${id}` }
}
