import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const heed = join(import.meta.dirname, '../bin/heed.mjs')

export type Running = { process: ChildProcess; url: string; output: () => string }

/** Runs `heed serve` for the time of the work, which begins when it answers. Throws with what it said when it ends before. */
export async function withServer<T>(
  args: string[],
  port: number,
  env: Record<string, string>,
  work: (server: Running) => Promise<T>,
): Promise<T> {
  const url = `http://127.0.0.1:${port}`
  const server = spawn(process.execPath, [heed, 'serve', ...args, '--port', String(port)], {
    env: { ...process.env, HEED_LOG: 'error', ...env },
  })
  let output = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (output += chunk))
  try {
    while (!(await answers(url))) {
      if (server.exitCode !== null) throw new Error(`The server ended: ${output}`)
      await sleep(20)
    }
    return await work({ process: server, url, output: () => output })
  } finally {
    server.kill('SIGTERM')
    if (server.exitCode === null) await once(server, 'exit')
  }
}

/** Signs in by the link that the start prints. Answers with the cookie of the session. */
export async function signIn({ url, output }: Pick<Running, 'url' | 'output'>): Promise<string> {
  while (!/\/sign-in\/[\w-]+/.test(output())) await sleep(50)
  const token = /\/sign-in\/([\w-]+)/.exec(output())?.[1]
  const headers = { origin: url, 'content-type': 'application/json' }
  const entered = await fetch(`${url}/api/sign-in/link`, { method: 'POST', headers, body: JSON.stringify({ token }) })
  return entered.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/api/health`)).ok
  } catch {
    return false
  }
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/** The cookies of a session as a browser takes them. */
export const cookiesOf = (url: string, cookie: string) =>
  cookie
    .split('; ')
    .map((one) => ({ url, name: one.slice(0, one.indexOf('=')), value: one.slice(one.indexOf('=') + 1) }))

/** Asks the API as somebody signed in. Throws with what the server said when it refuses. */
export type Ask = <T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: object) => Promise<T>

export function askAs({ url }: Pick<Running, 'url'>, cookie: string): Ask {
  return async <T>(method: string, path: string, body?: object) => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      headers: {
        cookie,
        origin: url,
        connection: 'close',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw new Error(`${method} ${path} was not answered`, { cause: error })
    })
    if (!answer.ok) throw new Refused(answer.status, `${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (answer.status === 204 ? undefined : await answer.json()) as T
  }
}

export class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** Somebody new in a project, signed in. Answers with the cookie of the session. */
export async function invite({ url }: Pick<Running, 'url'>, head: Ask, project: number, name: string): Promise<string> {
  const member = { name, email: `${name.toLowerCase().replaceAll(' ', '-')}@heed.test`, role: 'moderator' }
  const { link } = await head<{ link: string }>('POST', `/projects/${project}/members`, member)
  return signIn({ url, output: () => link })
}

/** Brings posts into a project as a file, and waits until they are there. */
export async function bring(server: Running, cookie: string, project: number, posts: object[]): Promise<void> {
  const ask = askAs(server, cookie)
  const upload = await fetch(`${server.url}/api/projects/${project}/imports`, {
    method: 'POST',
    headers: { cookie, origin: server.url, 'x-file-name': 'posts.jsonl', 'content-type': 'application/octet-stream' },
    body: posts.map((post) => `${JSON.stringify(post)}\n`).join(''),
  })
  if (!upload.ok) throw new Error(await upload.text())
  const { id } = (await upload.json()) as { id: number }
  await ask('PUT', `/projects/${project}/imports/${id}/mapping`, { columns: [], keepAll: true })
  await ask('POST', `/projects/${project}/imports/${id}/start`)
  for (;;) {
    const { items } = await ask<{ items: { kind: string; state: string; saved: number }[] }>(
      'GET',
      `/projects/${project}/progress`,
    )
    const newest = items.find(({ kind }) => kind === 'import')
    if (newest?.state === 'failed') throw new Error('The file was not read')
    if (newest?.state === 'done') return
    await sleep(100)
  }
}
