import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { kills, tries } from '../long-run.ts'
import { startMastodon, withoutMastodon } from './mastodon-server.ts'

type Status = {
  id: string
  uri: string
  url: string
  text: string
  in_reply_to_id: string | null
  account: { id: string; acct: string }
}

const replies = 60
const timesKilled = kills(tries(20, 50))
const worker = join(import.meta.dirname, 'reply-kill-worker.ts')

test(
  `of ${replies} replies none is lost and none doubled while the desk is killed ${timesKilled} times in the middle of sending`,
  { timeout: 900_000 },
  async ({ skip }) => {
    skip(withoutMastodon !== null, withoutMastodon ?? '')
    await using server = await startMastodon()
    await using far = await farAway(Number(new URL(server.base).port))
    const dir = await mkdtemp(join(tmpdir(), 'heed-reply-kill-'))
    try {
      const body = { status: 'Карта не работает', visibility: 'public' }
      const asked = await server.as<Status>('alice', '/api/v1/statuses', { method: 'POST', body })
      const mention = { id: asked.url, url: asked.url, handle: asked.account.acct }
      const told = JSON.stringify({ server: `http://127.0.0.1:${far.port}`, token: server.token.bob, mention, replies })

      let killed = 0
      let inTheMiddle = 0
      let finished = ''
      while (finished === '') {
        const before = far.open()
        const ended = await live(join(dir, 'data'), told, killed < timesKilled ? deathOf(killed, far) : null, () => {
          if (far.open() > before) inTheMiddle += 1
        })
        if (ended.startsWith('finished')) finished = ended
        else killed += 1
      }

      expect(killed).toBeGreaterThanOrEqual(timesKilled)
      expect(finished).toBe(`finished [{"state":"sent","count":${replies}}]`)
      const there = await allBelow(server, asked)
      const numbers = there.map(({ text }) => Number(/номер (\d+)/.exec(text)?.[1])).toSorted((a, b) => a - b)
      expect(numbers).toEqual(Array.from({ length: replies }, (_, number) => number))
      // Some of the deaths were between a request and its answer, or the test has tried nothing.
      expect(inTheMiddle).toBeGreaterThan(0)
    } finally {
      await rm(dir, { recursive: true, force: true })
    }
  },
)

/** Any moment of the work; every second time a moment while a request is on its way, however slow the machine is. */
function deathOf(number: number, far: Awaited<ReturnType<typeof farAway>>): () => Promise<unknown> {
  return number % 2 === 0 ? () => sleep(Math.random() * 400) : () => far.asked().then(() => sleep(Math.random() * 30))
}

async function live(
  data: string,
  told: string,
  death: (() => Promise<unknown>) | null,
  dying: () => void,
): Promise<string> {
  const child = spawn(process.execPath, [worker, data, told], { stdio: ['ignore', 'pipe', 'inherit'] })
  let ended = ''
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('finished')) ended = line
    if (line === 'working' && death !== null)
      void death().then(() => {
        dying()
        child.kill('SIGKILL')
      })
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  // Anything but our own shot is a failure of the product.
  if (ended === '') expect(child.signalCode).toBe('SIGKILL')
  return ended || 'killed'
}

/** The same server with a long way to it: a request and its answer each take some time, in which the desk may die. */
async function farAway(port: number) {
  const waiting = new Set<object>()
  const requests = new EventEmitter()
  const server = createServer((near) => {
    const there = connect(port, '127.0.0.1')
    const request = {}
    near.on('data', (chunk) => {
      waiting.add(request)
      requests.emit('asked')
      setTimeout(() => there.writable && there.write(chunk), 15)
    })
    there.on('data', (chunk) =>
      setTimeout(() => {
        waiting.delete(request)
        if (near.writable) near.write(chunk)
      }, 15),
    )
    near.on('error', () => {})
    there.on('error', () => near.destroy())
    near.on('close', () => {
      waiting.delete(request)
      // What was sent before the death still arrives.
      setTimeout(() => there.end(), 100)
    })
    there.on('close', () => setTimeout(() => near.end(), 30))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    open: () => waiting.size,
    asked: () => once(requests, 'asked'),
    [Symbol.asyncDispose]: async () => {
      server.close()
    },
  }
}

async function allBelow(server: Awaited<ReturnType<typeof startMastodon>>, asked: Status): Promise<Status[]> {
  const context = await server.as<{ descendants: Status[] }>('bob', `/api/v1/statuses/${asked.id}/context`)
  return context.descendants
}
