import { z } from 'zod'
import { htmlToText } from '../../../listen/connectors/html-to-text.ts'
import { ask, beginning, forbidden, refused, signedOut, told } from '../ask.ts'
import { marked, markedTitle } from '../marked.ts'
import { readAddress, readNeeded } from '../settings.ts'
import type { Contact, Failure, Person, Session, System, Told } from '../system.ts'

/** Number and version of the account are learnt at the first greeting. */
type Account = { base: string; database: string; user: string; key: string; uid: number; version: number }

const pageSize = 100
const longestName = 200
const Id = z.number().int()
/** An empty field is `false` in Odoo; a reference is its number and its name. */
const Text = z.union([z.string(), z.literal(false)])
const Reference = z.union([z.tuple([Id, z.string()]), z.literal(false)])
const Lead = z.object({
  id: Id,
  stage_id: Reference,
  user_id: Reference,
  expected_revenue: z.number(),
  company_currency: Reference,
  write_date: z.string(),
  active: z.boolean(),
})
const ContactRow = z.object({ id: Id, email: Text, phone: Text, ref: Text })

/**
 * Odoo by JSON-RPC (the External API of its developer documentation: common.version, common.login, object.execute_kw).
 * Whatever goes wrong comes with status 200, and what was begun is rolled back as a whole.
 */
export const odoo: System<Account> = {
  name: 'odoo',
  kind: 'crm',
  settleMs: 60_000,
  parseAccount: (input) => ({
    base: readAddress(input, 'address', 'https://bank.odoo.com'),
    database: readNeeded(input, 'database'),
    user: readNeeded(input, 'user'),
    key: readNeeded(input, 'key'),
    ...{ uid: 0, version: 0 },
  }),
  async greet(session) {
    const { base, database, user, key } = session.account
    const about = await rpc(
      session,
      { service: 'common', method: 'version', args: [] },
      'reads',
      z.object({ server_version: z.string() }),
    )
    if (about.kind !== 'told') return about
    const uid = await rpc(
      session,
      { service: 'common', method: 'login', args: [database, user, key] },
      'reads',
      z.union([Id, z.literal(false)]),
    )
    if (uid.kind !== 'told') return uid
    if (uid.value === false) return signedOut(200)
    const version = Number.parseInt(about.value.server_version.replace(/^saas~/, ''), 10) || 0
    await session.keep({ ...session.account, uid: uid.value, version })
    const right = async (action: string) =>
      execute(session, 'crm.lead', 'check_access_rights', [action], { raise_exception: false }, 'reads', z.boolean())
    const [read, write] = [await right('read'), await right('create')]
    if (read.kind !== 'told') return read
    if (write.kind !== 'told') return write
    return told({
      name: `${new URL(base).host} · ${user}`,
      may: { read: read.value, write: write.value },
    })
  },
  async choices(session) {
    const stages = await search(
      session,
      'crm.stage',
      [],
      { fields: ['name', 'is_won'], order: 'sequence asc' },
      z.object({ id: Id, name: z.string(), is_won: z.boolean() }),
    )
    if (stages.kind !== 'told') return stages
    const users = await search(
      session,
      'res.users',
      [['share', '=', false]],
      { fields: ['name'], limit: pageSize },
      z.object({ id: Id, name: z.string() }),
    )
    if (users.kind !== 'told') return users
    return told({
      places: [
        {
          id: 'opportunity',
          name: 'Opportunities',
          stages: stages.value.map(({ id, name, is_won }) => ({ id: String(id), name, ends: is_won })),
        },
        { id: 'lead', name: 'Leads', stages: [] },
      ],
      owners: users.value.map(({ id, name }) => ({ id: String(id), name })),
    })
  },
  contacts: { find: findContact, save: saveContact },
  async open(session, { key, place, stage, owner, title, text, link, contact }) {
    const added = await execute(
      session,
      'crm.lead',
      'create',
      [
        {
          name: markedTitle(title, key, longestName),
          type: place,
          // Since version 15 the description is HTML.
          description: written(session, [text, link].filter(Boolean).join('\n\n'), 15),
          ...(stage === null ? {} : { stage_id: Number(stage) }),
          ...(owner === null ? {} : { user_id: Number(owner) }),
          ...(contact === null ? {} : { partner_id: Number(contact) }),
        },
      ],
      {},
      'writes',
      Id,
    )
    return added.kind === 'told' ? told(opened(session, added.value)) : added
  },
  async find(session, key) {
    const found = await search(
      session,
      'crm.lead',
      [['name', 'like', key]],
      { fields: ['name'], limit: 1, context: { active_test: false } },
      z.object({ id: Id }),
    )
    if (found.kind !== 'told') return found
    const [lead] = found.value
    return told(lead ? opened(session, lead.id) : null)
  },
  async addNote(session, record, { key, text }) {
    // Until version 16 the body is HTML; since then it is text that Odoo makes HTML of.
    const body = session.account.version < 17 ? written(session, marked(text, key), 0) : marked(text, key)
    const added = await execute(
      session,
      'crm.lead',
      'message_post',
      [[Number(record)]],
      { body, message_type: 'comment', subtype_xmlid: 'mail.mt_note' },
      'writes',
      z.union([Id, z.array(Id)]),
    )
    return added.kind === 'told' ? told(null) : added
  },
  async listNotes(session, record) {
    const found = await search(
      session,
      'mail.message',
      [
        ['model', '=', 'crm.lead'],
        ['res_id', '=', Number(record)],
        ['message_type', 'in', ['comment', 'email']],
      ],
      { fields: ['body', 'date', 'author_id'], order: 'id asc', limit: 1000 },
      z.object({ id: Id, body: Text, date: Text, author_id: Reference }),
    )
    if (found.kind !== 'told') return found
    return told(
      found.value.map(({ id, body, date, author_id }) => ({
        id: String(id),
        author: author_id === false ? null : author_id[1],
        at: date === false ? null : new Date(`${date.replace(' ', 'T')}Z`),
        text: htmlToText(body === false ? '' : body).text,
      })),
    )
  },
  async changes(session, cursor) {
    if (cursor === null)
      return told({ records: [], next: beginning(session).toISOString().slice(0, 19).replace('T', ' '), more: false })
    const found = await search(
      session,
      'crm.lead',
      [['write_date', '>=', cursor]],
      {
        fields: ['stage_id', 'user_id', 'expected_revenue', 'company_currency', 'write_date', 'active'],
        order: 'write_date asc, id asc',
        limit: pageSize,
        // A lost opportunity is one that is put into the archive.
        context: { active_test: false },
      },
      Lead,
    )
    if (found.kind !== 'told') return found
    const next = found.value.at(-1)?.write_date ?? cursor
    return told({
      records: found.value.map((lead) => ({
        record: String(lead.id),
        stage: lead.stage_id === false ? null : String(lead.stage_id[0]),
        owner: lead.user_id === false ? null : String(lead.user_id[0]),
        value: lead.expected_revenue,
        currency: lead.company_currency === false ? null : lead.company_currency[1],
        ended: lead.active ? null : true,
      })),
      next,
      more: found.value.length === pageSize && next !== cursor,
    })
  },
}

async function findContact(session: Session<Account>, person: Person): Promise<Told<Contact | null>> {
  const looks = [
    ['ref', '=', reference(person.key)],
    ...person.emails.map((email) => ['email', '=ilike', email]),
    ...person.phones.map((phone) => ['phone', '=', phone]),
  ]
  for (const look of looks) {
    const found = await search(
      session,
      'res.partner',
      [look],
      { fields: ['email', 'phone', 'ref'], limit: 1 },
      ContactRow,
    )
    if (found.kind !== 'told') return found
    const [row] = found.value
    if (!row) continue
    const values = (text: z.infer<typeof Text>) => (text ? [text] : [])
    return told({
      id: String(row.id),
      emails: values(row.email),
      phones: values(row.phone),
      hasKey: row.ref === reference(person.key),
    })
  }
  return told(null)
}

async function saveContact(session: Session<Account>, person: Person, known: Contact | null): Promise<Told<Contact>> {
  const [email] = person.emails
  const [phone] = person.phones
  const lacks = {
    ...(email !== undefined && !known?.emails.length ? { email } : {}),
    ...(phone !== undefined && !known?.phones.length ? { phone } : {}),
  }
  const saved = { emails: person.emails, phones: person.phones, hasKey: known?.hasKey ?? true }
  if (known !== null) {
    if (Object.keys(lacks).length === 0) return told(known)
    const changed = await execute(
      session,
      'res.partner',
      'write',
      [[Number(known.id)], lacks],
      {},
      'writes',
      z.boolean(),
    )
    return changed.kind === 'told' ? told({ ...saved, id: known.id }) : changed
  }
  const added = await execute(
    session,
    'res.partner',
    'create',
    [{ name: person.name, ref: reference(person.key), comment: person.handles.join('\n'), ...lacks }],
    {},
    'writes',
    Id,
  )
  return added.kind === 'told' ? told({ ...saved, id: String(added.value) }) : added
}

/** The reference of a partner of ours. */
function reference(key: string): string {
  return `heed:${key}`
}

function search<Row>(
  session: Session<Account>,
  model: string,
  domain: unknown[],
  options: object,
  row: z.ZodType<Row>,
) {
  return execute(session, model, 'search_read', [domain], options, 'reads', z.array(row))
}

function execute<T>(
  session: Session<Account>,
  model: string,
  method: string,
  args: unknown[],
  options: object,
  does: 'reads' | 'writes',
  shape: z.ZodType<T>,
): Promise<Told<T>> {
  const { database, uid, key } = session.account
  return rpc(
    session,
    { service: 'object', method: 'execute_kw', args: [database, uid, key, model, method, args, options] },
    does,
    shape,
  )
}

const Fault = z.object({
  error: z.object({ message: z.string(), data: z.object({ name: z.string(), message: z.string() }) }),
})

async function rpc<T>(
  session: Session<Account>,
  params: { service: string; method: string; args: unknown[] },
  does: 'reads' | 'writes',
  shape: z.ZodType<T>,
): Promise<Told<T>> {
  const answered = await ask(session, {
    url: `${session.account.base}/jsonrpc`,
    headers: {},
    json: { jsonrpc: '2.0', method: 'call', id: 1, params },
    does,
    shape: z.object({ result: shape }),
    judge: ({ json }) => faultOf(json),
    reason: () => null,
  })
  return answered.kind === 'told' ? told(answered.value.result) : answered
}

function faultOf(json: unknown): Failure | undefined {
  const fault = Fault.safeParse(json).data?.error.data
  if (fault === undefined) return undefined
  const name = fault.name.split('.').at(-1)
  if (name === 'AccessDenied') return signedOut(200)
  if (name === 'AccessError') return forbidden(fault.message)
  if (name === 'MissingError') return refused('integration.gone')
  return refused('integration.refused', { reason: fault.message.trim() })
}

/** Text as HTML for versions from `since` on. */
function written({ account: { version } }: Session<Account>, text: string, since: number): string {
  if (version < since) return text
  return `<p>${text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\n/g, '<br/>')}</p>`
}

function opened({ account: { base } }: Session<Account>, id: number) {
  return { record: String(id), url: `${base}/web#id=${id}&model=crm.lead&view_type=form` }
}
