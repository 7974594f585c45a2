import { dropAccents } from '../../../base/text/fold.ts'
import { readOperator } from '../operators.ts'
import type { Query } from '../query.ts'
import type { Dialect } from './dialect.ts'

/** A bare word of the tool as a query of ours; null when it has no letters or digits. */
export function wordQuery(typed: string, dialect: Dialect, form: 'any' | 'exact' = dialect.words): Query | null {
  const literal = dialect.escapes && typed.includes('\\') ? typed.replace(/\\(.)/gu, '$1') : null
  if (literal !== null) return findable.test(literal) ? { kind: 'raw', text: literal } : null
  // In quotation marks no sign of an address is taken for one of the language.
  if (/^(?:https?:\/\/|www\.)\S/i.test(typed)) return besides(typed, 'exact')
  if (isParted(typed, dialect)) return phraseQuery(typed, dialect, form)
  if (dialect.keepsSigns && /^[\p{L}\p{N}].*[+#%]$/u.test(typed)) return { kind: 'raw', text: typed }
  if ([...typed].every((character) => character === '*') && dialect.wildcards.includes('*')) return { kind: 'all' }
  const text = lettersOf(typed, dialect)
  if (!findable.test(text)) return null
  if (isWildcard(text)) return { kind: 'wildcard', pattern: patternOf(text) }
  // Tags, numbers and emoji have no other forms.
  const asked = /^[#@$]/.test(text) || !/\p{L}/u.test(text) ? 'any' : form
  if (plain.test(text) && readOperator(text) === null) return { kind: 'word', text, form: asked }
  return besides(text, form)
}

/** Words in quotation marks; null when nothing is in them. */
export function phraseQuery(typed: string, dialect: Dialect, form: 'any' | 'exact' = dialect.quoted): Query | null {
  const parted = isParted(typed, dialect) ? typed.replace(inside, ' ') : typed
  const text = (dialect.foldsAccents ? dropAccents(parted) : parted).replace(/[\s\p{Cc}]+/gu, ' ').trim()
  if (text === '') return null
  if (!findable.test(text)) return { kind: 'raw', text }
  const words = text.split(' ')
  if (words.some((word) => wildcardIn(word, dialect))) return row(words, dialect, form)
  return besides(text, form)
}

function besides(text: string, forms: 'any' | 'exact'): Query {
  // Brackets are how a phrase in any form is written.
  return { kind: 'phrase', text: forms === 'any' ? text.replace(/[[\]\s]+/g, ' ').trim() : text, forms }
}

/** Next to each other in this order, with wildcards, which our phrases do not have; a `*` alone is any word. */
function row(words: string[], dialect: Dialect, form: 'any' | 'exact'): Query | null {
  const parts: { query: Query; between: number }[] = []
  let between = 0
  for (const word of words) {
    const query = wordQuery(word, dialect, form)
    if (query?.kind === 'all') between++
    else if (query) {
      parts.push({ query, between })
      between = 0
    }
  }
  // Halves of halves, so that a long phrase is not a deep tree.
  const joined = (from: number, to: number): Query => {
    if (to - from === 1) return parts[from]!.query
    const middle = (from + to) >> 1
    const near = { kind: 'near', between: parts[middle]!.between, ordered: true } as const
    return { ...near, left: joined(from, middle), right: joined(middle, to) }
  }
  return parts.length === 0 ? null : joined(0, parts.length)
}

/** Whether the tool reads a sign in it as a blank: `a-b` is `a b` side by side. */
export function isParted(typed: string, dialect: Dialect): boolean {
  return dialect.signsPart && typed.search(inside) >= 0 && !/^[#@$]|:\/\//.test(typed)
}

/** Words with exactly this case of letters. */
export function caseQuery(typed: string): Query | null {
  const text = typed.replace(/[\s\p{Cc}{}]+/gu, ' ').trim()
  return findable.test(text) ? { kind: 'word', text, form: 'case' } : null
}

/** Characters as written, this case of letters included. */
export function rawQuery(typed: string): Query | null {
  const text = typed.trim()
  if (text === '') return null
  return /^[\p{L}\p{N}]+$/u.test(text) ? { kind: 'word', text, form: 'case' } : { kind: 'raw', text }
}

/** Whether a distance to it has a meaning: it stands at places in the text. */
export function hasPlaces(query: Query): boolean {
  switch (query.kind) {
    case 'and':
    case 'not':
    case 'field':
    case 'all':
    case 'at-least':
      return false
    case 'or':
      return query.of.every(hasPlaces)
    case 'in':
    case 'times':
      return hasPlaces(query.of)
    case 'near':
    case 'same':
    case 'outside':
    case 'not-near':
      return hasPlaces(query.left) && hasPlaces(query.right)
    default:
      return true
  }
}

/** Whether it asks for something and does not only exclude. */
export function asksForSomething(query: Query): boolean {
  switch (query.kind) {
    case 'not':
      return false
    case 'and':
      return query.of.some(asksForSomething)
    case 'or':
      return query.of.every(asksForSomething)
    case 'in':
      return asksForSomething(query.of)
    default:
      return true
  }
}

/** Punctuation around a word is no part of it; inside, only what our reader takes as one word stays. */
function lettersOf(typed: string, dialect: Dialect): string {
  const marks = wildcardIn(typed, dialect) ? '*?' : ''
  const inner = [...(dialect.foldsAccents ? dropAccents(typed) : typed)]
    .filter((character) => !'*?'.includes(character) || (marks !== '' && dialect.wildcards.includes(character)))
    .join('')
    .replace(doubled, '&')
  return inner.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}#@$*?]+/u, '').replace(tail, '')
}

/** Without signs that our reader would end a pattern at; two that stood apart may then stand together. */
function patternOf(text: string): string {
  return [...text]
    .filter((one) => ofPattern.test(one))
    .join('')
    .replace(doubled, '&')
}

function wildcardIn(word: string, dialect: Dialect): boolean {
  return [...dialect.wildcards].some((character) => word.includes(character)) && findable.test(word)
}

function isWildcard(text: string): boolean {
  return /[*?]/.test(text)
}

const inside = /(?<=[\p{L}\p{N}])[-/&+]+(?=\p{L})|(?<=\p{L})[-/&+]+(?=\p{N})/gu
const tail = /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}\p{Regional_Indicator}*?+#\p{Join_Control}]+$/u
// Two of them are our AND.
const doubled = /&{2,}/g
const findable = /[\p{L}\p{N}\p{Extended_Pictographic}\p{Regional_Indicator}]/u
// Signs inside a word that mean nothing to our reader; with others, a word is put in quotation marks.
const plain = /^[#@$]?[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\p{Regional_Indicator}\p{Join_Control}'’._\-/&+#@$%]+$/u
const ofPattern = /[\p{L}\p{N}\p{M}\p{Extended_Pictographic}\p{Regional_Indicator}'’._\-/&+#@$%*?]/u
