import { findField } from './fields.ts'

/**
 * What a person asked for, as a tree. It is plain JSON; `parseQuery` makes it, `printQuery` writes it back,
 * the matcher and the SQL compiler read it. `and`, `or` and `at-least` hold two or more branches when parsed.
 */
export type Query =
  | { kind: 'all' }
  | { kind: 'word'; text: string; form: WordForm }
  | { kind: 'wildcard'; pattern: string }
  | { kind: 'fuzzy'; text: string; letters: 1 | 2 }
  | { kind: 'raw'; text: string }
  /** Next to each other in this order; `forms` says whether other forms of the words count. */
  | { kind: 'phrase'; text: string; forms: 'exact' | 'any' }
  /** All words of the text in any order and form, with at most `between` other words among them. */
  | { kind: 'within'; text: string; between: number }
  /** At most `between` words stand between the two; `ordered`: the left one comes first. */
  | { kind: 'near'; between: number; ordered: boolean; left: Query; right: Query }
  /** Some left one that has no right one within `between` words. */
  | { kind: 'not-near'; between: number; left: Query; right: Query }
  | { kind: 'same'; unit: 'sentence' | 'paragraph'; ordered: boolean; left: Query; right: Query }
  /** Some left one that is not inside a right one. */
  | { kind: 'outside'; left: Query; right: Query }
  | { kind: 'and'; of: Query[] }
  | { kind: 'or'; of: Query[] }
  | { kind: 'not'; of: Query }
  | { kind: 'at-least'; count: number; of: Query[] }
  /** Occurs at least `from` and at most `to` times. */
  | { kind: 'times'; from: number; to: number | null; of: Query }
  /** The lead is the title and the first paragraph. */
  | { kind: 'in'; where: 'title' | 'lead' | 'text'; of: Query }
  /** `timeZone`: whose days and hours are meant; the parser does not know it, `readQuery` does. Without it UTC. */
  | { kind: 'field'; field: string; value: FieldValue; timeZone?: string }
  /** What the project keeps under the name; where it keeps nothing, unknown. */
  | { kind: 'list'; name: string }

/** What an empty query reads as: it matches nothing. */
export const nothing: Query = { kind: 'or', of: [] }

/** `any` form of the word, this form `exact`ly, or this form and this `case`. */
export type WordForm = 'any' | 'exact' | 'case'

export type FieldValue =
  | { is: string }
  | { than: '>' | '>=' | '<' | '<='; value: string }
  /** Both ends belong to it. */
  | { from: string; to: string }

/** Whether any part of the query asks for the field. */
export function asksFor(query: Query, field: string): boolean {
  return (
    (query.kind === 'field' && findField(query.field)?.name === field) ||
    branches(query).some((part) => asksFor(part, field))
  )
}

/** The branches right under a node, in reading order. */
export function branches(query: Query): Query[] {
  switch (query.kind) {
    case 'and':
    case 'or':
    case 'at-least':
      return query.of
    case 'not':
    case 'times':
    case 'in':
      return [query.of]
    case 'near':
    case 'not-near':
    case 'same':
    case 'outside':
      return [query.left, query.right]
    default:
      return []
  }
}
