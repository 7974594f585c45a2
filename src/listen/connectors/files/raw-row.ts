import type { Problem } from '../problems.ts'

/** A row as the file has it: cells in the order of the columns, or an object; or why it could not be read. */
export type RawRow =
  | { row: number; cells: Cell[] }
  | { row: number; object: object }
  | { row: number; problem: Problem }

/** `serial` is a day of a spreadsheet's calendar; `link` is where the text of a cell leads. */
export type Cell =
  | string
  | number
  | boolean
  | null
  | { serial: number; from1904: boolean }
  | { text: string; link: string }
