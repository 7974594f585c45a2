import { branches, type Query } from '../query/query.ts'

/** The way from the root of a query to one of its parts: which branch at each step. */
export type Path = readonly number[]

/** The part at the path; null when the query has none there. */
export function partAt(query: Query, path: Path): Query | null {
  let part: Query | undefined = query
  for (const step of path) part = part && branches(part)[step]
  return part ?? null
}

/**
 * The parts that can be taken away one by one right under the part at the path. A `NOT` is passed over, so that
 * what it excludes can be looked into; a pair such as NEAR has sides without which it means nothing.
 */
export function clausesUnder(query: Query, path: Path): Path[] {
  const part = partAt(query, path)
  if (!part) return []
  if (part.kind === 'and' || part.kind === 'or' || part.kind === 'at-least')
    return part.of.map((_, step) => [...path, step])
  if (part.kind === 'not' || part.kind === 'in' || part.kind === 'times') return clausesUnder(query, [...path, 0])
  return part.kind === 'near' || part.kind === 'same' || part.kind === 'not-near' || part.kind === 'outside'
    ? branches(part).flatMap((side, step) => (side.kind === 'or' ? clausesUnder(query, [...path, step]) : []))
    : []
}

/** The query as if the part had never been written; null when nothing would be left. What stays is the same object. */
export function without(query: Query, path: Path): Query | null {
  const [step, ...rest] = path
  if (step === undefined) return null
  switch (query.kind) {
    case 'and':
    case 'or':
    case 'at-least': {
      const part = query.of[step]
      const left = part && without(part, rest)
      const of = query.of.flatMap((branch, i) => (i !== step ? [branch] : left ? [left] : []))
      if (of.length === 0) return null
      if (query.kind === 'at-least') return { ...query, of }
      return of.length === 1 ? of[0]! : { ...query, of }
    }
    case 'not':
    case 'times':
    case 'in': {
      const of = without(query.of, rest)
      return of && { ...query, of }
    }
    case 'near':
    case 'not-near':
    case 'same':
    case 'outside': {
      const side = step === 0 ? 'left' : 'right'
      const left = without(query[side], rest)
      return left && { ...query, [side]: left }
    }
    default:
      return null
  }
}

/**
 * `brings`: without the part the query can only find less; `excludes`: it can only find more. A part of a
 * count or of an order may do both, and is named by what it mostly does.
 */
export function effectOf(query: Query, path: Path): 'brings' | 'excludes' {
  let excludes = false
  let part: Query = query
  let isOfAnd = false
  for (const step of path) {
    isOfAnd = part.kind === 'and'
    if (part.kind === 'not') excludes = !excludes
    if ((part.kind === 'not-near' || part.kind === 'outside') && step === 1) excludes = !excludes
    part = branches(part)[step] ?? part
  }
  return isOfAnd !== excludes ? 'excludes' : 'brings'
}
