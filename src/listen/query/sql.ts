import type { SqlParams } from '../../base/clickhouse/clickhouse.ts'
import { keyOfWord } from '../../base/text/word-key.ts'
import { findField } from './fields.ts'
import { begin, end } from './moments.ts'
import { latitudesOf, readCircle } from './near.ts'
import type { FieldValue, Query } from './query.ts'
import {
  anyNear,
  askedAs,
  askedFor,
  Binder,
  countBetween,
  hasAnyOf,
  joinRows,
  placesOf,
  rowsOf,
  someFar,
  someOutside,
  spansOf,
  type Asked,
  type Placed,
  type Scope,
} from './sql-words.ts'
import { foldPattern, termsOf, type Term } from './terms.ts'

/** A condition over the table `mention`. `exact`: it selects exactly the matching mentions; otherwise it lets too many through, never too few, and the matcher decides. `positional`: positions of words are read, which takes longer than everything else. */
export type CompiledSql = { where: string; params: SqlParams; exact: boolean; positional: boolean }

/**
 * Values are bound as parameters and never become part of the text. `understood`: whether the machine has looked at the rows;
 * of others, what it finds out decides the matcher.
 */
export function compileSql(query: Query, { understood = true }: { understood?: boolean } = {}): CompiledSql {
  const binder = new Binder()
  const { yes, exact, narrow, rest } = compile(query, { binder, scope: null, understood })
  // What the index of the words can tell stands in front, so that positions are read of few mentions only; asked twice, it would
  // take time twice.
  const where = narrow.yes && narrow.yes !== yes ? `${narrow.yes} and ${rest ?? yes}` : yes
  return { where, params: binder.params, exact, positional: /\b(word|stem)_at\b/.test(where) }
}

/** `scope`: what is compiled is asked of the title or the text; `lost`, of a part that the stored words do not tell apart. */
type Compiler = { binder: Binder; scope: Scope | 'lost'; understood: boolean }

/**
 * Conditions that hold at least wherever the part is true, and at least wherever it is false; unknown is neither. `narrow`
 * holds wherever they do and needs nothing but the index of the words; null narrows nothing.
 */
type Sides = {
  yes: string
  no: string
  exact: boolean
  narrow: { yes: string | null; no: string | null }
  /** As good as `yes` wherever `narrow.yes` holds, without asking it again. */
  rest?: string
  /** What the part is, where it is words and nothing else. */
  placed?: Placed
}

const anything = '1'
const nowhere = { yes: null, no: null }
const undecided: Sides = { yes: anything, no: anything, exact: false, narrow: nowhere }

function compile(query: Query, compiler: Compiler): Sides {
  const { binder, scope } = compiler
  switch (query.kind) {
    case 'all':
      return { yes: '1', no: '0', exact: true, narrow: nowhere }
    case 'list':
      return { yes: '0', no: '0', exact: true, narrow: nowhere }
    case 'not': {
      const { yes, no, exact, narrow } = compile(query.of, compiler)
      return { yes: no, no: yes, exact, narrow: { yes: narrow.no, no: narrow.yes } }
    }
    case 'and':
      return all(query.of.map((part) => compile(part, compiler)))
    case 'or':
      return any(
        query.of.map((part) => compile(part, compiler)),
        compiler,
      )
    case 'at-least': {
      const parts = query.of.map((part) => compile(part, compiler))
      const count = binder.bind(query.count, 'UInt32')
      const sum = (sides: string[]) => sides.map((side) => `toUInt32(${side})`).join(' + ')
      return {
        yes: `(${sum(parts.map(({ yes }) => yes))}) >= ${count}`,
        no: `${parts.length} - (${sum(parts.map(({ no }) => no))}) < ${count}`,
        exact: parts.every(({ exact }) => exact),
        narrow: {
          yes: joinKnown(
            parts.map(({ narrow }) => narrow.yes),
            ' or ',
          ),
          no: null,
        },
      }
    }
    case 'word':
      return words(termsOf(query.text, query.form, 'forms'), compiler)
    case 'phrase':
      return words(termsOf(query.text, query.forms, 'forms'), compiler)
    case 'within':
      return within(termsOf(query.text, 'any', 'forms'), query.between, compiler)
    case 'wildcard': {
      const { folded, accented } = foldPattern(query.pattern, 'forms')
      const asked = askedAs(`like(word, ${binder.bind(likePattern(folded), 'String')})`)
      return folded === accented ? placed({ words: [asked], rows: [] }, compiler) : narrowed([asked], compiler)
    }
    case 'fuzzy': {
      // A swap of two letters is one change for the matcher and two for the engine.
      const typed = binder.bind(foldPattern(query.text, 'forms').folded, 'String')
      const most = binder.bind(query.letters, 'Int64')
      const asked = askedAs(
        `(abs(toInt64(lengthUTF8(word)) - toInt64(lengthUTF8(${typed}))) <= ${most} and editDistanceUTF8(word, ${typed}) <= 2 * ${most})`,
      )
      return narrowed([asked], compiler)
    }
    case 'near': {
      const [left, right] = [compile(query.left, compiler), compile(query.right, compiler)]
      return related(left, right, compiler, (a, b) => anyNear(a, b, query.between, query.ordered, binder))
    }
    case 'same': {
      const [left, right] = [compile(query.left, compiler), compile(query.right, compiler)]
      return widened(all([left, right]))
    }
    case 'not-near': {
      const [left, right] = [compile(query.left, compiler), compile(query.right, compiler)]
      return rest(left, right, compiler, (a, b) => someFar(a, b, query.between, binder))
    }
    case 'outside': {
      const [left, right] = [compile(query.left, compiler), compile(query.right, compiler)]
      return rest(left, right, compiler, someOutside)
    }
    case 'in':
      return part(query.where, query.of, compiler)
    case 'times':
      return counted(query.from, query.to, compile(query.of, compiler), compiler)
    case 'raw': {
      const asked = binder.bind(query.text, 'String')
      const yes = `(position(text, ${asked}) > 0 or position(title, ${asked}) > 0)`
      return scope === null ? both(yes) : { ...both(yes), no: anything, exact: false }
    }
    case 'field':
      if (!compiler.understood && foundOut.has(findField(query.field)?.name ?? '')) return undecided
      return { ...field(query.field, query.value, query.timeZone ?? 'UTC', binder), narrow: nowhere }
    default:
      return undecided
  }
}

function all(parts: Sides[]): Sides {
  const narrow = parts.flatMap(({ narrow }) => narrow.yes ?? [])
  const rest = parts.flatMap(({ yes, narrow, rest }) => (narrow.yes === yes ? [] : [rest ?? yes]))
  return {
    rest: joined(rest, ' and ', '1'),
    yes: joined(
      parts.map(({ yes }) => yes),
      ' and ',
      '1',
    ),
    no: joined(
      parts.map(({ no }) => no),
      ' or ',
      '0',
    ),
    exact: parts.every(({ exact }) => exact),
    narrow: {
      yes: narrow.length === 0 ? null : joined(narrow, ' and ', '1'),
      no: joinKnown(
        parts.map(({ narrow }) => narrow.no),
        ' or ',
      ),
    },
  }
}

/** Words among the parts become one question, which costs little more than the longest of their lists. */
function any(parts: Sides[], compiler: Compiler): Sides {
  const [words, others] = [parts.filter((side) => side.placed), parts.filter((side) => !side.placed)]
  const together: Placed = {
    words: words.flatMap((side) => side.placed!.words),
    rows: joinRows(words.flatMap((side) => side.placed!.rows)),
  }
  if (others.length === 0 && parts.length > 0) return placed(together, compiler)
  const sides = words.length === 0 ? others : [placed(together, compiler), ...others]
  const narrow = sides.flatMap(({ narrow }) => narrow.no ?? [])
  return {
    yes: joined(
      sides.map(({ yes }) => yes),
      ' or ',
      '0',
    ),
    no: joined(
      sides.map(({ no }) => no),
      ' and ',
      '1',
    ),
    exact: sides.every(({ exact }) => exact),
    narrow: {
      yes: joinKnown(
        sides.map(({ narrow }) => narrow.yes),
        ' or ',
      ),
      no: narrow.length === 0 ? null : joined(narrow, ' and ', '1'),
    },
  }
}

function words(terms: Term[], compiler: Compiler): Sides {
  if (terms.length === 0) return { yes: '0', no: '1', exact: true, narrow: nowhere }
  const asked = terms.map(askedFor)
  const exact = terms.every((term) => term.form !== 'case' && !term.demandsAccent)
  if (!exact || (asked.length > 1 && !asked.every(({ simple }) => simple))) return narrowed(asked, compiler)
  return placed(
    asked.length === 1 ? { words: asked, rows: [] } : { words: [], rows: [asked.map((one) => [one])] },
    compiler,
  )
}

function placed(it: Placed, compiler: Compiler): Sides {
  const { binder, scope } = compiler
  const ofWords = it.words.length === 0 ? [] : [hasAnyOf(it.words, binder)]
  const ofRows = it.rows.map((row) =>
    joined(
      row.map((asked) => hasAnyOf(asked, binder)),
      ' and ',
      '1',
    ),
  )
  const narrow = joined([...ofWords, ...ofRows], ' or ', '0')
  const onlyWords = it.rows.length === 0
  if (scope === 'lost') return { yes: narrow, no: anything, exact: false, narrow: { yes: narrow, no: null } }
  if (scope === null && onlyWords)
    return { ...both(narrow), narrow: { yes: narrow, no: `not (${narrow})` }, placed: it }
  const inScope =
    scope === null ? ofWords : ofWords.map((has) => `(${has} and notEmpty(${placesOf(it.words, scope, binder)}))`)
  const yes = joined(
    [...inScope, ...it.rows.map((row, i) => `(${ofRows[i]} and notEmpty(${rowsOf(row, scope, binder)}))`)],
    ' or ',
    '0',
  )
  const rest =
    it.words.length === 0 && it.rows.length === 1 ? { rest: `notEmpty(${rowsOf(it.rows[0]!, scope, binder)})` } : {}
  return { ...both(yes), narrow: { yes: narrow, no: null }, placed: it, ...rest }
}

/** All of the words are there; the matcher tells the rest. */
function narrowed(asked: Asked[], { binder }: Compiler): Sides {
  const yes = joined(
    asked.map((one) => hasAnyOf([one], binder)),
    ' and ',
    '1',
  )
  return { yes, no: anything, exact: false, narrow: { yes, no: null } }
}

function widened({ yes, narrow }: Sides): Sides {
  return { yes, no: anything, exact: false, narrow: { yes: narrow.yes, no: null } }
}

function within(terms: Term[], between: number, compiler: Compiler): Sides {
  const [left, right, ...others] = terms
  if (!left) return { yes: '0', no: anything, exact: false, narrow: nowhere }
  if (!right) return widened(words([left], compiler))
  if (others.length > 0) return narrowed(terms.map(askedFor), compiler)
  return related(words([left], compiler), words([right], compiler), compiler, (a, b) =>
    anyNear(a, b, between, false, compiler.binder),
  )
}

type Relate = (left: NonNullable<ReturnType<typeof spansOf>>, right: NonNullable<ReturnType<typeof spansOf>>) => string

/** Some span of the one and some of the other. */
function related(left: Sides, right: Sides, compiler: Compiler, relate: Relate): Sides {
  const sides = all([left, right])
  const [a, b] = [spans(left, compiler), spans(right, compiler)]
  if (!a || !b || a.size === 0 || b.size === 0) return widened(sides)
  return behind(sides.narrow.yes, relate(a, b))
}

/** Some span of the left that the right ones leave. */
function rest(left: Sides, right: Sides, compiler: Compiler, relate: Relate): Sides {
  const [a, b] = [spans(left, compiler), spans(right, compiler)]
  if (!a || !b || a.size === 0 || b.size === 0) return widened(left)
  return behind(left.narrow.yes, relate(a, b))
}

/** What is asked of positions, behind what the index of the words tells about it. */
function behind(narrow: string | null, rest: string): Sides {
  return { ...both(`(${narrow ? `${narrow} and ` : ''}${rest})`), narrow: { yes: narrow, no: null }, rest }
}

function spans(side: Sides, { binder, scope }: Compiler) {
  return side.placed && side.exact && scope !== 'lost' ? spansOf(side.placed, scope, binder) : null
}

function counted(from: number, to: number | null, of: Sides, { binder, scope }: Compiler): Sides {
  const words = of.placed?.rows.length === 0 && of.placed.words.every(({ simple }) => simple) ? of.placed.words : null
  if (!words || words.length === 0 || !of.exact || scope === 'lost') return from > 0 ? widened(of) : undecided
  const count = countBetween(placesOf(words, scope, binder), from, to, binder)
  if (from === 0) return both(count)
  return behind(of.narrow.yes, count)
}

function part(where: 'title' | 'lead' | 'text', of: Query, compiler: Compiler): Sides {
  const inner = where !== 'lead' && (compiler.scope === null || compiler.scope === where) ? where : 'lost'
  const { placed: _, ...sides } = compile(of, { ...compiler, scope: inner })
  return sides
}

function both(yes: string): Sides {
  return { yes, no: `not (${yes})`, exact: true, narrow: nowhere }
}

function joined(parts: string[], join: string, empty: string): string {
  return parts.length === 0 ? empty : parts.length === 1 ? parts[0]! : `(${parts.join(join)})`
}

/** Null as soon as one is not known. */
function joinKnown(parts: (string | null)[], join: string): string | null {
  const known = parts.flatMap((part) => part ?? [])
  return parts.length > 0 && known.length === parts.length ? joined(known, join, '') : null
}

function likePattern(pattern: string): string {
  return pattern
    .replace(/[\\%_]/g, '\\$&')
    .replaceAll('*', '%')
    .replaceAll('?', '_')
}

/** What a field asks, as `Sides`. */
type Asks = Pick<Sides, 'yes' | 'no' | 'exact'>

function either(yes: string): Asks {
  return { yes, no: `not (${yes})`, exact: true }
}

/** Columns that hold a number; null is unknown. A rating is kept in 32 bits, so it is compared in 32 bits. */
const numbers: { [name: string]: { column: string; type: 'Float32' | 'Float64' } } = {
  followers: { column: 'author_followers', type: 'Float64' },
  likes: { column: 'likes', type: 'Float64' },
  shares: { column: 'shares', type: 'Float64' },
  comments: { column: 'comments', type: 'Float64' },
  views: { column: 'views', type: 'Float64' },
  rating: { column: 'rating', type: 'Float32' },
  reach: {
    column:
      'if(author_followers is null and views is null, null, greatest(ifNull(author_followers, 0), ifNull(views, 0)))',
    type: 'Float64',
  },
  sla_left: {
    column: "(toUnixTimestamp64Milli(due_at) - toUnixTimestamp64Milli(now64(3, 'UTC'))) / 60000",
    type: 'Float64',
  },
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
  bot: 'author_bot',
  spam: 'spam',
  complaint: 'complaint',
  toxic: 'toxic',
  read: 'read',
  important: 'important',
}
/** Texts that the matcher reads; here it is only known whether there is one. */
const read: { [name: string]: string } = { author: 'author_name', bio: 'author_bio', site: 'url', url: 'url' }
/** What the machine finds out of a text, and perhaps the place. */
const foundOut = new Set([
  'sentiment',
  'stage',
  'spam',
  'complaint',
  'toxic',
  'emotion',
  'aspect',
  'category',
  'country',
  'region',
  'city',
])
const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

function field(name: string, value: FieldValue, timeZone: string, binder: Binder): Asks {
  const known = findField(name)?.name ?? name
  const number = numbers[known]
  if (number) return askNumber(number, value, binder)
  if (known === 'cluster_size') return askClusterSize(value, binder)
  if (known === 'posted') return askMoment(value, timeZone, binder)
  if (known === 'hour')
    return askNumber({ column: `toHour(${local(timeZone, binder)})`, type: 'Float64' }, value, binder)
  if (!('is' in value)) return unknown
  const flag = flags[known]
  if (flag) {
    const yes = value.is === 'yes'
    return { yes: `ifNull(${flag} = ${yes}, 0)`, no: `ifNull(${flag} != ${yes}, 0)`, exact: true }
  }
  const column = names[known]
  if (column) return when(`${column} != ''`, isName(column, value.is, binder))
  const text = read[known]
  if (text) return { yes: `${text} != ''`, no: `${text} != ''`, exact: false }
  switch (known) {
    case 'weekday':
      return either(`toDayOfWeek(${local(timeZone, binder)}) = ${binder.bind(days.indexOf(value.is) + 1, 'UInt8')}`)
    case 'near': {
      const [south, north] = latitudesOf(readCircle(value.is))
      const there = `latitude is not null`
      const within = `ifNull(latitude between ${binder.bind(south, 'Float64')} and ${binder.bind(north, 'Float64')}, 0)`
      return { yes: within, no: there, exact: false }
    }
    case 'aspect':
      return when(
        `notEmpty(aspects)`,
        `arrayExists(one -> ${isName('one', value.is, binder)} or ${isName(`replaceRegexpOne(one, ':[^:]*$', '')`, value.is, binder)}, aspects)`,
      )
    case 'emotion':
      return when(`notEmpty(emotions)`, `arrayExists(one -> ${isName('one', value.is, binder)}, emotions)`)
    case 'category':
      return either(`arrayExists(one -> ${isName('one', value.is, binder)}, categories)`)
    case 'thread':
      return either(`(${isName('id', value.is, binder)} or (root != '' and ${isName('root', value.is, binder)}))`)
    case 'tag':
      return either(`arrayExists(one -> ${isName('one', value.is, binder)}, tags)`)
    case 'has':
      return either(
        `(arrayExists(one -> ${isName('one', value.is, binder)}, has) or (${isName(`'question'`, value.is, binder)} and position(text, '?') > 0))`,
      )
    case 'topic':
      return either(`arrayExists(one -> ${isName('toString(one)', value.is, binder)}, topics)`)
    case 'hashtag':
    case 'mentions': {
      const { folded } = foldPattern((known === 'hashtag' ? '#' : '@') + value.is.replace(/^[#@]/, ''), 'forms')
      const asked = /[*?]/.test(folded)
        ? askedAs(`like(word, ${binder.bind(likePattern(folded), 'String')})`)
        : { keys: [keyOfWord(folded)], of: 'words' as const, spelled: null, simple: false }
      return either(hasAnyOf([asked], binder))
    }
    case 'ticket':
      return either(
        `(ticket is null and ${isName(`'none'`, value.is, binder)} or ticket is not null and (${isName(`'any'`, value.is, binder)} or ifNull(${isName('toString(ticket)', value.is, binder)}, 0)))`,
      )
    case 'assignee':
      return either(
        `(assignee = '' and ${isName(`'none'`, value.is, binder)} or assignee != '' and (${isName(`'any'`, value.is, binder)} or ${isName('assignee', value.is, binder)}))`,
      )
    case 'link':
      return { yes: anything, no: anything, exact: false }
    default:
      return unknown
  }
}

/** When it was posted, by the clocks of the zone. */
function local(timeZone: string, binder: Binder): string {
  return `toTimeZone(posted_at, ${binder.bind(timeZone, 'String')})`
}

// No stored mention has it, so neither the condition nor its negation is ever true.
const unknown: Asks = { yes: '0', no: '0', exact: true }

function when(known: string, asked: string): Asks {
  return { yes: `(${known} and ${asked})`, no: `(${known} and not ${asked})`, exact: true }
}

/** The whole value in any case; `*` and `?` as in words. */
function isName(value: string, asked: string, binder: Binder): string {
  const name = asked.toLowerCase()
  return /[*?]/.test(name)
    ? `like(lowerUTF8(${value}), ${binder.bind(likePattern(name), 'String')})`
    : `(lowerUTF8(${value}) = ${binder.bind(name, 'String')})`
}

function askNumber({ column, type }: { column: string; type: string }, value: FieldValue, binder: Binder): Asks {
  const number = `to${type}(${column})`
  const bound = (text: string) => `to${type}(${binder.bind(Number(text), 'Float64')})`
  const asked =
    'is' in value
      ? `${number} = ${bound(value.is)}`
      : 'from' in value
        ? `${number} between ${bound(value.from)} and ${bound(value.to)}`
        : `${number} ${value.than} ${bound(value.value)}`
  return { yes: `ifNull(${asked}, 0)`, no: `ifNull(not (${asked}), 0)`, exact: true }
}

/** How many mentions of the project have the text, itself among them. Posts in the archive are in nobody's project. */
function askClusterSize(value: FieldValue, binder: Binder): Asks {
  const { yes, no } = askNumber({ column: 'uniqExact(id_key)', type: 'Float64' }, value, binder)
  const ofClusters = (having: string) =>
    `(project_id, cluster_key) in (select project_id, cluster_key from mention group by project_id, cluster_key having ${having})`
  return { yes: ofClusters(yes), no: ofClusters(no), exact: true }
}

function askMoment(value: FieldValue, timeZone: string, binder: Binder): Asks {
  const at = (ms: number) => `fromUnixTimestamp64Milli(${binder.bind(ms, 'Int64')}, 'UTC')`
  if ('is' in value)
    return either(`(posted_at >= ${at(begin(value.is, timeZone))} and posted_at < ${at(end(value.is, timeZone))})`)
  if ('from' in value)
    return either(`(posted_at >= ${at(begin(value.from, timeZone))} and posted_at < ${at(end(value.to, timeZone))})`)
  switch (value.than) {
    case '>':
      return either(`posted_at >= ${at(end(value.value, timeZone))}`)
    case '>=':
      return either(`posted_at >= ${at(begin(value.value, timeZone))}`)
    case '<':
      return either(`posted_at < ${at(begin(value.value, timeZone))}`)
    case '<=':
      return either(`posted_at < ${at(end(value.value, timeZone))}`)
  }
}
