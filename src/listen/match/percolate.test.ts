import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { barePost, type Post } from '../posts/post.ts'
import { parseQuery } from '../query/parse.ts'
import { Matcher } from './matcher.ts'

// The folder `percolate` of HEED_BENCH: posts, queries and the sets that two other engines agree on.
const bench = resolve(process.env['HEED_BENCH'] ?? '../shared/bench', 'percolate')

type Workload = {
  buildWorld(): object
  posts(world: object, count: number): Iterable<{ id: number; lang: string; source: string; text: string }>
  makeQueries(world: object, profile: string): () => object
  toPlain(query: object): string
}

let made: { workload: Workload; world: object; posts: Post[] } | null = null

// HEED_BENCH_SETS=all adds those of 100,000 queries, which take minutes and two gigabytes of memory.
const sizes = process.env['HEED_BENCH_SETS'] === 'all' ? [100, 1_000, 10_000, 100_000] : [100, 1_000, 10_000]
const sets = [
  ...['brands', 'agency', 'nasty'].flatMap((profile) => sizes.map((count): [string, number] => [profile, count])),
  ['dense', 2_000] as [string, number],
]

test.for(sets)('%s with %d queries gives the expected sets', { timeout: 600_000 }, async ([profile, count], ctx) => {
  if (!existsSync(bench)) ctx.skip('no percolation workload (HEED_BENCH)')
  const { workload, world, posts } = await make()
  const matcher = new Matcher('plain')
  const next = workload.makeQueries(world, profile)
  for (let id = 0; id < count; id++) matcher.set(id, parseQuery(workload.toPlain(next())).query)
  const expected = gunzipSync(readFileSync(join(bench, `expected/${profile}.${count}.tsv.gz`)))
    .toString()
    .trim()
    .split('\n')
  const wrong = posts.filter((post, index) => {
    const ids = matcher.ids(post)
    return expected[index] !== `${index}\t${ids.length}\t${fnv(ids)}`
  })
  expect(wrong.map((post) => post.text)).toEqual([])
})

async function make(): Promise<NonNullable<typeof made>> {
  if (made) return made
  const workload = (await import(pathToFileURL(join(bench, 'generate.mjs')).href)) as Workload
  const world = workload.buildWorld()
  const posts = Array.from(workload.posts(world, 10_000), (post) => barePost({ ...post, id: '', platform: '' }))
  return (made = { workload, world, posts })
}

/** FNV-1a over the ids, each followed by a comma, as the workload's README says. */
function fnv(ids: Int32Array): string {
  let hash = 0x811c9dc5
  for (const id of ids)
    for (const character of `${id},`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}
