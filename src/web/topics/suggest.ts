import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { QueryReference } from '../../serve/api/shapes/topic.ts'

/** Values after `field:`, else fields and operators by any of their names; without Ctrl+Space only after two letters. */
export function suggest(context: CompletionContext, reference: QueryReference | undefined): CompletionResult | null {
  if (reference === undefined) return null
  const value = context.matchBefore(/[\p{L}_]+:[\p{L}\p{N}_-]*$/u)
  if (value !== null) {
    const [name = '', typed = ''] = value.text.split(':')
    const asked = name.toLowerCase()
    const values = reference.fields.find((field) => field.name === asked || field.also.includes(asked))?.values ?? []
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
  const fields = reference.fields.flatMap(({ name, also, meaning, example }) =>
    [name, ...also].map((label): Completion => ({
      label: `${label}:`,
      detail: meaning,
      info: example,
      apply: `${name}:`,
      type: 'property',
    })),
  )
  const operators = reference.operators.flatMap(({ form, also, insert, meaning, example }) => {
    // `title:(…)` is begun, not filled in; the fields of `field:value` are listed by themselves.
    const [begun] = /^\p{L}+:/u.exec(form) ?? []
    if (begun === 'field:') return []
    const isWritten = form === insert
    const labels = begun !== undefined ? [begun] : isWritten ? [form, ...also] : [insert]
    return labels.map((label): Completion => ({ label, detail: meaning, info: example, apply: label, type: 'keyword' }))
  })
  return { from: word?.from ?? context.pos, options: [...operators, ...fields], validFor: /^[\p{L}_/]*$/u }
}
