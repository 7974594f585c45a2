import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { freePort } from '../free-port.ts'

const snac = '/usr/bin/snac'
/** Why tests against a Mastodon server cannot run here; null when they can. */
export const withoutMastodon = existsSync(snac)
  ? null
  : 'no Mastodon-compatible server: apt-get install snac2 (in Debian 12 from bookworm-backports)'

export type MastodonServer = AsyncDisposable & {
  base: string
  token: { alice: string; bob: string }
  start(): Promise<void>
  /** Ends it as a crash would. */
  kill(): Promise<void>
  /** Asks its API as one of its two people; throws unless it is answered with success. */
  as<T>(who: 'alice' | 'bob', path: string, options?: { method?: string; body?: object }): Promise<T>
  /** Deletes a status by its own pages, for its API has no deleting. */
  remove(who: 'alice' | 'bob', uri: string): Promise<void>
}

/** A server of its own with alice and bob, on loopback. */
export async function startMastodon(): Promise<MastodonServer> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-snac-'))
  const data = join(dir, 'data')
  const port = await freePort()
  const base = `http://localhost:${port}`
  await run(['init', data], `127.0.0.1\n${port}\nlocalhost:${port}\n\n\n`)
  const settings = join(data, 'server.json')
  await writeFile(settings, (await readFile(settings, 'utf8')).replace('"protocol": "https"', '"protocol": "http"'))
  const passwords = { alice: await addUser(data, 'alice'), bob: await addUser(data, 'bob') }
  let server: ChildProcess | null = null

  const start = async () => {
    server = spawn(snac, ['httpd', data], { stdio: 'ignore' })
    for (let tries = 0; tries < 100; tries += 1) {
      const answer = await fetch(`${base}/api/v1/instance`).catch(() => null)
      if (answer?.ok) return
      await sleep(50)
    }
    throw new Error('snac did not start')
  }
  const kill = async () => {
    if (server === null || server.exitCode !== null || server.signalCode !== null) return
    server.kill('SIGKILL')
    await once(server, 'exit')
  }
  await start()
  const token = { alice: await signIn(base, 'alice', passwords.alice), bob: await signIn(base, 'bob', passwords.bob) }
  return {
    base,
    token,
    start,
    kill,
    async as(who, path, { method = 'GET', body } = {}) {
      const answer = await fetch(`${base}${path}`, {
        method,
        // A connection that is kept open holds one of its few threads.
        headers: { authorization: `Bearer ${token[who]}`, 'content-type': 'application/json', connection: 'close' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }).catch((error: unknown) => {
        throw new Error(`${method} ${path} was not answered`, { cause: error })
      })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as never
    },
    async remove(who, uri) {
      const fields = { id: uri, actor: `${base}/${who}`, action: 'Delete' }
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      const authorization = `Basic ${Buffer.from(`${who}:${passwords[who]}`).toString('base64')}`
      const answer = await fetch(`${base}/${who}/admin/action`, {
        method: 'POST',
        headers: { authorization },
        body: form,
        redirect: 'manual',
      })
      if (answer.status !== 303) throw new Error(`snac did not delete ${uri}: ${answer.status}`)
    },
    [Symbol.asyncDispose]: async () => {
      await kill()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

async function addUser(data: string, name: string): Promise<string> {
  const said = await run(['adduser', data, name], '\n')
  const password = /password.*?:?\s+(\S+)\s*$/im.exec(said)?.[1]
  if (password === undefined) throw new Error(`snac did not say a password: ${said}`)
  return password
}

/** The way of OAuth for programs without a page of their own. */
async function signIn(base: string, login: string, password: string): Promise<string> {
  const redirect = 'urn:ietf:wg:oauth:2.0:oob'
  const post = (path: string, fields: { [name: string]: string }) =>
    fetch(`${base}${path}`, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  const app = (await (
    await post('/api/v1/apps', { client_name: 'Heed', redirect_uris: redirect, scopes: 'read write' })
  ).json()) as { client_id: string; client_secret: string }
  const page = await (
    await post('/oauth/x-snac-login', { login, passwd: password, redir: redirect, cid: app.client_id })
  ).text()
  const code = /[0-9a-f]{24,}/.exec(page)?.[0] ?? ''
  const token = (await (
    await post('/oauth/token', {
      grant_type: 'authorization_code',
      client_id: app.client_id,
      client_secret: app.client_secret,
      redirect_uri: redirect,
      code,
    })
  ).json()) as { access_token?: string }
  if (!token.access_token) throw new Error(`snac gave ${login} no token: ${page}`)
  return token.access_token
}

async function run(args: string[], typed: string): Promise<string> {
  const running = promisify(execFile)(snac, args)
  running.child.stdin?.end(typed)
  const { stdout, stderr } = await running
  return `${stdout}\n${stderr}`
}
