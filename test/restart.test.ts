import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { kills } from './long-run.ts'
import { played, type Event } from './restart-platform.ts'

const restarts = kills(50)
const events = 3000
const worker = join(import.meta.dirname, 'restart-worker.ts')

test(
  `collecting that is killed ${restarts} times loses nothing and doubles nothing`,
  { timeout: 1_200_000 },
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'heed-restart-'))
    const streamed = played('s', events)
    const polled = played('p', events)
    // More is published with every life, so that each of them has something to do when it dies.
    let killed = 0
    const published = (all: Event[]) => all.slice(0, Math.ceil((all.length * (killed + 1)) / (restarts + 1)))
    const platform = await listen(
      (after) => published(polled).slice(after, after + 40),
      () => published(streamed),
    )
    try {
      for (;;) {
        const death = killed < restarts ? { afterMs: Math.random() * 3000 } : null
        const ended = await live(join(dir, 'data'), platform.url, death, { atStart: killed % 5 === 0 })
        if (ended === 'finished') break
        killed += 1
      }
      expect(killed).toBe(restarts)
      const found = await report(join(dir, 'data'), platform.url)
      const wanted = new Map([...standing(streamed), ...standing(polled)])
      expect(found.mentions.length + found.archived.length).toBe(wanted.size)
      expect(new Map([...found.mentions, ...found.archived])).toEqual(wanted)
      for (const [, text] of found.mentions) expect(text).toMatch(/банк/)
      for (const [, text] of found.archived) expect(text).not.toMatch(/банк/)
    } finally {
      await platform.close()
      await rm(dir, { recursive: true, force: true })
    }
  },
)

/** What is left of everything that was said, edited and deleted. */
function standing(all: Event[]): Map<string, string> {
  const texts = new Map<string, string>()
  for (const { id, text } of all) {
    if (text === null) texts.delete(`played:${id}`)
    else texts.set(`played:${id}`, text)
  }
  return texts
}

type Platform = { url: string; close(): Promise<void> }

async function listen(page: (after: number) => Event[], all: () => Event[]): Promise<Platform> {
  const server: Server = createServer((asked, answer) => {
    const after = Number(new URL(asked.url ?? '', 'http://x').searchParams.get('after'))
    answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(page(after)))
  }).listen(0, '127.0.0.1')
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, asked) => {
    let sent = Number(new URL(asked.url ?? '', 'http://x').searchParams.get('after'))
    const send = () => {
      for (const event of all().slice(sent, sent + 25)) socket.send(JSON.stringify({ ...event, seq: (sent += 1) }))
    }
    const sending = setInterval(send, 10)
    socket.on('close', () => clearInterval(sending))
  })
  await new Promise((resolve) => server.once('listening', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function live(
  data: string,
  url: string,
  death: { afterMs: number } | null,
  { atStart }: { atStart: boolean },
): Promise<'killed' | 'finished'> {
  const child = start(data, death ? 'work' : 'finish', url)
  const die = () => death && setTimeout(() => child.kill('SIGKILL'), death.afterMs)
  if (atStart) die()
  let finished = false
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line === 'working' && !atStart) die()
    if (line === 'finished') finished = true
  }
  await exit(child)
  if (finished) return 'finished'
  // Anything but our own shot is a failure of the product.
  expect(child.signalCode).toBe('SIGKILL')
  return 'killed'
}

type Report = { mentions: [id: string, text: string][]; archived: [id: string, text: string][] }

async function report(data: string, url: string): Promise<Report> {
  const child = start(data, 'report', url)
  let text = ''
  for await (const chunk of child.stdout!) text += String(chunk)
  await exit(child)
  return JSON.parse(text) as Report
}

function start(data: string, what: 'work' | 'finish' | 'report', url: string): ChildProcess {
  return spawn(process.execPath, [worker, data, what, url, String(events)], { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function exit(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('exit', resolve))
}
