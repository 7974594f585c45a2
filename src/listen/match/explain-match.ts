import type { Analysis } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'
import { nameOf, type Locale } from '../query/explain.ts'
import { findField } from '../query/fields.ts'
import type { Query } from '../query/query.ts'
import type { LateFields } from './ask-field.ts'
import type { Compiled, Truth } from './compile.ts'
import { inReadingOrder, prepared, type MatchPlace } from './evaluate.ts'
import type { Reading } from './reading.ts'
import { narrow, type Scope } from './scope.ts'

/** One part of a query as it fared with one mention. */
export type PartExplained = {
  query: Query
  /** The part as it is written in a query. */
  text: string
  /** Null: the mention does not say, so neither the part nor its negation is true. */
  truth: Truth
  /** The answer of the whole hangs on this part: it is why the mention matched, or why it did not. */
  decides: boolean
  places: MatchPlace[]
  parts: PartExplained[]
}

/** Why a mention matches, or which part failed. The whole query stands on top, its branches below in the order of writing. */
export function explainMatch(query: Query, post: Post & LateFields, analysis: Analysis): PartExplained {
  const { compiled, reading } = prepared(query, analysis.mode)
  reading.read(post, analysis)
  return explain(compiled, reading, null, true)
}

/** What is said of a part: whether it holds, with the words that made it so, or what the mention does not tell. */
export function verdict({ query, truth, places }: PartExplained, post: Post, locale: Locale): string {
  const say = words[locale]
  if (truth === true) {
    const found = [...new Set(places.map(({ field, start, end }) => (post[field] ?? '').slice(start, end)))]
    return found.length > 0 ? say.found(found.slice(0, mostShown), found.length > mostShown) : say.holds
  }
  if (truth === false) return query.kind === 'field' ? say.otherwise : query.kind === 'not' ? say.excluded : say.missing
  if (query.kind === 'field') return say.unknownField(findField(query.field)?.title[locale] ?? query.field)
  return query.kind === 'list' ? say.unknownList(query.name) : say.unknown
}

const mostShown = 6

const words = {
  en: {
    found: (list: string[], more: boolean) => `found: ${list.map((one) => `“${one}”`).join(', ')}${more ? ' …' : ''}`,
    holds: 'it is so',
    missing: 'not found',
    otherwise: 'it is otherwise',
    excluded: 'it is there and should not be',
    unknownField: (title: string) =>
      `unknown: the mention does not tell its ${title}, so this is neither so nor otherwise`,
    unknownList: (name: string) => `unknown: the project keeps no list “${name}”`,
    unknown: 'unknown',
  },
  ru: {
    found: (list: string[], more: boolean) => `найдено: ${list.map((one) => `«${one}»`).join(', ')}${more ? ' …' : ''}`,
    holds: 'так и есть',
    missing: 'не найдено',
    otherwise: 'это не так',
    excluded: 'есть, а быть не должно',
    unknownField: (title: string) => `неизвестно: у упоминания не указано «${title}», поэтому это ни да, ни нет`,
    unknownList: (name: string) => `неизвестно: в проекте нет списка «${name}»`,
    unknown: 'неизвестно',
  },
}

function explain(part: Compiled, reading: Reading, scope: Scope | null, decides: boolean): PartExplained {
  const truth = part.truth(reading, scope)
  const { query } = part
  const inner = query.kind === 'in' ? narrow(query.where, reading.analysis, scope) : scope
  const parts = part.parts.map((branch) =>
    explain(branch, reading, inner, decides && hangsOn(part, truth, branch.truth(reading, inner))),
  )
  return {
    query,
    text: nameOf(query),
    truth,
    decides,
    places: truth === true ? inReadingOrder(part.places(reading, scope)) : [],
    parts,
  }
}

function hangsOn({ query }: Compiled, whole: Truth, branch: Truth): boolean {
  switch (query.kind) {
    // One false branch settles an AND, one true branch an OR; otherwise all of them did.
    case 'and':
      return branch === whole
    case 'or':
    case 'at-least':
      return whole === false || branch === whole
    case 'near':
    case 'same':
      return whole === true || branch !== true
    default:
      return true
  }
}
