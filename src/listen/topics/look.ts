import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { analysePost, type Analysis } from '../../base/text/analyse.ts'
import { evaluate } from '../match/evaluate.ts'
import type { Condition } from '../mentions/filter.ts'
import { fromRow, type Mention } from '../mentions/mention.ts'
import type { Query } from '../query/query.ts'
import { compileSql } from '../query/sql.ts'
import { share, type Estimate } from './estimate.ts'
import { countByDay, draw, narrowed, type History } from './history.ts'

/** Posts of the history that the matcher is asked about at most; beyond that they speak for the rest. */
export const mostAsked = 3000

export type Looked = {
  count: Estimate
  /** False when the count is projected from `mostAsked` posts drawn by chance. */
  isExact: boolean
  /** Posts on each day that has some, projected like the count. */
  byDay: number[]
  /** Drawn by chance, the same ones for the same seed. */
  sample: Mention[]
}

/** A query, and another one that must not find the same. */
export type Wanted = { query: Query; except: Query | null }

/**
 * How many posts of the history are wanted, and a random `show` of them. Counted by SQL where it decides alone, else by
 * the matcher.
 */
export async function look(
  clickhouse: Clickhouse,
  history: History,
  wanted: Wanted,
  { seed = 0, show }: { seed?: number; show: number },
): Promise<Looked> {
  const { condition, isDecided } = conditionOf(history, wanted)
  const { candidates, byDay, asked, found } = await drawFound(clickhouse, condition, wanted, {
    seed,
    most: isDecided ? show : mostAsked,
  })
  const sample = found.slice(0, show).map(({ mention }) => mention)
  if (isDecided) return { count: exactly(candidates), isExact: true, byDay, sample }
  const isExact = candidates <= asked
  const days = Map.groupBy(found, ({ mention }) => mention.postedAt.toISOString().slice(0, 10))
  return {
    count: isExact ? exactly(found.length) : scaled(share(found.length, asked) ?? exactly(0), candidates),
    isExact,
    byDay: [...days.values()].map((posts) => (posts.length * candidates) / asked),
    sample,
  }
}

export type Read = { mention: Mention; analysis: Analysis }

/** A random few of the wanted posts, and how many posts of the history each of them stands for. */
export async function drawWanted(
  clickhouse: Clickhouse,
  history: History,
  wanted: Wanted,
  most: number,
): Promise<{ found: Read[]; weight: number }> {
  const { condition } = conditionOf(history, wanted)
  const { candidates, asked, found } = await drawFound(clickhouse, condition, wanted, { seed: 0, most })
  return { found, weight: asked === 0 ? 1 : candidates / asked }
}

/** Lets too many through where SQL cannot decide, never too few. */
function conditionOf(history: History, { query, except }: Wanted): { condition: Condition; isDecided: boolean } {
  const compiled = compileSql(query)
  const wide = narrowed(history, compiled)
  if (except === null) return { condition: wide, isDecided: compiled.exact }
  const other = compileSql(except)
  // Taking away what lets too many through would take too many away.
  if (!other.exact) return { condition: wide, isDecided: false }
  return {
    isDecided: compiled.exact,
    condition: narrowed(wide, {
      where: `not ifNull(${other.where.replaceAll('{q_', '{not_q_')}, 0)`,
      params: Object.fromEntries(Object.entries(other.params).map(([name, value]) => [`not_${name}`, value])),
    }),
  }
}

async function drawFound(
  clickhouse: Clickhouse,
  condition: Condition,
  { query, except }: Wanted,
  { seed, most }: { seed: number; most: number },
): Promise<{ candidates: number; byDay: number[]; asked: number; found: Read[] }> {
  const byDay = await countByDay(clickhouse, condition)
  const candidates = byDay.reduce((sum, posts) => sum + posts, 0)
  const found: Read[] = []
  let asked = 0
  if (candidates > 0 && most > 0) {
    for await (const rows of draw(clickhouse, condition, { seed, most })) {
      asked += rows.length
      for (const row of rows) {
        const mention = fromRow(row)
        const analysis = analysePost(mention)
        if (evaluate(query, mention, analysis) === null) continue
        if (except === null || evaluate(except, mention, analysis) === null) found.push({ mention, analysis })
      }
    }
  }
  return { candidates, byDay, asked, found }
}

function exactly(count: number): Estimate {
  return { estimate: count, low: count, high: count }
}

function scaled({ estimate, low, high }: Estimate, by: number): Estimate {
  return { estimate: estimate * by, low: low * by, high: high * by }
}
