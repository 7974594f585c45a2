import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createRequest, type Request } from '../../base/http/request.ts'
import { UserError } from '../../base/errors.ts'
import { badInput, expectTold } from './bad-input.contract.ts'
import type { Spoil } from './bad-answers.testing.ts'
import { canonicalizeUrl } from './canonical-url.ts'
import type { Connector, Cursor, Fetched, SourceIo, SourceSecrets } from './connector.ts'
import { plainIo } from './reader.testing.ts'

export type PlatformAnswer = { status?: number; headers?: { [name: string]: string }; body?: string | Uint8Array }

/** A platform as a local server plays it. */
export type PlayedPlatform<Config> = {
  connector: Connector<Config>
  /** The platform's addresses, such as `https://t.me`: what is asked there goes to the local server. */
  origin?: string | string[]
  /** Settings a person would type, for a platform that answers at `base`. */
  settings: (base: string) => unknown
  secrets?: SourceSecrets
  /** Settings that are wrong, each with the field to blame. */
  wrongSettings: { input: unknown; field: string }[]
  /** What the platform answers when all is well; the same request gets the same answer. */
  answer: (request: IncomingMessage, base: string, body: string) => PlatformAnswer
  /** How many posts the platform has. */
  posts: number
}

/** What every connector that polls promises, whatever its platform. Each connector's test calls this once. */
export function connectorContract<Config>(name: string, played: PlayedPlatform<Config>): void {
  describe(`${name} keeps the connector contract`, () => {
    const { connector } = played
    const patient = createRequest({ allowPrivate: true, timeoutMs: 30_000 })
    // For a platform that never answers.
    const hasty = createRequest({ allowPrivate: true, timeoutMs: 1500 })
    let network = patient
    const request: Request = async (url, options) => {
      const origin = [played.origin ?? []].flat().find((one) => url.startsWith(one))
      if (origin === undefined) return network(url, options)
      const answer = await network(url.replace(origin, base), options)
      return { ...answer, url: answer.url.replace(base, origin) }
    }
    const now = new Date('2026-11-22T12:00:00Z')
    let clock = now
    let spoil: Spoil | null = null
    let serve: ((response: ServerResponse, path: string) => void) | null = null
    let firsts: Map<string, PlatformAnswer> | null = null
    let goodFor = Infinity
    let trouble: ((request: IncomingMessage) => PlatformAnswer | 'silence' | 'cut') | null = null
    let base = ''

    const well = (asked: IncomingMessage, body: string): PlatformAnswer => {
      goodFor -= 1
      if (goodFor < 0) return { status: 401, body: '{}' }
      // The same place, whatever page of it is asked for.
      const place = `${asked.method} ${(asked.url ?? '').split('?')[0]}`
      const answer = firsts?.get(place) ?? played.answer(asked, base, body)
      firsts?.set(place, answer)
      return spoil === null ? answer : spoil(answer)
    }
    const reply = async (asked: IncomingMessage, response: ServerResponse) => {
      if (serve !== null) return serve(response, asked.url ?? '/')
      const answer = trouble ? trouble(asked) : well(asked, await text(asked))
      if (answer === 'silence') return
      if (answer === 'cut')
        return void response.writeHead(200, { 'content-length': '1000' }).write('half', () => response.destroy())
      response.writeHead(answer.status ?? 200, answer.headers ?? {}).end(answer.body)
    }
    const server = createServer((asked, response) => void reply(asked, response))
    beforeAll(async () => {
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      const address = server.address()
      base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    })
    afterEach(() => {
      trouble = null
      network = patient
    })
    afterAll(async () => {
      await patient.close()
      await hasty.close()
      server.closeAllConnections()
      server.close()
    })

    const io = (signal = new AbortController().signal): SourceIo => plainIo({ request, now: () => clock, signal })
    const fetchOnce = (cursor: Cursor | null, signal?: AbortSignal): Promise<Fetched> => {
      if (!connector.fetch) throw new Error('A connector that polls has fetch')
      // What the cursor went through: it is kept as JSON.
      const kept: Cursor | null = cursor === null ? null : JSON.parse(JSON.stringify(cursor))
      const config = connector.parseConfig(played.settings(base))
      return connector.fetch({ id: 1, config, secrets: played.secrets ?? {}, cursor: kept }, io(signal))
    }
    const fetchAll = async (): Promise<{ pages: Extract<Fetched, { kind: 'page' }>[]; cursor: Cursor | null }> => {
      const pages: Extract<Fetched, { kind: 'page' }>[] = []
      let cursor: Cursor | null = null
      for (let turn = 0; turn < 100; turn += 1) {
        const fetched = await fetchOnce(cursor)
        if (fetched.kind === 'unchanged') return { pages, cursor: fetched.next }
        if (fetched.kind !== 'page') throw new Error(`Expected a page, not ${fetched.kind}`)
        pages.push(fetched)
        cursor = fetched.next
        if (!fetched.more) return { pages, cursor }
      }
      throw new Error('The pages never end')
    }

    test('settings that are wrong name the field', () => {
      for (const { input, field } of [...played.wrongSettings]) {
        let problem: unknown = null
        try {
          connector.parseConfig(input)
        } catch (error) {
          problem = error
        }
        expect(problem).toBeInstanceOf(UserError)
        expect(problem).toMatchObject({ field })
      }
    })

    test('settings that were kept mean the same when they are read again', () => {
      const config = connector.parseConfig(played.settings(base))
      expect(connector.parseConfig(JSON.parse(JSON.stringify(config)))).toEqual(config)
    })

    test('every post arrives once, with an id, a text and a true date', async () => {
      const items = (await fetchAll()).pages.flatMap((page) => page.items)
      expect(items).toHaveLength(played.posts)
      expect(new Set(items.map((post) => post.id)).size).toBe(items.length)
      for (const post of items) {
        expect(post.id.startsWith(`${post.platform}:`) || canonicalizeUrl(post.id) === post.id, post.id).toBe(true)
        expect(post.text.trim()).not.toBe('')
        expect(post.text.isWellFormed()).toBe(true)
        expect(post.text).not.toMatch(/<script|<\/p>|\u0000/i)
        if (post.postedAt !== null) expect(post.postedAt.getTime()).toBeGreaterThan(Date.UTC(1990, 0))
        for (const count of [post.likes, post.shares, post.comments, post.views])
          expect(count === null || (Number.isInteger(count) && count >= 0)).toBe(true)
        for (const link of post.links) expect(link).toMatch(/^https?:\/\//)
      }
    })

    test('reading from the start again gives the same ids', async () => {
      const ids = async (): Promise<string[]> =>
        (await fetchAll()).pages.flatMap((page) => page.items.map((post) => post.id))
      expect(await ids()).toEqual(await ids())
    })

    test('after everything was read, nothing comes twice', async () => {
      const { cursor } = await fetchAll()
      const again = await fetchOnce(cursor)
      expect(again.kind === 'unchanged' || (again.kind === 'page' && again.items.length === 0), again.kind).toBe(true)
    })

    test('a cursor from another time starts anew instead of failing', async () => {
      const { cursor } = await fetchAll()
      const spoiled = Object.fromEntries(
        Object.keys(cursor ?? {}).map((key, index) => [key, index % 2 === 0 ? 17 : '\u0000nonsense']),
      )
      expect(['page', 'unchanged']).toContain((await fetchOnce(spoiled)).kind)
    })

    test('a platform in trouble is data with advice, never an exception', { timeout: 120_000 }, async () => {
      const junk = Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256))
      const troubles: [string, () => PlatformAnswer | 'silence' | 'cut', Fetched['kind'][]][] = [
        ['sign-in', () => ({ status: 401 }), ['signed-out']],
        ['slow down', () => ({ status: 429, headers: { 'retry-after': '90' } }), ['rate-limited']],
        ['server error', () => ({ status: 500, body: 'oops' }), ['failed']],
        ['nonsense', () => ({ body: junk }), ['failed']],
        ['nothing', () => ({ body: '' }), ['failed']],
        ['silence', () => 'silence', ['failed']],
        ['a cut answer', () => 'cut', ['failed']],
        [
          'a web page',
          () => ({ headers: { 'content-type': 'text/html' }, body: '<!doctype html><html><body>Sign in' }),
          ['failed', 'signed-out'],
        ],
        ['a circle', () => ({ status: 302, headers: { location: '/' } }), ['failed']],
        ['a bomb', () => ({ body: Buffer.alloc(60 * 1024 * 1024, 0x20) }), ['failed']],
      ]
      for (const [what, answer, kinds] of troubles) {
        trouble = answer
        network = what === 'silence' ? hasty : patient
        const fetched = await fetchOnce(null)
        expect(kinds, what).toContain(fetched.kind)
        for (const secret of Object.values(played.secrets ?? {})) expect(JSON.stringify(fetched)).not.toContain(secret)
        if (fetched.kind === 'rate-limited') expect(fetched.retryAt).toEqual(new Date('2026-11-22T12:01:30Z'))
        expectTold(fetched, what)
      }
    })

    test('stopping ends the wait', async () => {
      trouble = () => 'silence'
      const started = Date.now()
      const fetched = await fetchOnce(null, AbortSignal.timeout(100))
      expect(fetched.kind).toBe('failed')
      expect(Date.now() - started).toBeLessThan(10_000)
    })

    badInput(
      {
        spoil: (change) => void (spoil = change),
        serve: (by) => void (serve = by),
        repeat: (isRepeating) => void (firsts = isRepeating ? new Map() : null),
        expireAfter: (requests) => void (goodFor = requests ?? Infinity),
        setClock: (at) => void (clock = at),
        once: fetchOnce,
        now,
      },
      played.posts,
    )
  })
}
