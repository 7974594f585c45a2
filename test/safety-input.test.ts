import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApi } from '../src/serve/api/api.ts'
import type { Api } from '../src/serve/api/door.ts'
import { listen } from '../src/serve/api/server.ts'
import { enterNewProject, openTestHouse, type Person, type TestHouse } from './house.ts'

let house: TestHouse
let api: Api
type InProject = Person & { project: number }
let mine: InProject

beforeAll(async () => {
  house = await openTestHouse()
  api = await createApi(house)
  mine = await enterNewProject(house, api, 'head', 'Mine')
})
afterAll(() => house[Symbol.asyncDispose]())

describe('hostile input stays text', () => {
  test('in addresses', async () => {
    for (const project of [
      '1 or 1=1',
      '1;drop table project',
      `${mine.project}' --`,
      '-1',
      '0x1',
      '1e0',
      '99999999999',
      'NaN',
      '..',
      '%2e%2e',
      `${mine.project}%0d%0aset-cookie:%20a=b`,
    ]) {
      const answer = await mine.ask(`/api/projects/${encodeURIComponent(project)}/members`)
      expect([[404], project]).toEqual([[answer.status], project])
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
    for (const id of [`' or ''='`, '1; drop table progress', '../../me', '%00']) {
      expect([400, 404]).toContain(
        (await mine.ask(`/api/projects/${mine.project}/progress/${encodeURIComponent(id)}`)).status,
      )
    }
    for (const cursor of ['1 or true', '-1', '1e400', '%00', '{"a":1}']) {
      expect([400, 422]).toContain(
        (await mine.ask(`/api/projects/${mine.project}/audit?cursor=${encodeURIComponent(cursor)}`)).status,
      )
    }
  })

  test('in bodies', async () => {
    for (const name of [
      `'); drop table project; --`,
      '<script>alert(1)</script>',
      '{{7*7}} #{7*7}',
      '👩‍👩‍👧 Ünï',
      'x\r\nset-cookie: a=b',
    ]) {
      const answer = await mine.ask(`/api/projects/${mine.project}`, { method: 'PATCH', body: { name } })
      expect(answer.status).toBe(200)
      expect(((await answer.json()) as { name: string }).name).toBe(name)
    }
    const send = (body: string, type = 'application/json') =>
      api.request(`/api/projects/${mine.project}`, {
        method: 'PATCH',
        headers: { cookie: mine.cookie, 'content-type': type },
        body,
      })
    expect((await send('{"name":"a\\u0000b"}')).status).toBe(400)
    expect((await send('{"name":"\\ud83d"}')).status).toBe(400)
    expect((await send('{"name":"\\ud83d\\ude00 \\\\ud83d"}')).status).toBe(200)
    expect((await send('{"name":')).status).toBe(400)
    expect((await send('[]')).status).toBe(422)
    expect((await send('{"name":{"toString":"x"}}')).status).toBe(422)
    expect(
      (await send('{"__proto__":{"isHead":true},"constructor":{"prototype":{"isHead":true}},"name":"y"}')).status,
    ).toBe(200)
    expect('isHead' in {}).toBe(false)
    expect((await mine.ask('/api/me', { method: 'PATCH', body: { isHead: true, role: 'head', id: 'x' } })).status).toBe(
      200,
    )
    expect((await meOf(mine)).isHead).toBe(false)
  })

  test('too large, too deep and endless bodies are turned away', async () => {
    const send = (body: string | ReadableStream, headers: { [name: string]: string } = {}) =>
      api.request(`/api/projects/${mine.project}`, {
        method: 'PATCH',
        headers: { cookie: mine.cookie, 'content-type': 'application/json', ...headers },
        body,
        duplex: 'half',
      } as RequestInit)
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
        socket
          .on('data', (data) => (got += data))
          .on('close', () => resolve(got))
          .on('error', () => resolve(got))
        setTimeout(() => socket.destroy(), 1_000).unref()
      })
    expect(await raw('GET /api/health HTTP/1.1\r\nHost: a\r\nX: a\nb\0c\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
    expect(
      await raw(
        'POST /api/sign-out HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      ),
    ).toMatch(/^HTTP\/1\.1 400/)
    expect(await raw('GET http://evil.test/api/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 401/,
    )
    expect(await raw('GET /../../../../etc/passwd HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).not.toContain(
      'root:',
    )
    await server.close()
  })
})

describe('answers protect the browser', () => {
  test('data and pages carry their policy', async () => {
    for (const path of ['/api/health', '/api/me', '/api/nothing', '/api', '/', '/projects/1/inbox']) {
      const { headers } = await mine.ask(path)
      expect(headers.get('content-security-policy'), path).toMatch(/frame-ancestors 'none'/)
      expect(headers.get('content-security-policy'), path).not.toMatch(/unsafe|\*|http:/)
      expect([headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual([
        'nosniff',
        'same-origin',
      ])
    }
  })

  test('what is private is not kept by caches', async () => {
    for (const path of ['/api/me', `/api/projects/${mine.project}/members`, '/api/projects/999'])
      expect((await mine.ask(path)).headers.get('cache-control'), path).toBe('no-store')
  })

  test('an error of ours tells nothing but its number', async () => {
    const broken = await createApi({
      ...house,
      now: () => {
        throw new Error('secret inside')
      },
    })
    const answer = await broken.request('/api/me', { headers: { cookie: mine.cookie } })
    const text = await answer.text()
    expect([answer.status, JSON.parse(text)]).toEqual([
      500,
      expect.objectContaining({ key: 'our-mistake', id: expect.stringMatching(/^[0-9a-f-]{36}$/) }),
    ])
    expect(text).not.toContain('secret inside')
  })
})

async function meOf(person: Person): Promise<{ id: string; isHead: boolean }> {
  return ((await (await person.ask('/api/me')).json()) as { member: { id: string; isHead: boolean } }).member
}
