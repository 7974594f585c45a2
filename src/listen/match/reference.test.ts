import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analysePost, type Analysis } from '../../base/text/analyse.ts'
import { barePost, type Post } from '../posts/post.ts'
import { parseQuery } from '../query/parse.ts'
import { printQuery } from '../query/print.ts'
import type { Query } from '../query/query.ts'
import { isTerm, termsOf } from '../query/terms.ts'
import { compileField } from './ask-field.ts'
import { evaluate } from './evaluate.ts'
import { explainMatch } from './explain-match.ts'
import { Matcher } from './matcher.ts'

/** From the first to the last position. */
type At = { from: number; to: number }
type Truth = boolean | null

/**
 * The definition of the language in the slowest and plainest way: every pair is tried, every order of words is tried,
 * wildcards are regular expressions. Positions of a part of the mention are those `inside` allows.
 */
function holds(query: Query, post: Post, a: Analysis, inside: (position: number) => boolean): Truth {
  switch (query.kind) {
    case 'all':
      return true
    case 'list':
      return null
    case 'not': {
      const value = holds(query.of, post, a, inside)
      return value === null ? null : !value
    }
    case 'and': {
      const values = query.of.map((part) => holds(part, post, a, inside))
      return values.includes(false) ? false : values.includes(null) ? null : true
    }
    case 'or': {
      const values = query.of.map((part) => holds(part, post, a, inside))
      return values.includes(true) ? true : values.includes(null) ? null : false
    }
    case 'at-least': {
      const values = query.of.map((part) => holds(part, post, a, inside))
      const count = (wanted: Truth) => values.filter((value) => value === wanted).length
      return count(true) >= query.count ? true : count(true) + count(null) >= query.count ? null : false
    }
    case 'field':
      return compileField(query)(post, a)
    case 'in':
      return holds(query.of, post, a, partOf(query.where, a, inside))
    case 'times': {
      const found = unique(places(query.of, post, a, inside))
      let most = 0
      // The largest number of places that share no position.
      const grow = (after: number, taken: At[]) => {
        most = Math.max(most, taken.length)
        for (let i = after; i < found.length; i++)
          if (taken.every((one) => apart(one, found[i]!))) grow(i + 1, [...taken, found[i]!])
      }
      grow(0, [])
      return most >= query.from && (query.to === null || most <= query.to)
    }
    default:
      return places(query, post, a, inside).length > 0
  }
}

function places(query: Query, post: Post, a: Analysis, inside: (position: number) => boolean): At[] {
  const all = a.words
    .map((word, i) => ({ word, from: a.positions[i]!, to: a.positions[i]! + word.width - 1 }))
    .filter(({ from }) => inside(from))
  const field = (position: number) => position < a.textPosition
  const side = (part: Query) => places(part, post, a, inside)
  switch (query.kind) {
    case 'word':
    case 'phrase': {
      const terms = termsOf(query.text, query.kind === 'word' ? query.form : query.forms, a.mode)
      if (terms.length === 0) return []
      let rows = all.filter(({ word }) => isTerm(terms[0]!, word)).map(({ from, to }) => ({ from, to }))
      for (const term of terms.slice(1)) {
        rows = rows.flatMap((row) =>
          all
            .filter(({ word, from }) => from === row.to + 1 && isTerm(term, word))
            .map(({ to }) => ({ from: row.from, to })),
        )
      }
      return rows
    }
    case 'wildcard': {
      const pattern = new RegExp(
        `^${[...query.pattern.toLowerCase()].map((c) => (c === '*' ? '.*' : c === '?' ? '.' : c.replace(/[^\p{L}\p{N}]/u, '\\$&'))).join('')}$`,
        'su',
      )
      return all.filter(({ word }) => pattern.test(word.folded))
    }
    case 'within': {
      const terms = termsOf(query.text, 'any', a.mode)
      const found: At[] = []
      const choose = (rest: typeof terms, taken: number[]) => {
        const [term, ...others] = rest
        if (!term) {
          const [from, to] = [Math.min(...taken), Math.max(...taken)]
          if (to - from + 1 - taken.length <= query.between && field(from) === field(to)) found.push({ from, to })
          return
        }
        for (const { word, from } of all)
          if (!taken.includes(from) && isTerm(term, word)) choose(others, [...taken, from])
      }
      if (terms.length > 0) choose(terms, [])
      return found
    }
    case 'near':
    case 'same': {
      const units = query.kind === 'same' ? (query.unit === 'sentence' ? a.sentenceAt : a.paragraphAt) : []
      const fits = (x: At, y: At) => {
        if (!apart(x, y) || field(x.from) !== field(y.from) || (query.ordered && y.from < x.from)) return false
        if (query.kind === 'near') return Math.max(x.from, y.from) - Math.min(x.to, y.to) - 1 <= query.between
        return new Set([x.from, x.to, y.from, y.to].map((position) => units[position])).size === 1
      }
      return side(query.left).flatMap((x) =>
        side(query.right)
          .filter((y) => fits(x, y))
          .map((y) => ({ from: Math.min(x.from, y.from), to: Math.max(x.to, y.to) })),
      )
    }
    case 'not-near':
      return side(query.left).filter((x) =>
        side(query.right).every(
          (y) =>
            field(x.from) !== field(y.from) ||
            (apart(x, y) && Math.max(x.from, y.from) - Math.min(x.to, y.to) - 1 > query.between),
        ),
      )
    case 'outside':
      return side(query.left).filter((x) => side(query.right).every((y) => y.from > x.from || y.to < x.to))
    case 'or':
      return query.of.flatMap(side)
    case 'times':
      return holds(query, post, a, inside) === true ? side(query.of) : []
    case 'in':
      return places(query.of, post, a, partOf(query.where, a, inside))
    default:
      return []
  }
}

function partOf(where: 'title' | 'lead' | 'text', a: Analysis, inside: (position: number) => boolean) {
  return (position: number) => {
    if (!inside(position)) return false
    if (where === 'title') return position < a.textPosition
    if (where === 'text') return position >= a.textPosition
    return position < a.textPosition || a.paragraphAt[position] === a.paragraphAt[a.textPosition]
  }
}

function apart(x: At, y: At): boolean {
  return x.to < y.from || y.to < x.from
}

function unique(list: At[]): At[] {
  return [...new Map(list.map((at) => [`${at.from} ${at.to}`, at])).values()]
}

test('one query alone, all queries at once and the plain definition of the language agree', () => {
  fc.assert(
    fc.property(
      fc.array(tree, { minLength: 1, maxLength: 6 }),
      fc.array(post, { minLength: 1, maxLength: 3 }),
      (queries, posts) => {
        for (const mode of ['forms', 'plain'] as const) {
          const matcher = new Matcher(mode)
          for (const [id, query] of queries.entries()) matcher.set(id, query)
          for (const mention of posts) {
            const analysis = analysePost(mention, mode)
            const expected = queries.flatMap((query, id) =>
              holds(query, mention, analysis, () => true) === true ? [id] : [],
            )
            expect([...matcher.ids(mention)], queries.map(printQuery).join('\n')).toEqual(expected)
            const alone = queries.flatMap((query, id) => (evaluate(query, mention, analysis) ? [id] : []))
            expect(alone).toEqual(expected)
            expect(
              queries.flatMap((query, id) => (explainMatch(query, mention, analysis).truth === true ? [id] : [])),
            ).toEqual(expected)
            for (const { field, start, end } of queries.flatMap((query) => evaluate(query, mention, analysis) ?? [])) {
              const length = (field === 'title' ? mention.title! : mention.text).length
              expect(start >= 0 && start < end && end <= length).toBe(true)
            }
          }
        }
      },
    ),
    { numRuns: 1_500 },
  )
}, 120_000)

test('a distance covers every pair of its sides', () => {
  fc.assert(
    fc.property(located, post, (query, mention) => {
      const analysis = analysePost(mention)
      const near: Query = {
        kind: 'near',
        between: 1,
        ordered: false,
        left: query,
        right: { kind: 'word', text: 'карта', form: 'any' },
      }
      expect(evaluate(near, mention, analysis) !== null, printQuery(near)).toBe(
        holds(near, mention, analysis, () => true) === true,
      )
    }),
    { numRuns: 1_500 },
  )
}, 60_000)

test('NOT NOT changes nothing, OR never loses, AND never wins', () => {
  fc.assert(
    fc.property(tree, tree, post, (query, other, mention) => {
      const analysis = analysePost(mention)
      const matches = (asked: Query) => evaluate(asked, mention, analysis) !== null
      expect(matches({ kind: 'not', of: { kind: 'not', of: query } })).toBe(matches(query))
      if (matches(query)) expect(matches({ kind: 'or', of: [query, other] })).toBe(true)
      else expect(matches({ kind: 'and', of: [query, other] })).toBe(false)
    }),
    { numRuns: 1_000 },
  )
}, 60_000)

test('every tree is printed so that it is read as the same tree', () => {
  fc.assert(
    fc.property(tree, (query) => {
      expect(parseQuery(printQuery(query)).query).toEqual(query)
    }),
    { numRuns: 2_000 },
  )
})

test('a query that was changed or removed is met by the next post', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(4), fc.option(tree)), { maxLength: 20 }), post, (changes, mention) => {
      const matcher = new Matcher()
      const analysis = analysePost(mention)
      const kept = new Map<number, Query>()
      for (const [id, query] of changes) {
        if (query) {
          matcher.set(id, query)
          kept.set(id, query)
        } else {
          matcher.remove(id)
          kept.delete(id)
        }
        const expected = [...kept].filter(([, one]) => evaluate(one, mention, analysis)).map(([one]) => one)
        expect([...matcher.ids(mention)]).toEqual(expected.sort((a, b) => a - b))
      }
    }),
    { numRuns: 300 },
  )
}, 60_000)
