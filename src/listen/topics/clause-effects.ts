import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { analysePost } from '../../base/text/analyse.ts'
import type { Query } from '../query/query.ts'
import { clausesUnder, effectOf, partAt, without, type Path } from './clauses.ts'
import { historyOf, type History } from './history.ts'
import { drawWanted, look, type Looked, type Wanted } from './look.ts'
import type { Marked } from './quality.ts'
import { truthsOf } from './truths.ts'

/** Posts drawn to see what each of many parts does in the history: fewer for more parts, each being asked without each. */
const poolSize = (parts: number) => Math.min(1500, Math.max(200, Math.floor(50_000 / parts)))
/** Parts that are counted one by one at most; each costs a look into the history. */
const mostLooks = 12

export type ClauseEffect = {
  path: Path
  part: Query
  effect: 'brings' | 'excludes'
  /** How many parts stand under it that can be taken away in turn. */
  inside: number
  /** Marked posts that only this part brings, or that only it keeps away. */
  wanted: string[]
  unwanted: string[]
  /**
   * The same in the history of 30 days: posts that only this part brings or keeps away; null when there are too many
   * parts to look for each, or when the query without it would ask for every post.
   */
  only: number | null
  /** Of the posts of the history that the query finds, those that hold this part; null for a part that excludes. */
  finds: number | null
  /** False when these are projected from posts drawn by chance. */
  isExact: boolean
}

/** What each part right under the path adds to the query and takes away, on the marks and in the history. */
export async function clauseEffects(
  clickhouse: Clickhouse,
  project: number,
  query: Query,
  { path, marks, now }: { path: Path; marks: Marked[]; now: Date },
): Promise<ClauseEffect[]> {
  const history = historyOf(project, now)
  const clauses = clausesUnder(query, path).map((at) => ({ path: at, rest: without(query, at) }))
  const onMarks = marks.map(({ mention }) => truthsOf(mention, analysePost(mention)))
  const counts = await countOnly(clickhouse, history, query, path, clauses)
  return clauses.map(({ path: at, rest }, i) => {
    const effect = effectOf(query, at)
    const touched = marks.filter((_, mark) => differs(onMarks[mark]!, query, rest, effect))
    const idsOf = (wanted: boolean) => touched.filter((mark) => mark.wanted === wanted).map(({ mention }) => mention.id)
    return {
      path: at,
      part: partAt(query, at)!,
      effect,
      inside: clausesUnder(query, at).length,
      wanted: idsOf(true),
      unwanted: idsOf(false),
      ...(counts[i] ?? { only: null, finds: null, isExact: false }),
    }
  })
}

/** The posts of the history that only the part at the path brings or keeps away. Null where that cannot be looked for. */
export async function lookAtClause(
  clickhouse: Clickhouse,
  project: number,
  query: Query,
  { path, now, show }: { path: Path; now: Date; show: number },
): Promise<Looked | null> {
  const wanted = touchedBy(query, without(query, path), effectOf(query, path))
  return wanted && look(clickhouse, historyOf(project, now), wanted, { show })
}

type Counted = { only: number; finds: number | null; isExact: boolean }
type Clause = { path: Path; rest: Query | null }

async function countOnly(
  clickhouse: Clickhouse,
  history: History,
  query: Query,
  path: Path,
  clauses: Clause[],
): Promise<(Counted | null)[]> {
  // Whatever a part under an excluding one keeps away, that one keeps away as well; so one pool holds all of it.
  const outer = path.length > 0 && effectOf(query, path) === 'excludes' ? without(query, path) : null
  const kept = outer && asksForSomething(outer) ? { query: outer, except: query } : null
  const pools = {
    brings: await poolOf(clickhouse, history, clauses, query, { query, except: null }, 'brings'),
    excludes: kept && (await poolOf(clickhouse, history, clauses, query, kept, 'excludes')),
  }
  let looks = 0
  return Promise.all(
    clauses.map(async ({ path: at, rest }, i) => {
      const effect = effectOf(query, at)
      const pool = pools[effect]
      if (pool) return pool[i] ?? null
      const wanted = touchedBy(query, rest, effect)
      if (!wanted || looks++ >= mostLooks) return null
      const { count, isExact } = await look(clickhouse, history, wanted, { show: 0 })
      return { only: count.estimate, finds: null, isExact }
    }),
  )
}

/** For every clause, what it does among posts drawn from those that may be touched. */
async function poolOf(
  clickhouse: Clickhouse,
  history: History,
  clauses: Clause[],
  query: Query,
  wanted: Wanted,
  effect: ClauseEffect['effect'],
): Promise<Counted[]> {
  if (clauses.every(({ path }) => effectOf(query, path) !== effect)) return []
  const { found, weight } = await drawWanted(clickhouse, history, wanted, poolSize(clauses.length))
  const truths = found.map(({ mention, analysis }) => truthsOf(mention, analysis))
  return clauses.map(({ path, rest }) => {
    const part = partAt(query, path)
    return {
      only: truths.filter((truth) => differs(truth, query, rest, effect)).length * weight,
      finds: effect === 'brings' && part ? truths.filter((truth) => truth(part) === true).length * weight : null,
      isExact: weight === 1,
    }
  })
}

function differs(
  truth: ReturnType<typeof truthsOf>,
  query: Query,
  rest: Query | null,
  effect: ClauseEffect['effect'],
): boolean {
  const finds = truth(query) === true
  const would = rest !== null && truth(rest) === true
  return effect === 'brings' ? finds && !would : would && !finds
}

function touchedBy(query: Query, rest: Query | null, effect: ClauseEffect['effect']): Wanted | null {
  if (effect === 'brings') return { query, except: rest }
  return rest && asksForSomething(rest) ? { query: rest, except: query } : null
}

/** A query that only excludes would find nearly every post that there is. */
function asksForSomething(query: Query): boolean {
  switch (query.kind) {
    case 'all':
    case 'not':
      return false
    case 'and':
      return query.of.some(asksForSomething)
    case 'or':
    case 'at-least':
      return query.of.every(asksForSomething)
    default:
      return true
  }
}
