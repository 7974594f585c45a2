import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestClickhouse, openTestPostgres } from '../../../test/database.ts'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import type { Postgres } from '../../base/postgres/postgres.ts'
import { addProject } from '../../base/team/project.ts'
import { correctMentions } from '../../listen/mentions/correction.ts'
import { alphaOf, measureAgreement } from './agreement.ts'

let clickhouse: Clickhouse
let postgres: Postgres
const now = new Date('2026-11-02T10:00:00Z')

beforeAll(async () => {
  clickhouse = await openTestClickhouse()
  postgres = await openTestPostgres()
})
afterAll(async () => {
  await clickhouse[Symbol.asyncDispose]()
  await postgres[Symbol.asyncDispose]()
})

test('alpha of the example of Krippendorff is the one he gives', () => {
  const coders = ['123321412...', '1233224125.3', '.3332342251.', '12332441251.']
  const units = Array.from({ length: 12 }, (_, n) =>
    coders.map((one) => one[n] ?? '.').filter((value) => value !== '.'),
  )
  expect(alphaOf(units)).toBeCloseTo(0.743, 3)
})

test('who always agrees has 1, who never does less than 0, and of one and the same word nothing is known', () => {
  expect(
    alphaOf([
      ['a', 'a'],
      ['b', 'b'],
    ]),
  ).toBe(1)
  expect(
    alphaOf([
      ['a', 'b'],
      ['a', 'b'],
    ]),
  ).toBeLessThan(0)
  expect(
    alphaOf([
      ['a', 'a'],
      ['a', 'a'],
    ]),
  ).toBeNull()
  expect(alphaOf([['a'], []])).toBeNull()
})

test('the last words of people about a mention are compared; programs and words taken back are not', async () => {
  const head = { kind: 'member', id: 'h', name: 'Head', email: 'h@x', locale: 'en', isHead: true } as const
  const { id: project } = await addProject(postgres.db, head, { name: 'Чай', timeZone: 'UTC' })
  const ids = Array.from({ length: 30 }, (_, n) => `vk:${n}`)
  const at = moment(now)
  await clickhouse.insert(
    'mention',
    ids.map((id) => ({ project_id: project, id, posted_at: at, collected_at: at, version: 1, text: 'так себе' })),
  )
  const say = (actor: string, some: string[], value: 'negative' | 'positive' | null) =>
    correctMentions(
      { db: postgres.db, clickhouse },
      project,
      some,
      { field: 'sentiment', value },
      {
        actor: { id: actor, name: actor },
        now,
      },
    )
  const tonality = async () => (await measureAgreement(postgres.db, project)).find(({ field }) => field === 'sentiment')
  await say('anna', ids.slice(0, 15), 'negative')
  await say('anna', ids.slice(15), 'positive')
  await say('key:7', ids, 'negative')
  expect(await tonality()).toEqual({ field: 'sentiment', alpha: null, pairs: 0 })
  await say('boris', ids.slice(0, 15), 'negative')
  expect(await tonality()).toEqual({ field: 'sentiment', alpha: null, pairs: 15 })
  await say('boris', ids.slice(15, 25), 'positive')
  expect(await tonality()).toEqual({ field: 'sentiment', alpha: 1, pairs: 25 })
  await say('boris', ids.slice(0, 5), 'positive')
  const units = (await tonality()) ?? { alpha: null }
  expect(units).toMatchObject({
    pairs: 25,
    alpha: alphaOf([...Array(5).fill(['n', 'p']), ...Array(10).fill(['n', 'n']), ...Array(10).fill(['p', 'p'])]),
  })
  await say('boris', ids.slice(0, 5), null)
  expect(await tonality()).toMatchObject({ pairs: 20, alpha: 1 })
})
