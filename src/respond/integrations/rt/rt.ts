import { z } from 'zod'
import { typed } from '../../../listen/connectors/answers.ts'
import { ask, beginning, told } from '../ask.ts'
import { hasMark, marked, markedTitle } from '../marked.ts'
import { readAddress, wrongSetting } from '../settings.ts'
import type { Choices, Note, Session, System, Told } from '../system.ts'

type Account = { base: string; token: string | null; user: string; password: string }

const pageSize = 100
/** Three pages of what was touched last are more than two minutes ever bring. */
const mostPages = 3
const longestSubject = 200

/** The statuses of RT's own lifecycle; it does not list those of others. */
const stages = (
  [
    ['new', false],
    ['open', false],
    ['stalled', false],
    ['resolved', true],
    ['rejected', true],
    ['deleted', true],
  ] as const
).map(([id, ends]) => ({ id, name: id, ends }))

const Id = z.coerce.string()
const User = z.object({ id: Id })
const Ticket = z.object({
  id: Id,
  Subject: z.string(),
  Status: z.string(),
  Owner: User,
  LastUpdated: z.string(),
})
type TicketRow = z.infer<typeof Ticket>
const Items = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), total: z.coerce.number().optional() })

/** Request Tracker 5 by REST 2 (docs.bestpractical.com: RT::REST2), signed in by a token or by name and password. */
export const rt: System<Account> = {
  name: 'rt',
  kind: 'desk',
  settleMs: 60_000,
  parseAccount(input) {
    const base = readAddress(input, 'address', 'https://rt.bank.example')
    const [token, user, password] = [typed(input, 'token'), typed(input, 'user'), typed(input, 'password')]
    if (token === '' && (user === '' || password === '')) throw wrongSetting('integration.either', {}, 'token')
    return { base, token: token || null, user, password }
  },
  async greet(session) {
    const about = await call(session, { path: 'rt', does: 'reads' }, z.object({ Version: z.string() }))
    if (about.kind !== 'told') return about
    const queues = await listQueues(session)
    if (queues.kind !== 'told') return queues
    const { base, user } = session.account
    const name = [new URL(base).host, user].filter(Boolean).join(' · ')
    const read = queues.value.length > 0
    return told({ name, may: { read, write: read && queues.value.some(({ mayCreate }) => mayCreate) } })
  },
  async choices(session) {
    const queues = await listQueues(session)
    if (queues.kind !== 'told') return queues
    const owners = await listOwners(session)
    if (owners.kind !== 'told') return owners
    return told({
      places: queues.value.filter(({ mayCreate }) => mayCreate).map(({ name }) => ({ id: name, name, stages })),
      owners: owners.value,
    })
  },
  async open(session, { key, place, stage, owner, title, text, link, person }) {
    const email = person?.emails[0]
    const added = await call(
      session,
      {
        path: 'ticket',
        does: 'writes',
        json: {
          Queue: place,
          Subject: markedTitle(title.replace(/\s+/g, ' '), key, longestSubject),
          Content: [text, link].filter(Boolean).join('\n\n'),
          ContentType: 'text/plain',
          ...(stage === null ? {} : { Status: stage }),
          ...(owner === null ? {} : { Owner: owner }),
          ...(email === undefined ? {} : { Requestor: email }),
        },
      },
      z.object({ id: Id }),
    )
    return added.kind === 'told' ? told(opened(session, added.value.id)) : added
  },
  async find(session, key) {
    const found = await page(session, `Subject LIKE '${key}'`, 1)
    if (found.kind !== 'told') return found
    const ticket = found.value.find(({ Subject }) => hasMark(Subject, key))
    return told(ticket ? opened(session, ticket.id) : null)
  },
  async addNote(session, record, { key, text }) {
    const added = await call(
      session,
      {
        // A comment stays inside; what corresponds goes out to the requestor.
        path: `ticket/${record}/comment`,
        does: 'writes',
        json: { Content: marked(text, key), ContentType: 'text/plain' },
      },
      z.unknown(),
    )
    return added.kind === 'told' ? told(null) : added
  },
  async listNotes(session, record) {
    const notes: Note[] = []
    for (let number = 1; ; number += 1) {
      const query = { fields: 'Type,Creator,Created', per_page: String(pageSize), page: String(number) }
      const history = await call(
        session,
        { path: `ticket/${record}/history`, query, does: 'reads' },
        Items(z.object({ id: Id, Type: z.string(), Creator: User, Created: z.string() })),
      )
      if (history.kind !== 'told') return history
      for (const { id, Type, Creator, Created } of history.value.items) {
        if (Type !== 'Comment' && Type !== 'Correspond') continue
        const text = await contentOf(session, id)
        if (text.kind !== 'told') return text
        notes.push({ id, author: Creator.id, at: new Date(Created), text: text.value })
      }
      if (history.value.items.length < pageSize) break
    }
    return told(notes)
  },
  async close(session, record) {
    const closed = await call(
      session,
      { path: `ticket/${record}`, method: 'PUT', does: 'writes', json: { Status: 'resolved' } },
      z.unknown(),
    )
    return closed.kind === 'told' ? told(null) : closed
  },
  async changes(session, cursor) {
    if (cursor === null) return told({ records: [], next: second(beginning(session)), more: false })
    const rows: TicketRow[] = []
    for (let number = 1; number <= mostPages; number += 1) {
      // Moments in a query are read in the time zone of the account, so they are compared here.
      const tickets = await page(session, 'id > 0', number)
      if (tickets.kind !== 'told') return tickets
      rows.push(...tickets.value.filter(({ LastUpdated }) => LastUpdated >= cursor))
      if (tickets.value.length < pageSize || (tickets.value.at(-1)?.LastUpdated ?? '') < cursor) break
    }
    return told({
      records: rows.toReversed().map(({ id, Status, Owner }) => ({
        record: id,
        stage: Status,
        owner: Owner.id === 'Nobody' ? null : Owner.id,
        ...{ value: null, currency: null, ended: null },
      })),
      next: rows[0]?.LastUpdated ?? cursor,
      more: false,
    })
  },
}

/** The queues that the account sees, and whether it may create there: then RT links to creating. */
async function listQueues(session: Session<Account>): Promise<Told<{ name: string; mayCreate: boolean }[]>> {
  const queues = await call(
    session,
    { path: 'queues/all', query: { per_page: String(pageSize) }, does: 'reads' },
    Items(z.object({ id: Id })),
  )
  if (queues.kind !== 'told') return queues
  const all: { name: string; mayCreate: boolean }[] = []
  for (const { id } of queues.value.items) {
    const queue = await call(
      session,
      { path: `queue/${id}`, does: 'reads' },
      z.object({ Name: z.string(), _hyperlinks: z.array(z.object({ ref: z.string(), type: z.string().optional() })) }),
    )
    if (queue.kind !== 'told') return queue
    const { Name, _hyperlinks } = queue.value
    all.push({ name: Name, mayCreate: _hyperlinks.some(({ ref, type }) => ref === 'create' && type === 'ticket') })
  }
  return told(all)
}

/** Members of the group of privileged users; none where the account may not see groups. */
async function listOwners(session: Session<Account>): Promise<Told<Choices['owners']>> {
  const wanted = [
    { field: 'Domain', value: 'SystemInternal' },
    { field: 'Name', value: 'Privileged' },
  ]
  const groups = await call(
    session,
    { path: 'groups', query: { query: JSON.stringify(wanted), fields: 'Name' }, does: 'reads' },
    Items(z.object({ id: Id, Name: z.string().optional() })),
  )
  if (groups.kind === 'refused' || groups.kind === 'signed-out') return told([])
  if (groups.kind !== 'told') return groups
  const group = groups.value.items.find(({ Name }) => Name === 'Privileged')
  if (!group) return told([])
  const members = await call(
    session,
    { path: `group/${group.id}/members`, query: { groups: '0', per_page: String(pageSize) }, does: 'reads' },
    Items(z.object({ id: Id, type: z.string().optional() })),
  )
  if (members.kind === 'refused' || members.kind === 'signed-out') return told([])
  if (members.kind !== 'told') return members
  const names = members.value.items.map(({ id }) => id).filter((id) => id !== 'Nobody' && id !== 'RT_System')
  return told(names.map((name) => ({ id: name, name })))
}

/** The words of a comment: its first part that is text. */
async function contentOf(session: Session<Account>, transaction: string): Promise<Told<string>> {
  const parts = await call(
    session,
    { path: `transaction/${transaction}/attachments`, query: { fields: 'ContentType,Content' }, does: 'reads' },
    Items(z.object({ ContentType: z.string().nullish(), Content: z.string().nullish() })),
  )
  if (parts.kind !== 'told') return parts
  return told(parts.value.items.find(({ ContentType }) => ContentType?.startsWith('text/'))?.Content ?? '')
}

/** Tickets that a query finds, those that were updated last first. */
async function page(session: Session<Account>, query: string, number: number): Promise<Told<TicketRow[]>> {
  const asked = {
    ...{ query, orderby: 'LastUpdated', order: 'DESC', page: String(number), per_page: String(pageSize) },
    fields: 'Subject,Status,Owner,LastUpdated',
  }
  const found = await call(session, { path: 'tickets', query: asked, does: 'reads' }, Items(Ticket))
  return found.kind === 'told' ? told(found.value.items) : found
}

type Call = {
  path: string
  query?: { [name: string]: string }
  method?: 'PUT'
  json?: unknown
  does: 'reads' | 'writes'
}

function call<T>(session: Session<Account>, { path, query, method, json, does }: Call, shape: z.ZodType<T>) {
  const { base, token, user, password } = session.account
  const basic = Buffer.from(`${user}:${password}`).toString('base64')
  return ask(session, {
    url: `${base}/REST/2.0/${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`,
    headers: { authorization: token === null ? `Basic ${basic}` : `token ${token}` },
    ...(method === undefined ? {} : { method }),
    ...(json === undefined ? {} : { json }),
    does,
    shape,
    reason: (said) => z.object({ message: z.string() }).safeParse(said).data?.message ?? null,
  })
}

function second(at: Date): string {
  return `${at.toISOString().slice(0, 19)}Z`
}

function opened({ account: { base } }: Session<Account>, id: string) {
  return { record: id, url: `${base}/Ticket/Display.html?id=${id}` }
}
