import { explainQuery } from '../../listen/query/explain.ts'
import { fields, type Field } from '../../listen/query/fields.ts'
import { operators } from '../../listen/query/operators.ts'
import { parseQuery } from '../../listen/query/parse.ts'
import type { QueryReference } from './shapes/topic.ts'

type Locale = 'en' | 'ru'

/** What can be written in a query. The forms are explained by the language itself, so they cannot say anything untrue. */
export function showReference(locale: Locale): QueryReference {
  return {
    operators: [
      ...forms[locale].map((form) => ({
        form,
        insert: form,
        meaning: explainQuery(parseQuery(form).query, locale),
        example: form,
      })),
      ...operators.map(({ write, title }) => ({
        form: write,
        insert: write,
        meaning: title[locale],
        example: exampleOf(write, locale),
      })),
    ],
    fields: fields.map((field) => ({
      name: field.name,
      meaning: field.title[locale],
      values: [...(field.values ?? [])],
      example: `${field.name}:${field.values?.[0] ?? exampleValues[field.kind]}`,
    })),
  }
}

const forms = {
  en: [
    'coffee',
    '=coffee',
    '{BT}',
    '"flat white"',
    '[flat white]',
    '"coffee price"~5',
    'coff*',
    'cofee~1',
    'coffee{3}',
    'raw:"C++"',
    'title:coffee',
    'lead:coffee',
  ],
  ru: [
    'кофе',
    '=кофе',
    '{ВТБ}',
    '"белый кофе"',
    '[белый кофе]',
    '"цена кофе"~5',
    'кофе*',
    'кофэ~1',
    'кофе{3}',
    'raw:"C++"',
    'title:кофе',
    'lead:кофе',
  ],
}

const words = { en: ['coffee', 'tea', 'milk'], ru: ['кофе', 'чай', 'молоко'] }

function exampleOf(operator: string, locale: Locale): string {
  const [first, second, third] = words[locale]
  return operator.startsWith('ATLEAST')
    ? `${operator} (${first}, ${second}, ${third})`
    : `${first} ${operator} ${second}`
}

const exampleValues: { [kind in Field['kind']]: string } = {
  words: '"anna smith"',
  name: 'anna',
  choice: 'any',
  set: 'anna',
  address: 'example.org',
  number: '>3',
  moment: '[2026-03-01 TO 2026-03-31]',
  flag: 'yes',
  place: '[55.75,37.62,10]',
}
