import type { Compiled } from './compile.ts'

/** Patterns of which at least one must be in every post that matches, and the share of posts that probably have one. */
export type Anchors = { patterns: readonly number[]; share: number }

/**
 * The anchors of a query: of an AND those of the branch that is rarest by `shareOf`, of an OR those of all branches, of a NOT
 * none. Null when there is no such list, and the query has to be looked at for every post.
 */
export function anchorsOf(compiled: Compiled, shareOf: (pattern: number) => number): Anchors | null {
  const { query, patterns, parts } = compiled
  switch (query.kind) {
    case 'word':
    case 'phrase':
    case 'within':
    case 'wildcard':
    case 'fuzzy':
      // Without a word in it it is never true.
      return patterns.length === 0
        ? never
        : rarest(patterns.map((pattern) => ({ patterns: [pattern], share: shareOf(pattern) })))
    case 'near':
    case 'same':
    case 'and':
      return rarest(parts.map((part) => anchorsOf(part, shareOf)))
    case 'or':
      return anyOf(compiled, shareOf)
    case 'at-least':
      return query.count > 0 ? anyOf(compiled, shareOf) : null
    case 'not-near':
    case 'outside':
    case 'in':
      return anchorsOf(parts[0]!, shareOf)
    case 'times':
      return query.from > 0 ? anchorsOf(parts[0]!, shareOf) : null
    default:
      return null
  }
}

const never: Anchors = { patterns: [], share: 0 }

function rarest(choices: (Anchors | null)[]): Anchors | null {
  let best: Anchors | null = null
  for (const choice of choices) if (choice && (!best || choice.share < best.share)) best = choice
  return best
}

function anyOf({ parts }: Compiled, shareOf: (pattern: number) => number): Anchors | null {
  const patterns = new Set<number>()
  let share = 0
  for (const part of parts) {
    const anchors = anchorsOf(part, shareOf)
    if (!anchors) return null
    for (const pattern of anchors.patterns) patterns.add(pattern)
    share += anchors.share
  }
  return { patterns: [...patterns], share }
}
