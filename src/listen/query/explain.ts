import { printQuery } from './print.ts'
import { findField } from './fields.ts'
import type { FieldValue, Query } from './query.ts'
import { nameOfValue } from './value-names.ts'

export type Locale = 'en' | 'ru'

/** The query in words, as one sentence without a full stop. */
export function explainQuery(query: Query, locale: Locale): string {
  return explain(query, words[locale], locale)
}

function explain(query: Query, say: Words, locale: Locale): string {
  const inner = (part: Query) => {
    const text = explain(part, say, locale)
    return part.kind === 'and' || part.kind === 'or' || part.kind === 'not' ? `(${text})` : text
  }
  switch (query.kind) {
    case 'all':
      return say.all
    case 'word':
      return say[query.form](query.text)
    case 'wildcard':
      return say.wildcard(query.pattern)
    case 'fuzzy':
      return say.fuzzy(query.text, query.letters)
    case 'raw':
      return say.raw(query.text)
    case 'phrase':
      return query.forms === 'exact' ? say.phrase(query.text) : say.forms(query.text)
    case 'within':
      return say.within(query.text, query.between)
    case 'near':
      return say.near(inner(query.left), inner(query.right), query.between, query.ordered)
    case 'not-near':
      return say.notNear(inner(query.left), inner(query.right), query.between)
    case 'same':
      return say.same(inner(query.left), inner(query.right), query.unit, query.ordered)
    case 'outside':
      return say.outside(inner(query.left), inner(query.right))
    case 'and':
      return query.of.map(inner).join(say.and)
    case 'or':
      return query.of.length === 0 ? say.nothing : query.of.map(inner).join(say.or)
    case 'not':
      return say.not(inner(query.of))
    case 'at-least':
      return say.atLeast(query.count, query.of.map(inner).join(', '))
    case 'times':
      return say.times(inner(query.of), query.from, query.to)
    case 'in':
      return say.in(query.where, inner(query.of))
    case 'field':
      return `${findField(query.field)?.title[locale] ?? query.field} ${value(query.value, say, (is) => nameOfValue(query.field, is, locale))}`
    case 'list':
      return say.list(query.name)
  }
}

function value(asked: FieldValue, say: Words, name: (is: string) => string): string {
  if ('than' in asked) return `${{ '>': '>', '>=': '≥', '<': '<', '<=': '≤' }[asked.than]} ${asked.value}`
  return 'from' in asked ? say.range(asked.from, asked.to) : `= ${name(asked.is)}`
}

const en = {
  all: 'every mention',
  nothing: 'nothing',
  any: (text: string) => `“${text}” in any form`,
  exact: (text: string) => `“${text}” in exactly this form`,
  case: (text: string) => `“${text}” written exactly so`,
  wildcard: (text: string) => `a word like ${text}`,
  fuzzy: (text: string, letters: number) =>
    `“${text}” with up to ${letters} ${letters === 1 ? 'letter' : 'letters'} different`,
  raw: (text: string) => `the characters ${text}`,
  phrase: (text: string) => `the words “${text}” in a row`,
  forms: (text: string) => `the words “${text}” in a row in any form`,
  within: (text: string, between: number) => `all of “${text}” with at most ${between} other words among them`,
  near: (a: string, b: string, between: number, ordered: boolean) =>
    `${a} at most ${between} words ${ordered ? 'before' : 'from'} ${b}`,
  notNear: (a: string, b: string, between: number) => `${a} with no ${b} within ${between} words`,
  same: (a: string, b: string, unit: string, ordered: boolean) =>
    `${a} ${ordered ? 'and then' : 'and'} ${b} in one ${unit}`,
  outside: (a: string, b: string) => `${a} somewhere outside ${b}`,
  and: ' and ',
  or: ' or ',
  not: (part: string) => `not ${part}`,
  atLeast: (count: number, parts: string) => `at least ${count} of: ${parts}`,
  times: (part: string, from: number, to: number | null) =>
    `${part} ${to === null ? `at least ${from} times` : `${from} to ${to} times`}`,
  in: (where: string, part: string) => `in the ${where}: ${part}`,
  list: (name: string) => `the list “${name}”`,
  range: (from: string, to: string) => `from ${from} to ${to}`,
}

type Words = typeof en

const ru: Words = {
  all: 'любое упоминание',
  nothing: 'ничего',
  any: (text) => `«${text}» в любой форме`,
  exact: (text) => `«${text}» ровно в этой форме`,
  case: (text) => `«${text}» ровно в таком написании`,
  wildcard: (text) => `слово вида ${text}`,
  fuzzy: (text, letters) => `«${text}», до ${letters} ${letters === 1 ? 'другой буквы' : 'других букв'}`,
  raw: (text) => `знаки ${text}`,
  phrase: (text) => `слова «${text}» подряд`,
  forms: (text) => `слова «${text}» подряд в любой форме`,
  within: (text, between) => `все слова «${text}», других слов среди них не больше ${between}`,
  near: (a, b, between, ordered) => `${a} ${ordered ? 'перед' : 'рядом с'} ${b}, между ними слов не больше ${between}`,
  notNear: (a, b, between) => `${a}, от которого ближе ${between} слов нет ${b}`,
  same: (a, b, unit, ordered) =>
    `${a} ${ordered ? 'и затем' : 'и'} ${b} в одном ${unit === 'sentence' ? 'предложении' : 'абзаце'}`,
  outside: (a, b) => `${a} где-нибудь вне ${b}`,
  and: ' и ',
  or: ' или ',
  not: (part) => `без ${part}`,
  atLeast: (count, parts) => `хотя бы ${count} из: ${parts}`,
  times: (part, from, to) => `${part} ${to === null ? `не меньше ${from} раз` : `от ${from} до ${to} раз`}`,
  in: (where, part) =>
    `${{ title: 'в заголовке', lead: 'в заголовке или первом абзаце', text: 'в тексте' }[where] ?? where}: ${part}`,
  list: (name) => `список «${name}»`,
  range: (from, to) => `от ${from} до ${to}`,
}

const words: { [locale in Locale]: Words } = { en, ru }

/** A part by what is written, as long as a line. */
export function nameOf(query: Query): string {
  const text = printQuery(query)
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}
