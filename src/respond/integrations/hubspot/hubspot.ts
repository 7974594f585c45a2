import { z } from 'zod'
import { typed } from '../../../listen/connectors/answers.ts'
import { htmlToText } from '../../../listen/connectors/html-to-text.ts'
import { ask, beginning, refused, told } from '../ask.ts'
import { marked } from '../marked.ts'
import { readAddress, readNeeded } from '../settings.ts'
import type { Contact, Person, RecordState, Session, System, Told } from '../system.ts'

/** Where the account's screens are is learnt at the first greeting. */
type Account = { base: string; token: string; portal: string | null; screens: string | null; currency: string | null }

const version = '2026-03'
const pageSize = 100
/** The search follows changes by seconds, now and then by more; what was read once is read again that long. */
const overlapMs = 2 * 60_000
/** Types of association that HubSpot defines. */
const dealToContact = 3
const noteToDeal = 214
/** Our keys, unique there, so that a second deal of one key is refused. */
const keyOf = { deals: 'heed_key', contacts: 'heed_person' } as const

const Properties = z.record(z.string(), z.string().nullable())
const Row = z.object({ id: z.coerce.string(), properties: Properties })

/**
 * HubSpot by a service key or the token of a private app (developers.hubspot.com: objects, search, pipelines, owners,
 * properties; dated versions). A deal carries our key in a unique property, by which it is read without the search's delay.
 */
export const hubspot: System<Account> = {
  name: 'hubspot',
  kind: 'crm',
  settleMs: 60_000,
  parseAccount: (input) => ({
    base:
      typed(input, 'address') === ''
        ? 'https://api.hubapi.com'
        : readAddress(input, 'address', 'https://api.hubapi.com'),
    token: readNeeded(input, 'token'),
    ...{ portal: null, screens: null, currency: null },
  }),
  async greet(session) {
    const details = await call(
      session,
      { path: `account-info/${version}/details`, does: 'reads' },
      z.object({ portalId: z.coerce.string(), uiDomain: z.string(), companyCurrency: z.string().nullish() }),
    )
    if (details.kind !== 'told') return details
    const { portalId, uiDomain, companyCurrency } = details.value
    await session.keep({ ...session.account, portal: portalId, screens: uiDomain, currency: companyCurrency ?? null })
    for (const kind of ['deals', 'contacts'] as const) {
      const made = await makeKey(session, kind)
      if (made.kind !== 'told') return made
    }
    return told({ name: `HubSpot ${portalId}`, may: { read: true, write: null } })
  },
  async choices(session) {
    const pipelines = await call(
      session,
      { path: `crm/pipelines/${version}/deals`, does: 'reads' },
      z.object({
        results: z.array(
          z.object({
            id: z.string(),
            label: z.string(),
            stages: z.array(
              z.object({ id: z.string(), label: z.string(), metadata: z.record(z.string(), z.unknown()).optional() }),
            ),
          }),
        ),
      }),
    )
    if (pipelines.kind !== 'told') return pipelines
    const owners = await call(
      session,
      { path: `crm/owners/${version}`, query: { limit: String(pageSize) }, does: 'reads' },
      z.object({
        results: z.array(
          z.object({
            id: z.coerce.string(),
            email: z.string().nullish(),
            firstName: z.string().nullish(),
            lastName: z.string().nullish(),
          }),
        ),
      }),
    )
    if (owners.kind !== 'told') return owners
    return told({
      places: pipelines.value.results.map(({ id, label, stages }) => ({
        id,
        name: label,
        stages: stages.map((stage) => ({
          id: stage.id,
          name: stage.label,
          ends: String(stage.metadata?.['isClosed'] ?? 'false') === 'true',
        })),
      })),
      owners: owners.value.results.map(({ id, email, firstName, lastName }) => ({
        id,
        name: [firstName, lastName].filter(Boolean).join(' ') || email || id,
      })),
    })
  },
  contacts: { find: findContact, save: saveContact },
  async open(session, { key, place, stage, owner, title, text, link, contact }) {
    const first = stage ?? (await firstStage(session, place))
    if (typeof first !== 'string') return first
    const added = await call(
      session,
      {
        path: `crm/objects/${version}/deals`,
        does: 'writes',
        json: {
          properties: {
            dealname: title,
            pipeline: place,
            dealstage: first,
            description: [text, link].filter(Boolean).join('\n\n'),
            [keyOf.deals]: key,
            ...(owner === null ? {} : { hubspot_owner_id: owner }),
          },
          associations: contact === null ? [] : [association(contact, dealToContact)],
        },
      },
      Row,
    )
    return added.kind === 'told' ? told(opened(session, added.value.id)) : added
  },
  async find(session, key) {
    const found = await byId(session, 'deals', keyOf.deals, key, [])
    if (found.kind !== 'told') return found
    return told(found.value === null ? null : opened(session, found.value.id))
  },
  async addNote(session, record, { key, text }) {
    const added = await call(
      session,
      {
        path: `crm/objects/${version}/notes`,
        does: 'writes',
        json: {
          properties: { hs_timestamp: session.io.now().toISOString(), hs_note_body: asHtml(marked(text, key)) },
          associations: [association(record, noteToDeal)],
        },
      },
      Row,
    )
    return added.kind === 'told' ? told(null) : added
  },
  async listNotes(session, record) {
    const deal = await call(
      session,
      { path: `crm/objects/${version}/deals/${record}`, query: { associations: 'notes' }, does: 'reads' },
      z.object({
        associations: z
          .object({ notes: z.object({ results: z.array(z.object({ id: z.coerce.string() })) }).optional() })
          .optional(),
      }),
    )
    if (deal.kind !== 'told') return deal
    const ids = (deal.value.associations?.notes?.results ?? []).slice(-pageSize)
    if (ids.length === 0) return told([])
    const notes = await call(
      session,
      {
        path: `crm/objects/${version}/notes/batch/read`,
        does: 'reads',
        json: { properties: ['hs_note_body', 'hs_timestamp'], inputs: ids.map(({ id }) => ({ id })) },
      },
      z.object({ results: z.array(Row) }),
    )
    if (notes.kind !== 'told') return notes
    return told(
      notes.value.results.map(({ id, properties }) => ({
        id,
        author: null,
        at: properties['hs_timestamp'] ? new Date(properties['hs_timestamp']) : null,
        text: htmlToText(properties['hs_note_body'] ?? '').text,
      })),
    )
  },
  async changes(session, cursor) {
    if (cursor === null) return told({ records: [], next: beginning(session).toISOString(), more: false })
    const changed = 'hs_lastmodifieddate'
    const found = await call(
      session,
      {
        path: `crm/objects/${version}/deals/search`,
        does: 'reads',
        json: {
          filterGroups: [
            {
              filters: [
                { propertyName: changed, operator: 'GTE', value: String(Date.parse(cursor) - overlapMs) },
                { propertyName: keyOf.deals, operator: 'HAS_PROPERTY' },
              ],
            },
          ],
          sorts: [{ propertyName: changed, direction: 'ASCENDING' }],
          properties: ['dealstage', 'hubspot_owner_id', 'amount', 'deal_currency_code', changed],
          limit: pageSize,
        },
      },
      z.object({ total: z.number(), results: z.array(Row) }),
    )
    if (found.kind !== 'told') return found
    const newest = found.value.results.at(-1)?.properties[changed]
    const next = newest && Date.parse(newest) > Date.parse(cursor) ? new Date(newest).toISOString() : cursor
    return told({
      records: found.value.results.map(({ id, properties }) => stateOf(session, id, properties)),
      next,
      more: found.value.total > found.value.results.length && next !== cursor,
    })
  },
}

function stateOf({ account }: Session<Account>, id: string, properties: z.infer<typeof Properties>): RecordState {
  const amount = properties['amount']
  return {
    record: id,
    stage: properties['dealstage'] || null,
    owner: properties['hubspot_owner_id'] || null,
    value: amount ? Number(amount) : null,
    currency: amount ? properties['deal_currency_code'] || account.currency : null,
    ended: null,
  }
}

/** A deal has to have a stage. */
async function firstStage(session: Session<Account>, place: string) {
  const pipeline = await call(
    session,
    { path: `crm/pipelines/${version}/deals/${place}`, does: 'reads' },
    z.object({ stages: z.array(z.object({ id: z.string(), displayOrder: z.number() })) }),
  )
  if (pipeline.kind !== 'told') return pipeline
  return pipeline.value.stages.toSorted((a, b) => a.displayOrder - b.displayOrder)[0]?.id ?? refused('integration.gone')
}

async function findContact(session: Session<Account>, person: Person): Promise<Told<Contact | null>> {
  const wanted = ['email', 'phone', keyOf.contacts]
  const looks = [[keyOf.contacts, person.key], ...person.emails.map((email) => ['email', email])] as const
  for (const [property, value] of looks) {
    const found = await byId(session, 'contacts', property ?? '', value ?? '', wanted)
    if (found.kind !== 'told') return found
    if (found.value !== null) return told(asContact(found.value, person.key))
  }
  return told(null)
}

function asContact({ id, properties }: z.infer<typeof Row>, key: string): Contact {
  const of = (name: string) => (properties[name] ? [properties[name]] : [])
  return { id, emails: of('email'), phones: of('phone'), hasKey: properties[keyOf.contacts] === key }
}

async function saveContact(session: Session<Account>, person: Person, known: Contact | null): Promise<Told<Contact>> {
  const [email] = person.emails
  const [phone] = person.phones
  const properties = {
    ...(known?.hasKey === true ? {} : { [keyOf.contacts]: person.key }),
    ...(email !== undefined && !known?.emails.length ? { email } : {}),
    ...(phone !== undefined && !known?.phones.length ? { phone } : {}),
  }
  if (known !== null && Object.keys(properties).length === 0) return told(known)
  const saved = await call(
    session,
    known === null
      ? {
          path: `crm/objects/${version}/contacts`,
          does: 'writes',
          json: { properties: { firstname: person.name, ...properties } },
        }
      : { path: `crm/objects/${version}/contacts/${known.id}`, method: 'PATCH', does: 'writes', json: { properties } },
    Row,
  )
  if (saved.kind !== 'told') return saved
  return told({ id: saved.value.id, emails: person.emails, phones: person.phones, hasKey: true })
}

/** A record by a property that is unique there; null: there is none. */
function byId(session: Session<Account>, kind: string, property: string, value: string, properties: string[]) {
  return call(
    session,
    {
      path: `crm/objects/${version}/${kind}/${encodeURIComponent(value)}`,
      query: { idProperty: property, ...(properties.length === 0 ? {} : { properties: properties.join(',') }) },
      does: 'reads',
      absent: true,
    },
    Row.nullable(),
  )
}

/** It may be there already. */
function makeKey(session: Session<Account>, kind: 'deals' | 'contacts') {
  return call(
    session,
    {
      path: `crm/properties/${version}/${kind}`,
      does: 'reads',
      there: true,
      json: {
        name: keyOf[kind],
        label: kind === 'deals' ? 'Heed: key' : 'Heed: account',
        groupName: kind === 'deals' ? 'dealinformation' : 'contactinformation',
        type: 'string',
        fieldType: 'text',
        hasUniqueValue: true,
      },
    },
    z.unknown(),
  )
}

type Call = {
  path: string
  query?: { [name: string]: string }
  method?: 'PATCH'
  json?: unknown
  does: 'reads' | 'writes'
  /** 404 is an answer: null. */
  absent?: true
  /** 409 is an answer: null. */
  there?: true
}

async function call<T>(session: Session<Account>, asked: Call, shape: z.ZodType<T>): Promise<Told<T>> {
  const { path, query, method, json, does } = asked
  let isNone = false
  const answered = await ask(session, {
    url: `${session.account.base}/${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`,
    headers: { authorization: `Bearer ${session.account.token}` },
    ...(method === undefined ? {} : { method }),
    ...(json === undefined ? {} : { json }),
    does,
    shape,
    judge: ({ status }) => {
      isNone = (status === 404 && asked.absent === true) || (status === 409 && asked.there === true)
      return isNone ? refused('integration.gone') : undefined
    },
    reason: (said) => z.object({ message: z.string() }).safeParse(said).data?.message ?? null,
  })
  return isNone ? told(shape.parse(null)) : answered
}

function association(id: string, type: number) {
  return { to: { id }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: type }] }
}

function asHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\n/g, '<br>')
}

function opened({ account: { screens, portal } }: Session<Account>, id: string) {
  return { record: id, url: portal === null ? null : `https://${screens}/contacts/${portal}/record/0-3/${id}` }
}
