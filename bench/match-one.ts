import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { AnalysisMode } from '../src/base/text/analyse.ts'
import { Matcher } from '../src/listen/match/matcher.ts'
import { barePost, type Post } from '../src/listen/posts/post.ts'
import { parseQuery } from '../src/listen/query/parse.ts'
import { findWorkload, percolateFile, type Workload } from './corpus.ts'
import { quantile } from './table.ts'
import { makeCalibration } from './tokeniser.ts'

export type Asked = { profile: 'agency' | 'brands' | 'nasty'; queries: number; mode: AnalysisMode }
export type Measured = {
  /** How much slower than the reference machine this one was meanwhile. */
  ratio: number
  /** As if the ratio was 1: each pass is compared with a calibration before and one after it. */
  postsPerSecond: number
  /** Posts that were never read before, most of whose rare words are new. */
  unreadPerSecond: number
  p99Ms: number
  megabytes: number
  /** Posts whose set of queries is not the expected one; null where none is expected. */
  wrong: number | null
  registerSeconds: number
  changeP99Ms: number
  longestChangeMs: number
}

const passes = 9
const rounds = 3
const changes = 2_000

/** One set of queries against the first 10,000 posts, in a process of its own. Null without the workload. */
async function measure({ profile, queries, mode }: Asked): Promise<Measured | null> {
  const workload = await findWorkload()
  if (!workload) return null
  const { posts, unread, texts } = make(workload, profile, queries)
  const calibrate = makeCalibration([...posts, ...unread].map(({ text }) => text))
  for (let pass = 0; pass < 3; pass++) calibrate()
  collectGarbage()
  const before = process.memoryUsage()
  const matcher = new Matcher(mode)
  let registerSeconds = 0
  for (const [id, text] of texts.entries()) {
    const used = process.cpuUsage()
    matcher.set(id, parseQuery(text).query)
    registerSeconds += secondsSince(used)
  }
  const wrong = mode === 'plain' ? compare(matcher, posts, profile, queries) : null
  // Anchors are chosen anew from what was read.
  for (let pass = 0; pass < 2; pass++) for (const post of posts) matcher.ids(post)
  const ratios = [calibrate()]
  const rateOf = (some: Post[]): number => {
    const used = process.cpuUsage()
    for (const post of some) matcher.ids(post)
    const rate = some.length / secondsSince(used)
    ratios.push(calibrate())
    return (rate * (ratios.at(-2)! + ratios.at(-1)!)) / 2
  }
  const rates = Array.from({ length: passes }, () => rateOf(posts))
  const rateUnread = rateOf(unread)
  const times = bestTimes(posts.map((post) => () => matcher.ids(post)))
  const ratio = quantile(ratios, 0.5)
  collectGarbage()
  const after = process.memoryUsage()
  const shared = Object.values(matcher.memory).reduce((sum, { byteLength }) => sum + byteLength, 0)
  // A change with the post that waits for it.
  const changing = bestTimes(
    Array.from({ length: changes }, (_, i) => {
      const id = ((i >> 1) * 7919) % texts.length
      const { query } = parseQuery(texts[id]!)
      const post = posts[i % posts.length]!
      return () => {
        if (i % 2 === 0) matcher.remove(id)
        else matcher.set(id, query)
        matcher.ids(post)
      }
    }),
  )
  return {
    ratio,
    postsPerSecond: quantile(rates, 0.5),
    unreadPerSecond: rateUnread,
    p99Ms: quantile(times, 0.99) / ratio,
    megabytes: (after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers + shared) / 1e6,
    wrong,
    registerSeconds: registerSeconds / ratio,
    changeP99Ms: quantile(changing, 0.99) / ratio,
    longestChangeMs: Math.max(...changing) / ratio,
  }
}

// The world it is made from is gone before memory is measured.
function make(workload: Workload, profile: string, count: number): { posts: Post[]; unread: Post[]; texts: string[] } {
  const world = workload.buildWorld()
  const posts = Array.from(workload.posts(world, 20_000), (post) => barePost({ ...post, id: '', platform: '' }))
  const next = workload.makeQueries(world, profile)
  return {
    posts: posts.slice(0, 10_000),
    unread: posts.slice(10_000),
    texts: Array.from({ length: count }, () => workload.toPlain(next())),
  }
}

function compare(matcher: Matcher, posts: Post[], profile: string, queries: number): number | null {
  const file = join(dirname(percolateFile()!), `expected/${profile}.${queries}.tsv.gz`)
  if (!existsSync(file)) return null
  const expected = gunzipSync(readFileSync(file)).toString().trim().split('\n')
  return posts.filter((post, index) => {
    const ids = matcher.ids(post)
    return expected[index] !== `${index}\t${ids.length}\t${fnv(ids)}`
  }).length
}

/** FNV-1a over the ids, each followed by a comma, as the workload's README says. */
function fnv(ids: Int32Array): string {
  let hash = 0x811c9dc5
  for (const id of ids)
    for (const character of `${id},`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}

// Once is not enough for what is only found to be garbage on the way.
function collectGarbage(): void {
  for (let time = 0; time < 3; time++) global.gc!()
}

function secondsSince(used: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(used)
  return (user + system) / 1e6
}

/** Milliseconds of each by the clock: the best of some times, as other programs take turns with us. */
function bestTimes(works: (() => unknown)[]): number[] {
  const times = works.map(() => Infinity)
  for (let round = 0; round < rounds; round++) {
    for (const [index, work] of works.entries()) {
      const begun = performance.now()
      work()
      times[index] = Math.min(times[index]!, performance.now() - begun)
    }
  }
  return times
}

const measured = await measure(JSON.parse(process.argv[2]!) as Asked)
if (measured && process.send) process.send(measured)
else console.log(measured)
