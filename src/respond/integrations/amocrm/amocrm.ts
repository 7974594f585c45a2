import { z } from 'zod'
import { typed } from '../../../listen/connectors/answers.ts'
import { ask, beginning, signedOut, told } from '../ask.ts'
import { hasMark, marked, markedTitle } from '../marked.ts'
import { readAddress, wrongSetting } from '../settings.ts'
import type { Contact, Failure, Person, Session, System, Told } from '../system.ts'

/** `grant` null: a long-lived token. Otherwise the access token lives a day, and each refresh token is good for once. */
type Account = {
  base: string
  token: string | null
  grant: {
    client: string
    secret: string
    redirect: string
    code: string | null
    refresh: string | null
    endsAt: number
  } | null
  currency: string | null
}

const pageSize = 250
const longestName = 255
/** Every pipeline ends in these two statuses: won and lost. */
const ended = ['142', '143']

const Id = z.coerce.string()
const Field = z.object({ field_code: z.string().nullish(), values: z.array(z.object({ value: z.coerce.string() })) })
const ContactRow = z.object({ id: Id, name: z.string().nullish(), custom_fields_values: z.array(Field).nullish() })
const LeadRow = z.object({
  id: Id,
  name: z.string().nullish(),
  price: z.number().nullish(),
  status_id: Id.nullish(),
  pipeline_id: Id.nullish(),
  responsible_user_id: Id.nullish(),
  updated_at: z.number(),
})

/**
 * amoCRM and Kommo (developers: account, leads, contacts, notes, pipelines, users, OAuth 2.0). An empty list is an answer 204
 * without a body. A lead has no text of its own: it goes into a note.
 */
export const amocrm: System<Account> = {
  name: 'amocrm',
  kind: 'crm',
  settleMs: 120_000,
  textApart: true,
  parseAccount(input) {
    const base = readAddress(input, 'address', 'https://bank.amocrm.ru')
    const token = typed(input, 'token')
    if (token !== '') return { base, token, grant: null, currency: null }
    for (const field of ['client', 'secret', 'redirect', 'code'])
      if (typed(input, field) === '') throw wrongSetting('integration.needed', {}, field)
    const [client, secret, redirect, code] = ['client', 'secret', 'redirect', 'code'].map((field) =>
      typed(input, field),
    )
    return {
      ...{ base, token: null, currency: null },
      grant: {
        client: client ?? '',
        secret: secret ?? '',
        redirect: redirect ?? '',
        code: code ?? '',
        refresh: null,
        endsAt: 0,
      },
    }
  },
  async greet(session) {
    const account = await call(
      session,
      { path: 'account', does: 'reads' },
      z.object({ name: z.string(), currency: z.string().nullish() }),
    )
    if (account.kind !== 'told') return account
    await session.keep({ ...session.account, currency: account.value.currency ?? null })
    return told({ name: account.value.name, may: { read: true, write: null } })
  },
  async choices(session) {
    const Statuses = z.object({ statuses: z.array(z.object({ id: Id, name: z.string() })) })
    const found = await call(
      session,
      { path: 'leads/pipelines', does: 'reads' },
      z.object({
        _embedded: z.object({ pipelines: z.array(z.object({ id: Id, name: z.string(), _embedded: Statuses })) }),
      }),
    )
    if (found.kind !== 'told') return found
    const users = await call(
      session,
      { path: 'users', query: { limit: String(pageSize) }, does: 'reads' },
      z.object({ _embedded: z.object({ users: z.array(z.object({ id: Id, name: z.string() })) }) }).nullable(),
    )
    // Only administrators may see the colleagues.
    if (users.kind !== 'told' && users.kind !== 'signed-out') return users
    return told({
      places: found.value._embedded.pipelines.map(({ id, name, _embedded }) => ({
        id,
        name,
        stages: _embedded.statuses.map((status) => ({
          id: `${id}:${status.id}`,
          name: status.name,
          ends: ended.includes(status.id),
        })),
      })),
      owners: users.kind === 'told' ? (users.value?._embedded.users ?? []) : [],
    })
  },
  contacts: { find: findContact, save: saveContact },
  async open(session, { key, place, stage, owner, title, contact }) {
    const added = await call(
      session,
      {
        path: 'leads',
        does: 'writes',
        json: [
          {
            name: markedTitle(title, key, longestName),
            pipeline_id: Number(place),
            ...(stage === null ? {} : { status_id: Number(stage.split(':')[1]) }),
            ...(owner === null ? {} : { responsible_user_id: Number(owner) }),
            ...(contact === null ? {} : { _embedded: { contacts: [{ id: Number(contact) }] } }),
          },
        ],
      },
      z.object({ _embedded: z.object({ leads: z.array(z.object({ id: Id })).length(1) }) }),
    )
    if (added.kind !== 'told') return added
    return told(opened(session, added.value._embedded.leads[0]?.id ?? ''))
  },
  async find(session, key) {
    const found = await leads(session, { query: key })
    if (found.kind !== 'told') return found
    const lead = found.value.find(({ name }) => hasMark(name ?? '', key))
    return told(lead ? opened(session, lead.id) : null)
  },
  async addNote(session, record, { key, text }) {
    const added = await call(
      session,
      {
        path: `leads/${record}/notes`,
        does: 'writes',
        json: [{ note_type: 'common', params: { text: marked(text, key) } }],
      },
      z.object({ _embedded: z.object({ notes: z.array(z.object({ id: Id })) }) }),
    )
    return added.kind === 'told' ? told(null) : added
  },
  async listNotes(session, record) {
    const found = await call(
      session,
      { path: `leads/${record}/notes`, query: { limit: String(pageSize), 'order[id]': 'asc' }, does: 'reads' },
      z
        .object({
          _embedded: z.object({
            notes: z.array(
              z.object({
                id: Id,
                note_type: z.string(),
                created_at: z.number(),
                params: z.object({ text: z.string().optional() }).nullish(),
              }),
            ),
          }),
        })
        .nullable(),
    )
    if (found.kind !== 'told') return found
    return told(
      (found.value?._embedded.notes ?? [])
        .filter(({ note_type }) => note_type === 'common')
        .map(({ id, created_at, params }) => ({
          id,
          author: null,
          at: new Date(created_at * 1000),
          text: params?.text ?? '',
        })),
    )
  },
  async changes(session, cursor) {
    if (cursor === null)
      return told({ records: [], next: String(Math.floor(beginning(session).getTime() / 1000)), more: false })
    const found = await leads(session, { 'filter[updated_at][from]': cursor, 'order[updated_at]': 'asc' })
    if (found.kind !== 'told') return found
    const newest = found.value.at(-1)?.updated_at
    const next = newest === undefined ? cursor : String(newest)
    return told({
      records: found.value.map(({ id, price, status_id, pipeline_id, responsible_user_id }) => ({
        record: id,
        stage: status_id == null ? null : `${pipeline_id}:${status_id}`,
        owner: responsible_user_id ?? null,
        value: price ?? null,
        currency: session.account.currency,
        ended: null,
      })),
      next,
      more: found.value.length === pageSize && next !== cursor,
    })
  },
}

async function leads(session: Session<Account>, query: { [name: string]: string }) {
  const found = await call(
    session,
    { path: 'leads', query: { ...query, limit: String(pageSize) }, does: 'reads' },
    z.object({ _embedded: z.object({ leads: z.array(LeadRow) }) }).nullable(),
  )
  return found.kind === 'told' ? told(found.value?._embedded.leads ?? []) : found
}

/** Its search looks into every field and forgives much, so what it finds is compared. */
async function findContact(session: Session<Account>, person: Person): Promise<Told<Contact | null>> {
  for (const query of [person.key, ...person.emails, ...person.phones]) {
    const found = await call(
      session,
      { path: 'contacts', query: { query, limit: '50' }, does: 'reads' },
      z.object({ _embedded: z.object({ contacts: z.array(ContactRow) }) }).nullable(),
    )
    if (found.kind !== 'told') return found
    for (const row of found.value?._embedded.contacts ?? []) {
      const contact = asContact(row, person.key)
      const same = (one: string) => one.toLowerCase() === query.toLowerCase()
      if (contact.hasKey || contact.emails.some(same) || contact.phones.some(same)) return told(contact)
    }
  }
  return told(null)
}

function asContact({ id, name, custom_fields_values }: z.infer<typeof ContactRow>, key: string): Contact {
  const of = (code: string) =>
    (custom_fields_values ?? [])
      .filter(({ field_code }) => field_code === code)
      .flatMap(({ values }) => values.map(({ value }) => value))
  return { id, emails: of('EMAIL'), phones: of('PHONE'), hasKey: hasMark(name ?? '', key) }
}

async function saveContact(session: Session<Account>, person: Person, known: Contact | null): Promise<Told<Contact>> {
  const emails = [...new Set([...(known?.emails ?? []), ...person.emails])]
  const phones = [...new Set([...(known?.phones ?? []), ...person.phones])]
  if (known !== null && emails.length === known.emails.length && phones.length === known.phones.length)
    return told(known)
  // A field is replaced as a whole, so what stands there goes along.
  const field = (code: string, values: string[]) =>
    values.length === 0 ? [] : [{ field_code: code, values: values.map((value) => ({ value, enum_code: 'WORK' })) }]
  const fields = { custom_fields_values: [...field('EMAIL', emails), ...field('PHONE', phones)] }
  const saved = await call(
    session,
    known === null
      ? {
          path: 'contacts',
          does: 'writes',
          json: [
            {
              name: markedTitle(person.name, person.key, longestName),
              ...(fields.custom_fields_values.length === 0 ? {} : fields),
            },
          ],
        }
      : { path: 'contacts', method: 'PATCH', does: 'writes', json: [{ id: Number(known.id), ...fields }] },
    z.object({ _embedded: z.object({ contacts: z.array(z.object({ id: Id })).length(1) }) }),
  )
  if (saved.kind !== 'told') return saved
  return told({ id: saved.value._embedded.contacts[0]?.id ?? '', emails, phones, hasKey: known?.hasKey ?? true })
}

type Call = {
  path: string
  query?: { [name: string]: string }
  method?: 'PATCH'
  json?: unknown
  does: 'reads' | 'writes'
}

async function call<T>(session: Session<Account>, asked: Call, shape: z.ZodType<T>): Promise<Told<T>> {
  const { grant, token } = session.account
  // A minute early, so that no token ends on its way.
  if (grant !== null && (token === null || grant.endsAt < session.io.now().getTime() + 60_000)) {
    const renewed = await renew(session)
    if (renewed !== null) return renewed
    return send(session, asked, shape)
  }
  const answered = await send(session, asked, shape)
  if (answered.kind !== 'signed-out' || grant === null || answered.problem.key !== 'integration.signed-out')
    return answered
  // 401 is said before anything is done, so the same may be asked with a fresh token.
  return (await renew(session)) ?? send(session, asked, shape)
}

function send<T>(session: Session<Account>, { path, query, method, json, does }: Call, shape: z.ZodType<T>) {
  return ask(session, {
    url: `${session.account.base}/api/v4/${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`,
    headers: { authorization: `Bearer ${session.account.token}` },
    ...(method === undefined ? {} : { method }),
    ...(json === undefined ? {} : { json }),
    does,
    shape,
    reason,
  })
}

/** Null: a fresh token is kept. The old refresh token is void as soon as a new one was given out. */
async function renew(session: Session<Account>): Promise<Failure | null> {
  const { grant, base } = session.account
  if (grant === null) return signedOut(401)
  const given = await ask(session, {
    url: `${base}/oauth2/access_token`,
    headers: {},
    json: {
      client_id: grant.client,
      client_secret: grant.secret,
      redirect_uri: grant.redirect,
      ...(grant.refresh === null
        ? { grant_type: 'authorization_code', code: grant.code }
        : { grant_type: 'refresh_token', refresh_token: grant.refresh }),
    },
    // Asked again with the old token, the system says whether the new one was given out.
    does: 'reads',
    shape: z.object({ access_token: z.string(), refresh_token: z.string(), expires_in: z.number() }),
    judge: ({ status }) => (status === 400 || status === 401 ? signedOut(status) : undefined),
    reason,
  })
  if (given.kind !== 'told') return given
  const { access_token, refresh_token, expires_in } = given.value
  await session.keep({
    ...session.account,
    token: access_token,
    grant: { ...grant, code: null, refresh: refresh_token, endsAt: session.io.now().getTime() + expires_in * 1000 },
  })
  return null
}

const Wrong = z.object({
  title: z.string().optional(),
  detail: z.string().optional(),
  'validation-errors': z
    .array(z.object({ errors: z.array(z.object({ path: z.string().optional(), detail: z.string() })) }))
    .optional(),
})

function reason(json: unknown): string | null {
  const wrong = Wrong.safeParse(json).data
  const [first] = wrong?.['validation-errors']?.[0]?.errors ?? []
  return first ? [first.path, first.detail].filter(Boolean).join(': ') : (wrong?.detail ?? wrong?.title ?? null)
}

function opened({ account: { base } }: Session<Account>, id: string) {
  return { record: id, url: `${base}/leads/detail/${id}` }
}
