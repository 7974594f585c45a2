import { assertNever } from '../../base/errors.ts'
import type { AnalysisMode } from '../../base/text/analyse.ts'
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
import type { Vocabulary } from './vocabulary.ts'
import { charactersIn, gatherings, phrases, stretches, tokensIn } from './words.ts'

/** Null is unknown: a field that the source never fills satisfies neither a condition nor its negation. */
export type Truth = boolean | null

/** A query made ready to be asked about many posts. A null scope is the whole mention. */
export type Compiled = {
  query: Query
  parts: Compiled[]
  /** Patterns all of which must be in the post. Only words have them. */
  patterns: readonly number[]
  truth(reading: Reading, scope: Scope | null): Truth
  /** Where it stands, when it looks for words. */
  spans(reading: Reading, scope: Scope | null): Span[]
  /** What to highlight when it is true: what made it true, and nothing of what is excluded. */
  places(reading: Reading, scope: Scope | null): Span[]
  /** How long an answer is likely to take; the cheap parts of an AND are asked first. */
  effort: number
}

/** Adds the patterns of the query to the vocabulary. */
export function compile(query: Query, vocabulary: Vocabulary, mode: AnalysisMode): Compiled {
  return make(query)

  function make(part: Query): Compiled {
    switch (part.kind) {
      case 'word':
        return row(part, termsOf(part.text, part.form, mode))
      case 'phrase':
        return row(part, termsOf(part.text, part.forms, mode))
      case 'wildcard':
        return oneWord(part, vocabulary.add({ kind: 'like', pattern: part.pattern }))
      case 'fuzzy':
        return oneWord(part, vocabulary.add({ kind: 'fuzzy', text: part.text, letters: part.letters }))
      case 'within':
        return together(
          part,
          termsOf(part.text, 'any', mode).map((term) => vocabulary.add({ kind: 'term', term })),
          part.between,
        )
      case 'raw':
        return characters(part, part.text)
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
      case 'not-near':
        return without(part, make(part.left), make(part.right), (left, right) => farFrom(left, right, part.between))
      case 'outside':
        return without(part, make(part.left), make(part.right), outsideOf)
      case 'times':
        return counted(part, part.from, part.to, make(part.of))
      case 'in':
        return within(part, part.where, make(part.of))
      case 'and':
        return both(part, part.of.map(make))
      case 'or':
        return either(part, part.of.map(make))
      case 'at-least':
        return several(part, part.count, part.of.map(make))
      case 'not':
        return not(part, make(part.of))
      case 'field': {
        const ask = compileField(part)
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

  function row(part: Query, terms: Term[]): Compiled {
    const ids = terms.map((term) => vocabulary.add({ kind: 'term', term }))
    return ids.length === 1 ? oneWord(part, ids[0]!) : sequence(part, ids)
  }
}

function oneWord(query: Query, id: number): Compiled {
  const spans: Compiled['spans'] = (reading, scope) =>
    tokensIn(reading, id, scope).map((token) => spanOf(reading.analysis, token, token))
  return {
    query,
    parts: [],
    patterns: [id],
    truth: (reading, scope) => (scope ? tokensIn(reading, id, scope).length > 0 : reading.has(id)),
    spans,
    places: spans,
    effort: 1,
  }
}

function sequence(query: Query, ids: number[]): Compiled {
  const spans: Compiled['spans'] = (reading, scope) => {
    const found = phrases(reading, ids, scope, false)
    const all: Span[] = []
    for (let i = 0; i < found.length; i += 2) all.push(spanOf(reading.analysis, found[i]!, found[i + 1]!))
    return all
  }
  return {
    query,
    parts: [],
    patterns: ids,
    truth: (reading, scope) => hasAll(reading, ids) && phrases(reading, ids, scope, true).length > 0,
    spans,
    places: spans,
    effort: 3,
  }
}

function together(query: Query, ids: number[], between: number): Compiled {
  return {
    query,
    parts: [],
    patterns: ids,
    truth: (reading, scope) => hasAll(reading, ids) && gatherings(reading, ids, between, scope, true).length > 0,
    spans: (reading, scope) => stretches(reading, ids, between, scope),
    places: (reading, scope) =>
      gatherings(reading, ids, between, scope, false)
        .flat()
        .map((token) => spanOf(reading.analysis, token, token)),
    effort: 10,
  }
}

function characters(query: Query, text: string): Compiled {
  const spans: Compiled['spans'] = (reading, scope) => charactersIn(reading, text, scope, false)
  return {
    query,
    parts: [],
    patterns: [],
    truth: (reading, scope) => charactersIn(reading, text, scope, true).length > 0,
    spans,
    places: spans,
    effort: 4,
  }
}

function nowhere(query: Query, truth: Compiled['truth']): Compiled {
  return { query, parts: [], patterns: [], truth, spans: () => [], places: () => [], effort: 2 }
}

function pair(query: Query, left: Compiled, right: Compiled, relationIn: (reading: Reading) => Relation): Compiled {
  return {
    query,
    parts: [left, right],
    patterns: [],
    truth: (reading, scope) =>
      left.truth(reading, scope) === true &&
      right.truth(reading, scope) === true &&
      anyPair(left.spans(reading, scope), right.spans(reading, scope), relationIn(reading)),
    spans: (reading, scope) => pairsOf(left.spans(reading, scope), right.spans(reading, scope), relationIn(reading)),
    places: (reading, scope) => {
      const [a, b] = [left.spans(reading, scope), right.spans(reading, scope)]
      return [...withPartner(a, b, relationIn(reading)), ...asPartner(a, b, relationIn(reading))]
    },
    effort: 10 + left.effort + right.effort,
  }
}

function without(
  query: Query,
  left: Compiled,
  right: Compiled,
  rest: (left: Span[], right: Span[]) => Span[],
): Compiled {
  const spans: Compiled['spans'] = (reading, scope) => rest(left.spans(reading, scope), right.spans(reading, scope))
  return {
    query,
    parts: [left, right],
    patterns: [],
    truth: (reading, scope) => spans(reading, scope).length > 0,
    spans,
    places: spans,
    effort: 10 + left.effort + right.effort,
  }
}

function counted(query: Query, from: number, to: number | null, of: Compiled): Compiled {
  const count = (reading: Reading, scope: Scope | null): Span[] | null => {
    const spans = of.spans(reading, scope)
    const times = countApart(spans)
    return times >= from && (to === null || times <= to) ? spans : null
  }
  return {
    query,
    parts: [of],
    patterns: [],
    truth: (reading, scope) => count(reading, scope) !== null,
    spans: (reading, scope) => count(reading, scope) ?? [],
    places: (reading, scope) => count(reading, scope) ?? [],
    effort: 10 + of.effort,
  }
}

function within(query: Query, where: 'title' | 'lead' | 'text', of: Compiled): Compiled {
  return {
    query,
    parts: [of],
    patterns: [],
    truth: (reading, scope) => of.truth(reading, narrow(where, reading.analysis, scope)),
    spans: (reading, scope) => of.spans(reading, narrow(where, reading.analysis, scope)),
    places: (reading, scope) => of.places(reading, narrow(where, reading.analysis, scope)),
    effort: 2 + of.effort,
  }
}

function not(query: Query, of: Compiled): Compiled {
  return {
    ...nowhere(query, (reading, scope) => {
      const value = of.truth(reading, scope)
      return value === null ? null : !value
    }),
    parts: [of],
    // A list of excluded words is long, and most mentions have none of them, so it is asked last.
    effort: 20 + of.effort,
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
  return {
    query,
    parts,
    patterns: [],
    truth,
    spans: (reading, scope) =>
      truth(reading, scope) === true ? parts.flatMap((part) => part.spans(reading, scope)) : [],
    places: (reading, scope) => truePlaces(parts, reading, scope),
    effort: sum(parts),
  }
}

function either(query: Query, parts: Compiled[]): Compiled {
  const inOrder = parts.toSorted((a, b) => a.effort - b.effort)
  return {
    query,
    parts,
    patterns: [],
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
    effort: sum(parts),
  }
}

function several(query: Query, count: number, parts: Compiled[]): Compiled {
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
    patterns: [],
    truth,
    spans: (reading, scope) =>
      truth(reading, scope) === true ? parts.flatMap((part) => part.spans(reading, scope)) : [],
    places: (reading, scope) => truePlaces(parts, reading, scope),
    effort: sum(parts),
  }
}

function truePlaces(parts: Compiled[], reading: Reading, scope: Scope | null): Span[] {
  return parts.flatMap((part) => (part.truth(reading, scope) === true ? part.places(reading, scope) : []))
}

function hasAll(reading: Reading, ids: readonly number[]): boolean {
  for (const id of ids) if (!reading.has(id)) return false
  return ids.length > 0
}

function sum(parts: Compiled[]): number {
  return parts.reduce((total, { effort }) => total + effort, 0)
}
