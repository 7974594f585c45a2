import { z } from 'zod'
import { standIn, type Answer, type Asked } from '../stand-in.testing.ts'
import { keepsTheContract } from '../system.contract.ts'
import { hubspot } from './hubspot.ts'

type Row = { id: string; properties: { [name: string]: string | null }; associations?: { id: string; type: number }[] }

const Association = z.strictObject({
  to: z.strictObject({ id: z.string() }),
  types: z
    .array(z.strictObject({ associationCategory: z.literal('HUBSPOT_DEFINED'), associationTypeId: z.int() }))
    .min(1),
})
const New = z.strictObject({
  properties: z.record(z.string(), z.string()),
  associations: z.array(Association).optional(),
})
const Search = z.strictObject({
  filterGroups: z
    .array(
      z.strictObject({
        filters: z
          .array(
            z.strictObject({
              propertyName: z.string(),
              operator: z.enum(['GTE', 'HAS_PROPERTY']),
              value: z.string().optional(),
            }),
          )
          .max(6),
      }),
    )
    .max(5),
  sorts: z.array(z.strictObject({ propertyName: z.string(), direction: z.enum(['ASCENDING', 'DESCENDING']) })).max(1),
  properties: z.array(z.string()),
  limit: z.int().max(200),
})

/** HubSpot after developers.hubspot.com, version 2026-03: objects, properties that are unique, search, associations. */
async function start() {
  const rows: { [kind: string]: Row[] } = { deals: [], contacts: [], notes: [] }
  const unique: { [kind: string]: string[] } = { deals: [], contacts: ['email'], notes: [] }
  const known: { [kind: string]: string[] } = {
    deals: ['dealname', 'pipeline', 'dealstage', 'description', 'hubspot_owner_id', 'amount'],
    contacts: ['email', 'phone', 'firstname'],
    notes: ['hs_timestamp', 'hs_note_body'],
  }
  let last = 5000
  const wrong = (status: number, category: string, message: string): Answer => ({
    status,
    json: { status: 'error', message, correlationId: 'c', category },
  })
  const stamp = (row: Row) => Object.assign(row.properties, { hs_lastmodifieddate: new Date().toISOString() })

  const object = (kind: string, { method, query, json }: Asked, id: string | undefined): Answer => {
    const all = rows[kind] ?? []
    const clash = (properties: Row['properties'], self?: Row) =>
      (unique[kind] ?? []).some(
        (name) => properties[name] && all.some((one) => one !== self && one.properties[name] === properties[name]),
      )
    if (method === 'POST' && id === 'search') {
      const { filterGroups, limit } = Search.parse(json)
      const found = all.filter(({ properties }) =>
        (filterGroups[0]?.filters ?? []).every(({ propertyName, operator, value }) =>
          operator === 'GTE'
            ? Date.parse(properties[propertyName] ?? '') >= Number(value)
            : Boolean(properties[propertyName]),
        ),
      )
      return { json: { total: found.length, results: found.slice(0, limit) } }
    }
    if (method === 'POST') {
      const { properties, associations = [] } = New.parse(json)
      const odd = Object.keys(properties).find((name) => !(known[kind] ?? []).includes(name))
      if (odd !== undefined) return wrong(400, 'VALIDATION_ERROR', `Property "${odd}" does not exist`)
      if (kind === 'deals' && !properties['dealstage']) return wrong(400, 'VALIDATION_ERROR', 'dealstage is required')
      if (clash(properties)) return wrong(409, 'CONFLICT', 'already has that value')
      const row = {
        id: String((last += 1)),
        properties: { ...properties },
        associations: associations.map(({ to, types }) => ({ id: to.id, type: types[0]?.associationTypeId ?? 0 })),
      }
      stamp(row)
      all.push(row)
      return { status: 201, json: row }
    }
    const by = query.get('idProperty')
    if (by !== null && !(unique[kind] ?? []).includes(by)) return wrong(400, 'VALIDATION_ERROR', `${by} is not unique`)
    const row = all.find((one) => (by === null ? one.id === id : one.properties[by] === id))
    if (!row) return wrong(404, 'OBJECT_NOT_FOUND', 'resource not found')
    if (method === 'PATCH') {
      const { properties } = New.parse(json)
      if (clash(properties, row)) return wrong(409, 'CONFLICT', 'already has that value')
      Object.assign(row.properties, properties)
      return { json: row }
    }
    const notes = (rows['notes'] ?? []).filter(({ associations }) =>
      associations?.some((one) => one.id === row.id && one.type === 214),
    )
    return {
      json: {
        ...{ id: row.id, properties: row.properties },
        ...(query.get('associations') === 'notes' && notes.length > 0
          ? { associations: { notes: { results: notes.map((note) => ({ id: note.id, type: 'deal_to_note' })) } } }
          : {}),
      },
    }
  }
  const answer = (asked: Asked): Answer => {
    const { method, path, headers, json } = asked
    if (headers.authorization !== 'Bearer pat-eu1-right')
      return wrong(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found')
    if (path === '/account-info/2026-03/details')
      return { json: { portalId: 77, uiDomain: 'app.hubspot.com', companyCurrency: 'EUR' } }
    const property = /^\/crm\/properties\/2026-03\/(\w+)$/.exec(path)?.[1]
    if (property !== undefined && method === 'POST') {
      const made = z
        .strictObject({
          name: z.string().regex(/^[a-z][a-z0-9_]*$/),
          label: z.string(),
          groupName: z.enum(['dealinformation', 'contactinformation']),
          type: z.literal('string'),
          fieldType: z.literal('text'),
          hasUniqueValue: z.literal(true),
        })
        .parse(json)
      if (known[property]?.includes(made.name))
        return wrong(409, 'OBJECT_ALREADY_EXISTS', 'A property named that already exists')
      known[property]?.push(made.name)
      unique[property]?.push(made.name)
      return { status: 201, json: made }
    }
    const stages = [
      { id: 's1', label: 'New', displayOrder: 0, metadata: { isClosed: 'false' } },
      { id: 's2', label: 'Negotiation', displayOrder: 1, metadata: { isClosed: 'false' } },
      { id: 's3', label: 'Won', displayOrder: 2, metadata: { isClosed: 'true' } },
    ]
    const pipeline = { id: 'default', label: 'Sales', displayOrder: 0, stages }
    if (path === '/crm/pipelines/2026-03/deals') return { json: { results: [pipeline] } }
    if (path === '/crm/pipelines/2026-03/deals/default') return { json: pipeline }
    if (path === '/crm/owners/2026-03')
      return { json: { results: [{ id: '31', email: 'anna@bank.test', firstName: 'Anna', lastName: '' }] } }
    if (path === '/crm/objects/2026-03/notes/batch/read') {
      const { inputs } = z
        .strictObject({ properties: z.array(z.string()), inputs: z.array(z.strictObject({ id: z.string() })).max(100) })
        .parse(json)
      return {
        json: {
          status: 'COMPLETE',
          results: (rows['notes'] ?? []).filter(({ id }) => inputs.some((one) => one.id === id)),
        },
      }
    }
    const [, kind, id] = /^\/crm\/objects\/2026-03\/(deals|contacts|notes)(?:\/(.+))?$/.exec(path) ?? []
    if (kind === undefined) throw new Error('there is no such address')
    return object(kind, asked, id)
  }
  const server = await standIn({
    answer,
    isWrite: ({ method, path }) => method !== 'GET' && !/\/(search|read)$|\/properties\//.test(path),
    slowDown: {
      status: 429,
      headers: { 'retry-after': '30' },
      json: {
        status: 'error',
        message: 'You have reached your ten_secondly_rolling limit.',
        errorType: 'RATE_LIMIT',
        policyName: 'TEN_SECONDLY_ROLLING',
      },
    },
    revoked: wrong(403, 'MISSING_SCOPES', 'This app hasn’t been granted all required scopes'),
    refuse: wrong(400, 'VALIDATION_ERROR', 'Property values were not valid'),
  })
  const find = (kind: string, wanted: string) => (rows[kind] ?? []).find(({ id }) => id === wanted)
  return Object.assign(server, {
    settings: { address: server.base, token: 'pat-eu1-right' },
    wrong: { address: server.base, token: 'another' },
    place: 'default',
    retryAfter: true,
    move: async (record: string) => {
      const row = find('deals', record)
      Object.assign(row?.properties ?? {}, { dealstage: 's2', hubspot_owner_id: '31', amount: '1500.5' })
      if (row) stamp(row)
      return { stage: 's2', owner: '31', value: 1500.5, currency: 'EUR' }
    },
    count: async (title: string) =>
      (rows['deals'] ?? []).filter(({ properties }) => properties['dealname'] === title).length,
    putContact: async (email: string) => {
      rows['contacts']?.push({ id: String((last += 1)), properties: { email, firstname: 'Their Own Name' } })
      return String(last)
    },
    readContact: async (wanted: string) => {
      const properties = find('contacts', wanted)?.properties ?? {}
      return { name: properties['firstname'] ?? '', emails: [properties['email'] ?? ''] }
    },
  })
}

keepsTheContract(hubspot, start)
