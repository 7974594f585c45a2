import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startMastodon, withoutMastodon, type MastodonServer } from '../test/peers/mastodon-server.ts'
import { askAs, bring, freePort, invite, Refused, signIn, withServer, type Ask, type Running } from './server.ts'
import { tell, type Row } from './table.ts'

const tickets = 1000
// A server without a search shows the newest 200 of what somebody wrote, and there an answered post is looked for.
const atOnce = 100

const sideBySide = 4

type Status = { id: string; url: string; uri: string; account: { acct: string } }

/**
 * Two members answer the same ticket at the same moment, a thousand times, each through the API with a draft of their own; a
 * Mastodon server of our own counts what arrived under each post.
 */
export async function bothAnswer(): Promise<Row[]> {
  const wanted = { wanted: `= ${tickets}`, unit: 'replies' }
  const what = `two members answer the same ticket at once, ${tickets.toLocaleString('en')} times: replies that arrived`
  if (withoutMastodon !== null) return [{ what, ...wanted, measured: null, ok: false, note: withoutMastodon }]
  const dataDir = mkdtempSync(join(tmpdir(), 'heed-bench-'))
  try {
    await using platform = await startMastodon()
    const below = await withServer(
      ['--data', dataDir],
      await freePort(),
      { HEED_ALLOW_PRIVATE: '1' },
      async (server) => {
        const cookie = await signIn(server)
        const anna = askAs(server, cookie)
        const { id: project } = await anna<{ id: number }>('POST', '/projects', { name: 'Owl Bank', timeZone: 'UTC' })
        const boris = askAs(server, await invite(server, anna, project, 'Boris'))
        const settings = { server: platform.base, token: platform.token.bob }
        const account = await anna<{ id: number }>('POST', `/projects/${project}/reply-accounts`, {
          platform: 'mastodon',
          settings,
        })
        const counts: number[] = []
        for (let from = 0; from < tickets; from += atOnce) {
          const asked = await write(platform, from)
          const mentions = await arrive(server, cookie, project, asked)
          const next = mentions.values()
          const work = async () => {
            for (const mention of next) await answerBoth([anna, boris], { project, mention, account: account.id })
          }
          await Promise.all(Array.from({ length: sideBySide }, work))
          counts.push(...(await countBelow(platform, asked)))
        }
        return counts
      },
    )
    const arrived = below.reduce((sum, count) => sum + count, 0)
    return [
      { what, ...wanted, measured: arrived, ok: arrived === tickets },
      {
        what: 'tickets with exactly one reply',
        wanted: `= ${tickets}`,
        measured: below.filter((count) => count === 1).length,
        unit: 'tickets',
        ok: below.every((count) => count === 1),
      },
    ]
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function write(platform: MastodonServer, from: number): Promise<Status[]> {
  const written: Status[] = []
  for (let n = from; n < from + atOnce; n += 1) {
    const body = { status: `My card number ${n} does not work since this morning`, visibility: 'public' }
    written.push(await platform.as<Status>('alice', '/api/v1/statuses', { method: 'POST', body }))
  }
  return written
}

/** What was written there as mentions of the project, by their ids. */
async function arrive(server: Running, cookie: string, project: number, written: Status[]): Promise<string[]> {
  const posts = written.map(({ url, account: { acct } }, n) => ({
    ...{ id: url, platform: 'mastodon', url, text: `My card does not work, ${n}`, posted_at: new Date().toISOString() },
    author: { id: acct, name: 'Alice', handle: acct },
  }))
  await bring(server, cookie, project, posts)
  const urls = new Set(written.map(({ url }) => url))
  const { items } = await askAs(server, cookie)<{ items: { id: string; url: string | null }[] }>(
    'GET',
    `/projects/${project}/mentions?limit=${2 * atOnce}`,
  )
  const found = items.filter(({ url }) => url !== null && urls.has(url)).map(({ id }) => id)
  if (found.length !== written.length) throw new Error(`${found.length} of ${written.length} posts came in`)
  return found
}

type Reply = { id: number; version: number }

/** Both have written before either sends, so that neither could know of the other. */
async function answerBoth(
  members: Ask[],
  { project, mention, account }: { project: number; mention: string; account: number },
): Promise<void> {
  const at = `/projects/${project}/replies`
  const [first] = members
  const { ticket } = await first!<{ ticket: { id: number } }>('POST', `/projects/${project}/tickets`, {
    mentions: [mention],
  })
  const ready = await Promise.all(
    members.map(async (ask, n) => {
      const begun = await ask<Reply>('POST', at, { ticket: ticket.id, mention, account })
      const text = `We have looked at ticket ${ticket.id}, and card ${n + 1} of yours works again, said ${crypto.randomUUID()}.`
      const { id, version } = await ask<Reply>('PUT', `${at}/${begun.id}/text`, { text, version: begun.version })
      const { items } = await ask<{ items: { check: string }[] }>('POST', `${at}/${id}/checks`, { text })
      const order = { version, despite: items.map(({ check }) => check) }
      return () => ask<Reply>('POST', `${at}/${id}/sending`, order)
    }),
  )
  const outcomes = await Promise.allSettled(ready.map((send) => send()))
  for (const outcome of outcomes)
    if (outcome.status === 'rejected' && !(outcome.reason instanceof Refused && outcome.reason.status < 500))
      throw outcome.reason
}

/** How many answers stand under each post, once every one has an answer and some time for a second one has passed. */
async function countBelow(platform: MastodonServer, asked: Status[]): Promise<number[]> {
  const below = async ({ id }: Status) => {
    const path = `/api/v1/statuses/${id}/context`
    const read = () => platform.as<{ descendants: Status[] }>('bob', path)
    // Reading may be done twice when a connection breaks.
    return (await read().catch(read)).descendants.length
  }
  for (const status of asked) while ((await below(status)) === 0) await sleep(1000)
  await sleep(5000)
  const counts: number[] = []
  for (const status of asked) counts.push(await below(status))
  return counts
}

if (import.meta.main) await tell(bothAnswer)
