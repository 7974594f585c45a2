import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newApi, type Api } from './door.ts'
import { serveScreens } from './static.ts'

const script = `console.log(${'"x",'.repeat(500)}1)`
let root = ''
let api: Api

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'heed-screens-'))
  await mkdir(join(root, 'web', 'assets'), { recursive: true })
  await writeFile(
    join(root, 'web', 'index.html'),
    '<meta name="csp-nonce" content="__CSP_NONCE__"><style nonce="__CSP_NONCE__"></style>',
  )
  await writeFile(join(root, 'web', 'assets', 'index-a1b2.js'), script)
  await writeFile(join(root, 'secret.txt'), 'secret')
  api = newApi()
  serveScreens(api, join(root, 'web'))
})
afterAll(() => rm(root, { recursive: true }))

test('every address of a screen gets the page, with a nonce of its own that the policy names', async () => {
  const nonces = new Set<string>()
  for (const path of ['/', '/index.html', '/sign-in/abc.def', '/projects/1/inbox?q=brand']) {
    const answer = await api.request(path)
    const [, nonce = ''] = /content="([^"]+)"/.exec(await answer.text()) ?? []
    expect(answer.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    nonces.add(nonce)
  }
  expect(nonces.size).toBe(4)
})

test('assets are packed as the browser likes and kept for good', async () => {
  const read = async (accepted: string) => {
    const answer = await api.request('/assets/index-a1b2.js', { headers: { 'accept-encoding': accepted } })
    return {
      encoding: answer.headers.get('content-encoding'),
      cache: answer.headers.get('cache-control'),
      type: answer.headers.get('content-type'),
      body: Buffer.from(await answer.arrayBuffer()),
    }
  }
  const packed = await read('gzip, deflate, br')
  expect(packed).toMatchObject({
    encoding: 'br',
    cache: expect.stringContaining('immutable'),
    type: expect.stringContaining('javascript'),
  })
  expect(brotliDecompressSync(packed.body).toString()).toBe(script)
  expect(gunzipSync((await read('gzip, br;q=0')).body).toString()).toBe(script)
  expect((await read('')).body.toString()).toBe(script)
})

test('an asset that is gone is not answered with a page', async () => {
  expect((await api.request('/assets/index-old.js')).status).toBe(404)
})

test('nothing outside the folder can be read', async () => {
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..\\secret.txt',
    '//secret.txt',
  ]) {
    expect(await (await api.request(new Request(`http://heed.test${path}`))).text()).not.toContain('secret')
  }
})

test('without built screens the answer says what to do', async () => {
  const empty = newApi()
  serveScreens(empty, join(root, 'nothing'))
  const answer = await empty.request('/')
  expect([answer.status, await answer.text()]).toEqual([503, expect.stringContaining('npm run build')])
})
