import { gzipSync } from 'node:zlib'
import type { ServerResponse } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { changingIds, cutInHalf, dated, wrongTypes, type Spoil } from './bad-answers.testing.ts'
import type { Cursor, Fetched, FetchedPage } from './connector.ts'
import type { Post } from '../posts/post.ts'
import { tell } from './problems.ts'

/** A source at a platform that can be made to answer badly. */
export type Spoiled = {
  /** Changes what the platform answers; null: it answers well again. */
  spoil(change: Spoil | null): void
  /** Answers by hand, in the platform's place. */
  serve(answer: ((response: ServerResponse, path: string) => void) | null): void
  /** Whatever is asked for the first time is answered well, and the same for ever. */
  repeat(isRepeating: boolean): void
  /** After so many more requests the platform knows the token no longer; null: it does. */
  expireAfter(requests: number | null): void
  setClock(at: Date): void
  once(cursor: Cursor | null): Promise<Fetched>
  now: Date
}

/** What went wrong is a sentence in both languages, without anything of ours that a person cannot read. */
export function expectTold(fetched: Fetched, what: string): void {
  if (fetched.kind !== 'failed' && fetched.kind !== 'signed-out' && fetched.kind !== 'gone') return
  const { problem } = fetched
  if (problem === undefined) throw new Error(`${what}: ${fetched.hint} is told in one language only`)
  const [en, ru] = [tell(problem, 'en'), tell(problem, 'ru')]
  expect(en.split(' ').length, `${what}: ${en}`).toBeGreaterThan(4)
  expect(ru, what).toMatch(/[а-яё]+[ ,].*[а-яё]+ /i)
  for (const text of [en, ru]) expect(text, what).not.toMatch(/\{\w+\}|undefined|\[object|null/)
}

const plain = (at: Date, now: Date) =>
  at.getTime() > Date.UTC(1990, 0) && at.getTime() <= now.getTime() + 48 * 3_600_000
const mostTurns = 400
// Far above what any connector takes, and far below what is sent.
const mostTaken = 256 * 1024 * 1024
const gigabyte = 1024 ** 3

/** What the outside world may do to a source, of every connector: nothing is thrown, invented, lost or read for ever. */
export function badInput(source: Spoiled, posts: number): void {
  afterEach(() => {
    source.spoil(null)
    source.serve(null)
    source.repeat(false)
    source.expireAfter(null)
    source.setClock(source.now)
  })
  const secondReading = async (cursor: Cursor | null) => (await readOn(source, cursor)).items

  test('answers that are cut or of other types are data, and what is read of them is true', async () => {
    const good = new Set((await readOn(source, null)).items.map(({ id }) => id))
    for (const [what, spoil] of [['cut', cutInHalf] as const, ...wrongTypes]) {
      source.spoil(spoil)
      const read = await readOn(source, null, 3)
      expectTold(read.last, what)
      for (const post of read.items) expectSound(post, source.now, what)
      if (what === 'cut') for (const { id } of read.items) expect(good, id).toContain(id)
    }
  })

  test('one answer in the middle that is broken loses nothing', async () => {
    const all = (await readOn(source, null)).items
    for (const broken of [2, 3]) {
      let asked = 0
      source.spoil((answer) => {
        asked += 1
        return asked === broken ? { ...cutInHalf(answer), status: 502 } : answer
      })
      const first = await readOn(source, null)
      source.spoil(null)
      expectAll([...first.items, ...(await secondReading(first.cursor))], all)
    }
  })

  test('dates of 1970 and of the far future are no dates, and hide nothing that comes later', async () => {
    const all = (await readOn(source, null)).items
    for (const at of [new Date(0), new Date('2075-01-01T00:00:00Z')]) {
      source.spoil(dated(at))
      const first = await readOn(source, null)
      for (const post of first.items) expectSound(post, source.now, at.toISOString())
      for (const page of first.pages)
        if (page.health.newestAt !== null) expect(plain(page.health.newestAt, source.now), at.toISOString()).toBe(true)
      source.spoil(null)
      expectAll([...first.items, ...(await secondReading(first.cursor))], all)
    }
  })

  test('ids that change and pages that repeat come to an end', async () => {
    source.spoil(changingIds())
    expect((await readOn(source, null)).turns).toBeLessThan(mostTurns)
    source.spoil(null)
    source.repeat(true)
    const read = await readOn(source, null)
    expect(read.turns).toBeLessThan(mostTurns)
    expect(new Set(read.items.map(({ id }) => id)).size).toBe(read.items.length)
    expect(read.items.length).toBeLessThanOrEqual(posts)
  })

  test('a clock that jumps ahead and back makes nothing come twice and hides nothing', async () => {
    const { items, cursor } = await readOn(source, null)
    expect(items).toHaveLength(posts)
    source.setClock(new Date(source.now.getTime() + 10 * 365 * 86_400_000))
    const ahead = await readOn(source, cursor, 5)
    source.setClock(new Date(source.now.getTime() - 86_400_000))
    const behind = await readOn(source, ahead.cursor, 5)
    source.setClock(source.now)
    const after = await readOn(source, behind.cursor)
    expect(['page', 'unchanged'], JSON.stringify(after.last)).toContain(after.last.kind)
    const known = new Set(items.map(({ id }) => id))
    for (const { id } of [...ahead.items, ...behind.items, ...after.items]) expect(known, id).toContain(id)
    expect(after.items).toEqual([])
    source.setClock(new Date(source.now.getTime() + 10 * 365 * 86_400_000))
    const early = await readOn(source, null, 5)
    source.setClock(source.now)
    expectAll([...early.items, ...(await secondReading(early.cursor))], items)
  })

  test('a token that ends in the middle is told, and with the next one nothing is lost', async () => {
    const all = (await readOn(source, null)).items
    for (const requests of [1, 2, 3]) {
      source.expireAfter(requests)
      const first = await readOn(source, null)
      expect(['signed-out', 'page', 'unchanged', 'failed'], first.last.kind).toContain(first.last.kind)
      expectTold(first.last, 'a token that ended')
      source.expireAfter(null)
      expectAll([...first.items, ...(await secondReading(first.cursor))], all)
    }
  })

  test('redirects without end, a bomb of gzip and a gigabyte are let go of', { timeout: 180_000 }, async () => {
    const bomb = gzipSync(Buffer.alloc(48 * 1024 * 1024, 0x20))
    const fails = async (what: string) => {
      const fetched = await source.once(null)
      expect(fetched.kind, what).toBe('failed')
      expectTold(fetched, what)
    }
    let hops = 0
    source.serve((response) => void response.writeHead(302, { location: `/hop/${(hops += 1)}` }).end())
    await fails('redirects')
    expect(hops).toBeLessThan(40)
    source.serve((response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    await fails('a bomb')
    for (const headers of [{}, { 'content-length': String(gigabyte) }]) {
      let sent = 0
      source.serve((response) => {
        response.writeHead(200, { 'content-type': 'application/json', ...headers })
        const chunk = Buffer.alloc(1024 * 1024, 0x20)
        const go = (): void => {
          while (!response.destroyed && sent < gigabyte) {
            sent += chunk.length
            if (!response.write(chunk)) return void response.once('drain', go)
          }
          response.end()
        }
        go()
      })
      await fails('a gigabyte')
      expect(sent).toBeLessThan(mostTaken)
    }
  })
}

/** Reads until nothing more waits, or something else than a page comes. */
async function readOn(source: Spoiled, from: Cursor | null, most = mostTurns) {
  const pages: FetchedPage[] = []
  let cursor = from
  let last: Fetched = { kind: 'failed', hint: 'nothing was read', retryAt: null }
  let turns = 0
  for (let more = true; more && turns < most; turns += 1) {
    last = await source.once(cursor)
    if ('next' in last) cursor = last.next
    if (last.kind === 'page') pages.push(last)
    more = last.kind === 'page' && last.more
  }
  return { pages, items: pages.flatMap(({ items }) => items), cursor, last, turns }
}

function expectAll(read: Post[], all: Post[]): void {
  const ids = new Set(read.map(({ id }) => id))
  expect(all.map(({ id }) => id).filter((id) => !ids.has(id))).toEqual([])
}

export function expectSound(post: Post, now: Date, what: string): void {
  expect(post.id, what).toMatch(/^[\w-]+:./)
  expect(typeof post.text === 'string' && post.text.trim() !== '' && post.text.isWellFormed(), what).toBe(true)
  if (post.postedAt !== null) expect(plain(post.postedAt, now), `${what}: ${String(post.postedAt)}`).toBe(true)
  for (const count of [post.likes, post.shares, post.comments, post.views])
    expect(count === null || (Number.isSafeInteger(count) && count >= 0), `${what}: ${count}`).toBe(true)
  if (post.rating !== null) expect(post.rating >= 1 && post.rating <= 5, what).toBe(true)
  for (const link of post.links) expect(link, what).toMatch(/^https?:\/\//)
  for (const name of [post.author?.id, post.author?.name ?? ''])
    expect(['string', 'undefined'], what).toContain(typeof name)
}
