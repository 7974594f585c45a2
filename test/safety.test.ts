import { sql } from 'kysely'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startProgress } from '../src/base/progress/progress.ts'
import { createSecrets } from '../src/base/secrets/secrets.ts'
import { makeSignInLink } from '../src/base/team/sign-in-link.ts'
import { createApi } from '../src/serve/api/api.ts'
import type { Api } from '../src/serve/api/door.ts'
import { listen } from '../src/serve/api/server.ts'
import { enterAsHead, enterNewProject, openTestHouse, personWith, type Person, type TestHouse } from './house.ts'
import { sampleOf, type Described } from './sample-body.ts'

let house: TestHouse
let api: Api
let head: Person
type InProject = Person & { project: number }
let mine: InProject
let theirs: InProject

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  head = await enterAsHead(house, api)
  mine = await enterNewProject(house, api, 'head', 'Mine')
  theirs = await enterNewProject(house, api, 'manager', 'Theirs')
})
afterAll(() => house[Symbol.asyncDispose]())

describe('another project is not there', () => {
  test('for every operation of the document, read or write, by cookie and by key', async () => {
    const { document, ids } = await describeTheirs()
    const key = await keyOf(mine)
    const operations = inProject(document)
    expect(operations.length).toBeGreaterThan(12)
    for (const { method, path, body } of operations) {
      const address = fill(path, theirs.project, ids)
      const asked = { method, ...(body === undefined ? {} : { body }) }
      for (const answer of [await mine.ask(address, asked), await byKey(key, address, asked)]) {
        expect([answer.status, `${method} ${path}`]).toEqual([404, `${method} ${path}`])
        expect(await answer.json()).toMatchObject({ key: 'not-found' })
      }
    }
    expect((await theirs.ask(`/api/projects/${theirs.project}`)).status).toBe(200)
  })

  test('for ids of its things under an address of ours', async () => {
    const { document, ids } = await describeTheirs()
    for (const { method, path, body } of inProject(document).filter((one) => one.path.includes('{id}'))) {
      const answer = await mine.ask(fill(path, mine.project, ids), { method, ...(body === undefined ? {} : { body }) })
      expect([answer.status, `${method} ${path}`]).toEqual([404, `${method} ${path}`])
    }
    const left = await describeTheirs.counts()
    expect(left).toMatchObject({ keys: expect.any(Number) })
    expect(left.members).toBeGreaterThan(0)
    expect(left.cancelled).toBe(0)
  })

  test('for every role below the one an operation needs', async () => {
    const client = await enterNewProject(house, api, 'client')
    const ours = `/api/projects/${client.project}`
    expect((await client.ask(ours)).status).toBe(200)
    const refused: [string, string, object?][] = [
      ['PATCH', '', { name: 'x' }],
      ['DELETE', ''],
      ['POST', '/members', { name: 'x', email: 'x@heed.test', role: 'client' }],
      ['GET', '/api-keys'],
      ['POST', '/api-keys', { name: 'x', role: 'client' }],
      ['GET', '/audit'],
    ]
    for (const [method, path, body] of refused) expect([(await client.ask(`${ours}${path}`, { method, body })).status, path]).toEqual([404, path])
    expect((await client.ask('/api/projects', { method: 'POST', body: { name: 'x', timeZone: 'UTC' } })).status).toBe(404)
  })
})

describe('nobody comes in', () => {
  test('without a session, with an expired, a made up or a foreign one', async () => {
    const { document } = await describeTheirs()
    const stranger = await foreignCookie()
    for (const { method, path } of allOperations(document).filter((one) => !open.has(one.path))) {
      const answer = await personWith(house, api, '').ask(fill(path, mine.project, {}), { method })
      expect([answer.status, `${method} ${path}`]).toEqual([401, `${method} ${path}`])
    }
    for (const cookie of [stranger, 'heed.session_token=abc', 'heed.session_token=abc.def', `${mine.cookie.slice(0, -4)}AAAA`]) {
      expect((await personWith(house, api, cookie).ask('/api/me')).status).toBe(401)
    }
    const late = await enterNewProject(house, api, 'client')
    await sql`update session set expires_at = now() - interval '1 second' where member_id in (select member_id from membership where project_id = ${late.project})`.execute(house.postgres.db)
    expect((await late.ask('/api/me')).status).toBe(401)
  })

  test('with a key that is made up, cut short, or sent in another form', async () => {
    for (const authorization of ['Bearer heed_x', `Bearer heed_${'a'.repeat(43)}`, 'Bearer', 'Basic aGVlZA==', `heed_${'a'.repeat(43)}`, `Bearer ${'heed_'.repeat(5000)}`]) {
      expect((await mine.ask('/api/me', { headers: { authorization } })).status).toBe(401)
    }
  })

  test('by a link that was used', async () => {
    const token = await makeSignInLink(house.postgres.db, (await meOf(mine)).id, { madeBy: null, expiresAt: new Date(Date.now() + 60_000) })
    const enter = (token: string) => personWith(house, api, '').ask('/api/sign-in/link', { method: 'POST', body: { token }, headers: from('10.1.0.1') })
    expect((await enter(token)).status).toBe(204)
    expect((await enter(token)).status).toBe(410)
    expect((await enter('x')).status).toBe(410)
  })

  test('by guessing: the eleventh wrong try in a minute is refused, other addresses are not', async () => {
    await head.ask('/api/me', { method: 'PATCH', body: { password: 'correct horse', email: 'head@heed.test' } })
    const enter = async (password: string, address: string) => {
      const answer = await personWith(house, api, '').ask('/api/sign-in/password', { method: 'POST', body: { email: 'head@heed.test', password }, headers: from(address) })
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
      const answer = await personWith(house, api, '').ask('/api/sign-in/password', { method: 'POST', body: { email, password: 'wrong horse' }, headers: from('10.3.0.1') })
      return [answer.status, await answer.text()]
    }
    expect(await enter('head@heed.test')).toEqual(await enter('nobody@heed.test'))
    expect((await enter(`' or 1=1 --`))[0]).toBe(401)
  })
})

test('a page of another site changes nothing, though the cookie comes along', async () => {
  const rename = (headers: { [name: string]: string }) => mine.ask(`/api/projects/${mine.project}`, { method: 'PATCH', body: { name: 'Mine' }, headers })
  for (const origin of ['https://evil.test', 'null', 'http://heed.test.evil.test', 'http://heed.test:81', 'nonsense']) expect([(await rename({ origin })).status, origin]).toEqual([403, origin])
  expect((await api.request('/api/sign-out', { method: 'POST', headers: { cookie: mine.cookie, 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
  expect((await rename({ origin: 'http://heed.test' })).status).toBe(200)
  const form = await api.request('/api/projects', { method: 'POST', headers: { cookie: head.cookie, 'content-type': 'text/plain' }, body: '{"name":"x","timeZone":"UTC"}' })
  expect(form.status).toBe(415)
})

describe('hostile input stays text', () => {
  test('in addresses', async () => {
    for (const project of ['1 or 1=1', '1;drop table project', `${mine.project}' --`, '-1', '0x1', '1e0', '99999999999', 'NaN', '..', '%2e%2e', `${mine.project}%0d%0aset-cookie:%20a=b`]) {
      const answer = await mine.ask(`/api/projects/${encodeURIComponent(project)}/members`)
      expect([[404], project]).toEqual([[answer.status], project])
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    for (const id of [`' or ''='`, '1; drop table progress', '../../me', '%00']) {
      expect([400, 404]).toContain((await mine.ask(`/api/projects/${mine.project}/progress/${encodeURIComponent(id)}`)).status)
    }
    for (const cursor of ['1 or true', '-1', '1e400', '%00', '{"a":1}']) {
      expect([400, 422]).toContain((await mine.ask(`/api/projects/${mine.project}/audit?cursor=${encodeURIComponent(cursor)}`)).status)
    }
  })

  test('in bodies', async () => {
    for (const name of [`'); drop table project; --`, '<script>alert(1)</script>', '${7*7} {{7*7}}', '👩‍👩‍👧 Ünï', 'x\r\nset-cookie: a=b']) {
      const answer = await mine.ask(`/api/projects/${mine.project}`, { method: 'PATCH', body: { name } })
      expect(answer.status).toBe(200)
      expect(((await answer.json()) as { name: string }).name).toBe(name)
    }
    const send = (body: string, type = 'application/json') =>
      api.request(`/api/projects/${mine.project}`, { method: 'PATCH', headers: { cookie: mine.cookie, 'content-type': type }, body })
    expect((await send('{"name":"a\\u0000b"}')).status).toBe(400)
    expect((await send('{"name":"\\ud83d"}')).status).toBe(400)
    expect((await send('{"name":"\\ud83d\\ude00 \\\\ud83d"}')).status).toBe(200)
    expect((await send('{"name":')).status).toBe(400)
    expect((await send('[]')).status).toBe(422)
    expect((await send('{"name":{"toString":"x"}}')).status).toBe(422)
    expect((await send('{"__proto__":{"isHead":true},"constructor":{"prototype":{"isHead":true}},"name":"y"}')).status).toBe(200)
    expect('isHead' in {}).toBe(false)
    expect((await mine.ask('/api/me', { method: 'PATCH', body: { isHead: true, role: 'head', id: 'x' } })).status).toBe(200)
    expect((await meOf(mine)).isHead).toBe(false)
  })

  test('too large, too deep and endless bodies are turned away', async () => {
    const send = (body: string | ReadableStream, headers: { [name: string]: string } = {}) =>
      api.request(`/api/projects/${mine.project}`, { method: 'PATCH', headers: { cookie: mine.cookie, 'content-type': 'application/json', ...headers }, body, duplex: 'half' } as RequestInit)
    const huge = `{"name":"${'x'.repeat(house.config.limits.requestBytes)}"}`
    expect((await send(huge, { 'content-length': String(huge.length) })).status).toBe(413)
    expect((await send(new Blob([huge]).stream())).status).toBe(413)
    expect((await send('['.repeat(100_000) + ']'.repeat(100_000))).status).toBe(400)
    expect((await send(`{"name":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`)).status).toBe(400)
    expect((await send(`{"name":"${'[{'.repeat(50)}"}`)).status).toBe(200)
  })

  test('a broken or smuggled request on the wire gets no answer of ours', async () => {
    const server = await listen(api, { host: '127.0.0.1', port: 0 }, 200)
    const raw = (text: string) =>
      new Promise<string>((resolve) => {
        let got = ''
        const socket = connect(server.port, '127.0.0.1', () => socket.write(text))
        socket.on('data', (data) => (got += data)).on('close', () => resolve(got)).on('error', () => resolve(got))
        setTimeout(() => socket.destroy(), 1_000).unref()
      })
    expect(await raw('GET /api/health HTTP/1.1\r\nHost: a\r\nX: a\nb\0c\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
    expect(await raw('POST /api/sign-out HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
    expect(await raw('GET http://evil.test/api/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 401/)
    expect(await raw('GET /../../../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).not.toContain('root:')
    await server.close()
  })
})

describe('answers protect the browser', () => {
  test('data and pages carry their policy', async () => {
    for (const path of ['/api/health', '/api/me', '/api/nothing', '/api', '/', '/projects/1/inbox']) {
      const { headers } = await mine.ask(path)
      expect(headers.get('content-security-policy'), path).toMatch(/frame-ancestors 'none'/)
      expect(headers.get('content-security-policy'), path).not.toMatch(/unsafe|\*|http:/)
      expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual(['nosniff', 'same-origin'])
    }
  })

  test('what is private is not kept by caches', async () => {
    for (const path of ['/api/me', `/api/projects/${mine.project}/members`, '/api/projects/999']) expect((await mine.ask(path)).headers.get('cache-control'), path).toBe('no-store')
  })

  test('an error of ours tells nothing but its number', async () => {
    const broken = await createApi({ ...house, now: () => { throw new Error('secret inside') } })
    const answer = await broken.request('/api/me', { headers: { cookie: mine.cookie } })
    const text = await answer.text()
    expect([answer.status, JSON.parse(text)]).toEqual([500, expect.objectContaining({ key: 'our-mistake', id: expect.stringMatching(/^[0-9a-f-]{36}$/) })])
    expect(text).not.toContain('secret inside')
  })
})

const open = new Set(['/api/health', '/api/sign-in/link', '/api/sign-in/password'])

type Operation = { method: string; path: string; body: unknown }

function allOperations(document: Described): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema
      return { method: method.toUpperCase(), path, body: schema && sampleOf(schema, document) }
    }),
  )
}

function inProject(document: Described): Operation[] {
  return allOperations(document).filter(({ path }) => path.includes('{project}'))
}

/** Ids of real things in their project, by the part of the path in front of `{id}`. */
async function describeTheirs(): Promise<{ document: Described; ids: { [part: string]: string } }> {
  const at = `/api/projects/${theirs.project}`
  const document = (await (await api.request('/api/openapi.json')).json()) as Described
  const list = async (part: string) => ((await (await theirs.ask(`${at}/${part}`)).json()) as { items: { id: string }[] }).items[0]?.id ?? ''
  await theirs.ask(`${at}/api-keys`, { method: 'POST', body: { name: 'theirs', role: 'client' } })
  const { id } = await startProgress(house.postgres.db, theirs.project, { kind: 'import', title: 'theirs' })
  return { document, ids: { members: await list('members'), 'api-keys': String(await list('api-keys')), progress: id } }
}

describeTheirs.counts = async () => {
  const { rows } = await sql<{ keys: number; members: number; cancelled: number }>`
    select (select count(*) from api_key where project_id = ${theirs.project}) as keys,
      (select count(*) from membership where project_id = ${theirs.project}) as members,
      (select count(*) from progress where project_id = ${theirs.project} and cancel_asked) as cancelled`.execute(house.postgres.db)
  return rows[0]!
}

function fill(path: string, project: number, ids: { [part: string]: string }): string {
  return path.replace('{project}', String(project)).replace(/([\w-]+)\/\{id\}/, (_, part: string) => `${part}/${encodeURIComponent(ids[part] ?? '1')}`)
}

async function keyOf(person: InProject): Promise<string> {
  const made = await person.ask(`/api/projects/${person.project}/api-keys`, { method: 'POST', body: { name: 'all', role: 'head' } })
  return ((await made.json()) as { secret: string }).secret
}

function byKey(key: string, path: string, asked: { method: string; body?: unknown }): Promise<Response> {
  return personWith(house, api, '').ask(path, { ...asked, headers: { authorization: `Bearer ${key}` } })
}

async function meOf(person: Person): Promise<{ id: string; isHead: boolean }> {
  return ((await (await person.ask('/api/me')).json()) as { member: { id: string; isHead: boolean } }).member
}

/** A cookie whose session exists, signed by another installation. */
async function foreignCookie(): Promise<string> {
  const { db } = house.postgres
  const { rows } = await sql<{ sealed: string }>`select sealed from cookie_secret`.execute(db)
  await sql`delete from cookie_secret`.execute(db)
  const other = await createApi({ ...house, secrets: createSecrets(new Uint8Array(32).fill(99)) })
  const token = await makeSignInLink(db, (await meOf(mine)).id, { madeBy: null, expiresAt: new Date(Date.now() + 60_000) })
  const answer = await personWith(house, other, '').ask('/api/sign-in/link', { method: 'POST', body: { token }, headers: from('10.4.0.1') })
  await sql`update cookie_secret set sealed = ${rows[0]?.sealed}`.execute(db)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

function from(address: string) {
  return { 'x-forwarded-for': address }
}
