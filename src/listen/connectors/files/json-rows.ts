import { problem } from '../problems.ts'
import { wrapper } from './format.ts'
import type { FileLimits } from './limits.ts'
import type { RawRow } from './raw-row.ts'

/** One object per line. A row's number is that of its line; empty lines are passed over. */
export async function* readJsonLines(text: AsyncIterable<Buffer>, limits: FileLimits): AsyncGenerator<RawRow[]> {
  let row = 0
  let carried: Buffer[] = []
  let carriedBytes = 0
  const finish = (line: Buffer): RawRow | null => {
    row += 1
    const bytes = carriedBytes + line.byteLength
    const whole = carried.length === 0 ? line : Buffer.concat([...carried, line])
    carried = []
    carriedBytes = 0
    return bytes > limits.maxRowLength ? tooLong(row, limits) : parsed(row, whole.toString('utf8'))
  }
  for await (const piece of text) {
    const rows: RawRow[] = []
    let from = 0
    for (let at = piece.indexOf(0x0a); at !== -1; at = piece.indexOf(0x0a, from)) {
      const one = finish(piece.subarray(from, at))
      if (one) rows.push(one)
      from = at + 1
    }
    const rest = piece.subarray(from)
    // Of a line that is too long already only its length is kept.
    if (carriedBytes <= limits.maxRowLength && rest.byteLength > 0) carried.push(rest)
    else carried = []
    carriedBytes += rest.byteLength
    if (rows.length > 0) yield rows
  }
  if (carriedBytes > 0) {
    const last = finish(Buffer.alloc(0))
    if (last) yield [last]
  }
}

/**
 * One array of objects, alone or inside an object (`{"mentions": […]}`), whatever its line breaks. A row's number is
 * its place in the array, from 1. An element that is not closed takes the rest of the array with it.
 */
export async function* readJsonArray(text: AsyncIterable<Buffer>, limits: FileLimits): AsyncGenerator<RawRow[]> {
  let row = 0
  let state: 'before' | 'between' | 'inside' | 'after' = 'before'
  let before = ''
  let depth = 0
  let quoted = false
  let escaped = false
  let carried: Buffer[] = []
  let carriedBytes = 0
  for await (const whole of text) {
    const rows: RawRow[] = []
    let piece = whole
    if (state === 'before') {
      before += piece.toString('latin1')
      const start = before.trimStart().startsWith('{') ? wrapper.exec(before) : /\[/.exec(before)
      if (!start) continue
      piece = Buffer.from(before.slice(start.index + start[0].length), 'latin1')
      state = 'between'
    }
    let from = state === 'inside' ? 0 : -1
    for (let at = 0; at < piece.byteLength; at += 1) {
      const byte = piece[at]
      if (state === 'after') break
      if (state === 'between') {
        if (byte === 0x5d) state = 'after'
        else if (byte !== 0x2c && byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) {
          state = 'inside'
          depth = 0
          from = at
          at -= 1
        }
        continue
      }
      if (escaped) escaped = false
      else if (quoted) {
        if (byte === 0x5c) escaped = true
        else if (byte === 0x22) quoted = false
      } else if (byte === 0x22) quoted = true
      else if (byte === 0x7b || byte === 0x5b) depth += 1
      else if (depth > 0 && (byte === 0x7d || byte === 0x5d)) depth -= 1
      else if (depth === 0 && (byte === 0x2c || byte === 0x5d)) {
        row += 1
        const size = carriedBytes + at - from
        rows.push(
          size > limits.maxRowLength
            ? tooLong(row, limits)
            : (parsed(row, Buffer.concat([...carried, piece.subarray(from, at)]).toString('utf8')) ?? notJson(row)),
        )
        carried = []
        carriedBytes = 0
        from = -1
        state = byte === 0x5d ? 'after' : 'between'
      }
    }
    if (state === 'inside') {
      const rest = piece.subarray(from)
      if (carriedBytes <= limits.maxRowLength) carried.push(rest)
      else carried = []
      carriedBytes += rest.byteLength
    }
    if (rows.length > 0) yield rows
  }
  if (state === 'inside') yield [carriedBytes > limits.maxRowLength ? tooLong(row + 1, limits) : notJson(row + 1)]
}

function parsed(row: number, text: string): RawRow | null {
  if (text.trim() === '') return null
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return notJson(row)
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { row, object: value }
    : { row, problem: problem('row.not-an-object') }
}

function notJson(row: number): RawRow {
  return { row, problem: problem('row.json') }
}

function tooLong(row: number, limits: FileLimits): RawRow {
  return { row, problem: problem('row.too-long', { limit: limits.maxRowLength }) }
}
