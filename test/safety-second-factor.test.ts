import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { makeSignInLink } from '../src/base/team/sign-in-link.ts'
import { createApi } from '../src/serve/api/api.ts'
import type { Api } from '../src/serve/api/door.ts'
import type { Me, SecondFactorOffer } from '../src/serve/api/shapes/project.ts'
import { appCode } from './app-code.ts'
import { enterAsHead, enterNewProject, openTestHouse, personWith, type Person, type TestHouse } from './house.ts'

let house: TestHouse
let api: Api
let head: Person
let anna: Person & { project: number }
let offer: SecondFactorOffer
let steps = 0
const password = 'correct horse'

beforeAll(async () => {
  // An app's codes change with the clock, so the tests move it on instead of waiting.
  vi.useFakeTimers({ toFake: ['Date'] })
  house = await openTestHouse()
  api = await createApi(house)
  head = await enterAsHead(house, api)
  anna = await enterNewProject(house, api, 'moderator')
  await anna.ask('/api/me', { method: 'PATCH', body: { password } })
  offer = await prepare(anna)
  await anna.ask('/api/me/second-factor', { method: 'PUT', body: { code: code() } })
})
afterAll(async () => {
  vi.useRealTimers()
  await house[Symbol.asyncDispose]()
})
// Five minutes: every code of the test before has run out, and no limit of a minute stands.
beforeEach(() => void vi.setSystemTime(Date.now() + 300_000))

test('turning it on ends every other session, and the password alone opens nothing', async () => {
  expect((await anna.ask('/api/me')).status).toBe(401)
  const half = await enterByPassword()
  expect(half.status).toBe(202)
  expect((await half.person.ask('/api/me')).status).toBe(401)
  expect((await half.person.ask(`/api/projects/${anna.project}`)).status).toBe(401)
  const whole = await finish(half.person, code())
  expect(whole.status).toBe(204)
  expect(((await (await whole.person.ask('/api/me')).json()) as Me).signsInWith).toEqual({
    password: true,
    secondFactor: true,
  })
})

test('a one-time link does not go round it, and still lets a forgotten password be set', async () => {
  const token = await makeSignInLink(house.postgres.db, await idOf(anna.project), {
    madeBy: null,
    expiresAt: new Date(Date.now() + 60_000),
  })
  const half = await enter('/api/sign-in/link', { token })
  expect(half.status).toBe(202)
  expect((await half.person.ask('/api/me')).status).toBe(401)
  const whole = await finish(half.person, code())
  expect(whole.status).toBe(204)
  expect((await whole.person.ask('/api/me', { method: 'PATCH', body: { password } })).status).toBe(200)
})

test('a code opens once, also when it is sent twice at once or from another half-way sign-in', async () => {
  const [one, two] = [await enterByPassword(), await enterByPassword()]
  const seen = code()
  const both = await Promise.all([finish(one.person, seen), finish(two.person, seen)])
  expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 422])
  const third = await enterByPassword()
  expect((await finish(third.person, seen)).status).toBe(422)
  vi.setSystemTime(Date.now() + 30_000)
  expect((await finish(third.person, seen)).status).toBe(422)
  expect((await finish(third.person, code())).status).toBe(204)
})

test('an old code and one of another secret are wrong', async () => {
  const half = await enterByPassword()
  const old = code()
  vi.setSystemTime(Date.now() + 120_000)
  expect((await finish(half.person, old)).status).toBe(401)
  expect((await finish(half.person, appCode('A'.repeat(32)))).status).toBe(401)
})

test('five wrong codes end the half-way sign-in, and the right one comes too late', async () => {
  const half = await enterByPassword()
  for (let i = 0; i < 5; i += 1) expect((await finish(half.person, wrong(i))).status).toBe(401)
  expect((await finish(half.person, code())).status).toBe(410)
  await forgiveAccount()
})

test('ten wrong codes in a row close the second factor for a quarter of an hour, from whatever address', async () => {
  for (let round = 0; round < 2; round += 1) {
    const half = await enterByPassword()
    for (let i = 0; i < 5; i += 1) await finish(half.person, wrong(round * 5 + i))
  }
  const half = await enterByPassword()
  const refused = await finish(half.person, code())
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '900'])
  vi.setSystemTime(Date.now() + 15 * 60_000 + 1000)
  const later = await enterByPassword()
  expect((await finish(later.person, code())).status).toBe(204)
})

test('one address tries ten codes a minute, whoever they are for', async () => {
  const from = { 'x-forwarded-for': '10.9.9.9' }
  const answers: number[] = []
  for (let i = 0; i < 12; i += 1) {
    if (i % 4 === 0) await forgiveAccount()
    const half = await enterByPassword()
    answers.push(
      (
        await half.person.ask('/api/sign-in/second-factor', {
          method: 'POST',
          body: { code: wrong(i) },
          headers: from,
        })
      ).status,
    )
  }
  expect(answers).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429])
  await forgiveAccount()
})

test('a half-way sign-in runs out, cannot be forged, and is not another one’s', async () => {
  const half = await enterByPassword()
  vi.setSystemTime(Date.now() + 10 * 60_000 + 1000)
  expect((await finish(half.person, code())).status).toBe(410)
  for (const cookie of ['', 'heed.two_factor=2fa-abc.def', 'heed.two_factor=2fa-', 'heed.session_token=x']) {
    expect((await finish(personWith(house, api, cookie), '123456')).status).toBe(410)
  }
  const { person } = await enterByPassword()
  const forged = personWith(house, api, `${person.cookie.slice(0, -6)}AAAAAA`)
  expect((await finish(forged, code())).status).toBe(410)
})

test('a recovery code opens once, however it is written', async () => {
  const [first = '', second = ''] = offer.recoveryCodes
  const typed = first.replace('-', ' ').toUpperCase()
  const one = await enterByPassword()
  expect((await finish(one.person, typed)).status).toBe(204)
  const again = await enterByPassword()
  expect((await finish(again.person, first)).status).toBe(401)
  const [left, right] = [await enterByPassword(), await enterByPassword()]
  const both = await Promise.all([finish(left.person, second), finish(right.person, second)])
  expect(both.filter(({ status }) => status === 204)).toHaveLength(1)
  expect(new Set(offer.recoveryCodes).size).toBe(10)
})

test('changing it needs the password, and new recovery codes put the old ones out of use', async () => {
  const { person } = await finish((await enterByPassword()).person, code())
  const ask = (method: string, path: string, body: object) =>
    person.ask(`/api/me/second-factor${path}`, { method, body })
  expect((await ask('POST', '', { password })).status).toBe(422)
  expect((await ask('POST', '/recovery-codes', { password: 'guess' })).status).toBe(422)
  expect((await ask('DELETE', '', { password: 'guess' })).status).toBe(422)
  const renewed = (await (await ask('POST', '/recovery-codes', { password })).json()) as SecondFactorOffer
  const { person: half } = await enterByPassword()
  expect((await finish(half, offer.recoveryCodes[5] ?? '')).status).toBe(401)
  expect((await finish(half, renewed.recoveryCodes[0] ?? '')).status).toBe(204)
})

test('the password is guessed here no faster than at the door', async () => {
  const { person } = await finish((await enterByPassword()).person, code())
  const guess = async () =>
    (
      await person.ask('/api/me/second-factor', {
        method: 'DELETE',
        body: { password: 'guess' },
        headers: { 'x-forwarded-for': '10.8.8.8' },
      })
    ).status
  for (let i = 0; i < 10; i += 1) expect(await guess()).toBe(422)
  expect(await guess()).toBe(429)
})

test('neither secret nor codes are readable in the database, and none reaches an answer or the audit', async () => {
  const { rows } = await sql<{ secret: string; backupCodes: string }>`select * from second_factor`.execute(
    house.postgres.db,
  )
  const uri = new URL(offer.uri)
  const kept = JSON.stringify(rows)
  for (const word of [uri.searchParams.get('secret') ?? '', ...offer.recoveryCodes]) expect(kept).not.toContain(word)
  const audit = await (await head.ask(`/api/projects/${anna.project}/audit`)).text()
  expect(audit).toContain('second-factor-on')
  for (const word of offer.recoveryCodes) expect(audit).not.toContain(word)
})

test('an unfinished set-up asks for nothing, and without a password there is none', async () => {
  const boris = await enterNewProject(house, api, 'moderator')
  const without = await boris.ask('/api/me/second-factor', { method: 'POST', body: { password: 'x' } })
  expect(await without.json()).toMatchObject({ status: 422, key: 'second-factor-needs-password' })
  await boris.ask('/api/me', { method: 'PATCH', body: { password } })
  await prepare(boris)
  const email = `moderator-${boris.project}@heed.test`
  expect((await enter('/api/sign-in/password', { email, password })).status).toBe(204)
})

test('a head takes it off for somebody who lost everything; nobody else does', async () => {
  const id = await idOf(anna.project)
  const at = (project: number) => `/api/projects/${project}/members/${id}/second-factor`
  const manager = await enterNewProject(house, api, 'manager')
  expect((await manager.ask(at(manager.project), { method: 'DELETE' })).status).toBe(404)
  expect((await manager.ask(at(anna.project), { method: 'DELETE' })).status).toBe(404)
  expect((await head.ask(at(manager.project), { method: 'DELETE' })).status).toBe(404)
  const { person } = await finish((await enterByPassword()).person, code())
  expect((await person.ask(at(anna.project), { method: 'DELETE' })).status).toBe(404)
  expect((await head.ask(at(anna.project), { method: 'DELETE' })).status).toBe(204)
  expect((await person.ask('/api/me')).status).toBe(401)
  expect((await enterByPassword()).status).toBe(204)
})

async function prepare(person: Person): Promise<SecondFactorOffer> {
  return (await (
    await person.ask('/api/me/second-factor', { method: 'POST', body: { password } })
  ).json()) as SecondFactorOffer
}

/** What the app shows now. */
function code(): string {
  return appCode(new URL(offer.uri).searchParams.get('secret') ?? '')
}

/** No two of them alike, and by a chance of one to a hundred thousand one of them right. */
function wrong(index: number): string {
  return String(100_000 + (Math.floor(Date.now() / 1000 + index * 7919) % 900_000))
}

function enterByPassword() {
  return enter('/api/sign-in/password', { email: `moderator-${anna.project}@heed.test`, password })
}

/** From an address of its own each time, so that the limits of addresses stay out of the way. */
async function enter(path: string, body: object): Promise<{ status: number; person: Person }> {
  const answer = await personWith(house, api, '').ask(path, { method: 'POST', body, headers: freshAddress() })
  return { status: answer.status, person: personWith(house, api, cookiesOf(answer)) }
}

async function finish(half: Person, code: string) {
  const answer = await half.ask('/api/sign-in/second-factor', {
    method: 'POST',
    body: { code },
    headers: freshAddress(),
  })
  return { status: answer.status, headers: answer.headers, person: personWith(house, api, cookiesOf(answer)) }
}

function freshAddress() {
  steps += 1
  return { 'x-forwarded-for': `10.7.${Math.floor(steps / 250)}.${steps % 250}` }
}

function cookiesOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .filter((cookie) => !/=;/.test(cookie))
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

async function idOf(project: number): Promise<string> {
  const { rows } = await sql<{
    memberId: string
  }>`select member_id from membership where project_id = ${project}`.execute(house.postgres.db)
  return rows[0]?.memberId ?? ''
}

async function forgiveAccount(): Promise<void> {
  await sql`update second_factor set failed_verification_count = 0, locked_until = null`.execute(house.postgres.db)
}
