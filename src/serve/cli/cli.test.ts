import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { heed } from '../../../test/heed.ts'
import { listen } from '../api/server.ts'
import { commands } from './commands.ts'

const dir = mkdtempSync(join(tmpdir(), 'heed-cli-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

describe('filters', () => {
  test('one line out per line in, in order; an unreadable line is named in its place', async () => {
    const posts = [
      '{"id":1,"text":"Банк закрыл отделение"}',
      'nonsense',
      '{"id":"b","text":"Погода"}',
      '[]',
      '{"text":"no id"}',
      '{"id":4}',
    ]
    const { code, lines } = await heed(['match', '--queries', queries({ id: 'q', query: 'банк' })], posts)
    expect(code).toBe(0)
    expect(lines).toEqual([
      { id: 1, queries: ['q'] },
      { line: 2, error: 'not JSON' },
      { id: 'b', queries: [] },
      { line: 4, error: 'not a JSON object' },
      { line: 5, error: 'no id' },
      { line: 6, error: 'no text' },
    ])
  })

  test('--strict stops at the first unreadable line with status 1', async () => {
    const posts = ['{"id":1,"text":"Банк"}', 'nonsense', '{"id":2,"text":"Банк"}']
    for (const words of [
      ['match', '--queries', queries({ id: 'q', query: 'банк' })],
      ['search', '--query', 'банк'],
      ['enrich', '--only', 'language'],
    ]) {
      const { code, lines } = await heed([...words, '--strict'], posts)
      expect([words[0], code, lines.at(-1)]).toEqual([words[0], 1, { line: 2, error: 'not JSON' }])
    }
  })

  test('ids of queries stand sorted, and any number of threads gives the same', async () => {
    const file = queries(
      { id: 'b', query: 'банк' },
      { id: 'a', query: 'карта' },
      { id: 'c', query: 'банк OR карта' },
      { id: 'd', query: 'лес' },
    )
    const posts = Array.from({ length: 3000 }, (_, index) =>
      JSON.stringify({ id: index, text: index % 3 === 0 ? 'карта банка' : 'погода' }),
    )
    const one = await heed(['match', '--queries', file], posts)
    const three = await heed(['match', '--queries', file, '--threads', '3'], posts)
    expect(one.lines[0]).toEqual({ id: 0, queries: ['a', 'b', 'c'] })
    expect(one.lines[1]).toEqual({ id: 1, queries: [] })
    expect(three.out).toBe(one.out)
  })

  test('word forms count unless they are switched off', async () => {
    const file = queries({ id: 'q', query: 'карта' })
    const posts = ['{"id":1,"text":"потеряла свою карту"}']
    expect((await heed(['match', '--queries', file], posts)).lines).toEqual([{ id: 1, queries: ['q'] }])
    expect((await heed(['match', '--queries', file, '--analysis', 'plain'], posts)).lines).toEqual([
      { id: 1, queries: [] },
    ])
  })

  test('a query that cannot be read is named and the others work; --strict refuses', async () => {
    const file = queries({ id: 'q', query: 'банк' }, { id: 'broken', query: '(карта' })
    const posts = ['{"id":1,"text":"банк"}']
    const lenient = await heed(['match', '--queries', file], posts)
    expect([lenient.code, lenient.lines]).toEqual([0, [{ id: 1, queries: ['q'] }]])
    expect(lenient.err).toMatch(/:2: /)
    expect((await heed(['match', '--queries', file, '--strict'], posts)).code).toBe(1)
  })

  test('search lets posts through as they came, with the places of the match', async () => {
    const { lines } = await heed(
      ['search', '--query', 'банк'],
      ['{"id":1,"text":"Этот банк","more":{"kept":true}}', '{"id":2,"text":"Нет"}'],
    )
    expect(lines).toEqual([
      { id: 1, text: 'Этот банк', more: { kept: true }, places: [{ field: 'text', start: 5, end: 9 }] },
    ])
  })

  test('enrich says what is known, and null for what nobody knows yet', async () => {
    const posts = ['{"id":1,"platform":"vk","text":"Сегодня в отделении была очередь на два часа"}']
    expect((await heed(['enrich'], posts)).lines).toMatchObject([
      { id: 1, language: { code: 'ru', confidence: expect.any(Number) }, media: 'social' },
    ])
    expect((await heed(['enrich', '--only', 'language,spam'], posts)).lines).toEqual([
      { id: 1, language: expect.anything(), spam: { label: false, confidence: expect.any(Number) } },
    ])
    expect((await heed(['enrich', '--only', 'horoscope'], posts)).code).toBe(2)
  })

  test('enrich judges a post, and towards its target where it has one', async () => {
    const posts = [
      '{"id":1,"text":"Спасибо Билайн, отличный интернет! А МТС ужасно бесит","target":"МТС"}',
      '{"id":2,"text":"https://example.org"}',
    ]
    const { lines } = await heed(['enrich', '--only', 'sentiment,sentimentTowards'], posts)
    const judged = { label: expect.any(String), scores: expect.any(Object), sure: expect.any(Boolean) }
    expect(lines).toEqual([
      { id: 1, sentiment: judged, sentimentTowards: judged },
      { id: 2, sentiment: null, sentimentTowards: null },
    ])
  })

  test('an endpoint that the environment sets judges in place of the shipped model', async () => {
    const server = createServer((_, response) =>
      response.end(JSON.stringify({ choices: [{ message: { content: '{"label":"neutral"}' } }] })),
    )
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const env = { HEED_LLM_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, HEED_LLM_MODEL: 'm' }
    const posts = ['{"id":1,"text":"I love it, best phone ever"}', '{"id":2,"text":"https://example.org"}']
    const { lines } = await heed(['enrich', '--only', 'sentiment'], posts, 'en', env)
    server.close()
    expect(lines).toEqual([
      { id: 1, sentiment: { label: 'neutral', scores: null, sure: false } },
      { id: 2, sentiment: null },
    ])
    const wrong = await heed(['enrich'], posts, 'ru', { HEED_ONNX: join(dir, 'nothing') })
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('config.json')])
  })

  test('letters cut between two chunks of a pipe stay whole', async () => {
    const bytes = Buffer.from('{"id":1,"text":"ёжик"}\n{"id":2,"text":"банк"}')
    const bits = Array.from(bytes, (byte) => Buffer.from([byte]))
    const { lines } = await heed(['search', '--query', 'банк'], Readable.from(bits))
    expect(lines).toMatchObject([{ id: 2, text: 'банк' }])
  })
})

describe('queries', () => {
  test('lint names problems in the language of the person and ends with 1 when one is an error', async () => {
    const broken = await heed(['query', 'lint'], '(банк OR карта', 'ru')
    expect([broken.code, broken.lines]).toMatchObject([
      1,
      [{ key: 'bracket-open', severity: 'error', message: 'Эта скобка нигде не закрыта.' }],
    ])
    expect(await heed(['query', 'lint'], 'банк OR карта')).toMatchObject({ code: 0, out: '' })
  })

  test('print writes the canonical form, explain says it in words', async () => {
    expect(await heed(['query', 'print'], 'банк | карта\n')).toMatchObject({ code: 0, out: 'банк OR карта\n' })
    const explained = await heed(['query', 'explain'], 'банк OR карта', 'ru')
    expect([explained.code, explained.out.includes('банк')]).toEqual([0, true])
  })

  test('import writes the query of another tool, and apart from it what changed, by its place', async () => {
    const imported = await heed(
      ['query', 'import', '--from', 'brandwatch'],
      '"филин банк"\nNOT (лес OR authorGender:F)\n',
      'ru',
    )
    expect([imported.code, imported.out]).toEqual([0, '"филин банк" AND NOT =лес\n'])
    expect(imported.err).toContain('2:13 потеряно: Для «authorGender:F» в Heed нет соответствия.')
    const empty = await heed(['query', 'import', '--from', 'youscan'], 'AND')
    expect([empty.code, empty.out]).toEqual([1, ''])
    expect((await heed(['query', 'import', '--from', 'elsewhere'], 'сова')).code).toBe(2)
  })
})

describe('calls', () => {
  test('the help lists every command that exists, in both languages, and nothing else', async () => {
    for (const language of ['en', 'ru'] as const) {
      const { code, out } = await heed(['--help'], '', language)
      expect(code).toBe(0)
      const listed = out.split('\n').flatMap((line) => /^ {2}(\w+) /.exec(line)?.[1] ?? [])
      expect(listed).toEqual([...commands.keys()])
      for (const name of listed) expect((await heed([name, '--help'], '', language)).out).toContain(`heed ${name}`)
    }
  })

  test.each([
    [['nonsense']],
    [['match']],
    [['match', '--queries']],
    [['match', '--bogus']],
    [['export']],
    [['search', '--query', 'a', 'b', 'c']],
    [['query', 'import']],
    [[]],
  ])('a wrong call %j ends with 2', async (words) => {
    expect((await heed(words, '')).code).toBe(2)
  })

  test('a query with a mistake is refused with the sentence about it', async () => {
    expect(await heed(['search', '--query', '(a'], '', 'ru')).toMatchObject({
      code: 1,
      err: 'heed: Эта скобка нигде не закрыта.\n',
    })
  })

  test('a place where Heed cannot run is named in a sentence', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    await expect(listen({ fetch: () => new Response() }, { host: '127.0.0.1', port })).rejects.toMatchObject({
      key: 'address-taken',
    })
    taken.close()
    expect((await heed(['serve', '--port', '70000'], '')).code).toBe(2)
    const file = queries({ id: 'q', query: 'банк' })
    // The second takes no directories from anybody, and Node's own recursive mkdir never comes back from it.
    for (const nowhere of [join(file, 'data'), '/proc/nope/data']) {
      const refused = { code: 1, err: expect.stringContaining('Nothing can be written in the data directory') }
      expect(await heed(['serve', '--data', nowhere], '')).toMatchObject(refused)
      expect(await heed(['export', '--project', '1', '--data', nowhere], '')).toMatchObject(refused)
    }
  })

  test('the doctor only looks: a data directory that is not there stays away, and it says so', async () => {
    const unborn = join(dir, 'not/yet')
    const { code, out } = await heed(['doctor', '--data', unborn], '')
    expect([code, existsSync(join(dir, 'not'))]).toEqual([1, false])
    expect(out).toContain(`✗ There is no data directory ${unborn} yet\n  → heed serve makes it`)
    const file = queries({ id: 'q', query: 'банк' })
    expect((await heed(['doctor', '--data', join(file, 'data')], '', 'ru')).out).toContain('нельзя писать')
  })

  test('the version is that of the package', async () => {
    expect((await heed(['--version'], '')).out).toMatch(/^\d+\.\d+\.\d+\n$/)
  })

  test('a file that is not there is a wrong call, told in the language of the person', async () => {
    const { code, err } = await heed(['match', '--queries', '/nowhere/q.jsonl'], '', 'ru')
    expect([code, err]).toEqual([2, 'heed: Нет файла /nowhere/q.jsonl\n'])
  })
})

function queries(...lines: { id: string; query: string }[]): string {
  const path = join(dir, `${crypto.randomUUID()}.jsonl`)
  writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'))
  return path
}
