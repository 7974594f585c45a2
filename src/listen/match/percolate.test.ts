import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { barePost, type Post } from '../posts/post.ts'
import type { Query } from '../query/query.ts'
import { Matcher } from './matcher.ts'

// The folder `percolate` of HEED_BENCH: posts, queries and the sets that two other engines agree on.
const bench = resolve(process.env['HEED_BENCH'] ?? '../shared/bench', 'percolate')
const made = mkdtempSync(join(tmpdir(), 'heed-percolate-'))
afterAll(() => rmSync(made, { recursive: true, force: true }))

type Written =
  | { t: string }
  | { pre: string }
  | { p: string[] }
  | { f: string; v: string | string[] }
  | { or: Written[] }
  | { and: Written[] }
  | { not: Written }
  | { near: [Written, Written]; gap: number }

function read(written: Written): Query {
  if ('t' in written) return { kind: 'word', text: written.t, form: 'any' }
  if ('pre' in written) return { kind: 'wildcard', pattern: `${written.pre}*` }
  if ('p' in written) return { kind: 'phrase', text: written.p.join(' '), forms: 'exact' }
  if ('f' in written)
    return { kind: 'or', of: [written.v].flat().map((is) => ({ kind: 'field', field: written.f, value: { is } })) }
  if ('or' in written) return { kind: 'or', of: written.or.map(read) }
  if ('and' in written) return { kind: 'and', of: written.and.map(read) }
  if ('not' in written) return { kind: 'not', of: read(written.not) }
  return {
    kind: 'near',
    between: written.gap,
    ordered: false,
    left: read(written.near[0]),
    right: read(written.near[1]),
  }
}

let posts: Post[] | null = null

// The sets that take seconds. HEED_BENCH_SETS=all adds the larger ones, which take minutes and two gigabytes of memory.
const all = process.env['HEED_BENCH_SETS'] === 'all'
test.for([
  ['brands', 100, 10_000],
  ['brands', 1_000, 10_000],
  ['agency', 100, 10_000],
  ['agency', 1_000, 10_000],
  ['nasty', 100, 10_000],
  ['nasty', 1_000, all ? 10_000 : 2_000],
  ['dense', 2_000, all ? 10_000 : 1_000],
  ...(all
    ? [
        ['brands', 10_000, 10_000],
        ['agency', 10_000, 10_000],
        ['nasty', 10_000, 10_000],
      ]
    : []),
] as [string, number, number][])(
  '%s with %d queries gives the expected sets',
  { timeout: 240_000 },
  ([profile, count, first], ctx) => {
    if (!existsSync(bench)) ctx.skip('no percolation workload (HEED_BENCH)')
    expectTheSets(profile, count, first)
  },
)

function expectTheSets(profile: string, count: number, first: number): void {
  if (!posts) {
    execFileSync(
      process.execPath,
      [join(bench, 'generate.mjs'), '--out', made, '--posts', '10000', '--queries', '10000', '--formats', 'ast'],
      { stdio: 'ignore' },
    )
    posts = lines('posts.jsonl', 10_000).map((line) =>
      barePost({
        ...(JSON.parse(line) as { id: number; text: string; lang: string; source: string }),
        id: '',
        platform: '',
      }),
    )
  }
  const matcher = new Matcher('plain')
  for (const [id, line] of lines(`queries.${profile}.jsonl`, count).entries())
    matcher.set(id, read((JSON.parse(line) as { ast: Written }).ast))
  const expected = gunzipSync(readFileSync(join(bench, `expected/${profile}.${count}.tsv.gz`)))
    .toString()
    .trim()
    .split('\n')
  const wrong = posts.slice(0, first).filter((post, index) => {
    const ids = matcher.ids(post)
    return expected[index] !== `${index}\t${ids.length}\t${fnv(ids)}`
  })
  expect(wrong.map((post) => post.text)).toEqual([])
}

function lines(file: string, count: number): string[] {
  return readFileSync(join(made, file), 'utf8').split('\n', count)
}

/** FNV-1a over the ids, each followed by a comma, as the workload's README says. */
function fnv(ids: Int32Array): string {
  let hash = 0x811c9dc5
  for (const id of ids)
    for (const character of `${id},`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}
