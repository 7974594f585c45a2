import { UserError } from '../../base/errors.ts'

export const fieldKinds = ['text', 'number', 'choice', 'flag', 'date'] as const
export type FieldKind = (typeof fieldKinds)[number]
export type FieldValue = string | number | boolean

/** The value as the field keeps it. Throws UserError where the field cannot hold it. */
export function parseFieldValue(
  field: { name: string; kind: FieldKind; choices: string[] },
  value: FieldValue,
): FieldValue {
  if (holds(field, value)) return value
  const values = { field: field.name, choices: field.choices.join(', ') }
  throw new UserError(`“${field.name}” cannot hold this value`, {
    key: `ticket-field-wants-${field.kind}`,
    values,
    field: 'fields',
  })
}

/** For the history, which outlives the field. */
export function printFieldValue(value: FieldValue): string {
  return typeof value === 'boolean' ? (value ? '✓' : '✗') : String(value)
}

function holds({ kind, choices }: { kind: FieldKind; choices: string[] }, value: FieldValue): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value.trim() !== ''
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'choice':
      return typeof value === 'string' && choices.includes(value)
    case 'flag':
      return typeof value === 'boolean'
    case 'date':
      return typeof value === 'string' && isDay(value)
  }
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : null
  return at !== null && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
