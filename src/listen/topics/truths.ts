import type { Analysis } from '../../base/text/analyse.ts'
import type { LateFields } from '../match/ask-field.ts'
import { evaluate } from '../match/evaluate.ts'
import type { Post } from '../posts/post.ts'
import { branches, type Query } from '../query/query.ts'

/** Null is unknown: a field that the source never fills satisfies neither a condition nor its negation. */
type Truth = boolean | null

/**
 * Says of one post whether queries find it. Queries that share parts ask the matcher about each part once, which makes
 * asking about a query without each of its hundred branches as cheap as asking about it once.
 */
export function truthsOf(post: Post & LateFields, analysis: Analysis): (query: Query) => Truth {
  const known = new Map<Query, Truth>()
  const truth = (query: Query): Truth => {
    let found = known.get(query)
    if (found === undefined) known.set(query, (found = work(query)))
    return found
  }
  return truth

  function work(query: Query): Truth {
    switch (query.kind) {
      case 'not': {
        const inner = truth(query.of)
        return inner === null ? null : !inner
      }
      case 'and':
        return query.of.every((part) => truth(part) === true)
          ? true
          : query.of.some((part) => truth(part) === false)
            ? false
            : null
      case 'or':
        return query.of.some((part) => truth(part) === true)
          ? true
          : query.of.every((part) => truth(part) === false)
            ? false
            : null
      case 'at-least': {
        const yes = query.of.filter((part) => truth(part) === true).length
        const no = query.of.filter((part) => truth(part) === false).length
        return yes >= query.count ? true : query.of.length - no < query.count ? false : null
      }
      default:
        if (evaluate(query, post, analysis) !== null) return true
        return mayBeUnknown(query) && evaluate(negationOf(query), post, analysis) === null ? null : false
    }
  }
}

const negations = new WeakMap<Query, Query>()

/** The same object each time, so that the matcher makes it ready once. */
function negationOf(query: Query): Query {
  let negation = negations.get(query)
  if (!negation) negations.set(query, (negation = { kind: 'not', of: query }))
  return negation
}

function mayBeUnknown(query: Query): boolean {
  return query.kind === 'field' || query.kind === 'list' || branches(query).some(mayBeUnknown)
}
