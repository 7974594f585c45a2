import { readOperator } from './operators.ts'
import type { FieldValue, Query } from './query.ts'

/** The tree as a person would write it; reading it again gives the same tree. */
export function printQuery(query: Query): string {
  return print(query, loosest)
}

// How tightly a text holds together: an operand is bracketed when it is looser than its place asks for.
const loosest = 0 // a OR b
const both = 1 // a AND b, NOT a
const near = 2 // a NEAR b
const item = 3

function print(query: Query, place: number): string {
  const [text, holds] = written(query)
  return holds < place ? `(${text})` : text
}

function written(query: Query): [string, number] {
  switch (query.kind) {
    case 'all':
      return ['*', item]
    case 'word':
      return [word(query.text, query.form), item]
    case 'wildcard':
      return [asWritten(query.pattern), item]
    case 'fuzzy':
      return [`${address.test(query.text) ? `(${query.text})` : asWritten(query.text)}~${query.letters}`, item]
    case 'raw':
      return [`raw:${quote(query.text)}`, item]
    case 'phrase':
      return [query.forms === 'exact' ? quote(query.text) : `[${query.text.replaceAll(']', ' ')}]`, item]
    case 'within':
      return [`${quote(query.text)}~${query.between}`, item]
    case 'near':
      return pair(query, `${query.ordered ? 'ONEAR' : 'NEAR'}/${query.between}`)
    case 'not-near':
      return pair(query, `NOT NEAR/${query.between}`)
    case 'same':
      return pair(query, `${query.ordered ? 'O' : ''}${query.unit === 'paragraph' ? 'PARAGRAPH' : 'SENTENCE'}`)
    case 'outside':
      return pair(query, 'XNOT')
    case 'and':
      return [query.of.map((part) => (part.kind === 'not' ? negation(part.of) : print(part, near))).join(' AND '), both]
    case 'or':
      return (
        oneField(query.of) ?? [
          query.of.map((part) => print(part, part.kind === 'not' ? both : near)).join(' OR '),
          loosest,
        ]
      )
    case 'not':
      return [negation(query.of), both]
    case 'at-least':
      return [
        `ATLEAST/${query.count} (${query.of.map((part) => print(part, part.kind === 'not' ? both : near)).join(', ')})`,
        item,
      ]
    case 'times':
      return [`${counted(query.of)}{${query.from}${query.to === null ? '' : `,${query.to}`}}`, item]
    case 'in':
      return [`${query.where}:${print(query.of, item)}`, item]
    case 'field':
      return [`${query.field}:${value(query.field, query.value)}`, item]
    case 'list':
      return [`list:${bareValue(query.name)}`, item]
  }
}

function pair(query: { left: Query; right: Query }, operator: string): [string, number] {
  return [`${print(query.left, item)} ${operator} ${print(query.right, item)}`, near]
}

function negation(query: Query): string {
  return `NOT ${print(query, near)}`
}

// An address goes on until a blank.
function counted(query: Query): string {
  const simple =
    query.kind === 'phrase' ||
    (query.kind === 'word' && (query.form === 'case' || !address.test(query.text))) ||
    (query.kind === 'wildcard' && !address.test(query.pattern))
  return simple ? print(query, item) : `(${print(query, loosest)})`
}

// A long list of sites reads better with the field's name in front of it once.
function oneField(branches: Query[]): [string, number] | null {
  const values: string[] = []
  const [first] = branches
  if (branches.length < 2 || first?.kind !== 'field' || first.field === 'near') return null
  for (const branch of branches) {
    if (branch.kind !== 'field' || branch.field !== first.field) return null
    values.push(value(branch.field, branch.value))
  }
  return [`${first.field}:(${values.join(' OR ')})`, item]
}

function word(text: string, form: 'any' | 'exact' | 'case'): string {
  if (form === 'case') return `{${text}}`
  return form === 'exact' ? `=${text}` : text
}

/** Whether it is read as one word wherever it stands; the parser makes a phrase of any other. */
export function standsAlone(text: string): boolean {
  return address.test(text) || (safeWord.test(text) && readOperator(text) === null && !text.includes('&&'))
}

// Behind a `=` nothing is read as a field, an operator or a sign of search engines.
function asWritten(text: string): string {
  return !address.test(text) && /:|\^\d|^[-−–—+/]/.test(text) ? `=${text}` : text
}

const address = /^(?:https?:\/\/|www\.)[^\s()"|,\p{Cc}]+$/iu
const safeWord = /^(?![-−–—!=])[^\s()[\]{}"“”„«»|,<>*?~:\p{Cc}]+$/u

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

function value(field: string, asked: FieldValue): string {
  if ('than' in asked) return `${asked.than}${bareValue(asked.value)}`
  if ('from' in asked) return `[${asked.from} TO ${asked.to}]`
  return field === 'near' ? `[${asked.is}]` : bareValue(asked.is)
}

function bareValue(text: string): string {
  const bare = /^(?![-!=<>]|&&)[^\s()[\]{}"“”„«»|,<>\p{Cc}]+$/u.test(text) && readOperator(text) === null
  return bare ? text : quote(text)
}
