import { expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import { newestSavedAt } from './newest.ts'
import { listParts } from './parts.ts'

test('what the engine joined after its parts were listed is not forgotten', async () => {
  await using clickhouse = await openTestClickhouse()
  const at = Date.parse('2026-11-22T12:00:00Z')
  const save = (number: number) => {
    const moment = new Date(at + number).toISOString().slice(0, -1)
    const row = { project_id: 1, id: `vk:${number}`, platform: 'vk', posted_at: moment, saved_at: moment }
    return clickhouse.insert('mention', [row])
  }
  await save(1)
  expect(await newestSavedAt(clickhouse, await listParts(clickhouse), 1)).toBe(at + 1)
  await save(2)
  const parts = await listParts(clickhouse)
  await clickhouse.command('optimize table mention final')
  expect(await newestSavedAt(clickhouse, parts, 1)).toBe(at + 2)
  expect(await newestSavedAt(clickhouse, await listParts(clickhouse), 1)).toBe(at + 2)
  expect(await newestSavedAt(clickhouse, await listParts(clickhouse), 2)).toBe(0)
})
