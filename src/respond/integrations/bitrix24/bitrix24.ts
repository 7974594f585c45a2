import { z } from 'zod'
import { UserError } from '../../../base/errors.ts'
import { typed } from '../../../listen/connectors/answers.ts'
import { problem, tell } from '../../../listen/connectors/problems.ts'
import { ask, beginning, forbidden, signedOut, slower, told, type Said } from '../ask.ts'
import { marked } from '../marked.ts'
import type { Choices, Contact, Failure, Person, RecordState, Session, System, Told } from '../system.ts'

/** The address of an incoming webhook; it is a password. */
type Account = { hook: string }

const lead = { type: 1, name: 'lead', statuses: 'STATUS' }
const deal = { type: 2, name: 'deal', statuses: 'DEAL_STAGE' }
const contactType = 3
/** Names us in the fields that Bitrix24 keeps for ids of other systems. */
const originator = 'heed'
const pageSize = 50

const Id = z.coerce.string()
const Item = z.object({
  id: Id,
  stageId: z.string().nullish(),
  assignedById: Id.nullish(),
  opportunity: z.coerce.number().nullish(),
  currencyId: z.string().nullish(),
  updatedTime: z.string(),
})
const Communication = z.object({ typeId: z.string(), value: z.string() })
const ContactItem = z.object({ id: Id, originId: z.string().nullish(), fm: z.array(Communication).nullish() })

/**
 * Bitrix24 by an incoming webhook (apidocs.bitrix24.com: crm.item.*, crm.status.list, crm.category.list,
 * crm.duplicate.findbycomm, crm.timeline.comment.*). Records of ours are known by `originatorId` and `originId`.
 */
export const bitrix24: System<Account> = {
  name: 'bitrix24',
  kind: 'crm',
  settleMs: 60_000,
  parseAccount(input) {
    const hook = typed(input, 'hook')
    const read = /^(https?:\/\/[^/\s]+(?:\/[^/\s]+)*\/rest\/\d+\/[A-Za-z0-9]+)\/?(?:[a-z.]+(?:\.json)?\/?)?$/.exec(hook)
    if (!read?.[1]) {
      const values = { example: 'https://bank.bitrix24.ru/rest/1/abcdef0123456789/' }
      throw new UserError(tell(problem('integration.address', values), 'en'), {
        key: 'integration.address',
        values,
        field: 'hook',
      })
    }
    return { hook: read[1] }
  },
  async greet(session) {
    const scope = await call(session, 'scope', {}, 'reads', z.array(z.string()))
    if (scope.kind !== 'told') return scope
    if (!scope.value.includes('crm')) return forbidden('crm')
    const profile = await call(
      session,
      'profile',
      {},
      'reads',
      z.object({ NAME: z.string().nullish(), LAST_NAME: z.string().nullish() }),
    )
    if (profile.kind !== 'told') return profile
    const who = [profile.value.NAME, profile.value.LAST_NAME].filter(Boolean).join(' ')
    return told({
      name: `${new URL(session.account.hook).host}${who === '' ? '' : ` · ${who}`}`,
      may: { read: true, write: null },
    })
  },
  async choices(session) {
    const leads = await stages(session, lead.statuses)
    if (leads.kind !== 'told') return leads
    const categories = await call(
      session,
      'crm.category.list',
      { entityTypeId: deal.type },
      'reads',
      z.object({ categories: z.array(z.object({ id: z.coerce.number(), name: z.string() })) }),
    )
    if (categories.kind !== 'told') return categories
    const places: Choices['places'] = []
    for (const { id, name } of categories.value.categories) {
      const found = await stages(session, id === 0 ? deal.statuses : `${deal.statuses}_${id}`)
      if (found.kind !== 'told') return found
      places.push({ id: `deal:${id}`, name, stages: found.value })
    }
    places.push({ id: 'lead', name: 'Leads', stages: leads.value })
    const owners = await listOwners(session)
    return owners.kind === 'told' ? told({ places, owners: owners.value }) : owners
  },
  contacts: {
    find: findContact,
    save: saveContact,
  },
  async open(session, { key, place, stage, owner, title, text, link, contact }) {
    const { type, name } = typeOf(place)
    const category = /^deal:(\d+)$/.exec(place)?.[1]
    const added = await call(
      session,
      'crm.item.add',
      {
        entityTypeId: type,
        fields: {
          title,
          comments: [text, link].filter(Boolean).join('\n\n'),
          originatorId: originator,
          originId: key,
          ...(category === undefined ? {} : { categoryId: Number(category) }),
          ...(stage === null ? {} : { stageId: stage }),
          ...(owner === null ? {} : { assignedById: Number(owner) }),
          ...(contact === null ? {} : { contactId: Number(contact) }),
        },
      },
      'writes',
      z.object({ item: z.object({ id: Id }) }),
    )
    return added.kind === 'told' ? told(opened(session, name, added.value.item.id)) : added
  },
  async find(session, key, place) {
    const { type, name } = typeOf(place)
    const found = await list(session, type, { originatorId: originator, originId: key }, ['id'], z.object({ id: Id }))
    if (found.kind !== 'told') return found
    const [item] = found.value.items
    return told(item ? opened(session, name, item.id) : null)
  },
  async addNote(session, record, { key, text }) {
    const { name, id } = parts(record)
    const added = await call(
      session,
      'crm.timeline.comment.add',
      { fields: { ENTITY_ID: Number(id), ENTITY_TYPE: name, COMMENT: marked(text, key) } },
      'writes',
      Id,
    )
    return added.kind === 'told' ? told(null) : added
  },
  async listNotes(session, record) {
    const { name, id } = parts(record)
    const found = await call(
      session,
      'crm.timeline.comment.list',
      {
        filter: { ENTITY_ID: Number(id), ENTITY_TYPE: name },
        select: ['ID', 'COMMENT', 'CREATED', 'AUTHOR_ID'],
        order: { ID: 'DESC' },
      },
      'reads',
      z.array(
        z.object({ ID: Id, COMMENT: z.string().nullish(), CREATED: z.string().nullish(), AUTHOR_ID: Id.nullish() }),
      ),
    )
    if (found.kind !== 'told') return found
    return told(
      found.value
        .map(({ ID, COMMENT, CREATED, AUTHOR_ID }) => ({
          id: ID,
          author: AUTHOR_ID ?? null,
          at: CREATED ? new Date(CREATED) : null,
          text: COMMENT ?? '',
        }))
        .toReversed(),
    )
  },
  async changes(session, cursor) {
    if (cursor === null) return told({ records: [], next: second(beginning(session)), more: false })
    const records: (RecordState & { at: number })[] = []
    let more = false
    for (const { type, name } of [lead, deal]) {
      const select = ['id', 'stageId', 'assignedById', 'opportunity', 'currencyId', 'updatedTime']
      const found = await list(session, type, { '>=updatedTime': cursor, originatorId: originator }, select, Item)
      if (found.kind !== 'told') return found
      more ||= found.value.next !== null
      records.push(
        ...found.value.items.map((item) => ({
          record: `${name}:${item.id}`,
          stage: item.stageId ?? null,
          owner: item.assignedById ?? null,
          value: item.opportunity ?? null,
          currency: item.currencyId ?? null,
          ended: null,
          at: Date.parse(item.updatedTime),
        })),
      )
    }
    records.sort((a, b) => a.at - b.at)
    const newest = records.at(-1)?.at
    return told({
      records: records.map(({ at: _at, ...state }) => state),
      next: newest === undefined ? cursor : second(new Date(newest)),
      more: more && newest !== Date.parse(cursor),
    })
  },
}

async function findContact(session: Session<Account>, { key, emails, phones }: Person): Promise<Told<Contact | null>> {
  const ours = await list(
    session,
    contactType,
    { originatorId: originator, originId: key },
    ['id', 'originId', 'fm'],
    ContactItem,
  )
  if (ours.kind !== 'told') return ours
  const [known] = ours.value.items
  if (known) return told(asContact(known, key))
  for (const [type, values] of [
    ['EMAIL', emails],
    ['PHONE', phones],
  ] as const) {
    if (values.length === 0) continue
    // Nothing found is an empty list, something found an object of lists.
    const found = await call(
      session,
      'crm.duplicate.findbycomm',
      { entity_type: 'CONTACT', type, values },
      'reads',
      z.union([z.array(z.never()), z.object({ CONTACT: z.array(Id).optional() })]),
    )
    if (found.kind !== 'told') return found
    const [id] = Array.isArray(found.value) ? [] : (found.value.CONTACT ?? [])
    if (id === undefined) continue
    const got = await list(session, contactType, { id: Number(id) }, ['id', 'originId', 'fm'], ContactItem)
    if (got.kind !== 'told') return got
    const [contact] = got.value.items
    if (contact) return told(asContact(contact, key))
  }
  return told(null)
}

function asContact({ id, originId, fm }: z.infer<typeof ContactItem>, key: string): Contact {
  const of = (type: string) => (fm ?? []).filter(({ typeId }) => typeId === type).map(({ value }) => value)
  return { id, emails: of('EMAIL'), phones: of('PHONE'), hasKey: originId === key }
}

async function saveContact(session: Session<Account>, person: Person, known: Contact | null): Promise<Told<Contact>> {
  const lacking = (typeId: string, values: string[], has: string[]) =>
    values.filter((value) => !has.includes(value)).map((value) => ({ typeId, valueType: 'WORK', value }))
  const fm = [
    ...lacking('EMAIL', person.emails, known?.emails ?? []),
    ...lacking('PHONE', person.phones, known?.phones ?? []),
  ]
  const saved: Contact = { id: known?.id ?? '', emails: person.emails, phones: person.phones, hasKey: true }
  if (known !== null) {
    if (fm.length === 0) return told(known)
    const changed = await call(
      session,
      'crm.item.update',
      { entityTypeId: contactType, id: Number(known.id), fields: { fm } },
      'writes',
      z.object({ item: z.object({ id: Id }) }),
    )
    return changed.kind === 'told' ? told(saved) : changed
  }
  const added = await call(
    session,
    'crm.item.add',
    {
      entityTypeId: contactType,
      fields: {
        name: person.name,
        originatorId: originator,
        originId: person.key,
        comments: person.handles.join('\n'),
        fm,
      },
    },
    'writes',
    z.object({ item: z.object({ id: Id }) }),
  )
  return added.kind === 'told' ? told({ ...saved, id: added.value.item.id }) : added
}

async function stages(session: Session<Account>, entity: string): Promise<Told<Choices['places'][number]['stages']>> {
  const found = await call(
    session,
    'crm.status.list',
    { filter: { ENTITY_ID: entity }, order: { SORT: 'ASC' } },
    'reads',
    z.array(z.object({ STATUS_ID: z.string(), NAME: z.string(), SEMANTICS: z.string().nullish() })),
  )
  if (found.kind !== 'told') return found
  return told(
    found.value.map(({ STATUS_ID, NAME, SEMANTICS }) => ({
      id: STATUS_ID,
      name: NAME,
      ends: SEMANTICS === 'S' || SEMANTICS === 'F',
    })),
  )
}

/** Without the right to see colleagues there are none to choose from, and the webhook's own member gets what is opened. */
async function listOwners(session: Session<Account>): Promise<Told<Choices['owners']>> {
  const found = await call(
    session,
    'user.get',
    { FILTER: { ACTIVE: true } },
    'reads',
    z.array(
      z.object({ ID: Id, NAME: z.string().nullish(), LAST_NAME: z.string().nullish(), EMAIL: z.string().nullish() }),
    ),
  )
  if (found.kind === 'signed-out') return told([])
  if (found.kind !== 'told') return found
  return told(
    found.value.map(({ ID, NAME, LAST_NAME, EMAIL }) => ({
      id: ID,
      name: [NAME, LAST_NAME].filter(Boolean).join(' ') || EMAIL || ID,
    })),
  )
}

async function list<Row>(
  session: Session<Account>,
  type: number,
  filter: object,
  select: string[],
  shape: z.ZodType<Row>,
): Promise<Told<{ items: Row[]; next: number | null }>> {
  const found = await asked(
    session,
    'crm.item.list',
    { entityTypeId: type, filter, select, order: { updatedTime: 'ASC' }, start: 0 },
    'reads',
    z.object({ result: z.object({ items: z.array(shape).max(pageSize) }), next: z.number().nullish() }),
  )
  return found.kind === 'told' ? told({ items: found.value.result.items, next: found.value.next ?? null }) : found
}

async function call<T>(
  session: Session<Account>,
  method: string,
  params: object,
  does: 'reads' | 'writes',
  shape: z.ZodType<T>,
): Promise<Told<T>> {
  const answered = await asked(session, method, params, does, z.object({ result: shape }))
  return answered.kind === 'told' ? told(answered.value.result) : answered
}

function asked<T>(
  session: Session<Account>,
  method: string,
  params: object,
  does: 'reads' | 'writes',
  shape: z.ZodType<T>,
): Promise<Told<T>> {
  return ask(session, {
    url: `${session.account.hook}/${method}.json`,
    method: 'POST',
    headers: {},
    json: params,
    does,
    shape,
    judge,
    reason: (json) => Wrong.safeParse(json).data?.error_description ?? null,
  })
}

const Wrong = z.object({ error: z.union([z.string(), z.number()]), error_description: z.string().optional() })

/** Its limits come as 503 and 429 with a name; both are told before the method is run. */
function judge(said: Said): Failure | undefined {
  const wrong = Wrong.safeParse(said.json).data
  if (wrong === undefined) return undefined
  const error = String(wrong.error).toUpperCase()
  if (error === 'QUERY_LIMIT_EXCEEDED' || error === 'OPERATION_TIME_LIMIT') return slower(said)
  if (['INVALID_CREDENTIALS', 'NO_AUTH_FOUND', 'EXPIRED_TOKEN', 'USER_ACCESS_ERROR'].includes(error))
    return signedOut(said.status)
  if (error === 'INSUFFICIENT_SCOPE' || error === 'ACCESS_DENIED')
    return forbidden(wrong.error_description ?? String(wrong.error))
  return undefined
}

function opened({ account: { hook } }: Session<Account>, name: string, id: string) {
  return { record: `${name}:${id}`, url: `${hook.replace(/\/rest\/\d+\/.*$/, '')}/crm/${name}/details/${id}/` }
}

/** Bitrix24 knows no parts of a second. */
function second(at: Date): string {
  return `${at.toISOString().slice(0, 19)}+00:00`
}

function typeOf(place: string) {
  return place === 'lead' ? lead : deal
}

function parts(record: string): { name: string; id: string } {
  const [name = 'deal', id = ''] = record.split(':')
  return { name, id }
}
