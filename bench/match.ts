import { fork } from 'node:child_process'
import { join } from 'node:path'
import { tell, type Row } from './table.ts'
import type { Asked, Measured } from './match-one.ts'

/** Figures wanted of one thread, per second of its processor time. */
const sets: (Asked & { posts: number; p99Ms: number; megabytes: number })[] = [
  { profile: 'agency', queries: 1_000, mode: 'plain', posts: 250_000, p99Ms: 0.02, megabytes: 60 },
  { profile: 'agency', queries: 10_000, mode: 'plain', posts: 150_000, p99Ms: 0.04, megabytes: 90 },
  { profile: 'agency', queries: 100_000, mode: 'plain', posts: 30_000, p99Ms: 0.2, megabytes: 300 },
  { profile: 'brands', queries: 100_000, mode: 'plain', posts: 150_000, p99Ms: 0.04, megabytes: 150 },
  { profile: 'nasty', queries: 10_000, mode: 'plain', posts: 30_000, p99Ms: 0.2, megabytes: 150 },
  { profile: 'nasty', queries: 100_000, mode: 'plain', posts: 4_000, p99Ms: 1.5, megabytes: 800 },
]
// With the forms of words.
const shareWithForms = 0.6
const mostSecondsToRegister = 10
const mostMsToChange = 1
const mostMsOfPause = 5

/** Posts per second against many queries at once, on the percolation workload, with its expected sets compared. */
export async function match(): Promise<Row[]> {
  const rows: Row[] = []
  for (const { posts, p99Ms, megabytes, ...set } of sets) {
    const name = `${set.profile} ${set.queries.toLocaleString('en')}`
    rows.push(...(await rowsOf(name, set, posts, p99Ms, megabytes)))
    rows.push(...(await rowsOf(`${name}, forms`, { ...set, mode: 'forms' }, posts * shareWithForms, null, null)))
  }
  return rows
}

async function rowsOf(
  name: string,
  set: Asked,
  posts: number,
  p99Ms: number | null,
  megabytes: number | null,
): Promise<Row[]> {
  const measured = await measureAlone(set)
  if (!measured)
    return [
      { what: name, wanted: '', measured: null, unit: '', ok: false, note: 'no workload (HEED_BENCH), or it failed' },
    ]
  const least = (what: string, value: number, wanted: number, unit: string): Row => ({
    what: `${name}: ${what}`,
    wanted: `≥ ${wanted.toLocaleString('en')}`,
    measured: value,
    unit,
    ok: value >= wanted,
  })
  const most = (what: string, value: number, wanted: number, unit: string): Row => ({
    what: `${name}: ${what}`,
    wanted: `≤ ${wanted}`,
    measured: value,
    unit,
    ok: value <= wanted,
  })
  return [
    least(
      `posts a second of processor time at ratio 1 (now ${measured.ratio.toFixed(2)})`,
      measured.postsPerSecond,
      posts,
      'posts/s',
    ),
    least('the same of posts never read before', measured.unreadPerSecond, posts, 'posts/s'),
    ...(p99Ms === null ? [] : [most('p99 of a post', measured.p99Ms, p99Ms, 'ms')]),
    ...(megabytes === null ? [] : [most('memory', measured.megabytes, megabytes, 'MB')]),
    ...(measured.wrong === null ? [] : [most('posts with another set than expected', measured.wrong, 0, 'posts')]),
    ...(set.profile === 'agency' && set.queries === 100_000 && set.mode === 'plain'
      ? [
          most('registering from text', measured.registerSeconds, mostSecondsToRegister, 's'),
          most('changing one query, p99', measured.changeP99Ms, mostMsToChange, 'ms'),
          most('longest pause while queries change', measured.longestChangeMs, mostMsOfPause, 'ms'),
        ]
      : []),
  ]
}

// In a process of its own, so that its memory is its own.
function measureAlone(set: Asked): Promise<Measured | null> {
  return new Promise((resolve) => {
    let measured: Measured | null = null
    const child = fork(join(import.meta.dirname, 'match-one.ts'), [JSON.stringify(set)], {
      execArgv: ['--expose-gc', '--max-old-space-size=8000'],
    })
    child.on('message', (message) => (measured = message as Measured))
    child.on('exit', () => resolve(measured))
  })
}

if (import.meta.main) await tell(match)
