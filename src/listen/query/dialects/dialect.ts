import type { FieldRule } from './field-rule.ts'

/** What joins two parts of a query. */
export type Joint = { kind: 'and' } | { kind: 'or' } | { kind: 'not' } | Pairing

/** What binds two operands tighter than AND. `outside`: some left one that is not inside a right one; `between`: words that may stand between. */
export type Pairing =
  | { kind: 'outside' }
  | { kind: 'near'; between: number; ordered: boolean }
  | { kind: 'sentence'; ordered: boolean }

/** A distance operator: how it is written, with the number as the first group, and what the number means. */
export type Distance = {
  write: RegExp
  ordered: boolean
  /** `words` that may stand between, or `steps` from one to the other. */
  counts: 'words' | 'steps'
  /** When no number is written. */
  otherwise: number
}

/**
 * The rules of one tool's language, as far as they differ between tools. Everything else is common to them: brackets,
 * quotation marks, AND between words that only a blank parts, distances tighter than AND and NOT, those tighter than OR.
 */
export type Dialect = {
  /** As people call the tool. */
  name: string
  /** Operators that are a word or a sign of their own. */
  operators: { [written: string]: Joint }
  /** They count in small letters too. */
  smallOperators: boolean
  distances: Distance[]
  /** Signs that are operators wherever they stand. */
  marks: { [mark: string]: Joint }
  /** Forms that a bare word finds, and a quoted one. */
  words: 'any' | 'exact'
  quoted: 'any' | 'exact'
  /** A typed accent finds letters without it. */
  foldsAccents: boolean
  /** Which of `*` and `?` stand for other letters. */
  wildcards: string
  /** What signs right in front of a word or a quotation mark ask for; longer ones first. */
  prefixes: { sign: string; asks: Prefix }[]
  /** `{BT}` is this case of letters; `word{3}` is how often. */
  braces: 'case' | 'times' | null
  /** What `~n` does behind a word; behind a phrase it is always a distance in words. */
  tilde: 'fuzzy' | 'nothing'
  comments: boolean
  /** `followers >1000` without a colon. */
  bareCompare: boolean
  /** A backslash takes a sign literally. */
  escapes: boolean
  /** A hyphen or a slash inside a word parts it like a blank. */
  signsPart: boolean
  /** A `+`, `#` or `%` at the end of a word counts. */
  keepsSigns: boolean
  /** Several `site:` that all should hold are alternatives. */
  sitesAreEither: boolean
  fields: { [name: string]: FieldRule }
  /** Of `name:value` with an unknown name: a condition we cannot keep, or words side by side. */
  unknownField: 'lost' | 'words'
  /** No reference of the language could be read, so the writer is told what was assumed. */
  assumed: boolean
}

/** `exact`: this form. `characters`: these characters, in any case of letters. `characters-case`: and in this case. */
export type Prefix = 'not' | 'exact' | 'characters' | 'characters-case' | 'nothing'

export const and: Joint = { kind: 'and' }
export const or: Joint = { kind: 'or' }
export const not: Joint = { kind: 'not' }
