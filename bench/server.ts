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
