/**
 * A person's mistake, worded so that they can fix it. Turned into a response in one place.
 * `key` names the sentence in the dictionaries of the screens and of the API; `values` fills its gaps.
 */
export class UserError extends Error {
  readonly key: string
  readonly values: { [name: string]: string | number }
  readonly field: string | null
  constructor(message: string, options: { key: string; values?: { [name: string]: string | number }; field?: string }) {
    super(message)
    this.key = options.key
    this.values = options.values ?? {}
    this.field = options.field ?? null
  }
}

/** Nobody may learn whether the thing exists: shown as not found. */
export class NotFound extends Error {}

/** The value, or our bug. */
export function must<T>(value: T | null | undefined, what = 'value'): T {
  if (value === null || value === undefined) throw new Error(`Expected a ${what}`)
  return value
}

export function assertNever(value: never): never {
  throw new Error(`Unexpected ${JSON.stringify(value)}`)
}
