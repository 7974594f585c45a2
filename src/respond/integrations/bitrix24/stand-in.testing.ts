import { z } from 'zod'
import { standIn, type Answer, type Asked } from '../stand-in.testing.ts'

type Item = { id: number; [field: string]: unknown }

const Communication = z.strictObject({
  typeId: z.enum(['EMAIL', 'PHONE', 'WEB', 'IM']),
  valueType: z.string(),
  value: z.string().min(1),
})
const common = {
  originatorId: z.string().optional(),
  originId: z.string().optional(),
  comments: z.string().optional(),
  assignedById: z.int().optional(),
}
const fieldsOf = {
  1: z.strictObject({ ...common, title: z.string(), stageId: z.string().optional(), contactId: z.int().optional() }),
  2: z.strictObject({
    ...common,
    title: z.string(),
    categoryId: z.int().optional(),
    stageId: z.string().optional(),
    contactId: z.int().optional(),
  }),
  3: z.strictObject({ ...common, name: z.string().optional(), fm: z.array(Communication).optional() }),
} as const
const EntityType = z.union([z.literal(1), z.literal(2), z.literal(3)])

const second = () => `${new Date().toISOString().slice(0, 19)}+00:00`

/** Bitrix24 after apidocs.bitrix24.com: methods of an incoming webhook, their parameters, results and errors. */
export async function bitrix24StandIn() {
  const items: { [type in 1 | 2 | 3]: Item[] } = { 1: [], 2: [], 3: [] }
  const comments: {
    ID: string
    ENTITY_ID: number
    ENTITY_TYPE: string
    COMMENT: string
    CREATED: string
    AUTHOR_ID: string
  }[] = []
  let last = 100
  const error = (status: number, name: string, words: string): Answer => ({
    status,
    json: { error: name, error_description: words },
  })
  const time = { start: 1, finish: 2, duration: 1, operating: 0.1 }
  const result = (value: unknown, more: object = {}): Answer => ({ json: { result: value, ...more, time } })

  const methods: { [name: string]: (json: unknown) => Answer } = {
    scope: () => result(['crm', 'user']),
    profile: () => result({ ID: '1', ADMIN: true, NAME: 'Анна', LAST_NAME: 'Смирнова' }),
    'user.get': (json) => {
      z.strictObject({ FILTER: z.strictObject({ ACTIVE: z.boolean() }) }).parse(json)
      return result([{ ID: '1', NAME: 'Анна', LAST_NAME: 'Смирнова', EMAIL: 'anna@bank.test', ACTIVE: true }], {
        total: 1,
      })
    },
    'crm.category.list': (json) => {
      z.strictObject({ entityTypeId: z.literal(2) }).parse(json)
      return result(
        { categories: [{ id: 0, name: 'Общая', sort: 100, entityTypeId: 2, isDefault: 'Y' }] },
        { total: 1 },
      )
    },
    'crm.status.list': (json) => {
      const { filter } = z
        .strictObject({
          filter: z.strictObject({ ENTITY_ID: z.string() }),
          order: z.strictObject({ SORT: z.literal('ASC') }),
        })
        .parse(json)
      const of = (STATUS_ID: string, NAME: string, SEMANTICS: string | null) => ({
        ID: '1',
        ENTITY_ID: filter.ENTITY_ID,
        STATUS_ID,
        NAME,
        SORT: '10',
        SEMANTICS,
      })
      return result([of('NEW', 'Новая', null), of('EXECUTING', 'В работе', null), of('WON', 'Успех', 'S')], {
        total: 3,
      })
    },
    'crm.item.add': (json) => {
      const { entityTypeId, fields } = z.strictObject({ entityTypeId: EntityType, fields: z.unknown() }).parse(json)
      const item: Item = {
        id: (last += 1),
        ...{ stageId: 'NEW', assignedById: 1, opportunity: 0, currencyId: 'RUB' },
        ...fieldsOf[entityTypeId].parse(fields),
        updatedTime: second(),
      }
      items[entityTypeId].push(item)
      return result({ item })
    },
    'crm.item.update': (json) => {
      const { entityTypeId, id, fields } = z
        .strictObject({ entityTypeId: EntityType, id: z.int(), fields: z.unknown() })
        .parse(json)
      const item = items[entityTypeId].find((one) => one.id === id)
      if (!item) return error(400, 'NOT_FOUND', 'Элемент не найден')
      const { fm } = z.strictObject({ fm: z.array(Communication) }).parse(fields)
      item['fm'] = [...((item['fm'] as unknown[]) ?? []), ...fm]
      return result({ item })
    },
    'crm.item.list': (json) => {
      const { entityTypeId, filter, select } = z
        .strictObject({
          entityTypeId: EntityType,
          filter: z.partialRecord(
            z.enum(['id', 'originatorId', 'originId', '>=updatedTime']),
            z.union([z.string(), z.int()]),
          ),
          select: z.array(z.string()),
          order: z.strictObject({ updatedTime: z.enum(['ASC', 'DESC']) }),
          start: z.literal(0),
        })
        .parse(json)
      const found = items[entityTypeId].filter((item) =>
        Object.entries(filter).every(([field, wanted]) =>
          field === '>=updatedTime'
            ? Date.parse(String(item['updatedTime'])) >= Date.parse(String(wanted))
            : item[field] === wanted,
        ),
      )
      const shown = found
        .slice(0, 50)
        .map((item) => Object.fromEntries(Object.entries(item).filter(([field]) => select.includes(field))))
      return result({ items: shown }, { total: found.length, ...(found.length > 50 ? { next: 50 } : {}) })
    },
    'crm.duplicate.findbycomm': (json) => {
      const { type, values } = z
        .strictObject({
          entity_type: z.literal('CONTACT'),
          type: z.enum(['EMAIL', 'PHONE']),
          values: z.array(z.string()).min(1).max(20),
        })
        .parse(json)
      const ids = items[3]
        .filter((item) =>
          ((item['fm'] as z.infer<typeof Communication>[]) ?? []).some(
            (one) => one.typeId === type && values.includes(one.value),
          ),
        )
        .map(({ id }) => id)
      return result(ids.length === 0 ? [] : { CONTACT: ids })
    },
    'crm.timeline.comment.add': (json) => {
      const { fields } = z
        .strictObject({
          fields: z.strictObject({
            ENTITY_ID: z.int(),
            ENTITY_TYPE: z.enum(['deal', 'lead', 'contact']),
            COMMENT: z.string().min(1),
          }),
        })
        .parse(json)
      comments.push({ ID: String((last += 1)), ...fields, CREATED: '2026-11-22T12:00:00+03:00', AUTHOR_ID: '1' })
      return result(last)
    },
    'crm.timeline.comment.list': (json) => {
      const { filter } = z
        .strictObject({
          filter: z.strictObject({ ENTITY_ID: z.int(), ENTITY_TYPE: z.string() }),
          select: z.array(z.string()),
          order: z.strictObject({ ID: z.literal('DESC') }),
        })
        .parse(json)
      return result(
        comments
          .filter((one) => one.ENTITY_ID === filter.ENTITY_ID && one.ENTITY_TYPE === filter.ENTITY_TYPE)
          .toReversed(),
      )
    },
  }
  const answer = ({ path, json, method }: Asked): Answer => {
    const read = /^\/rest\/(\d+)\/([a-z0-9]+)\/([a-z.]+)\.json$/.exec(path)
    if (method !== 'POST' || !read) throw new Error('not a method of a webhook')
    if (read[2] !== 'abcdef0123456789') return error(401, 'INVALID_CREDENTIALS', 'Invalid request credentials')
    const run = methods[read[3] ?? '']
    return run ? run(json) : error(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!')
  }
  const server = await standIn({
    answer,
    isWrite: ({ path }) => /\.(add|update)\.json$/.test(path),
    slowDown: error(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests'),
    revoked: error(403, 'ACCESS_DENIED', 'Access denied.'),
    refuse: error(400, 'CRM_FIELD_ERROR_REQUIRED', 'Field "UF_CRM_SOURCE" is required'),
  })
  const find = (record: string) => items[2].find(({ id }) => `deal:${id}` === record)
  return Object.assign(server, {
    items,
    comments,
    settings: { hook: `${server.base}/rest/1/abcdef0123456789/` },
    wrong: { hook: `${server.base}/rest/1/another/` },
    place: 'deal:0',
    retryAfter: false,
    move: async (record: string) => {
      Object.assign(find(record) ?? {}, {
        stageId: 'EXECUTING',
        assignedById: 7,
        opportunity: 1500.5,
        updatedTime: second(),
      })
      return { stage: 'EXECUTING', owner: '7', value: 1500.5, currency: 'RUB' }
    },
    count: async (title: string) => items[2].filter((item) => item['title'] === title).length,
    putContact: async (email: string) => {
      items[3].push({
        id: (last += 1),
        name: 'Their Own Name',
        fm: [{ typeId: 'EMAIL', valueType: 'WORK', value: email }],
      })
      return String(last)
    },
    readContact: async (wanted: string) => {
      const item = items[3].find(({ id }) => String(id) === wanted)
      return {
        name: String(item?.['name']),
        emails: ((item?.['fm'] as { value: string }[]) ?? []).map(({ value }) => value),
      }
    },
  })
}
