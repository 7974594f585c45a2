import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, enterProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { bringIn } from '../../listen/bring-in.ts'
import { barePost } from '../../listen/posts/post.ts'
import { runRules } from '../../respond/rules/run-rules.ts'
import { createApi } from './api.ts'
import type { Api } from './door.ts'
import type { DryRun, Rule, RuleInput, RuleRun } from './shapes/rule.ts'

let house: TestHouse
let api: Api
let manager: Person & { project: number }

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  manager = await enterNewProject(house, api, 'manager')
})
afterAll(() => house[Symbol.asyncDispose]())

const input: RuleInput = {
  name: 'Жалобы',
  trigger: 'mention-arrived',
  query: 'банк',
  conditions: [{ about: 'hours', is: true, values: ['working'] }],
  actions: [{ do: 'open-ticket' }, { do: 'priority', priority: 'high' }],
}
const at = () => `/api/projects/${manager.project}`
async function ask<T>(path: string, method = 'GET', body?: unknown): Promise<T> {
  const answer = await manager.ask(`${at()}${path}`, { method, ...(body === undefined ? {} : { body }) })
  expect([path, answer.status]).toEqual([path, 200])
  return (await answer.json()) as T
}

async function arrive(id: string, text: string): Promise<void> {
  const now = new Date()
  await bringIn([{ ...barePost({ id: `vk:${id}`, platform: 'vk', text }), postedAt: now }], {
    ...{ clickhouse: house.clickhouse, topics: house.topics, project: manager.project, sourceId: null },
    ...{ keepAll: true, collectedAt: now },
  })
}

test('a rule is tried, saved switched off, switched on, and its history says what it did', async () => {
  await arrive('1', 'Банк закрыт')
  const tried = await ask<DryRun>('/rule-trial', 'POST', { rule: input, id: null })
  expect(tried).toMatchObject({ acted: 1, opened: 1, isAll: true, days: 30 })
  expect(tried.sample[0]).toMatchObject({ mention: { id: 'vk:1' }, places: [{ field: 'text', start: 0, end: 4 }] })

  const rule = await ask<Rule>('/rules', 'POST', input)
  expect(rule.onSince).toBeNull()
  expect((await ask<Rule>(`/rules/${rule.id}/activity`, 'POST')).onSince).not.toBeNull()
  await arrive('2', 'Банк открыт')
  const world = { ...house, db: house.postgres.db, publicUrl: house.config.publicUrl }
  await runRules(world, manager.project)
  const { items } = await ask<{ items: RuleRun[] }>(`/rule-runs?rule=${rule.id}`)
  expect(items).toMatchObject([
    {
      outcome: 'done',
      mention: 'vk:2',
      ticket: { title: 'Банк открыт' },
      did: [{ do: 'open-ticket' }, { do: 'priority', what: 'high' }],
    },
  ])
  expect((await ask<{ items: Rule[] }>('/rules')).items[0]?.lately).toMatchObject({ runs: 1, failed: 0 })
})

test('what a rule could not do is said in the language of whoever reads', async () => {
  const broken = await ask<Rule>('/rules', 'POST', {
    ...input,
    query: 'кредит',
    actions: [{ do: 'priority', priority: 'low' }],
  })
  await ask(`/rules/${broken.id}/activity`, 'POST')
  await arrive('3', 'Кредит не дают')
  await runRules({ ...house, db: house.postgres.db, publicUrl: '' }, manager.project)
  const answer = await manager.ask(`${at()}/rule-runs?rule=${broken.id}`, { headers: { 'accept-language': 'ru' } })
  const { items } = (await answer.json()) as { items: RuleRun[] }
  expect(items[0]).toMatchObject({ outcome: 'failed', ticket: null })
  expect(items[0]?.problem).toBeTruthy()
})

test('a query that cannot be read is refused where it stands', async () => {
  for (const [path, body] of [
    ['/rules', { ...input, query: '(банк' }],
    ['/rule-trial', { rule: { ...input, query: '(банк' }, id: null }],
  ] as const) {
    const answer = await manager.ask(`${at()}${path}`, { method: 'POST', body })
    expect(answer.status).toBe(422)
    expect(await answer.json()).toMatchObject({ key: 'query-broken', field: 'query' })
  }
})

test('only those who manage the project see its rules', async () => {
  const moderator = await enterProject(house, api, manager.project, 'moderator')
  for (const path of ['/rules', '/rule-runs']) expect((await moderator.ask(`${at()}${path}`)).status).toBe(404)
  const added = await moderator.ask(`${at()}/rules`, { method: 'POST', body: input })
  expect(added.status).toBe(404)
})
