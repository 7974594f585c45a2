import { fields } from '../../listen/query/fields.ts'
import { forms } from '../../listen/query/forms.ts'
import type { QueryReference } from './shapes/topic.ts'

/** What can be written in a query, from the tables that the parser is held to. */
export function showReference(locale: 'en' | 'ru'): QueryReference {
  return {
    operators: forms.map(({ write, also, title, example, isOperator }) => ({
      form: write,
      also,
      insert: isOperator ? write : example[locale],
      meaning: title[locale],
      example: example[locale],
    })),
    fields: fields.map(({ name, aliases, title, values, example }) => ({
      name,
      also: aliases,
      meaning: title[locale],
      values: [...(values ?? [])],
      example: `${name}:${example}`,
    })),
  }
}
