import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import { zammadStandIn } from '../src/respond/integrations/zammad/stand-in.testing.ts'

const kills = 6
const mentions = 24
const worker = join(import.meta.dirname, 'desk-crash-worker.ts')

type Report = {
  mentions: string[]
  inTickets: { mention: string; tickets: number }[]
  runs: { mention: string; outcome: string }[]
  plays: Count[]
  notes: Count[]
  helpPosts: number[]
  reads: string[]
  questions: number[]
  letters: { key: string; to: string; state: 'waiting' | 'sent' | 'refused' | 'unsure' }[]
  reminders: { question: number; reminded: number; letters: number }[]
  records: { ticket: number; record: string | null }[]
  tickets: { id: number; opened: number }[]
  happenings: Count[]
}
type Count = { ticket: number; count: number }

test(
  `rules, playbooks, care, the help page, experts, webhooks and integrations are killed ${kills} times: nothing is lost or doubled`,
  { timeout: 300_000 },
  async () => {
    const dir = await mkdtemp(join(tmpdir(), 'heed-desk-crash-'))
    await using crm = await zammadStandIn()
    await using world = await outside()
    const done = { mention: new Set<number>(), read: new Set<number>(), help: [] as number[], expert: [] as number[] }
    const next = { mention: 1, help: 1, expert: 1 }
    const begin = (hoursAhead = 0) => live(join(dir, 'data'), [String(hoursAhead), crm.base, world.hook, world.letters])
    try {
      for (let killed = 0; killed < kills; killed += 1) {
        await using desk = begin()
        // At the start, and while everything that was asked for is under way.
        const dies =
          killed % 4 === 3 ? sleep(Math.random() * 2_500) : desk.ready.then(() => sleep(Math.random() * 2_500))
        const works = work(desk)
        await dies
        await desk.kill()
        await works
      }
      let report = await settled(0)
      // What a death left open is looked up when nobody can still be at it, so later lives are later in the day.
      for (let hours = 1; hours < 5 && !isSettled(report); hours += 1) report = await settled(hours)

      expect(report.mentions.filter((id) => id.startsWith('vk:')).toSorted()).toEqual(
        numbers()
          .map((n) => `vk:${n}`)
          .toSorted(),
      )
      expect(report.inTickets.filter(({ tickets }) => tickets !== 1)).toEqual([])
      expect(report.runs.map(({ mention }) => mention).toSorted()).toEqual(
        numbers()
          .map((n) => `vk:${n}`)
          .toSorted(),
      )
      expect(report.runs.filter(({ outcome }) => outcome !== 'done')).toEqual([])
      const ruled = report.tickets.length - report.helpPosts.length
      expect(ruled).toBe(mentions)
      for (const counts of [report.plays, report.notes]) {
        expect(counts).toHaveLength(ruled)
        expect(counts.filter(({ count }) => count !== 1)).toEqual([])
      }

      // Each post of the page that was confirmed is there, is one mention, and has one ticket.
      for (const id of done.help) expect(report.helpPosts).toContain(id)
      expect(report.mentions.filter((id) => id.startsWith('help:')).toSorted()).toEqual(
        report.helpPosts.map((id) => `help:${id}`).toSorted(),
      )
      expect(new Set(report.inTickets.map(({ mention }) => mention))).toEqual(new Set(report.mentions))

      expect(report.reads.toSorted()).toEqual([...done.read].map((n) => `vk:${n}`).toSorted())

      // A letter leaves once; of one whose end nobody saw a person decides.
      for (const id of done.expert) expect(report.questions).toContain(id)
      expect(report.letters.filter(({ state }) => state === 'waiting' || state === 'refused')).toEqual([])
      expect(new Set(report.letters.map(({ key }) => key)).size).toBe(report.letters.length)
      expect(report.reminders.filter(({ reminded, letters }) => letters !== reminded + 1)).toEqual([])
      expect(report.letters).toHaveLength(report.reminders.reduce((sum, { letters }) => sum + letters, 0))
      for (const to of new Set(report.letters.map((letter) => letter.to))) {
        const [sent, unsure] = (['sent', 'unsure'] as const).map(
          (state) => report.letters.filter((one) => one.to === to && one.state === state).length,
        )
        expect(world.mailed(to)).toBeGreaterThanOrEqual(sent ?? 0)
        expect(world.mailed(to)).toBeLessThanOrEqual((sent ?? 0) + (unsure ?? 0))
      }

      // Programs hear at least once, always under one number.
      expect(report.happenings.filter(({ count }) => count !== 1)).toEqual([])
      expect(report.tickets.filter(({ opened }) => opened !== 1)).toEqual([])
      for (const { id } of report.tickets) expect([id, world.heard.get(id)?.size]).toEqual([id, 1])

      expect(report.records.map(({ ticket }) => ticket).toSorted(byNumber)).toEqual(
        report.tickets.map(({ id }) => id).toSorted(byNumber),
      )
      expect(new Set(report.records.map(({ record }) => record)).size).toBe(report.tickets.length)
      expect(await crm.count('')).toBe(report.tickets.length)
      expect(crm.mistakes).toEqual([])
    } finally {
      await rm(dir, { recursive: true, force: true })
    }

    /** What is left to do, as long as the desk lives. What may stand there already without our knowing is asked for anew only where that is the same. */
    async function work(desk: Desk): Promise<void> {
      if (!(await desk.isReady)) return
      while (next.mention <= mentions) {
        const n = next.mention
        if ((await desk.ask(`mention ${n}`)) === null) return
        done.mention.add(n)
        if ((await desk.ask(`read ${n}`)) === null) return
        done.read.add(n)
        next.mention += 1
        if (n % 3 === 0) {
          const post = await desk.ask(`help ${(next.help += 1)}`)
          if (post === null) return
          done.help.push(Number(post))
        }
        if (n % 4 === 0) {
          const question = await desk.ask(`expert ${(next.expert += 1)}`)
          if (question === null) return
          if (question !== 'none') done.expert.push(Number(question))
        }
        if (n % 5 === 0 && (await desk.ask('hand-over')) === null) return
        // So that there is something left for every life.
        await sleep(250)
      }
    }

    /** A life that nobody ends: until everything that was begun has come to its end, or this day brings no more. */
    async function settled(hoursAhead: number): Promise<Report> {
      await using desk = begin(hoursAhead)
      await work(desk)
      const until = Date.now() + 8_000
      for (;;) {
        await desk.ask('hand-over')
        const report = JSON.parse((await desk.ask('report')) ?? '{}') as Report
        if (isSettled(report) || (Date.now() > until && report.runs.length === mentions)) return report
        await sleep(500)
      }
    }

    function isSettled({ mentions: there, inTickets, runs, letters, reminders, records, tickets }: Report): boolean {
      return (
        inTickets.length === there.length &&
        runs.length === mentions &&
        letters.every(({ state }) => state !== 'waiting') &&
        letters.length === reminders.reduce((sum, one) => sum + one.letters, 0) &&
        records.length === tickets.length &&
        records.every(({ record }) => record !== null) &&
        tickets.every(({ id }) => world.heard.has(id))
      )
    }
  },
)

type Desk = Awaited<ReturnType<typeof live>>

function live(data: string, outsides: string[]) {
  const child: ChildProcess = spawn(process.execPath, [worker, data, ...outsides], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  child.stdin?.on('error', () => undefined)
  let gone = false
  let shot = false
  const waiting: ((line: string | null) => void)[] = []
  const lines = createInterface({ input: child.stdout! })
  const { promise: isReady, resolve: tellReady } = Promise.withResolvers<boolean>()
  lines.on('line', (line) => (line === 'ready' ? tellReady(true) : waiting.shift()?.(line)))
  lines.on('close', () => {
    gone = true
    tellReady(false)
    for (const told of waiting.splice(0)) told(null)
  })
  const ask = (line: string) =>
    new Promise<string | null>((resolve) => {
      if (gone) return resolve(null)
      waiting.push((answer) => resolve(answer === null ? null : answer.slice(line.length + 1)))
      child.stdin?.write(`${line}\n`)
    })
  const kill = async () => {
    shot = true
    child.kill('SIGKILL')
    await exited
    // Anything but our own shot is a failure of the product.
    expect(child.signalCode).toBe('SIGKILL')
  }
  return {
    isReady,
    ready: isReady.then(() => undefined),
    ask,
    kill,
    async [Symbol.asyncDispose]() {
      if (!shot) await kill()
    },
  }
}

/** Who is told: a program by webhooks and people by letters. */
async function outside() {
  const heard = new Map<number, Set<string>>()
  const hook = createServer((asked, answer) => {
    let text = ''
    asked.on('data', (part) => (text += String(part)))
    asked.on('end', () => {
      const { data } = JSON.parse(text) as { data: { ticket?: { id: number } } }
      const id = String(asked.headers['webhook-id'])
      if (data.ticket) heard.set(data.ticket.id, (heard.get(data.ticket.id) ?? new Set()).add(id))
      answer.writeHead(204).end()
    })
  }).listen(0, '127.0.0.1')
  const taken: string[] = []
  const mail = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username }, _session, done) => done(null, { user: username ?? '' }),
    onData: (stream, session, done) => {
      stream.resume()
      stream.on('end', () => {
        taken.push(...session.envelope.rcptTo.map(({ address }) => address))
        done()
      })
    },
  })
  mail.on('error', () => undefined)
  const letters = mail.listen(0, '127.0.0.1')
  await Promise.all([once(hook, 'listening'), once(letters, 'listening')])
  const port = (server: { address(): unknown }) => (server.address() as AddressInfo).port
  return {
    hook: `http://127.0.0.1:${port(hook)}/`,
    letters: `smtp://desk:right@127.0.0.1:${port(letters)}`,
    heard,
    mailed: (to: string) => taken.filter((one) => one === to).length,
    async [Symbol.asyncDispose]() {
      hook.closeAllConnections()
      hook.close()
      await new Promise<void>((closed) => mail.close(() => closed()))
    },
  }
}

const numbers = () => Array.from({ length: mentions }, (_, index) => index + 1)
const byNumber = (one: number, other: number) => one - other
