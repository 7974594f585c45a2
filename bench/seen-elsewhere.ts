import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { askAs, bring, cookiesOf, freePort, invite, signIn, withServer, type Ask, type Running } from './server.ts'
import { quantile, tell, type Row } from './table.ts'

const members = 200
const changes = 100
const mostMs = 500

/**
 * One member changes the priority of a ticket while 200 others of the project are connected, each in a session of their own:
 * how long until another member's screen in a browser shows it, and until the last of the 200 has been told.
 */
export async function seenElsewhere(): Promise<Row[]> {
  const executablePath = process.env['HEED_BROWSER'] ?? '/usr/bin/chromium'
  const what = `change seen on another open screen, ${members} connected members, p95`
  const wanted = { wanted: `≤ ${mostMs}`, unit: 'ms' }
  if (!existsSync(executablePath))
    return [{ what, ...wanted, measured: null, ok: false, note: 'no browser: HEED_BROWSER names none' }]
  const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'))
  try {
    const { seen, told } = await withServer(['--data', dataDir], await freePort(), {}, async (server) => {
      const cookie = await signIn(server)
      const head = askAs(server, cookie)
      const { id: project } = await head<{ id: number }>('POST', '/projects', { name: 'Owl Bank', timeZone: 'UTC' })
      const ticket = await openTicket(server, cookie, head, project)
      const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
      const leave = new AbortController()
      try {
        const others: Listener[] = []
        for (let n = 0; n < members; n += 1)
          others.push(await hear(server, await invite(server, head, project, `Member ${n}`), leave.signal))
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
        await context.addCookies(cookiesOf(server.url, cookie))
        const page = await context.newPage()
        await page.goto(`${server.url}/projects/${project}/tickets/${ticket}`)
        const shown = page.getByRole('button', { name: priorityOnScreen('normal') })
        await shown.first().waitFor()
        const colleague = askAs(server, await invite(server, head, project, 'Colleague'))
        const times: { seen: number[]; told: number[] } = { seen: [], told: [] }
        for (let n = 0; n < changes; n += 1) {
          await sleep(200 + Math.random() * 400)
          const priority = n % 2 === 0 ? 'urgent' : 'normal'
          const heard = others.map((other) => other.next())
          const begun = performance.now()
          const [, , last] = await Promise.all([
            colleague('PATCH', `/projects/${project}/tickets/${ticket}`, { priority }),
            page
              .getByRole('button', { name: priorityOnScreen(priority) })
              .first()
              .waitFor()
              .then(() => times.seen.push(performance.now() - begun)),
            Promise.all(heard).then(() => performance.now() - begun),
          ])
          times.told.push(last)
        }
        return times
      } finally {
        leave.abort()
        await browser.close()
      }
    })
    const row = (name: string, measured: number): Row => ({ what: name, ...wanted, measured, ok: measured <= mostMs })
    return [
      row(what, quantile(seen, 0.95)),
      row(`the same, p50`, quantile(seen, 0.5)),
      row(`the last of ${members} is told of it, p95`, quantile(told, 0.95)),
    ]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

// The member of a new installation reads whichever language their machine speaks.
function priorityOnScreen(priority: 'urgent' | 'normal'): RegExp {
  return priority === 'urgent' ? /: (Urgent|Срочный)\./ : /: (Normal|Обычный)\./
}

async function openTicket(server: Running, cookie: string, head: Ask, project: number): Promise<number> {
  const post = { id: '1', platform: 'vk', text: 'My card does not work', posted_at: new Date().toISOString() }
  await bring(server, cookie, project, [post])
  const { items } = await head<{ items: { id: string }[] }>('GET', `/projects/${project}/mentions`)
  const mentions = items.map(({ id }) => id)
  const { ticket } = await head<{ ticket: { id: number } }>('POST', `/projects/${project}/tickets`, { mentions })
  return ticket.id
}

type Listener = { next: () => Promise<void> }

/** An open stream of events. `next` is done when the next event about a ticket has come. */
async function hear({ url }: Running, cookie: string, signal: AbortSignal): Promise<Listener> {
  const answer = await fetch(`${url}/api/events`, { headers: { cookie }, signal })
  if (!answer.ok || answer.body === null) throw new Error(`No events: ${answer.status}`)
  const waiting: (() => void)[] = []
  void (async () => {
    const decoder = new TextDecoder()
    let text = ''
    for await (const bytes of answer.body!) {
      text += decoder.decode(bytes, { stream: true })
      const lines = text.split('\n')
      text = lines.pop() ?? ''
      for (const line of lines) {
        if (!line.startsWith('data: ')) continue
        const event = JSON.parse(line.slice(6)) as { kind: string }
        if (event.kind !== 'ticket') continue
        for (const done of waiting.splice(0)) done()
      }
    }
  })().catch(() => {})
  return { next: () => new Promise<void>((done) => waiting.push(done)) }
}

if (import.meta.main) await tell(seenElsewhere)
