import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analysePost, type Analysis, type AnalysisMode } from '../../base/text/analyse.ts'
import { longTimeout, tries } from '../../../test/long-run.ts'
import { located, mention, tree } from '../../../test/queries.ts'
import { barePost, type Post } from '../posts/post.ts'
import { parseQuery } from '../query/parse.ts'
import { printQuery } from '../query/print.ts'
import type { Query } from '../query/query.ts'
import { foldPattern, isTerm, termsOf } from '../query/terms.ts'
import { compileField, type LateFields } from './ask-field.ts'
import { evaluate } from './evaluate.ts'
import { explainMatch } from './explain-match.ts'
import { Matcher } from './matcher.ts'

/** From the first to the last position. */
type At = { from: number; to: number }
type Truth = boolean | null
/** A part of the mention: the positions and the fields in it. */
type Part = { inside(position: number): boolean; title: boolean; text: boolean }
const whole: Part = { inside: () => true, title: true, text: true }

/**
 * The definition of the language in the slowest and plainest way: every pair is tried, every order of words is tried,
 * wildcards are regular expressions, misspellings are counted in a table of all beginnings.
 */
function holds(query: Query, post: Post & LateFields, a: Analysis, part: Part): Truth {
  switch (query.kind) {
    case 'all':
      return true
    case 'list':
      return null
    case 'not': {
      const value = holds(query.of, post, a, part)
      return value === null ? null : !value
    }
    case 'and': {
      const values = query.of.map((one) => holds(one, post, a, part))
      return values.includes(false) ? false : values.includes(null) ? null : true
    }
    case 'or': {
      const values = query.of.map((one) => holds(one, post, a, part))
      return values.includes(true) ? true : values.includes(null) ? null : false
    }
    case 'at-least': {
      const values = query.of.map((one) => holds(one, post, a, part))
      const count = (wanted: Truth) => values.filter((value) => value === wanted).length
      return count(true) >= query.count ? true : count(true) + count(null) >= query.count ? null : false
    }
    case 'field':
      return compileField(query)(post, a)
    case 'in':
      return holds(query.of, post, a, partOf(query.where, a, part))
    case 'times': {
      const found = unique(places(query.of, post, a, part))
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
      return places(query, post, a, part).length > 0
  }
}

function places(query: Query, post: Post & LateFields, a: Analysis, part: Part): At[] {
  const all = a.words
    .map((word, i) => ({ word, from: a.positions[i]!, to: a.positions[i]! + word.width - 1 }))
    .filter(({ from }) => part.inside(from))
  const field = (position: number) => position < a.textPosition
  const side = (one: Query) => places(one, post, a, part)
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
      const { folded, accented } = foldPattern(query.pattern, a.mode)
      // An accent that was typed must be there.
      const letters = [...accented].map((c) =>
        c === '*' ? '.*' : c === '?' ? '.' : c.replace(/[$()+./[\\\]^{|}]/, '\\$&'),
      )
      const pattern = new RegExp(`^${letters.join('')}$`, 'su')
      return all.filter(({ word }) => pattern.test(folded === accented ? word.folded : word.accented))
    }
    case 'fuzzy': {
      const { folded } = foldPattern(query.text, a.mode)
      return all.filter(({ word }) => editsBetween([...folded], [...word.folded]) <= query.letters)
    }
    case 'raw':
      return [...rawIn(a, 'title', query.text, part), ...rawIn(a, 'text', query.text, part)]
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
      return holds(query, post, a, part) === true ? side(query.of) : []
    case 'in':
      return places(query.of, post, a, partOf(query.where, a, part))
    default:
      return []
  }
}

function partOf(where: 'title' | 'lead' | 'text', a: Analysis, { inside, title, text }: Part): Part {
  if (where === 'title') return { inside: (at) => inside(at) && at < a.textPosition, title, text: false }
  if (where === 'text') return { inside: (at) => inside(at) && at >= a.textPosition, title: false, text }
  const lead = (at: number) => at < a.textPosition || a.paragraphAt[at] === a.paragraphAt[a.textPosition]
  return { inside: (at) => inside(at) && lead(at), title, text }
}

/** Where the characters stand, one after the other; what stands between words belongs to the word before. */
function rawIn(a: Analysis, field: 'title' | 'text', asked: string, part: Part): At[] {
  if (!part[field]) return []
  const [from, to, first] = field === 'title' ? [0, a.textToken, 0] : [a.textToken, a.words.length, a.textPosition]
  const positionOf = (at: number) => {
    const before = a.positions.slice(from, to).filter((_, i) => a.starts[from + i]! <= at)
    return before.length === 0 ? first : Math.max(...before)
  }
  const found: At[] = []
  for (let at = a[field].indexOf(asked); at >= 0; at = a[field].indexOf(asked, at + asked.length)) {
    const place = { from: positionOf(at), to: positionOf(at + asked.length - 1) }
    if (part.inside(place.from) || place.from === first) found.push(place)
  }
  return found
}

/** Letters to insert, drop, change or swap with a neighbour, by the table of all beginnings. */
function editsBetween(a: string[], b: string[]): number {
  const table = a.concat('').map((_, i) => b.concat('').map((__, j) => (i === 0 ? j : j === 0 ? i : 0)))
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const choices = [
        table[i - 1]![j]! + 1,
        table[i]![j - 1]! + 1,
        table[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      ]
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) choices.push(table[i - 2]![j - 2]! + 1)
      table[i]![j] = Math.min(...choices)
    }
  return table[a.length]![b.length]!
}

function apart(x: At, y: At): boolean {
  return x.to < y.from || y.to < x.from
}

function unique(list: At[]): At[] {
  return [...new Map(list.map((at) => [`${at.from} ${at.to}`, at])).values()]
}

test(
  'a query alone says what the plain definition of the language says, and its explanation the same',
  () => {
    fc.assert(
      fc.property(tree, tree, mention, fc.constantFrom<AnalysisMode>('forms', 'plain'), (query, other, one, mode) => {
        const analysis = analysePost(one, mode)
        const matches = (asked: Query) => evaluate(asked, one, analysis) !== null
        const places = evaluate(query, one, analysis)
        const expected = holds(query, one, analysis, whole)
        expect(places !== null, printQuery(query)).toBe(expected === true)

        const explained = explainMatch(query, one, analysis)
        expect(explained.truth).toBe(expected)
        expect(explained.places).toEqual(places ?? [])
        for (const { field, start, end } of explained.places)
          if (start < 0 || start >= end || end > (one[field] ?? '').length)
            throw new Error('A place outside of the text')

        // NOT NOT changes nothing, OR never loses, AND never wins.
        expect(matches({ kind: 'not', of: { kind: 'not', of: query } })).toBe(expected === true)
        if (expected === true) expect(matches({ kind: 'or', of: [query, other] })).toBe(true)
        else expect(matches({ kind: 'and', of: [query, other] })).toBe(false)
      }),
      { numRuns: tries(1_000, 100_000) },
    )
  },
  2 * longTimeout,
)

test(
  'all queries at once are what each of them is alone',
  () => {
    const matchers = { forms: new Matcher('forms'), plain: new Matcher('plain') }
    fc.assert(
      fc.property(
        fc.array(tree, { minLength: 1, maxLength: 40 }),
        mention,
        fc.constantFrom('forms' as const, 'plain' as const),
        (queries, one, mode) => {
          // Queries of earlier tries make place for these.
          const matcher = matchers[mode]
          for (let id = 0; id < 40; id++) {
            const query = queries[id]
            if (query) matcher.set(id, query)
            else matcher.remove(id)
          }
          const analysis = analysePost(one, mode)
          const expected = queries.flatMap((query, id) => (evaluate(query, one, analysis) ? [id] : []))
          expect([...matcher.ids(one, analysis)]).toEqual(expected)
          expect([...matcher.ids(one)]).toEqual(expected)
          const plainly = queries.flatMap((query, id) => (holds(query, one, analysis, whole) === true ? [id] : []))
          expect(plainly).toEqual(expected)
        },
      ),
      { numRuns: tries(150, 5_000) },
    )
  },
  longTimeout,
)

test('what begins a mention without words in its text are the signs in it', () => {
  const query = parseQuery('lead:raw:"😡"').query
  const found = (post: { title: string | null; text: string }) => {
    const one = { ...barePost({ id: 'x:1', platform: 'x', text: post.text }), ...post }
    const analysis = analysePost(one, 'plain')
    const matcher = new Matcher('plain')
    matcher.set(0, query)
    expect([...matcher.ids(one, analysis)]).toEqual(holds(query, one, analysis, whole) ? [0] : [])
    return evaluate(query, one, analysis) !== null
  }
  expect(found({ title: 'банк', text: '😡' })).toBe(true)
  expect(found({ title: null, text: '😡' })).toBe(true)
  expect(found({ title: '😡', text: 'банк' })).toBe(true)
})

test(
  'a distance covers every pair of its sides',
  () => {
    fc.assert(
      fc.property(located, mention, (query, one) => {
        const analysis = analysePost(one)
        const near: Query = {
          kind: 'near',
          between: 1,
          ordered: false,
          left: query,
          right: { kind: 'word', text: 'карта', form: 'any' },
        }
        expect(evaluate(near, one, analysis) !== null, printQuery(near)).toBe(
          holds(near, one, analysis, whole) === true,
        )
      }),
      { numRuns: tries(700, 10_000) },
    )
  },
  longTimeout,
)

test(
  'a query that was changed or removed is met by the next post',
  () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(4), fc.option(tree)), { maxLength: 20 }), mention, (changes, one) => {
        const matcher = new Matcher()
        const analysis = analysePost(one)
        const kept = new Map<number, Query>()
        for (const [id, query] of changes) {
          if (query) {
            matcher.set(id, query)
            kept.set(id, query)
          } else {
            matcher.remove(id)
            kept.delete(id)
          }
          const expected = [...kept].filter(([, asked]) => evaluate(asked, one, analysis)).map(([asked]) => asked)
          expect([...matcher.ids(one, analysis)]).toEqual(expected.sort((a, b) => a - b))
        }
      }),
      { numRuns: tries(200, 2_000) },
    )
  },
  longTimeout,
)
