import { afterAll, beforeAll, expect, test } from 'vitest'
import { enterAsHead, enterNewProject, openTestHouse, type Person, type TestHouse } from '../../../test/house.ts'
import { sendLetter } from '../../base/letters/letter.ts'
import { createApi } from './api.ts'
import type { Letters } from './shapes/letter.ts'

let house: TestHouse
let head: Person
let manager: Person

beforeAll(async () => {
  house = await openTestHouse()
  const api = await createApi(house)
  head = await enterAsHead(house, api)
  manager = await enterNewProject(house, api, 'manager')
})
afterAll(() => house[Symbol.asyncDispose]())

const account = { server: 'smtp://127.0.0.1:9', user: 'desk', password: 'hidden', address: 'desk@bank.test', name: '' }

test('the head sees what waits, sets the account, and never sees its password again', async () => {
  await sendLetter(house.postgres.db, { key: 'a', to: 'a@bank.test', subject: 'Hello', text: 'secret words' })
  expect(await letters()).toMatchObject({ account: null, counts: { waiting: 1 }, items: [{ subject: 'Hello' }] })
  const saved = await head.ask('/api/letters/account', { method: 'PUT', body: account })
  expect(saved.status).toBe(200)
  const shown = JSON.stringify(await letters())
  expect(shown).not.toMatch(/hidden|secret words/)
  expect(JSON.parse(shown)).toMatchObject({ account: { address: 'desk@bank.test', byEnvironment: false } })
})

test('a test letter says at once what is wrong', async () => {
  const tried = await head.ask('/api/letters/test', { method: 'POST', body: { to: 'me@bank.test' } })
  expect(await tried.json()).toMatchObject({ problem: { key: 'unreachable' } })
  const nobody = await head.ask('/api/letters/test', { method: 'POST', body: { to: 'me' } })
  expect(await nobody.json()).toMatchObject({ key: 'invalid-email', field: 'to' })
})

test('nobody but heads finds any of it', async () => {
  for (const [method, path, body] of [
    ['GET', ''],
    ['PUT', '/account', account],
    ['DELETE', '/account'],
    ['POST', '/test', { to: 'a@bank.test' }],
    ['POST', '/1/again'],
  ] as const) {
    const answer = await manager.ask(`/api/letters${path}`, { method, ...(body === undefined ? {} : { body }) })
    expect([answer.status, path]).toEqual([404, path])
  }
  expect((await letters()).account).not.toBeNull()
})

test('without an account there is no test letter, and what arrived is not sent again', async () => {
  expect((await head.ask('/api/letters/account', { method: 'DELETE' })).status).toBe(204)
  const tried = await head.ask('/api/letters/test', { method: 'POST', body: { to: 'me@bank.test' } })
  expect(await tried.json()).toMatchObject({ key: 'letters-no-account' })
  const [letter] = (await letters()).items
  expect((await head.ask(`/api/letters/${letter?.id}/again`, { method: 'POST' })).status).toBe(404)
})

async function letters(): Promise<Letters> {
  return (await (await head.ask('/api/letters')).json()) as Letters
}
