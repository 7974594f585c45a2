import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import type { Postgres } from '../../base/postgres/postgres.ts'
import { listAudit } from '../../base/team/audit.ts'
import { addProject } from '../../base/team/project.ts'
import type { Who } from '../../base/team/scope.ts'
import { customerBehind, findCustomerOf } from './customer.ts'
import { decide, listDecisions, refusedFor } from './decision.ts'
import { findPerson, joinAccounts, listCustomersOf, separateAccount } from './link.ts'

let postgres: Postgres
const who: Who = { kind: 'member', id: 'm1', name: 'Анна', email: 'a@x', locale: 'ru', isHead: true }
const by = { who, now: new Date('2026-05-01T10:00:00Z') }

beforeAll(async () => {
  postgres = await openTestPostgres()
})
afterAll(() => postgres[Symbol.asyncDispose]())

const newProject = async () => (await addProject(postgres.db, who, { name: 'Чай', timeZone: 'UTC' })).id
const account = (authorId: string) => ({ authorId, platform: authorId.split(':')[0] ?? '', name: null, handle: null })
const join = (project: number, one: string, other: string) =>
  joinAccounts(postgres.db, project, { one: account(one), other: account(other) }, [], by)
const together = async (project: number, author: string) =>
  (await findPerson(postgres.db, project, author)).map(({ authorId }) => authorId).toSorted()

test('joined accounts are one person from whichever side one looks, and each keeps its own customer', async () => {
  const project = await newProject()
  const own = await customerBehind(postgres.db, project, account('vk:a'))
  await join(project, 'x:a', 'vk:a')
  await join(project, 'vk:a', 'ok:a')
  for (const one of ['vk:a', 'x:a', 'ok:a']) expect(await together(project, one)).toEqual(['ok:a', 'vk:a', 'x:a'])
  expect(await findCustomerOf(postgres.db, project, 'vk:a')).toEqual(own)
  expect(await listCustomersOf(postgres.db, project, ['vk:a', 'x:a', 'ok:a'])).toHaveLength(3)
})

test('two persons of several accounts become one, and whoever is taken out stands alone with its own customer', async () => {
  const project = await newProject()
  await join(project, 'vk:a', 'x:a')
  await join(project, 'ok:a', 'tg:a')
  await join(project, 'x:a', 'tg:a')
  expect(await together(project, 'ok:a')).toHaveLength(4)
  for (const gone of ['vk:a', 'ok:a']) {
    await separateAccount(postgres.db, project, gone, by)
    expect(await together(project, gone)).toEqual([gone])
  }
  expect(await together(project, 'x:a')).toEqual(['tg:a', 'x:a'])
  expect(await together(project, 'tg:a')).toEqual(['tg:a', 'x:a'])
  await separateAccount(postgres.db, project, 'x:a', by)
  expect(await together(project, 'tg:a')).toEqual(['tg:a'])
})

test('who said so and when is kept and audited, and doing it twice adds nothing', async () => {
  const project = await newProject()
  for (const _ of [1, 2]) await join(project, 'vk:a', 'x:a')
  for (const _ of [1, 2]) await separateAccount(postgres.db, project, 'x:a', by)
  expect(await listDecisions(postgres.db, project, ['vk:a'])).toEqual([
    { one: 'vk:a', other: 'x:a', decision: 'apart', reasons: [], at: by.now, actor: 'Анна' },
    { one: 'vk:a', other: 'x:a', decision: 'same', reasons: [], at: by.now, actor: 'Анна' },
  ])
  const audited = await listAudit(postgres.db, project, { before: null, limit: 10, installation: false })
  expect(audited.map(({ action }) => action)).toEqual(['accounts-separated', 'accounts-joined', 'project-created'])
  expect(JSON.stringify(audited)).not.toContain('vk:a')
})

test('a refusal and a separation both speak against a pair, until somebody says otherwise', async () => {
  const project = await newProject()
  const say = (other: string, kind: 'different' | 'open' | 'apart') =>
    decide(postgres.db, project, ['vk:a', other], kind, [], by)
  const refused = async () => [...refusedFor(['vk:a'], await listDecisions(postgres.db, project, ['vk:a']))].toSorted()
  await say('x:b', 'different')
  await say('ok:c', 'apart')
  await say('tg:d', 'different')
  await say('tg:d', 'open')
  expect(await refused()).toEqual(['ok:c', 'x:b'])
  await join(project, 'vk:a', 'ok:c')
  expect(await refused()).toEqual(['x:b'])
})

test('another project knows nothing of a link', async () => {
  const [one, other] = [await newProject(), await newProject()]
  await join(one, 'vk:a', 'x:a')
  expect(await findPerson(postgres.db, other, 'vk:a')).toEqual([])
  expect(await listDecisions(postgres.db, other, ['vk:a'])).toEqual([])
})
