import type { SqlParams } from '../../base/clickhouse/clickhouse.ts'
import { findField } from './fields.ts'
import { begin, end } from './moments.ts'
import { latitudesOf, readCircle } from './near.ts'
import type { FieldValue, Query } from './query.ts'
import { foldPattern, keysOf, termsOf, type Term } from './terms.ts'

/** A condition over the table `mention`. `exact`: it selects exactly the matching mentions; otherwise it lets too many through, never too few, and the matcher decides. */
export type CompiledSql = { where: string; params: SqlParams; exact: boolean }

/** Values are bound as parameters and never become part of the text. */
export function compileSql(query: Query): CompiledSql {
  const compiler: Compiler = { params: {}, count: 0, inPart: false }
  const { yes, exact } = compile(query, compiler)
  return { where: yes, params: compiler.params, exact }
}

/** `inPart`: what is compiled is asked of the title, the lead or the text, and the stored words do not say where they stand. */
type Compiler = { params: SqlParams; count: number; inPart: boolean }
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
      return folded === accented && !compiler.inPart ? both(yes) : narrowed(yes)
    }
    case 'near':
    case 'same':
      return narrowed(joined([compile(query.left, compiler).yes, compile(query.right, compiler).yes], ' and ', '1'))
    case 'not-near':
    case 'outside':
      return narrowed(compile(query.left, compiler).yes)
    case 'in': {
      const outer = compiler.inPart
      compiler.inPart = true
      const { yes, no } = compile(query.of, compiler)
      compiler.inPart = outer
      return { yes, no, exact: false }
    }
    case 'times':
      return query.from > 0 ? narrowed(compile(query.of, compiler).yes) : undecided
    case 'raw': {
      const asked = bind(compiler, query.text, 'String')
      const yes = `(position(text, ${asked}) > 0 or position(title, ${asked}) > 0)`
      return compiler.inPart ? narrowed(yes) : both(yes)
    }
    case 'field':
      return field(query.field, query.value, query.timeZone ?? 'UTC', compiler)
    default:
      return undecided
  }
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
  const exact = !compiler.inPart && terms.every((term) => term.form !== 'case' && !term.demandsAccent)
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

/** Columns that hold a number; null is unknown. A rating is kept in 32 bits, so it is compared in 32 bits. */
const numbers: { [name: string]: { column: string; type: 'Float32' | 'Float64' } } = {
  followers: { column: 'author_followers', type: 'Float64' },
  likes: { column: 'likes', type: 'Float64' },
  shares: { column: 'shares', type: 'Float64' },
  comments: { column: 'comments', type: 'Float64' },
  views: { column: 'views', type: 'Float64' },
  rating: { column: 'rating', type: 'Float32' },
  engagement: {
    column:
      'if(likes is null and shares is null and comments is null, null, ifNull(likes, 0) + ifNull(shares, 0) + ifNull(comments, 0))',
    type: 'Float64',
  },
}
/** Columns that hold a name; an empty one is unknown. */
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
const flags: { [name: string]: string } = {
  verified: 'author_verified',
  spam: 'spam',
  read: 'read',
  important: 'important',
}
/** Texts that the matcher reads; here it is only known whether there is one. */
const read: { [name: string]: string } = { author: 'author_name', bio: 'author_bio', site: 'url', url: 'url' }
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

function field(name: string, value: FieldValue, timeZone: string, compiler: Compiler): Sides {
  const known = findField(name)?.name ?? name
  const number = numbers[known]
  if (number) return askNumber(number, value, compiler)
  if (known === 'posted') return askMoment(value, timeZone, compiler)
  if (known === 'hour')
    return askNumber({ column: `toHour(${local(timeZone, compiler)})`, type: 'Float64' }, value, compiler)
  if (!('is' in value)) return unknown
  const flag = flags[known]
  if (flag) {
    const yes = value.is === 'yes'
    return { yes: `ifNull(${flag} = ${yes}, 0)`, no: `ifNull(${flag} != ${yes}, 0)`, exact: true }
  }
  const column = names[known]
  if (column) return when(`${column} != ''`, isName(column, value.is, compiler))
  const text = read[known]
  if (text) return { yes: `${text} != ''`, no: `${text} != ''`, exact: false }
  switch (known) {
    case 'weekday':
      return both(`toDayOfWeek(${local(timeZone, compiler)}) = ${bind(compiler, days.indexOf(value.is) + 1, 'UInt8')}`)
    case 'near': {
      const [south, north] = latitudesOf(readCircle(value.is))
      const there = `latitude is not null`
      const within = `ifNull(latitude between ${bind(compiler, south, 'Float64')} and ${bind(compiler, north, 'Float64')}, 0)`
      return { yes: within, no: there, exact: false }
    }
    case 'aspect':
      return when(
        `notEmpty(aspects)`,
        `arrayExists(one -> ${isName('one', value.is, compiler)} or ${isName(`replaceRegexpOne(one, ':[^:]*$', '')`, value.is, compiler)}, aspects)`,
      )
    case 'thread':
      return both(`(${isName('id', value.is, compiler)} or (root != '' and ${isName('root', value.is, compiler)}))`)
    case 'tag':
      return both(`arrayExists(one -> ${isName('one', value.is, compiler)}, tags)`)
    case 'has':
      return both(
        `(arrayExists(one -> ${isName('one', value.is, compiler)}, has) or (${isName(`'question'`, value.is, compiler)} and position(text, '?') > 0))`,
      )
    case 'topic':
      return both(`arrayExists(one -> ${isName('toString(one)', value.is, compiler)}, topics)`)
    case 'hashtag':
    case 'mentions': {
      const { folded } = foldPattern((known === 'hashtag' ? '#' : '@') + value.is.replace(/^[#@]/, ''), 'forms')
      return /[*?]/.test(folded)
        ? both(`arrayExists(token -> like(token, ${bind(compiler, likePattern(folded), 'String')}), tokens)`)
        : both(`has(tokens, ${bind(compiler, folded, 'String')})`)
    }
    case 'ticket':
      return both(
        `(ticket is null and ${isName(`'none'`, value.is, compiler)} or ticket is not null and (${isName(`'any'`, value.is, compiler)} or ifNull(${isName('toString(ticket)', value.is, compiler)}, 0)))`,
      )
    case 'assignee':
      return both(
        `(assignee = '' and ${isName(`'none'`, value.is, compiler)} or assignee != '' and (${isName(`'any'`, value.is, compiler)} or ${isName('assignee', value.is, compiler)}))`,
      )
    case 'link':
      return undecided
    default:
      return unknown
  }
}

/** When it was posted, by the clocks of the zone. */
function local(timeZone: string, compiler: Compiler): string {
  return `toTimeZone(posted_at, ${bind(compiler, timeZone, 'String')})`
}

// No stored mention has it, so neither the condition nor its negation is ever true.
const unknown: Sides = { yes: '0', no: '0', exact: true }

function when(known: string, asked: string): Sides {
  return { yes: `(${known} and ${asked})`, no: `(${known} and not ${asked})`, exact: true }
}

/** The whole value in any case; `*` and `?` as in words. */
function isName(value: string, asked: string, compiler: Compiler): string {
  const name = asked.toLowerCase()
  return /[*?]/.test(name)
    ? `like(lowerUTF8(${value}), ${bind(compiler, likePattern(name), 'String')})`
    : `(lowerUTF8(${value}) = ${bind(compiler, name, 'String')})`
}

function askNumber({ column, type }: { column: string; type: string }, value: FieldValue, compiler: Compiler): Sides {
  const number = `to${type}(${column})`
  const bound = (text: string) => `to${type}(${bind(compiler, Number(text), 'Float64')})`
  const asked =
    'is' in value
      ? `${number} = ${bound(value.is)}`
      : 'from' in value
        ? `${number} between ${bound(value.from)} and ${bound(value.to)}`
        : `${number} ${value.than} ${bound(value.value)}`
  return { yes: `ifNull(${asked}, 0)`, no: `ifNull(not (${asked}), 0)`, exact: true }
}

function askMoment(value: FieldValue, timeZone: string, compiler: Compiler): Sides {
  const at = (ms: number) => `fromUnixTimestamp64Milli(${bind(compiler, ms, 'Int64')}, 'UTC')`
  if ('is' in value)
    return both(`(posted_at >= ${at(begin(value.is, timeZone))} and posted_at < ${at(end(value.is, timeZone))})`)
  if ('from' in value)
    return both(`(posted_at >= ${at(begin(value.from, timeZone))} and posted_at < ${at(end(value.to, timeZone))})`)
  switch (value.than) {
    case '>':
      return both(`posted_at >= ${at(end(value.value, timeZone))}`)
    case '>=':
      return both(`posted_at >= ${at(begin(value.value, timeZone))}`)
    case '<':
      return both(`posted_at < ${at(begin(value.value, timeZone))}`)
    case '<=':
      return both(`posted_at < ${at(end(value.value, timeZone))}`)
  }
}
