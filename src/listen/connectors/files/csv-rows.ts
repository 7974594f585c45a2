import { CsvError, parse, type Options } from 'csv-parse/sync'
import { problem } from '../problems.ts'
import type { FileLimits } from './limits.ts'
import type { RawRow } from './raw-row.ts'

// After this many quotes that never close, quotes are taken for ordinary letters, so that a hostile file costs no more than its size.
const mostUnclosed = 100

/**
 * The rows of a separated text, empty ones included because people count them. Broken quotes cost one line, not the
 * rest of the file: csv-parse reads strictly, window by window, and where it stops the line is read once more
 * leniently, and else reported, and reading goes on with the next line.
 */
export async function* readCsvRows(
  text: AsyncIterable<Buffer>,
  delimiter: string,
  limits: FileLimits,
): AsyncGenerator<RawRow[]> {
  const state: State = {
    row: 0,
    width: null,
    lineEnd: null,
    unclosed: 0,
    doubtful: false,
    skippingLine: false,
    delimiter,
    limits,
  }
  let window: Buffer = Buffer.alloc(0)
  for await (const piece of text) {
    window = window.byteLength === 0 ? piece : Buffer.concat([window, piece])
    state.lineEnd ??= window.includes(0x0a) ? 0x0a : window.includes(0x0d) && window.byteLength > 65_536 ? 0x0d : null
    const { rows, rest } = readWindow(window, state, false)
    if (rows.length > 0) yield rows
    window = rest
  }
  state.lineEnd ??= window.includes(0x0d) ? 0x0d : 0x0a
  const { rows } = readWindow(window, state, true)
  if (rows.length > 0) yield rows
}

type State = {
  row: number
  /** Cells of the first row that has several. */
  width: number | null
  lineEnd: number | null
  unclosed: number
  /** After a broken row its other lines may follow, which look like rows of another width. */
  doubtful: boolean
  skippingLine: boolean
  delimiter: string
  limits: FileLimits
}

function readWindow(window: Buffer, state: State, last: boolean): { rows: RawRow[]; rest: Buffer } {
  const rows: RawRow[] = []
  const lineEnd = state.lineEnd ?? 0x0a
  // Only whole lines are read; the row that a last line begins is not complete before the next piece came.
  const whole = last ? window.byteLength : window.lastIndexOf(lineEnd) + 1
  let from = 0
  while (from < whole) {
    if (state.skippingLine) {
      const end = window.indexOf(lineEnd, from)
      if (end === -1) return { rows, rest: Buffer.alloc(0) }
      state.skippingLine = false
      from = end + 1
      continue
    }
    const read = parsePart(window.subarray(from, whole), state, rows)
    from += read.bytes
    if (read.stopped === null) break
    const restBytes = whole - from
    if (read.stopped === 'unclosed' && !last && restBytes < state.limits.maxRowLength)
      return { rows, rest: window.subarray(from) }
    if (read.stopped === 'unclosed') state.unclosed += 1
    from += passLine(window.subarray(from, whole), state, rows)
  }
  const rest = window.subarray(from)
  if (last || rest.byteLength <= state.limits.maxRowLength) return { rows, rest: last ? Buffer.alloc(0) : rest }
  if (!state.skippingLine) rows.push(tooLong(state))
  state.skippingLine = true
  return { rows, rest: Buffer.alloc(0) }
}

function parsePart(
  part: Buffer,
  state: State,
  rows: RawRow[],
): { bytes: number; stopped: 'unclosed' | 'quotes' | null } {
  let bytes = 0
  try {
    parse(part, {
      ...options(state),
      quote: state.unclosed < mostUnclosed ? '"' : false,
      on_record(cells: string[], context) {
        rows.push(checked(cells, context.bytes - bytes, state))
        bytes = context.bytes
        return null
      },
    })
    return { bytes: part.byteLength, stopped: null }
  } catch (error) {
    if (error instanceof CsvError)
      return { bytes, stopped: error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'unclosed' : 'quotes' }
    throw error
  }
}

/** Reads the first line alone and leniently; what then has the width of the others is a row, everything else is reported. */
function passLine(part: Buffer, state: State, rows: RawRow[]): number {
  const end = part.indexOf(state.lineEnd ?? 0x0a)
  const line = part.subarray(0, end === -1 ? part.byteLength : end + 1)
  let found: string[][] = []
  try {
    found = parse(line, { ...options(state), relax_quotes: true })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
  }
  const cells = found.length === 1 ? found[0] : undefined
  // The last line of a broken row often has the right width and one quote too many.
  const leftOver = state.doubtful && line.filter((byte) => byte === 0x22).byteLength % 2 === 1
  if (cells !== undefined && !leftOver && (state.width === null || cells.length === state.width))
    rows.push(checked(cells, line.byteLength, state))
  else {
    state.row += 1
    state.doubtful = true
    rows.push({ row: state.row, problem: problem('row.quotes') })
  }
  return line.byteLength
}

function options(state: State): Options {
  return {
    delimiter: state.delimiter,
    relax_column_count: true,
    record_delimiter: state.lineEnd === 0x0d ? '\r' : ['\r\n', '\n'],
  }
}

function checked(cells: string[], bytes: number, state: State): RawRow {
  const { limits } = state
  if (bytes > limits.maxRowLength) return tooLong(state)
  state.row += 1
  if (cells.length > limits.maxColumns && state.width !== null)
    return { row: state.row, problem: problem('row.too-many-columns', { limit: limits.maxColumns }) }
  if (cells.length > 1) state.width ??= cells.length
  if (state.doubtful && cells.length !== state.width) return { row: state.row, problem: problem('row.quotes') }
  state.doubtful = false
  return { row: state.row, cells }
}

function tooLong(state: State): RawRow {
  state.row += 1
  return { row: state.row, problem: problem('row.too-long', { limit: state.limits.maxRowLength }) }
}

/** The delimiter of a separated text: the one that cuts its first lines into the same number of cells most often. */
export function findDelimiter(head: string): string {
  const stated = /^\ufeff?sep=(.)\r?\n/i.exec(head)?.[1]
  if (stated !== undefined) return stated
  const lines = outsideQuotes(head)
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '')
    .slice(0, 50)
  let best = { delimiter: ',', score: 0 }
  for (const delimiter of [';', '\t', ',', '|']) {
    const counts = lines.map((line) => line.split(delimiter).length - 1)
    const most = counts.toSorted((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0
    // The header has no commas of prose, so its count weighs as much as all the rows that agree with it.
    const header = counts[0] ?? 0
    const agreeing = counts.filter((count) => count === header).length / Math.max(1, counts.length)
    const score = header * (0.5 + agreeing) + (most > 0 ? 0.1 : 0)
    if (score > best.score) best = { delimiter, score }
  }
  return best.delimiter
}

function outsideQuotes(text: string): string {
  return text.replace(/"(?:[^"]|"")*"/g, 'x')
}
