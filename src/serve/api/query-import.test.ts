import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterNewProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { createApi } from './api.ts'
import type { QueryImport } from './shapes/query-import.ts'

let house: TestHouse
let client: Person

beforeAll(async () => {
  house = await openTestHouse()
  client = await enterNewProject(house, await createApi(house), 'client')
})
afterAll(() => house[Symbol.asyncDispose]())

const bring = (body: { query: string; from: string }, language = 'en') =>
  client.ask('/api/query/import', { method: 'POST', body, headers: { 'accept-language': language } })

test('a query of another tool is answered with how it is written here and what became of it', async () => {
  const query = 'филин /2 карта AND NOT gender:male'
  const answer = (await (await bring({ query, from: 'youscan' }, 'ru')).json()) as QueryImport
  expect(answer.printed).toBe('филин NEAR/1 карта')
  expect(answer.notes.map(({ severity, key, start, end }) => [severity, key, query.slice(start, end)])).toEqual([
    ['kept', 'steps', 'филин /2 карта'],
    ['lost', 'field-lost', 'gender:male'],
  ])
  expect(answer.notes[1]?.message).toBe(
    'Для «gender:male» в Heed нет соответствия. Это исключало лишнее, поэтому найдётся больше, чем раньше.',
  )
})

test('a tool nobody knows is refused with the ones we know', async () => {
  const refused = await bring({ query: 'филин', from: 'elsewhere' })
  expect([refused.status, ((await refused.json()) as { detail: string }).detail]).toEqual([
    422,
    '“from” must be one of: brandwatch, talkwalker, meltwater, youscan, brand-analytics',
  ])
})
