import type { AnalysisMode } from '../../base/text/analyse.ts'
import { assertNever } from '../../base/errors.ts'
import type { Query } from '../query/query.ts'
import { termsOf, type Term } from '../query/terms.ts'
import { compileField } from './ask-field.ts'
import type { Reading } from './reading.ts'
import { narrow, type Scope } from './scope.ts'
import {
  anyPair,
  asPartner,
  countApart,
  farFrom,
  outsideOf,
  pairsOf,
  spanOf,
  withPartner,
  type Relation,
  type Span,
} from './spans.ts'
import type { Pattern, Vocabulary } from './vocabulary.ts'
import { charactersIn, gatherings, phrases, stretches, tokensIn } from './words.ts'

/** Null is unknown: a field that the source never fills satisfies neither a condition nor its negation. */
export type Truth = boolean | null

/** A query made ready to be asked about many posts. A null scope is the whole mention. */
export type Compiled = {
  query: Query
  parts: Compiled[]
  truth(reading: Reading, scope: Scope | null): Truth
  /** Where it stands, when it looks for words. */
  spans(reading: Reading, scope: Scope | null): Span[]
  /** What to highlight when it is true: what made it true, and nothing of what is excluded. */
  places(reading: Reading, scope: Scope | null): Span[]
  /** Patterns of which at least one must be in every post where it is true; null when there is no such list. */
  anchors: readonly number[] | null
  /** How many posts the anchors are likely to be in; only to be compared. */
  cost: number
  /** How long an answer is likely to take; the cheap parts of an AND are asked first. */
  effort: number
}

/** Adds the patterns of the query to the vocabulary; `patterns` collects them, for dropping them later. */
export function compile(query: Query, vocabulary: Vocabulary, mode: AnalysisMode, patterns: number[]): Compiled {
  const add = (pattern: Pattern): number => {
    const id = vocabulary.add(pattern)
    patterns.push(id)
    return id
  }
  const addTerms = (terms: Term[]) => terms.map((term) => add({ kind: 'term', term }))
  return make(query)

  function make(part: Query): Compiled {
    switch (part.kind) {
      case 'word': {
        const terms = termsOf(part.text, part.form, mode)
        return row(part, addTerms(terms), terms)
      }
      case 'phrase': {
        const terms = termsOf(part.text, part.forms, mode)
        return row(part, addTerms(terms), terms)
      }
      case 'wildcard':
        return single(part, add({ kind: 'like', pattern: part.pattern }), wildcardCost(part.pattern))
      case 'fuzzy':
        return single(
          part,
          add({ kind: 'fuzzy', text: part.text, letters: part.letters }),
          4 * wordCost(part.text.length),
        )
      case 'within': {
        const terms = termsOf(part.text, 'any', mode)
        const ids = addTerms(terms)
        const { between } = part
        const present = (reading: Reading) => ids.every((id) => reading.has(id))
        return {
          query: part,
          parts: [],
          truth: (reading, scope) => present(reading) && gatherings(reading, ids, between, scope, true).length > 0,
          spans: (reading, scope) => stretches(reading, ids, between, scope),
          places: (reading, scope) =>
            gatherings(reading, ids, between, scope, false).flatMap((tokens) =>
              tokens.map((token) => spanOf(reading.analysis, token, token)),
            ),
          ...rarest(ids, terms),
          effort: 10,
        }
      }
      case 'raw': {
        const { text } = part
        return located(
          part,
          [],
          (reading, scope) => charactersIn(reading, text, scope, false),
          { anchors: null, cost: 1, effort: 4 },
          (reading, scope) => charactersIn(reading, text, scope, true).length > 0,
        )
      }
      case 'near':
        return pair(part, make(part.left), make(part.right), () => part)
      case 'same': {
        const { unit, ordered } = part
        return pair(part, make(part.left), make(part.right), ({ analysis }) => ({
          kind: 'same',
          units: unit === 'sentence' ? analysis.sentenceAt : analysis.paragraphAt,
          ordered,
        }))
      }
      case 'not-near': {
        const [left, right] = [make(part.left), make(part.right)]
        const { between } = part
        return located(
          part,
          [left, right],
          (reading, scope) => farFrom(left.spans(reading, scope), right.spans(reading, scope), between),
          {
            anchors: left.anchors,
            cost: left.cost,
            effort: 10 + left.effort + right.effort,
          },
        )
      }
      case 'outside': {
        const [left, right] = [make(part.left), make(part.right)]
        return located(
          part,
          [left, right],
          (reading, scope) => outsideOf(left.spans(reading, scope), right.spans(reading, scope)),
          {
            anchors: left.anchors,
            cost: left.cost,
            effort: 10 + left.effort + right.effort,
          },
        )
      }
      case 'times': {
        const of = make(part.of)
        const { from, to } = part
        const counted = (reading: Reading, scope: Scope | null) => {
          const spans = of.spans(reading, scope)
          const times = countApart(spans)
          return times >= from && (to === null || times <= to) ? spans : null
        }
        const anchored = from > 0 ? of : { anchors: null, cost: 1 }
        return {
          query: part,
          parts: [of],
          truth: (reading, scope) => counted(reading, scope) !== null,
          spans: (reading, scope) => counted(reading, scope) ?? [],
          places: (reading, scope) => counted(reading, scope) ?? [],
          anchors: anchored.anchors,
          cost: anchored.cost,
          effort: 10 + of.effort,
        }
      }
      case 'in': {
        const of = make(part.of)
        const { where } = part
        return {
          query: part,
          parts: [of],
          truth: (reading, scope) => of.truth(reading, narrow(where, reading.analysis, scope)),
          spans: (reading, scope) => of.spans(reading, narrow(where, reading.analysis, scope)),
          places: (reading, scope) => of.places(reading, narrow(where, reading.analysis, scope)),
          anchors: of.anchors,
          cost: of.cost,
          effort: 2 + of.effort,
        }
      }
      case 'and':
        return both(part, part.of.map(make))
      case 'or':
        return either(part, part.of.map(make))
      case 'at-least':
        return several(part, part.count, part.of.map(make))
      case 'not': {
        const of = make(part.of)
        return {
          ...nowhere(part, (reading, scope) => {
            const value = of.truth(reading, scope)
            return value === null ? null : !value
          }),
          parts: [of],
          effort: 20 + of.effort,
        }
      }
      case 'field': {
        const ask = compileField(part.field, part.value)
        return nowhere(part, ({ post, analysis }) => ask(post, analysis))
      }
      case 'all':
        return nowhere(part, () => true)
      case 'list':
        return nowhere(part, () => null)
      default:
        return assertNever(part)
    }
  }
}

type Estimate = { anchors: readonly number[] | null; cost: number; effort: number }

function located(
  query: Query,
  parts: Compiled[],
  spans: Compiled['spans'],
  estimate: Estimate,
  truth: Compiled['truth'] = (reading, scope) => spans(reading, scope).length > 0,
): Compiled {
  return { query, parts, truth, spans, places: spans, ...estimate }
}

function nowhere(query: Query, truth: Compiled['truth']): Compiled {
  return { query, parts: [], truth, spans: () => [], places: () => [], anchors: null, cost: 1, effort: 2 }
}

function single(query: Query, id: number, cost: number): Compiled {
  return {
    ...located(
      query,
      [],
      (reading, scope) => tokensIn(reading, id, scope).map((token) => spanOf(reading.analysis, token, token)),
      { anchors: [id], cost, effort: 1 },
      (reading, scope) => (scope ? tokensIn(reading, id, scope).length > 0 : reading.has(id)),
    ),
  }
}

function row(query: Query, ids: number[], terms: Term[]): Compiled {
  const { anchors, cost } = rarest(ids, terms)
  if (ids.length === 1) return single(query, ids[0]!, cost)
  return located(
    query,
    [],
    (reading, scope) => {
      const found = phrases(reading, ids, scope, false)
      const spans: Span[] = []
      for (let i = 0; i < found.length; i += 2) spans.push(spanOf(reading.analysis, found[i]!, found[i + 1]!))
      return spans
    },
    { anchors, cost, effort: 3 },
    (reading, scope) => ids.every((id) => reading.has(id)) && phrases(reading, ids, scope, true).length > 0,
  )
}

function pair(query: Query, left: Compiled, right: Compiled, relationIn: (reading: Reading) => Relation): Compiled {
  const cheaper = left.anchors && (!right.anchors || left.cost <= right.cost) ? left : right
  return {
    query,
    parts: [left, right],
    truth: (reading, scope) =>
      left.truth(reading, scope) === true &&
      anyPair(left.spans(reading, scope), right.spans(reading, scope), relationIn(reading)),
    spans: (reading, scope) => pairsOf(left.spans(reading, scope), right.spans(reading, scope), relationIn(reading)),
    places: (reading, scope) => {
      const [a, b] = [left.spans(reading, scope), right.spans(reading, scope)]
      return [...withPartner(a, b, relationIn(reading)), ...asPartner(a, b, relationIn(reading))]
    },
    anchors: cheaper.anchors,
    cost: cheaper.cost,
    effort: 10 + left.effort + right.effort,
  }
}

function both(query: Query, parts: Compiled[]): Compiled {
  const inOrder = parts.toSorted((a, b) => a.effort - b.effort)
  const truth: Compiled['truth'] = (reading, scope) => {
    let all: Truth = true
    for (const part of inOrder) {
      const value = part.truth(reading, scope)
      if (value === false) return false
      if (value === null) all = null
    }
    return all
  }
  let anchored: Compiled | null = null
  for (const part of parts) if (part.anchors && (!anchored || part.cost < anchored.cost)) anchored = part
  return {
    query,
    parts,
    truth,
    spans: (reading, scope) =>
      truth(reading, scope) === true ? parts.flatMap((part) => part.spans(reading, scope)) : [],
    places: (reading, scope) => truePlaces(parts, reading, scope),
    anchors: anchored?.anchors ?? null,
    cost: anchored?.cost ?? 1,
    effort: sum(parts),
  }
}

function either(query: Query, parts: Compiled[]): Compiled {
  const inOrder = parts.toSorted((a, b) => a.effort - b.effort)
  const { anchors, cost } = anyOf(parts)
  return {
    query,
    parts,
    truth: (reading, scope) => {
      let any: Truth = false
      for (const part of inOrder) {
        const value = part.truth(reading, scope)
        if (value === true) return true
        if (value === null) any = null
      }
      return any
    },
    spans: (reading, scope) => parts.flatMap((part) => part.spans(reading, scope)),
    places: (reading, scope) => truePlaces(parts, reading, scope),
    anchors,
    cost,
    effort: sum(parts),
  }
}

function several(query: Query, count: number, parts: Compiled[]): Compiled {
  const { anchors, cost } = anyOf(parts)
  const truth: Compiled['truth'] = (reading, scope) => {
    let yes = 0
    let maybe = 0
    for (const part of parts) {
      const value = part.truth(reading, scope)
      if (value === true) yes++
      else if (value === null) maybe++
    }
    return yes >= count ? true : yes + maybe >= count ? null : false
  }
  return {
    query,
    parts,
    truth,
    spans: (reading, scope) =>
      truth(reading, scope) === true ? parts.flatMap((part) => part.spans(reading, scope)) : [],
    places: (reading, scope) => truePlaces(parts, reading, scope),
    anchors: count > 0 ? anchors : null,
    cost,
    effort: sum(parts),
  }
}

function truePlaces(parts: Compiled[], reading: Reading, scope: Scope | null): Span[] {
  return parts.flatMap((part) => (part.truth(reading, scope) === true ? part.places(reading, scope) : []))
}

function anyOf(parts: Compiled[]): { anchors: readonly number[] | null; cost: number } {
  let cost = 0
  const anchors = new Set<number>()
  for (const part of parts) {
    if (!part.anchors) return { anchors: null, cost: 1 }
    for (const id of part.anchors) anchors.add(id)
    cost += part.cost
  }
  return { anchors: [...anchors], cost }
}

// All of them must be there, so the one that looks rarest will do. Without a word there is nothing to find anywhere.
function rarest(ids: number[], terms: Term[]): { anchors: readonly number[]; cost: number } {
  let best = -1
  let least = Infinity
  for (const [i, { folded, form }] of terms.entries()) {
    const cost = wordCost(folded.length) * (form === 'any' ? 2 : 1)
    if (cost < least) {
      least = cost
      best = i
    }
  }
  return best < 0 ? { anchors: [], cost: 0 } : { anchors: [ids[best]!], cost: least }
}

// Words of natural texts become rarer with their length about so.
function wordCost(length: number): number {
  return 2 ** (-Math.min(length, 14) / 1.5)
}

function wildcardCost(pattern: string): number {
  return Math.min(1, 6 * wordCost(pattern.replace(/[*?]/g, '').length))
}

function sum(parts: Compiled[]): number {
  return parts.reduce((total, { effort }) => total + effort, 0)
}
