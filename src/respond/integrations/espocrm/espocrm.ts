import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { typed } from '../../../listen/connectors/answers.ts'
import { ask, beginning, told } from '../ask.ts'
import { marked, markedTitle } from '../marked.ts'
import { readAddress, readNeeded } from '../settings.ts'
import type { Choices, Contact, Person, Session, System, Told } from '../system.ts'

/** `secret` null: the key alone is the password; otherwise every request is signed with it. */
type Account = { base: string; key: string; secret: string | null }

const kinds = {
  Opportunity: { stage: 'stage', name: 'Opportunities' },
  Lead: { stage: 'status', name: 'Leads' },
  Case: { stage: 'status', name: 'Cases' },
} as const
type Kind = keyof typeof kinds
const pageSize = 100
const longestName = 255
/** Espo knows which of its own stages end; of ones that people have named it does not tell. */
const ends: { [stage: string]: boolean } = {
  'Closed Won': true,
  'Closed Lost': true,
  Converted: true,
  Recycled: true,
  Dead: true,
  Closed: true,
  Rejected: true,
  Duplicate: true,
}

const Listed = <T extends z.ZodType>(row: T) => z.object({ total: z.number(), list: z.array(row) })
const Row = z.object({ id: z.string() })
const ContactRow = Row.extend({
  description: z.string().nullish(),
  emailAddress: z.string().nullish(),
  phoneNumber: z.string().nullish(),
})
const Changed = Row.extend({
  modifiedAt: z.string(),
  stage: z.string().nullish(),
  status: z.string().nullish(),
  assignedUserId: z.string().nullish(),
  amount: z.number().nullish(),
  amountCurrency: z.string().nullish(),
  opportunityAmount: z.number().nullish(),
  opportunityAmountCurrency: z.string().nullish(),
})

/** EspoCRM by an API user (docs.espocrm.com: API, authentication by key or HMAC, CRUD, search parameters, stream). */
export const espocrm: System<Account> = {
  name: 'espocrm',
  kind: 'crm',
  settleMs: 60_000,
  parseAccount: (input) => ({
    base: readAddress(input, 'address', 'https://crm.bank.example'),
    key: readNeeded(input, 'key'),
    secret: typed(input, 'secret') || null,
  }),
  async greet(session) {
    const right = z.union([z.string(), z.boolean()]).nullish()
    const table = z.object({ create: right, read: right }).loose()
    const user = await call(
      session,
      { path: 'App/user', does: 'reads' },
      z.object({
        user: z.object({ userName: z.string() }),
        acl: z.object({ table: z.record(z.string(), z.union([table, z.boolean()])) }),
      }),
    )
    if (user.kind !== 'told') return user
    const tables = user.value.acl.table
    const allowed = (kind: string, action: 'create' | 'read') => {
      const one = tables[kind]
      return typeof one === 'object' && one[action] !== 'no' && one[action] !== false
    }
    const every = (action: 'create' | 'read') =>
      allowed('Contact', action) && Object.keys(kinds).some((kind) => allowed(kind, action))
    return told({
      name: `${new URL(session.account.base).host} · ${user.value.user.userName}`,
      may: { read: every('read'), write: every('create') },
    })
  },
  async choices(session) {
    const places: Choices['places'] = []
    for (const [kind, { stage, name }] of Object.entries(kinds)) {
      const options = await call(
        session,
        { path: 'Metadata', query: { key: `entityDefs.${kind}.fields.${stage}.options` }, does: 'reads' },
        z.array(z.string()).nullable(),
      )
      if (options.kind !== 'told') return options
      if (options.value === null) continue
      places.push({
        id: kind,
        name,
        stages: options.value.map((one) => ({ id: one, name: one, ends: ends[one] ?? null })),
      })
    }
    const users = await call(
      session,
      {
        path: 'User',
        query: { select: 'id,name,userName', maxSize: String(pageSize), ...where('isTrue', 'isActive') },
        does: 'reads',
      },
      Listed(z.object({ id: z.string(), name: z.string().nullish(), userName: z.string().nullish() })),
    )
    // Whoever may not see colleagues has none to choose from.
    if (users.kind === 'signed-out') return told({ places, owners: [] })
    if (users.kind !== 'told') return users
    return told({
      places,
      owners: users.value.list.map(({ id, name, userName }) => ({ id, name: name ?? userName ?? id })),
    })
  },
  contacts: { find: findContact, save: saveContact },
  async open(session, { key, place, stage, owner, title, text, link, contact }) {
    const kind = kindOf(place)
    const name = markedTitle(title, key, longestName)
    const added = await call(
      session,
      {
        path: kind,
        does: 'writes',
        // The same person may have several matters; which of them are one is decided here by the key.
        headers: { 'x-skip-duplicate-check': 'true' },
        json: {
          ...(kind === 'Lead' ? { lastName: name } : { name }),
          description: [text, link].filter(Boolean).join('\n\n'),
          ...(stage === null ? {} : { [kinds[kind].stage]: stage }),
          ...(owner === null ? {} : { assignedUserId: owner }),
          ...(contact === null || kind === 'Lead' ? {} : { contactId: contact, contactsIds: [contact] }),
          // Opportunities are not taken without a day on which they close.
          ...(kind === 'Opportunity' ? { closeDate: inDays(session.io.now(), 30), amount: null } : {}),
        },
      },
      Row,
    )
    return added.kind === 'told' ? told(opened(session, kind, added.value.id)) : added
  },
  async find(session, key, place) {
    const kind = kindOf(place)
    const found = await call(
      session,
      {
        path: kind,
        query: { select: 'id', maxSize: '2', ...where('contains', kind === 'Lead' ? 'lastName' : 'name', key) },
        does: 'reads',
      },
      Listed(Row),
    )
    if (found.kind !== 'told') return found
    const [row] = found.value.list
    return told(row ? opened(session, kind, row.id) : null)
  },
  async addNote(session, record, { key, text }) {
    const { kind, id } = parts(record)
    const added = await call(
      session,
      { path: 'Note', does: 'writes', json: { type: 'Post', post: marked(text, key), parentType: kind, parentId: id } },
      Row,
    )
    return added.kind === 'told' ? told(null) : added
  },
  async listNotes(session, record) {
    const { kind, id } = parts(record)
    const found = await call(
      session,
      { path: `${kind}/${id}/stream`, query: { maxSize: String(pageSize), offset: '0' }, does: 'reads' },
      Listed(
        Row.extend({
          type: z.string(),
          post: z.string().nullish(),
          createdAt: z.string().nullish(),
          createdByName: z.string().nullish(),
        }),
      ),
    )
    if (found.kind !== 'told') return found
    return told(
      found.value.list
        .filter(({ type }) => type === 'Post')
        .map(({ id: note, post, createdAt, createdByName }) => ({
          id: note,
          author: createdByName ?? null,
          at: createdAt ? moment(createdAt) : null,
          text: post ?? '',
        }))
        .toReversed(),
    )
  },
  async changes(session, cursor) {
    if (cursor === null) return told({ records: [], next: stamp(beginning(session)), more: false })
    const all: { kind: Kind; row: z.infer<typeof Changed> }[] = []
    let more = false
    for (const kind of Object.keys(kinds) as Kind[]) {
      const query = {
        ...where('greaterThanOrEquals', 'modifiedAt', cursor),
        ...{ orderBy: 'modifiedAt', order: 'asc', offset: '0', maxSize: String(pageSize) },
      }
      const found = await call(session, { path: kind, query, does: 'reads' }, Listed(Changed))
      // An account may see opportunities and no cases.
      if (found.kind === 'signed-out' && kind !== 'Opportunity') continue
      if (found.kind !== 'told') return found
      more ||= found.value.total > found.value.list.length
      all.push(...found.value.list.map((row) => ({ kind, row })))
    }
    all.sort((a, b) => (a.row.modifiedAt < b.row.modifiedAt ? -1 : 1))
    const next = all.at(-1)?.row.modifiedAt ?? cursor
    return told({
      records: all.map(({ kind, row }) => ({
        record: `${kind}:${row.id}`,
        stage: row[kinds[kind].stage] ?? null,
        owner: row.assignedUserId ?? null,
        value: row.amount ?? row.opportunityAmount ?? null,
        currency: row.amountCurrency ?? row.opportunityAmountCurrency ?? null,
        ended: null,
      })),
      next,
      more: more && next !== cursor,
    })
  },
}

async function findContact(session: Session<Account>, person: Person): Promise<Told<Contact | null>> {
  const looks = [
    where('contains', 'description', accountLine(person.key)),
    ...person.emails.map((email) => where('equals', 'emailAddress', email)),
    ...person.phones.map((phone) => where('equals', 'phoneNumber', phone)),
  ]
  for (const look of looks) {
    const query = { select: 'id,description,emailAddress,phoneNumber', maxSize: '1', ...look }
    const found = await call(session, { path: 'Contact', query, does: 'reads' }, Listed(ContactRow))
    if (found.kind !== 'told') return found
    const [row] = found.value.list
    if (!row) continue
    return told({
      id: row.id,
      emails: row.emailAddress ? [row.emailAddress] : [],
      phones: row.phoneNumber ? [row.phoneNumber] : [],
      hasKey: (row.description ?? '').includes(accountLine(person.key)),
    })
  }
  return told(null)
}

async function saveContact(session: Session<Account>, person: Person, known: Contact | null): Promise<Told<Contact>> {
  const [email] = person.emails
  const [phone] = person.phones
  const lacks = {
    ...(email !== undefined && known?.emails.length !== 1 ? { emailAddress: email } : {}),
    ...(phone !== undefined && known?.phones.length !== 1 ? { phoneNumber: phone } : {}),
  }
  if (known !== null && Object.keys(lacks).length === 0) return told(known)
  const description = [accountLine(person.key), ...person.handles].join('\n')
  const saved = await call(
    session,
    known === null
      ? {
          path: 'Contact',
          does: 'writes',
          headers: { 'x-skip-duplicate-check': 'true' },
          json: { lastName: person.name.slice(0, 100), description, ...lacks },
        }
      : { path: `Contact/${known.id}`, method: 'PUT', does: 'writes', json: lacks },
    Row,
  )
  if (saved.kind !== 'told') return saved
  return told({ id: saved.value.id, emails: person.emails, phones: person.phones, hasKey: known?.hasKey ?? true })
}

/** How a contact of ours says in its description whose account it is. */
function accountLine(key: string): string {
  return `Heed: ${key};`
}

type Call = {
  path: string
  query?: { [name: string]: string }
  method?: 'PUT'
  json?: unknown
  headers?: { [name: string]: string }
  does: 'reads' | 'writes'
}

function call<T>(session: Session<Account>, { path, query, method, json, headers, does }: Call, shape: z.ZodType<T>) {
  const { base, key, secret } = session.account
  const verb = method ?? (json === undefined ? 'GET' : 'POST')
  return ask(session, {
    url: `${base}/api/v1/${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`,
    method: verb,
    headers: {
      ...headers,
      ...(secret === null ? { 'x-api-key': key } : { 'x-hmac-authorization': signed(verb, path, key, secret) }),
    },
    ...(json === undefined ? {} : { json }),
    does,
    shape,
    reason: (said) =>
      z.object({ messageTranslation: z.object({ label: z.string() }) }).safeParse(said).data?.messageTranslation
        .label ?? null,
  })
}

/** As EspoCRM's own client signs: the key, and the verb and the path under `api/v1` hashed with the secret. */
function signed(verb: string, path: string, key: string, secret: string): string {
  const hash = createHmac('sha256', secret).update(`${verb} /${path}`).digest()
  return Buffer.concat([Buffer.from(`${key}:`), hash]).toString('base64')
}

function where(type: string, attribute: string, value?: string): { [name: string]: string } {
  return {
    'where[0][type]': type,
    'where[0][attribute]': attribute,
    ...(value === undefined ? {} : { 'where[0][value]': value }),
  }
}

/** EspoCRM writes moments in UTC without saying so. */
function moment(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`)
}

function stamp(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ')
}

function inDays(now: Date, days: number): string {
  return new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10)
}

function opened({ account: { base } }: Session<Account>, kind: Kind, id: string) {
  return { record: `${kind}:${id}`, url: `${base}/#${kind}/view/${id}` }
}

function kindOf(place: string): Kind {
  return place === 'Lead' || place === 'Case' ? place : 'Opportunity'
}

function parts(record: string): { kind: Kind; id: string } {
  const [kind = '', id = ''] = record.split(':')
  return { kind: kindOf(kind), id }
}
