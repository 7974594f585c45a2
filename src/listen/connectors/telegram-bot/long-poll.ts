import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Answer } from '../../../base/http/request.ts'
import { failed } from '../answers.ts'
import type { Cursor, Fetched, Health, SourceIo } from '../connector.ts'
import { askBot, methodAt, readBot, type BotAccess } from './call.ts'
import { keptThreads, readUpdates, Update, wanted } from './updates.ts'

const pageSize = 100
// Shorter than what the collector takes for silence.
const waitS = 20
const largest = 10 * 1024 * 1024
// For servers that answer at once that there is nothing.
const shortestMs = 1000

const Updates = z.array(z.unknown())
const Numbered = z.object({ update_id: z.int() })

/**
 * What comes to a bot, as it comes. Telegram forgets an update when the next one is asked for, so that is done only after
 * what came before is saved; where nothing is saved, nothing is asked for any more.
 */
export async function* followUpdates(
  access: BotAccess,
  { cursor, url, title }: { cursor: Cursor; url: string; title: string },
  io: SourceIo,
): AsyncGenerator<Fetched> {
  let at = cursor
  while (!io.signal.aborted) {
    const began = Date.now()
    const fetched = await readOnce(access, { cursor: at, url, title, waitS }, io)
    yield fetched
    if (fetched.kind !== 'page' && fetched.kind !== 'unchanged') return
    if (fetched.next['offset'] !== at['offset']) {
      if (io.saved === undefined) return await aborted(io.signal)
      await io.saved()
    } else if (Date.now() - began < shortestMs)
      await sleep(shortestMs, undefined, { signal: io.signal }).catch(() => {})
    at = fetched.next
  }
}

/** What waits for a bot now, or comes within so many seconds; asking with its cursor tells Telegram that the rest was saved. */
export async function readOnce(
  access: BotAccess,
  { cursor, url, title, waitS: timeout }: { cursor: Cursor; url: string; title: string; waitS: number },
  io: SourceIo,
): Promise<Fetched> {
  const known = cursor['offset']
  const offset = typeof known === 'number' && Number.isSafeInteger(known) && known > 0 ? known : undefined
  const parameters = { ...(offset && { offset }), limit: pageSize, timeout, allowed_updates: wanted }
  const answer = timeout === 0 ? askBot(access, 'getUpdates', parameters, io) : askToWait(access, parameters, io)
  const asked = readBot(await answer, Updates, io.now())
  if ('trouble' in asked) return asked.trouble
  const numbers = asked.value.map((one) => Numbered.safeParse(one).data?.update_id ?? 0)
  const last = numbers.reduce((a, b) => Math.max(a, b), 0)
  const health: Health = { title, newestAt: null, requests: 1, pollAfterMs: null }
  // What was saved is forgotten there now, and numbers begin anew after a quiet week: the old one would hide what follows.
  if (last === 0) return { kind: 'unchanged', next: { url, threads: cursor['threads'] ?? null }, health }
  // It was told that these are saved; whoever sends them again would do so for ever.
  if (offset !== undefined && last < offset) return failed('site.unexpected', { what: 'update_id' })
  const threads = keptThreads(cursor['threads'])
  const updates = asked.value.map((one) => Update.safeParse(one).data).filter((one) => one !== undefined)
  const { items, edited, problems, newestAt } = readUpdates(updates, threads, io.now())
  const next = { url, offset: last + 1, threads: threads.print() }
  return {
    kind: 'page',
    items,
    edited,
    problems,
    next,
    more: numbers.length === pageSize,
    health: { ...health, newestAt },
  }
}

/** A question that may take long must not keep others waiting who ask the same server. */
async function askToWait(access: BotAccess, parameters: object, io: SourceIo): Promise<Answer> {
  const url = methodAt(access, 'getUpdates')
  const asked = await io.stream(url, {
    method: 'POST',
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(parameters),
    quietMs: (waitS + 10) * 1000,
    signal: io.signal,
  })
  if (asked.kind !== 'open') return asked
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of asked.chunks) {
    chunks.push(chunk)
    size += chunk.byteLength
    if (size <= largest) continue
    asked.close()
    return { kind: 'too-large', maxBytes: largest, url, requests: 1 }
  }
  const { status, headers } = asked
  return { kind: 'ok', status, headers, body: Buffer.concat(chunks), url, movedTo: null, requests: 1 }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}
