import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request as ask } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Trouble } from '../../src/respond/integrations/stand-in.testing.ts'

const share = '/usr/share/request-tracker5'
const server = `${share}/libexec/rt-server`
/** Why tests against a real RT cannot run here; null when they can. */
export const withoutRt =
  existsSync(server) && existsSync('/usr/sbin/rt-setup-database-5')
    ? null
    : 'no Request Tracker: apt-get install request-tracker5 rt5-standalone rt5-db-sqlite'

export type RtServer = AsyncDisposable & {
  /** Behind it stands the server; what is in `trouble` happens on the way. */
  base: string
  user: string
  password: string
  trouble: Trouble[]
  /** Asks it as its root, past all trouble; throws unless it is answered with success. */
  as<T>(path: string, options?: { method?: string; body?: object }): Promise<T>
}

/** A Request Tracker 5 of its own with an empty SQLite database, on loopback. */
export async function startRt(): Promise<RtServer> {
  const dir = await mkdtemp(join(tmpdir(), 'heed-rt-'))
  const port = await freePort()
  const password = 'a-password-of-the-test'
  await mkdir(join(dir, 'var'))
  const config = join(dir, 'RT_SiteConfig.pm')
  await writeFile(config, siteConfig(dir, port))
  // What the packages set up for this machine stays out of it.
  const env = { ...process.env, RT_SITE_CONFIG: config, RT_SITE_CONFIG_DIR: join(dir, 'var') }
  const run = (path: string, args: string[]) => promisify(execFile)(path, args, { env, maxBuffer: 10_000_000 })
  // Making the database takes most of the time, so it is made once for a machine.
  const made = join(tmpdir(), `heed-rt-database-${process.getuid?.() ?? 0}.sqlite`)
  if (!existsSync(made)) {
    await run('/usr/sbin/rt-setup-database-5', ['--action', 'init', '--dba', '', '--dba-password', ''])
    await cp(join(dir, 'rt.sqlite'), made)
  } else await cp(made, join(dir, 'rt.sqlite'))
  await run('/usr/bin/perl', ['-e', setPassword, password])
  const rt: ChildProcess = spawn(server, ['--host', '127.0.0.1', '--port', String(port), '--workers', '2'], {
    env,
    stdio: 'ignore',
    detached: true,
  })
  const own = `http://127.0.0.1:${port}`
  const authorization = `Basic ${Buffer.from(`root:${password}`).toString('base64')}`
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`${own}/REST/2.0/rt`, { headers: { authorization } }).catch(() => null)
    if (answer?.ok) break
    if (tries > 300) throw new Error(`RT did not start: ${answer?.status}`)
    await sleep(100)
  }
  const trouble: Trouble[] = []
  const proxy = await between(port, trouble)
  return {
    base: proxy.base,
    user: 'root',
    password,
    trouble,
    async as(path, { method = 'GET', body } = {}) {
      const answer = await fetch(`${own}/REST/2.0/${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
      return (await answer.json()) as never
    },
    [Symbol.asyncDispose]: async () => {
      await proxy.close()
      // It forks workers, which are of its group.
      if (rt.pid !== undefined && rt.exitCode === null) {
        process.kill(-rt.pid, 'SIGKILL')
        await once(rt, 'exit')
      }
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** Stands before RT and does to a request what happens on the way in life. */
async function between(port: number, trouble: Trouble[]) {
  const proxy = createServer((incoming, outgoing) => {
    const next = trouble[0]
    const isWrite = incoming.method !== 'GET'
    const mode =
      next !== undefined && (isWrite || next === 'slow-down' || next === 'revoked') ? trouble.shift() : undefined
    if (mode === 'break-off') return void incoming.socket.destroy()
    if (mode === 'page') return void outgoing.writeHead(502).end('<html>Bad gateway</html>')
    if (mode === 'slow-down') return void outgoing.writeHead(429, { 'retry-after': '30' }).end()
    if (mode === 'revoked') return void outgoing.writeHead(403).end('{"message":"Forbidden"}')
    if (mode === 'refuse')
      return void outgoing.writeHead(422).end('{"message":"Could not create ticket. Queue not set"}')
    const { method, url, headers } = incoming
    const asked = ask({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
      if (mode === 'break-off-after') {
        answer.resume()
        return void incoming.socket.destroy()
      }
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(outgoing)
    })
    asked.on('error', () => incoming.socket.destroy())
    incoming.pipe(asked)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  return {
    base: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    close: async () => {
      proxy.closeAllConnections()
      await new Promise<void>((done) => proxy.close(() => done()))
    },
  }
}

const setPassword = `
use lib '${share}/lib'; use RT -init;
my $root = RT::User->new(RT->SystemUser); $root->Load('root');
my ($done, $why) = $root->SetPassword($ARGV[0]); die $why unless $done;`

function siteConfig(dir: string, port: number): string {
  return `
Set($rtname, 'heed.test');
Set($WebDomain, '127.0.0.1');
Set($WebPort, ${port});
Set($WebPath, '');
Set($WebBaseURL, 'http://127.0.0.1:${port}');
Set($MailCommand, 'testfile');
Set($DatabaseType, 'SQLite');
Set($DatabaseName, '${dir}/rt.sqlite');
Set($DatabaseHost, '');
Set($DatabaseUser, '');
Set($DatabasePassword, '');
Set($Timezone, 'Asia/Tokyo');
# Every request carries the password, and checking it took two thirds of the time.
Set($BcryptCost, 4);
Set($LogToSyslog, undef);
Set($LogToSTDERR, 'critical');
Set($LogToFile, undef);
Set($MasonDataDir, '${dir}/var');
Set($MasonSessionDir, '${dir}/var');
1;
`
}

async function freePort(): Promise<number> {
  const free = createServer().listen(0, '127.0.0.1')
  await once(free, 'listening')
  const address = free.address()
  free.close()
  return typeof address === 'object' && address ? address.port : 0
}
