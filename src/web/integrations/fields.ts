/** What systems ask for; the locales have a label for each. */
const fieldNames = [
  'address',
  'token',
  'user',
  'password',
  'key',
  'secret',
  'hook',
  'client',
  'redirect',
  'code',
  'database',
] as const

export function fieldName(name: string): (typeof fieldNames)[number] {
  return fieldNames.find((known) => known === name) ?? 'key'
}
