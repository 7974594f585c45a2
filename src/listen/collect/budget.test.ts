import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestPostgres } from '../../../test/database.ts'
import { list, type Postgres } from '../../base/postgres/postgres.ts'
import type { Paid } from '../connectors/connector.ts'
import { listBudgets, payer, setBudget } from './budget.ts'

let postgres: Postgres
let project = 0
const noon = new Date('2026-11-22T12:00:00Z')
const tomorrow = new Date('2026-11-23T00:00:01Z')

beforeAll(async () => {
  postgres = await openTestPostgres()
})
afterAll(() => postgres[Symbol.asyncDispose]())

async function newProject(monthly: number): Promise<number> {
  const [row] = await list(postgres.db, sql<{ id: number }>`insert into project (name) values ('P') returning id`)
  project = row?.id ?? 0
  await setBudget(postgres.db, { project, platform: 'x' }, monthly, noon)
  return project
}
/** As every process makes its own. */
const pay = (most: number, at = noon, credential = 'key') =>
  payer(postgres.db, { project, platform: 'x', credential }, () => at)(most)
const spent = async (at = noon) => (await listBudgets(postgres.db, project, at))[0]?.spent
function reserved(paid: Paid) {
  if (paid.kind !== 'reserved') throw new Error(paid.problem.key)
  return paid
}
const posts = (...ids: string[]) => ids.map((id) => ({ micros: 5000, once: `post ${id}` }))

test('the most is taken before, and what it did cost stands afterwards', async () => {
  await newProject(1_000_000)
  const paid = reserved(await pay(500_000))
  expect(await spent()).toBe(500_000)
  await paid.settle(posts('1', '2'))
  expect(await spent()).toBe(10_000)
  await expect(paid.settle([])).rejects.toThrow('once')
})

test('without a budget nothing is paid, and a budget of nothing pays nothing', async () => {
  await newProject(0)
  expect(await pay(1)).toMatchObject({ kind: 'refused', problem: { key: 'budget.spent' } })
  const other = payer(postgres.db, { project, platform: 'brave', credential: 'key' }, () => noon)
  expect(await other(1)).toMatchObject({ kind: 'refused', problem: { key: 'budget.none' } })
  const shared = payer(postgres.db, { project: null, platform: 'x', credential: 'key' }, () => noon)
  expect(await shared(1)).toMatchObject({ kind: 'refused', problem: { key: 'budget.none' } })
})

test('what is billed once a day is counted once a day, for each credential', async () => {
  await newProject(1_000_000)
  await reserved(await pay(100_000)).settle([...posts('a', 'b'), ...posts('a')])
  await reserved(await pay(100_000)).settle(posts('b', 'c'))
  expect(await spent()).toBe(15_000)
  await reserved(await pay(100_000, noon, 'another')).settle(posts('a'))
  await reserved(await pay(100_000, tomorrow)).settle(posts('a'))
  expect(await spent(tomorrow)).toBe(25_000)
  await reserved(await pay(100_000)).settle([
    { micros: 15_000, once: null },
    { micros: 15_000, once: null },
  ])
  expect(await spent(tomorrow)).toBe(55_000)
  // Nothing tells from the marks what was read.
  const { rows } = await postgres.pool.query<{ mark: string }>('select mark from billed_once')
  expect(rows.every(({ mark }) => /^[\w-]{22}$/.test(mark))).toBe(true)
})

test('what a process that died had reserved stays spent until the month is over', async () => {
  await newProject(100_000)
  reserved(await pay(90_000))
  expect(await pay(20_000)).toEqual({
    kind: 'refused',
    until: new Date('2026-12-01T00:00:00Z'),
    problem: { key: 'budget.spent', values: { until: '2026-12-01' } },
  })
  const december = new Date('2026-12-01T00:00:00Z')
  await reserved(await pay(20_000, december)).settle([])
  expect(await spent(december)).toBe(0)
})

test('a raised budget wakes what rests, a lowered one stops what asks next', async () => {
  await newProject(50_000)
  await sql`
    insert into source (project_id, platform, name, config, next_check_at, error)
    values (${project}, 'x', 'acme', '{}', '2026-12-01', '{"key":"budget.spent"}')`.execute(postgres.db)
  reserved(await pay(50_000))
  expect(await listBudgets(postgres.db, project, noon)).toMatchObject([{ state: 'spent' }])
  await setBudget(postgres.db, { project, platform: 'x' }, 60_000, noon)
  const [source] = await list(
    postgres.db,
    sql<{ at: Date }>`select next_check_at as at from source where project_id = ${project}`,
  )
  expect(source?.at).toEqual(noon)
  await reserved(await pay(10_000)).settle([])
  await setBudget(postgres.db, { project, platform: 'x' }, 40_000, noon)
  expect((await pay(1)).kind).toBe('refused')
})

test('at four fifths it is near its end, and the forecast goes by the last seven days', async () => {
  await newProject(1_000_000)
  for (const day of ['2026-11-21', '2026-11-20']) reserved(await pay(100_000, new Date(`${day}T10:00:00Z`)))
  // 200,000 in two and a half days, and eight and a half are left.
  expect(await listBudgets(postgres.db, project, noon)).toEqual([
    {
      platform: 'x',
      monthly: 1_000_000,
      spent: 200_000,
      forecast: 200_000 + 80_000 * 8.5,
      state: 'fine',
      until: new Date('2026-12-01T00:00:00Z'),
    },
  ])
  reserved(await pay(600_000))
  expect(await listBudgets(postgres.db, project, noon)).toMatchObject([{ spent: 800_000, state: 'near' }])
  await newProject(5)
  expect(await listBudgets(postgres.db, project, noon)).toMatchObject([{ spent: 0, forecast: null, state: 'fine' }])
})

test('however many spend at once, and whoever dies in between, a budget is never exceeded', async () => {
  const step = fc.record({
    most: fc.integer({ min: 1, max: 60 }),
    costs: fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 4 }),
    dies: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 300 }), fc.array(step, { maxLength: 14 }), async (monthly, steps) => {
      await newProject(monthly)
      let billed = 0
      await Promise.all(
        steps.map(async ({ most, costs, dies }) => {
          const paid = await pay(most)
          if (paid.kind === 'refused') return
          let left = most
          const charges = costs.map((cost) => {
            const micros = Math.min(cost, left)
            left -= micros
            return { micros, once: null }
          })
          billed += charges.reduce((sum, { micros }) => sum + micros, 0)
          if (!dies) await paid.settle(charges)
        }),
      )
      expect(billed).toBeLessThanOrEqual(monthly)
      // What is written down covers what was billed, and is covered by the budget.
      expect(await spent()).toBeGreaterThanOrEqual(billed)
      expect(await spent()).toBeLessThanOrEqual(monthly)
    }),
    { numRuns: 30 },
  )
})
