import { UserError } from '../../base/errors.ts'

/** A cursor that is the number of the last row shown. */
export function readCursor(cursor: string | undefined): number | null {
  if (cursor === undefined || cursor === '') return null
  const number = Number(cursor)
  if (Number.isSafeInteger(number) && number > 0) return number
  throw new UserError('This page address is not one that Heed gave out', { key: 'cursor-unknown', field: 'cursor' })
}
