import { UserError } from '../../base/errors.ts'
import { typed } from '../../listen/connectors/answers.ts'
import { problem, tell } from '../../listen/connectors/problems.ts'

/** The address of a system as it was typed, without what stands behind its last slash; throws UserError naming the field. */
export function readAddress(input: unknown, field: string, example: string): string {
  const text = typed(input, field)
  const url = URL.canParse(text) ? new URL(text) : URL.canParse(`https://${text}`) ? new URL(`https://${text}`) : null
  if (text === '' || url === null || !/^https?:$/.test(url.protocol) || url.username !== '')
    throw wrongSetting('integration.address', { example }, field)
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

export function readNeeded(input: unknown, field: string): string {
  const text = typed(input, field)
  if (text === '') throw wrongSetting('integration.needed', {}, field)
  return text
}

export function wrongSetting(
  key: 'integration.address' | 'integration.needed' | 'integration.either',
  values: { [name: string]: string },
  field: string,
): UserError {
  return new UserError(tell(problem(key, values), 'en'), { key, values, field })
}
