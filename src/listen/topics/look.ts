import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { analysePost, type Analysis } from '../../base/text/analyse.ts'
import { understandPost } from '../enrich/understand.ts'
import type { LateFields } from '../match/ask-field.ts'
import { evaluate } from '../match/evaluate.ts'
import type { Condition } from '../mentions/filter.ts'
import { fromRow, type Mention } from '../mentions/mention.ts'
import type { Query } from '../query/query.ts'
import { compileSql, type CompiledSql } from '../query/sql.ts'
import { share, type Estimate } from './estimate.ts'
import { countByDay, drawKeys, narrowed, readKeys, type History, type Key } from './history.ts'

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
type Asked = { seed?: number; show: number }

/** A query, and another one that must not find the same. */
export type Wanted = { query: Query; except: Query | null }

/**
 * How many posts of the history are wanted, and a random `show` of them. Beyond `mostAsked`, counted by SQL where it
 * decides alone.
 */
export async function look(
  clickhouse: Clickhouse,
  history: History,
  wanted: Wanted,
  { seed = 0, show }: Asked,
): Promise<Looked> {
  const { condition, isDecided } = conditionOf(history, wanted)
  const keys = await drawKeys(clickhouse, condition, { seed, most: mostAsked })
  const isWhole = keys.length < mostAsked
  if (isDecided) {
    const shown = await readAll(clickhouse, history, keys.slice(0, show))
    const byDay = isWhole ? daysOf(keys.map(({ at }) => at)) : await countByDay(clickhouse, condition)
    return { count: exactly(sum(byDay)), isExact: true, byDay, sample: shown.map(({ mention }) => mention) }
  }
  const asked = await readAll(clickhouse, history, keys)
  const candidates = isWhole ? asked.length : sum(await countByDay(clickhouse, condition))
  return looked(
    asked.filter((read) => isWanted(read, wanted)),
    { asked: asked.length, candidates, show },
  )
}

/** The same for what a query finds, what only it finds, and what only another one finds, at a third of the cost. */
export async function lookAtBoth(
  clickhouse: Clickhouse,
  history: History,
  { query, saved }: { query: Query; saved: Query },
  asked: Asked,
): Promise<{ found: Looked; added: Looked; lost: Looked }> {
  const [one, other] = [compiled(query), apart(compiled(saved))]
  const either = narrowed(history, {
    where: `(${one.where}) or (${other.where})`,
    params: { ...one.params, ...other.params },
  })
  const keys = await drawKeys(clickhouse, either, { seed: asked.seed ?? 0, most: mostAsked })
  const wanted = {
    found: { query, except: null },
    added: { query, except: saved },
    lost: { query: saved, except: query },
  }
  if (keys.length < mostAsked) {
    const posts = await readAll(clickhouse, history, keys)
    const whole = (one: Wanted) =>
      looked(
        posts.filter((read) => isWanted(read, one)),
        { asked: posts.length, candidates: posts.length, show: asked.show },
      )
    return { found: whole(wanted.found), added: whole(wanted.added), lost: whole(wanted.lost) }
  }
  // Among so many, a small difference would hardly be drawn: each is looked for by itself.
  const [found, added, lost] = await Promise.all([
    look(clickhouse, history, wanted.found, asked),
    look(clickhouse, history, wanted.added, asked),
    look(clickhouse, history, wanted.lost, asked),
  ])
  return { found, added, lost }
}

type Read = { mention: Mention & LateFields; analysis: Analysis }

/** A random few of the wanted posts, and how many posts of the history each of them stands for. */
export async function drawWanted(
  clickhouse: Clickhouse,
  history: History,
  wanted: Wanted,
  most: number,
): Promise<{ found: Read[]; weight: number }> {
  const { condition } = conditionOf(history, wanted)
  const keys = await drawKeys(clickhouse, condition, { seed: 0, most })
  const found = (await readAll(clickhouse, history, keys)).filter((read) => isWanted(read, wanted))
  const weight = keys.length < most ? 1 : sum(await countByDay(clickhouse, condition)) / keys.length
  return { found, weight }
}

/** Lets too many through where SQL cannot decide, never too few. */
function conditionOf(history: History, { query, except }: Wanted): { condition: Condition; isDecided: boolean } {
  const one = compiled(query)
  const wide = narrowed(history, one)
  if (except === null) return { condition: wide, isDecided: one.exact }
  const other = apart(compiled(except))
  // Taking away what lets too many through would take too many away.
  if (!other.exact) return { condition: wide, isDecided: false }
  return {
    isDecided: one.exact,
    condition: narrowed(wide, { where: `not ifNull(${other.where}, 0)`, params: other.params }),
  }
}

// Much of the history lies in the archive, where nobody has looked at the posts yet.
function compiled(query: Query): CompiledSql {
  return compileSql(query, { understood: false })
}

/** Two compiled queries in one statement must not take each other's parameters. */
function apart({ where, params, ...rest }: CompiledSql): CompiledSql {
  return {
    ...rest,
    where: where.replaceAll('{q_', '{other_q_'),
    params: Object.fromEntries(Object.entries(params).map(([name, value]) => [`other_${name}`, value])),
  }
}

async function readAll(clickhouse: Clickhouse, history: History, keys: Key[]): Promise<Read[]> {
  const read: Read[] = []
  for await (const rows of readKeys(clickhouse, history, keys)) {
    for (const row of rows) {
      const mention = fromRow(row)
      const analysis = analysePost(mention)
      read.push({ mention: asJudged(mention, analysis), analysis })
    }
  }
  return read
}

/** As a query sees it that is tried: what nobody looked at yet is found out when the query asks. */
export function asJudged(mention: Mention, analysis: Analysis): Mention & LateFields {
  return isUnderstood(mention) ? mention : arriving(mention, analysis)
}

function isUnderstood({
  sentimentConfidence,
  stageConfidence,
  placeConfidence,
  emotions,
  corrected,
}: Mention): boolean {
  return (sentimentConfidence ?? stageConfidence ?? placeConfidence) !== null || emotions.length + corrected.length > 0
}

/** What the machine understands of it is found out when a query asks, as it would be when it arrived. */
function arriving(mention: Mention, analysis: Analysis): Mention & LateFields {
  let understood: ReturnType<typeof understandPost> | null = null
  return { ...mention, findOut: () => (understood ??= understandPost(mention, analysis)) }
}

function isWanted({ mention, analysis }: Read, { query, except }: Wanted): boolean {
  return (
    evaluate(query, mention, analysis) !== null && (except === null || evaluate(except, mention, analysis) === null)
  )
}

function looked(
  found: Read[],
  { asked, candidates, show }: { asked: number; candidates: number; show: number },
): Looked {
  const isExact = asked === candidates
  return {
    isExact,
    count: isExact ? exactly(found.length) : scaled(share(found.length, asked) ?? exactly(0), candidates),
    byDay: daysOf(found.map(({ mention }) => mention.postedAt.toISOString())).map(
      (posts) => (posts * candidates) / asked,
    ),
    sample: found.slice(0, show).map(({ mention }) => mention),
  }
}

function daysOf(moments: string[]): number[] {
  return [...Map.groupBy(moments, (at) => at.slice(0, 10)).values()].map((posts) => posts.length)
}

function exactly(count: number): Estimate {
  return { estimate: count, low: count, high: count }
}

function scaled({ estimate, low, high }: Estimate, by: number): Estimate {
  return { estimate: estimate * by, low: low * by, high: high * by }
}

function sum(numbers: number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}
