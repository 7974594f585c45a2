import type { SqlParams } from '../../base/clickhouse/clickhouse.ts'
import { findField } from './fields.ts'
import { begin, end } from './moments.ts'
import type { FieldValue, Query } from './query.ts'
import { foldPattern, keysOf, termsOf, type Term } from './terms.ts'

/** A condition over the table `mention`. `exact`: it selects exactly the matching mentions; otherwise it lets too many through, never too few, and the matcher decides. */
export type CompiledSql = { where: string; params: SqlParams; exact: boolean }

/** Values are bound as parameters and never become part of the text. */
export function compileSql(query: Query): CompiledSql {
  const compiler: Compiler = { params: {}, count: 0 }
  const { yes, exact } = compile(query, compiler)
  return { where: yes, params: compiler.params, exact }
}

type Compiler = { params: SqlParams; count: number }
/** Conditions that hold at least wherever the part is true, and at least wherever it is false; unknown is neither. */
type Sides = { yes: string; no: string; exact: boolean }

const anything = '1'
const undecided: Sides = { yes: anything, no: anything, exact: false }

function compile(query: Query, compiler: Compiler): Sides {
  switch (query.kind) {
    case 'all':
      return { yes: '1', no: '0', exact: true }
    case 'list':
      return { yes: '0', no: '0', exact: true }
    case 'not': {
      const { yes, no, exact } = compile(query.of, compiler)
      return { yes: no, no: yes, exact }
    }
    case 'and':
    case 'or': {
      const parts = query.of.map((part) => compile(part, compiler))
      const [join, other] = query.kind === 'and' ? [' and ', ' or '] : [' or ', ' and ']
      const empty = query.kind === 'and' ? '1' : '0'
      return {
        yes: joined(
          parts.map(({ yes }) => yes),
          join,
          empty,
        ),
        no: joined(
          parts.map(({ no }) => no),
          other,
          empty === '1' ? '0' : '1',
        ),
        exact: parts.every(({ exact }) => exact),
      }
    }
    case 'at-least': {
      const parts = query.of.map((part) => compile(part, compiler))
      const count = bind(compiler, query.count, 'UInt32')
      const sum = (sides: string[]) => sides.map((side) => `toUInt32(${side})`).join(' + ')
      return {
        yes: `(${sum(parts.map(({ yes }) => yes))}) >= ${count}`,
        no: `${parts.length} - (${sum(parts.map(({ no }) => no))}) < ${count}`,
        exact: parts.every(({ exact }) => exact),
      }
    }
    case 'word':
      return words(termsOf(query.text, query.form, 'forms'), compiler)
    case 'phrase':
      return words(termsOf(query.text, query.forms, 'forms'), compiler)
    case 'within':
      return narrowed(
        joined(
          termsOf(query.text, 'any', 'forms').map((term) => hasTerm(term, compiler)),
          ' and ',
          '0',
        ),
      )
    case 'wildcard': {
      const { folded, accented } = foldPattern(query.pattern, 'forms')
      const like = bind(compiler, likePattern(folded), 'String')
      const yes = `arrayExists(token -> like(token, ${like}), tokens)`
      return folded === accented ? both(yes) : narrowed(yes)
    }
    case 'near':
    case 'same':
      return narrowed(joined([compile(query.left, compiler).yes, compile(query.right, compiler).yes], ' and ', '1'))
    case 'not-near':
    case 'outside':
      return narrowed(compile(query.left, compiler).yes)
    case 'in':
    case 'times':
      return query.of.kind === 'not' || query.kind === 'in'
        ? undecidedUnless(query.of, compiler)
        : narrowed(compile(query.of, compiler).yes)
    case 'raw':
      return both(
        `(position(text, ${bind(compiler, query.text, 'String')}) > 0 or position(title, ${bind(compiler, query.text, 'String')}) > 0)`,
      )
    case 'field':
      return field(query.field, query.value, compiler)
    default:
      return undecided
  }
}

// Inside a part of the mention a NOT speaks of that part only, so the whole mention says nothing about it.
function undecidedUnless(query: Query, compiler: Compiler): Sides {
  return query.kind === 'word' || query.kind === 'phrase' || query.kind === 'wildcard'
    ? narrowed(compile(query, compiler).yes)
    : undecided
}

function both(yes: string): Sides {
  return { yes, no: `not (${yes})`, exact: true }
}

function narrowed(yes: string): Sides {
  return { yes, no: anything, exact: false }
}

function joined(parts: string[], join: string, empty: string): string {
  return parts.length === 0 ? empty : `(${parts.join(join)})`
}

function bind(compiler: Compiler, value: unknown, type: string): string {
  const name = `q_${compiler.count++}`
  compiler.params[name] = value
  return `{${name}:${type}}`
}

function words(terms: Term[], compiler: Compiler): Sides {
  const [first, ...others] = terms
  if (!first) return { yes: '0', no: '1', exact: true }
  const all = joined(
    terms.map((term) => hasTerm(term, compiler)),
    ' and ',
    '0',
  )
  const exact = terms.every((term) => term.form !== 'case' && !term.demandsAccent)
  if (others.length === 0) return exact ? both(all) : narrowed(all)
  // Tags and addresses cover several positions or stand beside their parts; the matcher knows how.
  if (!exact || terms.some((term) => /[^\p{L}\p{N}']/u.test(term.folded))) return narrowed(all)
  const next = others.map((term, i) => `has(${placesOf(term, compiler)}, at + ${i + 1})`)
  return both(`(${all} and arrayExists(at -> ${next.join(' and ')}, ${placesOf(first, compiler)}))`)
}

function hasTerm(term: Term, compiler: Compiler): string {
  const token = `has(tokens, ${bind(compiler, term.folded, 'String')})`
  if (term.form !== 'any' || term.stems.length === 0) return token
  return `hasAny(stems, ${bind(compiler, term.stems, 'Array(String)')})`
}

function placesOf(term: Term, compiler: Compiler): string {
  if (term.form !== 'any' || term.stems.length === 0) {
    return `arrayFilter((at, token) -> token = ${bind(compiler, term.folded, 'String')}, token_at, tokens)`
  }
  return `arrayFilter((at, stem) -> has(${bind(compiler, keysOf(term), 'Array(String)')}, stem), stem_at, stems)`
}

function likePattern(pattern: string): string {
  return pattern
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_')
}

const numbers: { [name: string]: string } = {
  followers: 'author_followers',
  likes: 'likes',
  shares: 'shares',
  comments: 'comments',
  views: 'views',
  rating: 'rating',
  engagement:
    'if(likes is null and shares is null and comments is null, null, ifNull(likes, 0) + ifNull(shares, 0) + ifNull(comments, 0))',
}
const names: { [name: string]: string } = {
  platform: 'platform',
  source: 'source',
  media: 'media',
  kind: 'kind',
  lang: 'lang',
  handle: 'author_handle',
  author_id: 'author_id',
  id: 'id',
  parent: 'parent',
  root: 'root',
  sentiment: 'sentiment',
  stage: 'stage',
  status: 'status',
  country: 'country',
  region: 'region',
  city: 'city',
}

function field(name: string, value: FieldValue, compiler: Compiler): Sides {
  const known = findField(name)?.name ?? name
  const number = numbers[known]
  if (number && known !== 'rating') return askNumber(number, value, compiler)
  if (known === 'posted') return askMoment(value, compiler)
  const column = names[known]
  if (column && 'is' in value && !/[*?]/.test(value.is)) {
    const asked = bind(compiler, value.is.toLowerCase(), 'String')
    return {
      yes: `(${column} != '' and lowerUTF8(${column}) = ${asked})`,
      no: `(${column} != '' and lowerUTF8(${column}) != ${asked})`,
      exact: true,
    }
  }
  if ((known === 'read' || known === 'important') && 'is' in value)
    return both(value.is === 'yes' ? known : `not ${known}`)
  if (known === 'topic' && 'is' in value)
    return both(`has(arrayMap(topic -> toString(topic), topics), ${bind(compiler, value.is, 'String')})`)
  return undecided
}

function askNumber(column: string, value: FieldValue, compiler: Compiler): Sides {
  const bound = (text: string) => bind(compiler, Number(text), 'Float64')
  const asked =
    'is' in value
      ? `toFloat64(${column}) = ${bound(value.is)}`
      : 'from' in value
        ? `toFloat64(${column}) between ${bound(value.from)} and ${bound(value.to)}`
        : `toFloat64(${column}) ${value.than} ${bound(value.value)}`
  return { yes: `ifNull(${asked}, 0)`, no: `ifNull(not (${asked}), 0)`, exact: true }
}

function askMoment(value: FieldValue, compiler: Compiler): Sides {
  const at = (ms: number) => `fromUnixTimestamp64Milli(${bind(compiler, ms, 'Int64')}, 'UTC')`
  if ('is' in value) return both(`(posted_at >= ${at(begin(value.is))} and posted_at < ${at(end(value.is))})`)
  if ('from' in value) return both(`(posted_at >= ${at(begin(value.from))} and posted_at < ${at(end(value.to))})`)
  switch (value.than) {
    case '>':
      return both(`posted_at >= ${at(end(value.value))}`)
    case '>=':
      return both(`posted_at >= ${at(begin(value.value))}`)
    case '<':
      return both(`posted_at < ${at(begin(value.value))}`)
    case '<=':
      return both(`posted_at < ${at(end(value.value))}`)
  }
}
