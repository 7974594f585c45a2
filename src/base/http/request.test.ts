import { createServer as createTcpServer } from 'node:net'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { createRequest, type CreateRequestOptions } from './request.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void, host = '127.0.0.1') {
  const server = createServer(handle)
  await new Promise<void>((done) => server.listen(0, host, done))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { port, url: `http://${host.includes(':') ? `[${host}]` : host}:${port}` }
}

function asking(options: Partial<CreateRequestOptions> = {}) {
  const request = createRequest({ allowPrivate: true, ...options })
  closers.push(() => request.close())
  return request
}

const text = (body: Uint8Array): string => new TextDecoder().decode(body)

test('reading uses a connection again; what changes something goes by one of its own', async () => {
  const from: { method: string | undefined; port: number | undefined }[] = []
  const { port } = await serve((asked, response) => {
    from.push({ method: asked.method, port: asked.socket.remotePort })
    response.end('ok')
  })
  const request = asking({ allowPrivate: true })
  for (const method of ['GET', 'POST', 'GET', 'POST', 'DELETE'] as const)
    expect(await request(`http://127.0.0.1:${port}/`, { method })).toMatchObject({ kind: 'ok' })
  const ports = (reads: boolean) =>
    new Set(from.filter((one) => (one.method === 'GET') === reads).map((one) => one.port))
  expect(ports(true).size).toBe(1)
  expect(ports(false).size).toBe(3)
  expect([...ports(false)].some((one) => ports(true).has(one))).toBe(false)
})

describe('where we go', () => {
  test('a name that resolves to this machine is refused and nothing arrives there', async () => {
    let asked = 0
    const { port } = await serve((_, response) => {
      asked += 1
      response.end()
    })
    const request = asking({ allowPrivate: false })
    for (const host of ['localhost', 'LOCALHOST'])
      expect(await request(`http://${host}:${port}/`)).toMatchObject({ kind: 'refused', reason: 'address' })
    // Some resolvers do not know the name with its dot.
    expect(['refused', 'unreachable']).toContain((await request(`http://localhost.:${port}/`)).kind)
    expect(asked).toBe(0)
  })

  test('this machine is refused in every spelling of its address', async () => {
    const { port } = await serve((_, response) => response.end())
    const request = asking({ allowPrivate: false })
    const spellings = [
      '127.0.0.1',
      '127.1',
      '2130706433',
      '0x7f000001',
      '0x7f.1',
      '017700000001',
      '0177.0.0.1',
      '0',
      '0.0.0.0',
      '127.0.0.1.',
      '１２７.0.0.1',
      '127.0.0.1%2e',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[0:0:0:0:0:ffff:7f00:0001]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
      '[2002:7f00:1::]',
    ]
    for (const host of spellings)
      expect(await request(`http://${host}:${port}/`), host).toMatchObject({ kind: 'refused' })
  })

  test('a name cannot resolve to one address for the check and to another for the connection', async () => {
    let asked = 0
    const { port } = await serve((_, response) => {
      asked += 1
      response.end('inside')
    })
    let lookups = 0
    const request = asking({
      allowPrivate: false,
      // The first answer is public and never answers (TEST-NET would be refused), every later one is this machine.
      resolve: (_host, _options, done) =>
        done(null, [{ address: lookups++ === 0 ? '2606:2800:220:1::1' : '127.0.0.1', family: lookups === 1 ? 6 : 4 }]),
    })
    await request(`http://rebind.example:${port}/`, { timeoutMs: 500 })
    expect(await request(`http://rebind.example:${port}/`, { timeoutMs: 2000 })).toMatchObject({
      kind: 'refused',
      reason: 'address',
    })
    expect(asked).toBe(0)
  })

  test('of several addresses of a name only the allowed ones are tried', async () => {
    const { port } = await serve((_, response) => response.end('the allowed one'), '127.0.0.2')
    const request = asking({
      allowPrivate: ['127.0.0.2/32'],
      resolve: (_host, _options, done) =>
        done(
          null,
          ['10.0.0.1', '127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 })),
        ),
    })
    const answer = await request(`http://mixed.example:${port}/`)
    expect(answer.kind === 'ok' && text(answer.body)).toBe('the allowed one')
  })

  test('a redirect is judged like the first address', async () => {
    let asked = 0
    const inside = await serve((_, response) => {
      asked += 1
      response.end('secret')
    })
    const outside = await serve((request, response) => {
      const to: { [path: string]: string } = {
        '/ip': inside.url,
        '/name': `http://localhost:${inside.port}/`,
        '/file': 'file:///etc/passwd',
        '/data': 'data:text/plain,x',
        '/gopher': 'gopher://127.0.0.1/',
      }
      response.writeHead(302, { location: to[request.url ?? ''] ?? '/' }).end()
    }, '127.0.0.2')
    const request = asking({ allowPrivate: ['127.0.0.2'] })
    expect(await request(`${outside.url}/ip`)).toMatchObject({ kind: 'refused', reason: 'address', requests: 1 })
    expect(await request(`${outside.url}/name`)).toMatchObject({ kind: 'refused', reason: 'address' })
    for (const path of ['/file', '/data', '/gopher'])
      expect(await request(outside.url + path)).toMatchObject({ kind: 'refused', reason: 'scheme' })
    expect(asked).toBe(0)
  })

  test('what is not http or not an address at all is refused', async () => {
    const request = asking()
    for (const url of ['file:///etc/passwd', 'ftp://example.org/', 'javascript:alert(1)', 'unix:/run/docker.sock'])
      expect(await request(url)).toMatchObject({ kind: 'refused', reason: 'scheme' })
    for (const url of ['', 'example.org', 'http://', 'http://[::1', 'http://exa mple.org/', 'http://[fe80::1%25lo]/'])
      expect(await request(url), url).toMatchObject({ kind: 'refused', reason: 'not-a-url' })
  })

  test('a host that does not exist and a port where nobody listens are unreachable', async () => {
    const { port } = await serve((_, response) => response.end())
    const request = asking({
      resolve: (_host, _options, done) => done(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }), []),
    })
    expect(await request('http://nowhere.example/')).toMatchObject({ kind: 'unreachable', reason: 'ENOTFOUND' })
    await closers.shift()?.()
    expect(await asking()(`http://127.0.0.1:${port}/`)).toMatchObject({ kind: 'unreachable', reason: 'ECONNREFUSED' })
  })
})

describe('how much we take', () => {
  const plain = Buffer.from('Филин '.repeat(1000))
  test.each([
    ['gzip', gzipSync(plain)],
    ['x-gzip', gzipSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['zstd', zstdCompressSync(plain)],
    ['gzip, br', brotliCompressSync(gzipSync(plain))],
    ['', plain],
    ['identity', plain],
  ])('a body in %j arrives as it was written', async (encoding, body) => {
    const { url } = await serve((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(body))
    const answer = await asking()(url)
    expect(answer.kind === 'ok' && Buffer.from(answer.body).equals(plain)).toBe(true)
  })

  const zeros = Buffer.alloc(200 * 1024 * 1024)
  test.each([
    ['gzip', gzipSync(zeros)],
    ['br', brotliCompressSync(zeros)],
    ['deflate', deflateSync(zeros)],
    ['gzip, gzip', gzipSync(gzipSync(zeros))],
  ])('a %s bomb is dropped at the limit', async (encoding, bomb) => {
    const { url } = await serve((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bomb))
    const before = process.memoryUsage().rss
    expect(await asking()(url, { maxBytes: 1_000_000 })).toMatchObject({ kind: 'too-large', maxBytes: 1_000_000 })
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })

  test('a body exactly at the limit is whole, one byte more is too large', async () => {
    const { url } = await serve((request, response) => response.end('x'.repeat(request.url === '/more' ? 1001 : 1000)))
    expect(await asking()(url, { maxBytes: 1000 })).toMatchObject({ kind: 'ok' })
    expect(await asking()(`${url}/more`, { maxBytes: 1000 })).toMatchObject({ kind: 'too-large' })
  })

  test('a body without an end is dropped at the limit', async () => {
    const { url } = await serve((_, response) => {
      const more = (): void => void (response.destroyed || (response.write('x'.repeat(65_536)), setImmediate(more)))
      more()
    })
    expect(await asking()(url, { maxBytes: 1_000_000 })).toMatchObject({ kind: 'too-large' })
  })

  test('damaged, cut and unknown compression is broken, not an exception', async () => {
    const { url } = await serve((request, response) => {
      const packed = gzipSync(plain)
      if (request.url === '/cut') response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed.subarray(0, 60))
      else if (request.url === '/lie') response.writeHead(200, { 'content-encoding': 'br' }).end(plain)
      else if (request.url === '/many') response.writeHead(200, { 'content-encoding': 'gzip,gzip,gzip' }).end(packed)
      else response.writeHead(200, { 'content-encoding': 'compress' }).end(packed)
    })
    for (const path of ['/cut', '/lie', '/many', '/compress'])
      expect(await asking()(url + path), path).toMatchObject({ kind: 'broken' })
  })

  test('a page without a body may still name its compression', async () => {
    const { url } = await serve((request, response) =>
      response.writeHead(request.method === 'HEAD' ? 200 : 304, { 'content-encoding': 'gzip', etag: '"a"' }).end(),
    )
    expect(await asking()(url)).toMatchObject({ kind: 'ok', status: 304, headers: { etag: '"a"' } })
    expect(await asking()(url, { method: 'HEAD' })).toMatchObject({ kind: 'ok', status: 200 })
  })
})

describe('how long we wait', () => {
  test('a server that says nothing, drips its header or drips its body is given up in time', async () => {
    const { url } = await serve((request, response) => {
      if (request.url === '/silent') return
      response.writeHead(200)
      const drip = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(drip))
    })
    const slow = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.write('HTTP/1.1 200 OK\r\n')
      const drip = setInterval(() => socket.write('x-a: b\r\n'), 50)
      socket.on('close', () => clearInterval(drip))
    })
    await new Promise<void>((done) => slow.listen(0, '127.0.0.1', done))
    closers.push(() => slow.close())
    const address = slow.address()
    const request = asking()
    for (const target of [
      `${url}/silent`,
      `${url}/drip`,
      `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`,
    ]) {
      const started = Date.now()
      expect(await request(target, { timeoutMs: 400 }), target).toMatchObject({ kind: 'timed-out', timeoutMs: 400 })
      expect(Date.now() - started).toBeLessThan(2000)
    }
  })

  test('redirects share one time', async () => {
    const { url } = await serve(
      (_, response) => void setTimeout(() => response.writeHead(302, { location: '/again' }).end(), 150),
    )
    expect(await asking()(url, { timeoutMs: 400, maxRedirects: 50 })).toMatchObject({ kind: 'timed-out' })
  })

  test('the caller may stop it', async () => {
    const { url } = await serve(() => undefined)
    const stop = new AbortController()
    setTimeout(() => stop.abort(), 50)
    expect(await asking()(url, { signal: stop.signal })).toMatchObject({ kind: 'aborted' })
    expect(await asking()(url, { signal: AbortSignal.abort() })).toMatchObject({ kind: 'aborted' })
  })
})

describe('redirects', () => {
  test('only an unbroken chain of permanent moves from the start is reported', async () => {
    const { url } = await serve((request, response) => {
      const route: { [path: string]: [number, string] } = {
        '/a': [301, '/b'],
        '/b': [308, '/end'],
        '/c': [301, '/d'],
        '/d': [302, '/b'],
        '/e': [302, '/b'],
      }
      const [status, location] = route[request.url ?? ''] ?? [200, '']
      response.writeHead(status, location ? { location } : {}).end('here')
    })
    expect(await asking()(`${url}/a`)).toMatchObject({
      kind: 'ok',
      url: `${url}/end`,
      movedTo: `${url}/end`,
      requests: 3,
    })
    expect(await asking()(`${url}/c`)).toMatchObject({ kind: 'ok', url: `${url}/end`, movedTo: `${url}/d` })
    expect(await asking()(`${url}/e`)).toMatchObject({ kind: 'ok', url: `${url}/end`, movedTo: null })
    expect(await asking()(`${url}/end`)).toMatchObject({ kind: 'ok', movedTo: null, requests: 1 })
    expect(await asking()(`${url}/a`, { followRedirects: false })).toMatchObject({
      kind: 'ok',
      status: 301,
      headers: { location: '/b' },
    })
  })

  test('a circle ends', async () => {
    const { url } = await serve((_, response) => response.writeHead(301, { location: '/' }).end('x'.repeat(1_000_000)))
    expect(await asking()(url, { maxRedirects: 3 })).toMatchObject({
      kind: 'refused',
      reason: 'too-many-redirects',
      requests: 4,
    })
  })

  test('secrets stay with the server they were meant for, and a posted form is not posted on', async () => {
    const seen: { host: string; authorization: string | undefined; method: string | undefined; body: string }[] = []
    const note = (host: string) => (request: IncomingMessage, response: ServerResponse, answer: () => void) => {
      let body = ''
      request
        .on('data', (part) => (body += String(part)))
        .on('end', () => {
          seen.push({ host, authorization: request.headers.authorization, method: request.method, body })
          answer()
        })
    }
    const other = await serve((request, response) => note('other')(request, response, () => response.end()))
    const first = await serve((request, response) =>
      note('first')(request, response, () => response.writeHead(302, { location: other.url }).end()),
    )
    await asking()(first.url, { method: 'POST', body: 'a=1', headers: { Authorization: 'Bearer t' } })
    expect(seen).toEqual([
      { host: 'first', authorization: 'Bearer t', method: 'POST', body: 'a=1' },
      { host: 'other', authorization: undefined, method: 'GET', body: '' },
    ])
  })
})

describe('what we say and hear', () => {
  test('we say who we are, and conditional headers are not spoiled by no-cache', async () => {
    let headers: IncomingMessage['headers'] = {}
    const { url } = await serve((request, response) => {
      headers = request.headers
      response.end()
    })
    await asking({ contact: 'https://brand.example/bot' })(url.replace('//', '//us%20er:p%40ss@'), {
      headers: { 'If-None-Match': '"x"\r\nX-Evil: 1' },
    })
    expect(headers['user-agent']).toBe('Heed/0.1 (social listening; +https://brand.example/bot)')
    expect(headers['if-none-match']).toBe('"x"X-Evil: 1')
    expect(headers['cache-control']).toBeUndefined()
    expect(headers['authorization']).toBe(`Basic ${Buffer.from('us er:p@ss').toString('base64')}`)
  })

  test.each([
    ['nonsense', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a header without an end', `HTTP/1.1 200 OK\r\nx: ${'a'.repeat(200_000)}`],
    ['a body that is cut', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort'],
    ['a chunk that lies', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nx'],
    ['nothing', ''],
  ])('%s is data, not an exception', async (_name, bytes) => {
    const server = createTcpServer((socket) => {
      socket.on('error', () => undefined)
      socket.once('data', () => socket.end(bytes))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    closers.push(() => server.close())
    const address = server.address()
    const answer = await asking()(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`, {
      timeoutMs: 3000,
    })
    expect(['broken', 'unreachable']).toContain(answer.kind)
  })
})
