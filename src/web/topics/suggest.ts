import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { QueryReference } from '../../serve/api/shapes/topic.ts'

/** Values after `field:`, else fields and operators; without Ctrl+Space only after two letters. */
export function suggest(context: CompletionContext, reference: QueryReference | undefined): CompletionResult | null {
  if (reference === undefined) return null
  const value = context.matchBefore(/[\p{L}_]+:[\p{L}\p{N}_-]*$/u)
  if (value !== null) {
    const [name = '', typed = ''] = value.text.split(':')
    const values = reference.fields.find((field) => field.name === name)?.values ?? []
    if (values.length > 0)
      return {
        from: value.to - typed.length,
        options: values.map((label) => ({ label })),
        validFor: /^[\p{L}\p{N}_-]*$/u,
      }
    return null
  }
  const word = context.matchBefore(/[\p{L}_/]+$/u)
  if (!context.explicit && (word === null || word.text.length < 2)) return null
  const fields: Completion[] = reference.fields.map(({ name, meaning, example }) => ({
    label: `${name}:`,
    detail: meaning,
    info: example,
    apply: `${name}:`,
    type: 'property',
  }))
  const operators: Completion[] = reference.operators.map(({ form, insert, meaning, example }) => ({
    label: insert.trim() === '' ? form : insert.trim(),
    detail: meaning,
    info: example,
    apply: insert,
    type: 'keyword',
  }))
  return { from: word?.from ?? context.pos, options: [...operators, ...fields], validFor: /^[\p{L}_/]*$/u }
}
