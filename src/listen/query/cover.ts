import { branches, type Query } from './query.ts'

/** Some of these alternatives stand in whatever matches, each with all of its words and phrases. */
export type Cover = string[][]

const most = 200

/**
 * What can be asked of a platform that knows words only, so that its answer has all that a query matches there, as far as the
 * platform knows the forms of a word. Null where a query asks for no words, such as for a rating or for parts of words.
 */
export function coverOf(query: Query): Cover | null {
  switch (query.kind) {
    case 'word':
    case 'raw':
    case 'phrase':
      return query.text.trim() === '' ? null : [[query.text.trim()]]
    case 'within':
      return [query.text.split(/\s+/).filter((word) => word !== '')]
    case 'and':
    case 'near':
    case 'same':
      return branches(query).map(coverOf).reduce(both, null)
    case 'or':
    case 'at-least':
      return anyOf(query.of)
    case 'not-near':
    case 'outside':
      return coverOf(query.left)
    case 'in':
      return coverOf(query.of)
    case 'times':
      return query.from > 0 ? coverOf(query.of) : null
    case 'all':
    case 'wildcard':
    case 'fuzzy':
    case 'not':
    case 'field':
    case 'list':
      return null
  }
}

function anyOf(parts: Query[]): Cover | null {
  const joined: Cover = []
  for (const part of parts) {
    const cover = coverOf(part)
    if (cover === null) return null
    joined.push(...cover)
  }
  return joined.length > 0 && joined.length <= most ? joined : null
}

/** Each with each; where that becomes too many, the shorter list alone still covers both. */
function both(left: Cover | null, right: Cover | null): Cover | null {
  if (left === null || right === null) return left ?? right
  if (left.length * right.length > 20) return left.length <= right.length ? left : right
  return left.flatMap((one) => right.map((other) => [...new Set([...one, ...other])]))
}
