import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import type { Api, Env } from './door.ts'
import { pagePolicy } from './headers.ts'

const types: { [ending: string]: string } = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  svg: 'image/svg+xml',
  png: 'image/png',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
  wasm: 'application/wasm',
  txt: 'text/plain; charset=utf-8',
}
const packable = new Set(['js', 'css', 'json', 'svg', 'wasm', 'txt'])

/** The folder that `vite build` fills. */
export const builtScreens = join(import.meta.dirname, '../../../dist/web')

/**
 * Hands out the built screens. Only files that were there at the start exist, so no address can lead outside the
 * folder; every other address outside /api is a screen, which index.html finds by itself.
 */
export function serveScreens(api: Api, root: string): void {
  const files = new Map(
    globSync('**/*.*', { cwd: root }).map((name) => [
      `/${name.replaceAll('\\', '/')}`,
      { path: join(root, name), packed: new Map<string, Promise<Buffer>>() },
    ]),
  )
  const index = files.get('/index.html')
  const page = index ? readFileSync(index.path, 'utf8') : null

  api.get('*', async (c) => {
    if (c.req.path.startsWith('/api/')) return c.notFound()
    const file = c.req.path === '/index.html' ? undefined : files.get(c.req.path)
    if (file) return answerFile(c, file)
    if (/\.\w+$/.test(c.req.path) && c.req.path.startsWith('/assets/')) return c.notFound()
    if (page === null) return c.text('The screens are not built yet: npm run build', 503)
    const nonce = randomBytes(16).toString('base64')
    return c.body(page.replaceAll('__CSP_NONCE__', nonce), 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': pagePolicy(nonce),
      'cache-control': 'no-store',
    })
  })
}

type File = { path: string; packed: Map<string, Promise<Buffer>> }

async function answerFile(c: Context<Env>, file: File): Promise<Response> {
  const ending = file.path.split('.').at(-1) ?? ''
  const encoding = packable.has(ending) ? encodingFor(c.req.header('accept-encoding') ?? '') : 'identity'
  const body = await packed(file, encoding)
  return c.body(new Uint8Array(body), 200, {
    'content-type': types[ending] ?? 'application/octet-stream',
    // Names of assets change with their content.
    'cache-control': c.req.path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
    vary: 'accept-encoding',
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
  })
}

/** Packed once per file and kept: all screens together are a few megabytes. */
function packed(file: File, encoding: 'br' | 'gzip' | 'identity'): Promise<Buffer> {
  const known = file.packed.get(encoding)
  if (known) return known
  const made = pack(readFileSync(file.path), encoding)
  file.packed.set(encoding, made)
  return made
}

function pack(bytes: Buffer, encoding: 'br' | 'gzip' | 'identity'): Promise<Buffer> {
  if (encoding === 'br') return promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
  if (encoding === 'gzip') return promisify(gzip)(bytes)
  return Promise.resolve(bytes)
}

function encodingFor(accepted: string): 'br' | 'gzip' | 'identity' {
  if (/\bbr\b(?!\s*;\s*q=0(\.0*)?(,|$))/.test(accepted)) return 'br'
  return /\bgzip\b(?!\s*;\s*q=0(\.0*)?(,|$))/.test(accepted) ? 'gzip' : 'identity'
}
