import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse, openTestPostgres } from '../../../test/database.ts'
import { putMentions } from '../../../test/written.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Postgres } from '../../base/postgres/postgres.ts'
import { addProject } from '../../base/team/project.ts'
import type { Who } from '../../base/team/scope.ts'
import { readWritten } from '../../measure/authors/written.ts'
import { decide } from './decision.ts'
import type { Account } from './look-alike.ts'
import { listProposals } from './proposal.ts'

let clickhouse: Clickhouse
let postgres: Postgres
let project = 0
const who: Who = { kind: 'member', id: 'm1', name: 'Анна', email: 'a@x', locale: 'ru', isHead: true }
const lena: Account = {
  ...{ id: 'vk:lena', platform: 'vk', name: 'Лена Вьюгина', handle: 'lena_v_gorode', bio: 'читайте t.me/lena_pishet' },
  ...{ followers: null, verified: null, cities: ['Казань'], topics: [1], mentions: 1 },
}

beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  postgres = await openTestPostgres()
  project = (await addProject(postgres.db, who, { name: 'Чай', timeZone: 'UTC' })).id
  const at = (minute: number) => `2026-03-01 10:${String(minute).padStart(2, '0')}:00.000`
  const crowd = [1, 2, 3].map((n) => ({
    ...{ id: `ok:crowd${n}`, posted_at: at(n), author_id: `ok:crowd${n}`, cluster: 'crowd' },
  }))
  await putMentions(clickhouse, project, [
    { id: 'vk:1', posted_at: at(1), author_id: 'vk:lena', cluster: 'rare' },
    { id: 'vk:2', posted_at: at(2), author_id: 'vk:lena', cluster: 'crowd' },
    { id: 'x:1', posted_at: at(30), author_id: 'x:l', author_handle: '@Lena_V_gorode' },
    { id: 'ok:1', posted_at: at(30), author_id: 'ok:l', author_name: 'лена вьюгина', city: 'Казань' },
    { id: 'ok:2', posted_at: at(30), author_id: 'ok:far', author_name: 'Лена Вьюгина', city: 'Пермь', topics: [1] },
    { id: 'telegram:1', posted_at: at(30), author_id: 'telegram:l', author_handle: 'lena_pishet' },
    { id: 'x:2', posted_at: at(30), author_id: 'x:other', author_handle: 'lena_pishet' },
    { id: 'ok:3', posted_at: at(30), author_id: 'ok:bio', author_bio: 'это я: vk.com/lena_v_gorode' },
    { id: 'x:3', posted_at: at(4), author_id: 'x:twin', cluster: 'rare' },
    { id: 'x:4', posted_at: at(59), author_id: 'x:late', cluster: 'rare' },
    { id: 'x:5', posted_at: at(30), author_id: 'x:lena', author_name: 'Лена' },
    ...crowd,
  ])
})
afterAll(async () => {
  await clickhouse[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})

async function proposed(account: Account = lena) {
  const written = await readWritten(clickhouse, project, [account.id])
  const proposals = await listProposals({ db: postgres.db, clickhouse }, project, [account], written)
  return new Map(proposals.map((one) => [one.account.id, one.reasons]))
}

test('each likeness is proposed with its reason, and chance ones are not', async () => {
  const found = await proposed()
  expect(Object.fromEntries([...found].map(([id, reasons]) => [id, reasons.map(({ key }) => key)]))).toEqual({
    'x:l': ['same-handle'],
    'ok:l': ['same-name-city'],
    'telegram:l': ['address-in-bio'],
    'ok:bio': ['address-in-bio'],
    'x:twin': ['same-text'],
  })
  expect(found.get('ok:l')?.[0]?.values).toEqual({ name: 'Лена Вьюгина', city: 'Казань' })
  expect(found.get('x:twin')?.[0]?.values).toEqual({ count: 1, minutes: 3 })
  expect(found.get('telegram:l')?.[0]?.values).toEqual({ address: 't.me/lena_pishet' })
})

test('the same name on the same topic is proposed, unless the cities differ', async () => {
  const found = await proposed({ ...lena, cities: [] })
  expect(found.get('ok:far')?.map(({ key }) => key)).toEqual(['same-name-topic'])
})

test('a refused proposal does not come back from either side, and comes back when the refusal is taken back', async () => {
  const now = new Date()
  await decide(postgres.db, project, ['vk:lena', 'x:l'], 'different', [], { who, now })
  expect((await proposed()).has('x:l')).toBe(false)
  const mirrored = await proposed({ ...lena, id: 'x:l', platform: 'x', bio: null, cities: [], topics: [] })
  expect(mirrored.has('vk:lena')).toBe(false)
  await decide(postgres.db, project, ['x:l', 'vk:lena'], 'open', [], { who, now })
  expect((await proposed()).has('x:l')).toBe(true)
})
