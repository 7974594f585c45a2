import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse, openTestPostgres } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { noWords } from '../../base/text/stored-words.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import type { Postgres } from '../../base/postgres/postgres.ts'
import { addProject } from '../../base/team/project.ts'
import { barePost, type Place } from '../posts/post.ts'
import type { NewMention } from './mention.ts'
import { correctMentions, listCorrections } from './correction.ts'
import { dropTopic } from './drop-topic.ts'
import { countFacets } from './facets.ts'
import { resolveFilter, type MentionFilter } from './filter.ts'
import type { JudgedField } from './judged-columns.ts'
import { findMentions } from './read.ts'
import { saveMentions } from './save.ts'

let clickhouse: Clickhouse
let postgres: Postgres
let project = 0
const anna = { id: 'm1', name: 'Анна' }
const now = new Date('2026-11-02T10:00:00Z')

beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  postgres = await openTestPostgres()
  const head = { kind: 'member', id: 'h', name: 'Head', email: 'h@x', locale: 'en', isHead: true } as const
  project = (await addProject(postgres.db, head, { name: 'Чай', timeZone: 'UTC' })).id
})
afterAll(async () => {
  await clickhouse[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})

test('a correction holds, names who and when, and the filters and the query see it', async () => {
  await save('vk:1', 'vk:2')
  expect(await correct(['vk:1', 'vk:2', 'vk:none'], 'negative')).toBe(2)
  expect(await correct(['vk:1'], 'negative')).toBe(0)
  expect(await find('vk:1')).toMatchObject({
    sentiment: 'negative',
    sentimentConfidence: 1,
    corrected: ['sentiment'],
  })
  expect(await listCorrections(postgres.db, project, 'vk:1')).toEqual([
    { at: now, actor: 'Анна', field: 'sentiment', from: null, to: 'negative', reason: null },
  ])
  expect(await count({ q: 'sentiment:negative' })).toBe(2)
  expect(await count({ q: 'карта NOT sentiment:negative' })).toBe(0)
  expect(await count({ sentiment: ['negative'] })).toBe(2)
  expect(await count({ sentiment: ['unknown', 'positive'] })).toBe(0)
  const facets = await countFacets(clickhouse, () => resolveFilter(clickhouse, project, {}))
  expect(facets.sentiment).toEqual([{ value: 'negative', count: 2 }])
})

test('collecting the mention again leaves the word of a person', async () => {
  await save('vk:3')
  await correct(['vk:3'], 'positive')
  await correct(['vk:3'], 'praise', 'stage')
  await save('vk:3', 'карта стала лучше')
  expect(await find('vk:3')).toMatchObject({
    text: 'карта стала лучше',
    sentiment: 'positive',
    stage: 'praise',
    corrected: ['sentiment', 'stage'],
  })
})

test('a correction that is taken back gives the machine its word again, however many people spoke', async () => {
  await clickhouse.insert('mention', [{ ...row('vk:4'), sentiment: 'neutral', sentiment_confidence: 0.5 }])
  await correct(['vk:4'], 'negative')
  await correct(['vk:4'], 'positive')
  expect(await correct(['vk:4'], null)).toBe(1)
  expect(await find('vk:4')).toMatchObject({ sentiment: 'neutral', sentimentConfidence: 0.5, corrected: [] })
  expect(await correct(['vk:4'], null)).toBe(0)
  const history = await listCorrections(postgres.db, project, 'vk:4')
  expect(history.map(({ from, to }) => [from, to])).toEqual([
    ['neutral', 'negative'],
    ['negative', 'positive'],
    ['positive', null],
  ])
})

test('a corrected tonality takes its chances with it, and gives them back', async () => {
  const machine = { sentiment_confidence: 0.6, chance_negative: 0.6, chance_positive: 0.1 }
  await clickhouse.insert('mention', [{ ...row('vk:8'), sentiment: 'negative', ...machine }])
  await correct(['vk:8'], 'positive')
  expect(await find('vk:8')).toMatchObject({ chanceNegative: 0, chancePositive: 1, sentimentConfidence: 1 })
  await correct(['vk:8'], null)
  expect(await find('vk:8')).toMatchObject({
    sentiment: 'negative',
    chanceNegative: 0.6,
    chancePositive: 0.1,
    sentimentConfidence: 0.6,
  })
})

test('a place that a person names stays when the mention is collected again, and goes back whole', async () => {
  const machine = { country: 'KZ', region: 'Almaty', city: 'Almaty', place_from: 'text', place_confidence: 0.5 }
  await clickhouse.insert('mention', [{ ...row('vk:9'), ...machine }])
  await correct(['vk:9'], 'RU', 'place', { reason: 'он пишет из Казани' })
  expect(await find('vk:9')).toMatchObject({ place: { country: 'RU', region: null, city: null }, placeFrom: null })
  await saveMentions(clickhouse, [newMention('vk:9', 'переехал', { country: 'KZ', region: null, city: 'Almaty' })])
  expect(await find('vk:9')).toMatchObject({ text: 'переехал', place: { country: 'RU', city: null } })
  expect(await listCorrections(postgres.db, project, 'vk:9')).toMatchObject([
    { field: 'place', from: 'KZ', to: 'RU', reason: 'он пишет из Казани' },
  ])
  await correct(['vk:9'], null, 'place')
  expect(await find('vk:9')).toMatchObject({
    place: { country: 'KZ', region: 'Almaty', city: 'Almaty' },
    placeFrom: 'text',
    placeConfidence: 0.5,
  })
})

test('a second person who says the same is kept as a confirmation, once', async () => {
  await save('vk:10')
  const boris = { actor: { id: 'm2', name: 'Борис' } }
  await correct(['vk:10'], 'negative')
  expect(await correct(['vk:10'], 'negative', 'sentiment', boris)).toBe(1)
  expect(await correct(['vk:10'], 'negative', 'sentiment', boris)).toBe(0)
  expect(await correct(['vk:10'], 'negative')).toBe(0)
  const history = await listCorrections(postgres.db, project, 'vk:10')
  expect(history.map(({ actor, from, to }) => [actor, from, to])).toEqual([
    ['Анна', null, 'negative'],
    ['Борис', 'negative', 'negative'],
  ])
  expect(await correct(['vk:10'], 'negative', 'sentiment', { ...boris, reason: 'ирония' })).toBe(1)
  expect((await listCorrections(postgres.db, project, 'vk:10')).map(({ reason }) => reason)).toEqual([null, 'ирония'])
  await correct(['vk:10'], null)
  expect(await find('vk:10')).toMatchObject({ sentiment: null, corrected: [] })
})

test('two people at once leave one value, and the history ends with it', async () => {
  await save('vk:5')
  await Promise.all(
    (['negative', 'positive', 'neutral', 'positive', 'negative'] as const).map((value) => correct(['vk:5'], value)),
  )
  const history = await listCorrections(postgres.db, project, 'vk:5')
  expect((await find('vk:5'))?.sentiment).toBe(history.at(-1)?.to)
  for (const [index, { from }] of history.entries()) expect(from).toBe(history[index - 1]?.to ?? null)
})

test('a mention that somebody judged stays when its last topic lets it go', async () => {
  await save('vk:6', 'vk:7')
  await correct(['vk:6'], 'negative')
  await dropTopic(clickhouse, project, 1, ['vk:6', 'vk:7'])
  expect(await find('vk:6')).toMatchObject({ topics: [], sentiment: 'negative' })
  expect(await find('vk:7')).toBeUndefined()
})

function row(id: string) {
  return {
    project_id: project,
    id,
    posted_at: moment(now),
    collected_at: moment(now),
    version: 1,
    text: 'так себе',
  }
}

function newMention(id: string, text: string, place: Place | null = null): NewMention {
  return {
    post: { ...barePost({ id, platform: 'vk', text, place }), postedAt: now },
    project,
    sourceId: null,
    collectedAt: now,
    langConfidence: null,
    cluster: id,
    topics: [1],
    places: { 1: [] },
    words: noWords,
  }
}

async function save(...ids: string[]): Promise<void> {
  const text = ids.find((id) => !id.startsWith('vk:')) ?? 'карта не работает'
  await saveMentions(
    clickhouse,
    ids.filter((id) => id.startsWith('vk:')).map((id) => newMention(id, text)),
  )
}

async function correct(
  ids: string[],
  value: string | null,
  field: JudgedField = 'sentiment',
  { actor = anna, reason }: { actor?: typeof anna; reason?: string } = {},
) {
  const by = { actor, now }
  return (await correctMentions({ db: postgres.db, clickhouse }, project, ids, { field, value, reason }, by)).length
}

async function find(id: string) {
  return (await findMentions(clickhouse, project, [id]))[0]
}

async function count(filter: MentionFilter): Promise<number> {
  const { where, params } = await resolveFilter(clickhouse, project, filter)
  const row = await clickhouse.row<{ n: number }>(
    `select count() as n from mention final where ${where} and id in ('vk:1', 'vk:2')`,
    params,
  )
  return row?.n ?? 0
}
