import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import type { Call } from './command.ts'

/** Lines with the number of their first, counted from 1. */
export type LineBatch = { first: number; lines: string[] }

const batchLines = 1000
const batchChars = 4_000_000

/** The lines of the named file or of standard input, in batches. A line break at the very end starts no line. */
export async function* readLines(call: Call): AsyncGenerator<LineBatch> {
  const [path] = call.operands
  const input = path === undefined || path === '-' ? call.stdin : createReadStream(path, { highWaterMark: 1 << 18 })
  const decoder = new StringDecoder('utf8')
  let rest = ''
  let first = 1
  let lines: string[] = []
  let chars = 0
  for await (const chunk of input) {
    const text = rest + (typeof chunk === 'string' ? chunk : decoder.write(chunk))
    let from = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', from)) {
      lines.push(text.slice(from, end))
      chars += end - from
      from = end + 1
      if (lines.length < batchLines && chars < batchChars) continue
      yield { first, lines }
      first += lines.length
      lines = []
      chars = 0
    }
    rest = text.slice(from)
    // A pipe that pauses, like a person typing, gets its answers without filling a batch first.
    if (lines.length === 0 || input !== call.stdin) continue
    yield { first, lines }
    first += lines.length
    lines = []
    chars = 0
  }
  rest += decoder.end()
  if (rest !== '') lines.push(rest)
  if (lines.length > 0) yield { first, lines }
}

/** Whole lines as bytes, some hundred at a time, of the named file or of standard input; the last one may lack its line break. */
export async function* readLineBytes(call: Call): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const [path] = call.operands
  const input = path === undefined || path === '-' ? call.stdin : createReadStream(path, { highWaterMark: 1 << 18 })
  let rest: Uint8Array[] = []
  for await (const chunk of input) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer)
    const end = bytes.lastIndexOf(10) + 1
    rest.push(bytes.subarray(0, end === 0 ? bytes.length : end))
    if (end === 0) continue
    yield joined(rest)
    rest = end < bytes.length ? [bytes.subarray(end)] : []
  }
  if (rest.length > 0) yield joined(rest)
}

// A copy with memory of its own, which can be handed to another thread.
function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Waits while the reader of our output is behind. */
export async function write(out: NodeJS.WritableStream, text: string | Uint8Array): Promise<void> {
  if (text.length > 0 && !out.write(text)) await new Promise((resolve) => out.once('drain', resolve))
}
