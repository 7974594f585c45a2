import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSecrets } from '../src/base/secrets/secrets.ts'
import { makeSignInLink } from '../src/base/team/sign-in-link.ts'
import { createApi } from '../src/serve/api/api.ts'
import type { Api } from '../src/serve/api/door.ts'
import { enterAsHead, enterNewProject, openTestHouse, personWith, type Person, type TestHouse } from './house.ts'
import { allOperations } from './operations.ts'
import type { Described } from './sample-body.ts'

let house: TestHouse
let api: Api
let head: Person
type InProject = Person & { project: number }
let mine: InProject

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  head = await enterAsHead(house, api)
  mine = await enterNewProject(house, api, 'head', 'Mine')
})
afterAll(() => house[Symbol.asyncDispose]())

describe('nobody comes in', () => {
  test('without a session, with an expired, a made up or a foreign one', async () => {
    const document = (await (await api.request('/api/openapi.json')).json()) as Described
    const stranger = await foreignCookie()
    for (const { method, path } of allOperations(document).filter((one) => !open.has(one.path))) {
      const answer = await personWith(house, api, '').ask(
        path.replace('{project}', String(mine.project)).replace('{id}', '1'),
        { method },
      )
      expect([answer.status, `${method} ${path}`]).toEqual([401, `${method} ${path}`])
    }
    for (const cookie of [
      stranger,
      'heed.session_token=abc',
      'heed.session_token=abc.def',
      `${mine.cookie.slice(0, -4)}AAAA`,
    ]) {
      expect((await personWith(house, api, cookie).ask('/api/me')).status).toBe(401)
    }
    const late = await enterNewProject(house, api, 'client')
    await sql`update session set expires_at = now() - interval '1 second' where member_id in (select member_id from membership where project_id = ${late.project})`.execute(
      house.postgres.db,
    )
    expect((await late.ask('/api/me')).status).toBe(401)
  })

  test('with a key that is made up, cut short, or sent in another form', async () => {
    for (const authorization of [
      'Bearer heed_x',
      `Bearer heed_${'a'.repeat(43)}`,
      'Bearer',
      'Basic aGVlZA==',
      `heed_${'a'.repeat(43)}`,
      `Bearer ${'heed_'.repeat(5000)}`,
    ]) {
      expect((await mine.ask('/api/me', { headers: { authorization } })).status).toBe(401)
    }
  })

  test('by a link that was used', async () => {
    const token = await makeSignInLink(house.postgres.db, (await meOf(mine)).id, {
      madeBy: null,
      expiresAt: new Date(Date.now() + 60_000),
    })
    const enter = (token: string) =>
      personWith(house, api, '').ask('/api/sign-in/link', {
        method: 'POST',
        body: { token },
        headers: from('10.1.0.1'),
      })
    expect((await enter(token)).status).toBe(204)
    expect((await enter(token)).status).toBe(410)
    expect((await enter('x')).status).toBe(410)
  })

  test('by guessing: the eleventh wrong try in a minute is refused, other addresses are not', async () => {
    await head.ask('/api/me', {
      method: 'PATCH',
      body: { password: 'correct horse', email: 'head@heed.test' },
    })
    const enter = async (password: string, address: string) => {
      const answer = await personWith(house, api, '').ask('/api/sign-in/password', {
        method: 'POST',
        body: { email: 'head@heed.test', password },
        headers: from(address),
      })
      return answer.status
    }
    for (let i = 0; i < 10; i += 1) expect(await enter(`guess number ${i}`, '10.2.0.1')).toBe(401)
    expect(await enter('guess number 10', '10.2.0.1')).toBe(429)
    expect(await enter('correct horse', '10.2.0.1')).toBe(429)
    expect(await enter('guess', '6.6.6.6, 10.2.0.1')).toBe(429)
    expect(await enter('correct horse', '10.2.0.2')).toBe(204)
  })

  test('and a wrong email is answered like a wrong password', async () => {
    const enter = async (email: string) => {
      const answer = await personWith(house, api, '').ask('/api/sign-in/password', {
        method: 'POST',
        body: { email, password: 'wrong horse' },
        headers: from('10.3.0.1'),
      })
      return [answer.status, await answer.text()]
    }
    expect(await enter('head@heed.test')).toEqual(await enter('nobody@heed.test'))
    expect((await enter(`' or 1=1 --`))[0]).toBe(401)
  })
})

test('a page of another site changes nothing, though the cookie comes along', async () => {
  const rename = (headers: { [name: string]: string }) =>
    mine.ask(`/api/projects/${mine.project}`, { method: 'PATCH', body: { name: 'Mine' }, headers })
  for (const origin of ['https://evil.test', 'null', 'http://heed.test.evil.test', 'http://heed.test:81', 'nonsense'])
    expect([(await rename({ origin })).status, origin]).toEqual([403, origin])
  expect(
    (
      await api.request('/api/sign-out', {
        method: 'POST',
        headers: { cookie: mine.cookie, 'sec-fetch-site': 'cross-site' },
      })
    ).status,
  ).toBe(403)
  expect((await rename({ origin: 'http://heed.test' })).status).toBe(200)
  const form = await api.request('/api/projects', {
    method: 'POST',
    headers: { cookie: head.cookie, 'content-type': 'text/plain' },
    body: '{"name":"x","timeZone":"UTC"}',
  })
  expect(form.status).toBe(415)
})

// Experts, customers and clients who approve have no account; what they send is signed by us.
const signed = [
  ...['expert-question', 'expert-answer', 'outcome-question', 'outcome-answer'],
  ...['reply-approval', 'reply-settlement'],
].map((door) => `/api/public/${door}`)
const open = new Set([
  '/api/health',
  '/api/sign-in/link',
  '/api/sign-in/password',
  '/api/sign-in/second-factor',
  ...signed,
])

async function meOf(person: Person): Promise<{ id: string; isHead: boolean }> {
  return ((await (await person.ask('/api/me')).json()) as { member: { id: string; isHead: boolean } }).member
}

/** A cookie whose session exists, signed by another installation. */
async function foreignCookie(): Promise<string> {
  const { db } = house.postgres
  const { rows } = await sql<{ sealed: string }>`select sealed from cookie_secret`.execute(db)
  await sql`delete from cookie_secret`.execute(db)
  const other = await createApi({ ...house, secrets: createSecrets(new Uint8Array(32).fill(99)) })
  const token = await makeSignInLink(db, (await meOf(mine)).id, {
    madeBy: null,
    expiresAt: new Date(Date.now() + 60_000),
  })
  const answer = await personWith(house, other, '').ask('/api/sign-in/link', {
    method: 'POST',
    body: { token },
    headers: from('10.4.0.1'),
  })
  await sql`update cookie_secret set sealed = ${rows[0]?.sealed}`.execute(db)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

function from(address: string) {
  return { 'x-forwarded-for': address }
}
