import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251'] as const
export type Encoding = (typeof encodings)[number]

const newline = 0x0a

/**
 * Finds how a text file was written, from its beginning: by its mark, by the zeros of two-byte letters, by being valid
 * UTF-8; everything else is windows-1251, the usual case of Russian spreadsheets.
 */
export function findEncoding(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  // Without a mark: in UTF-16 every other byte is the high one, which Latin and Cyrillic letters keep below 6.
  const sample = head.subarray(0, 4096)
  const low = [0, 0]
  for (let at = 0; at < sample.byteLength; at += 1) if ((sample[at] ?? 0) < 6) low[at % 2] = (low[at % 2] ?? 0) + 1
  const most = (sample.byteLength / 2) * 0.7
  if ((low[1] ?? 0) > most && (low[0] ?? 0) < most / 2) return 'utf-16le'
  if ((low[0] ?? 0) > most && (low[1] ?? 0) < most / 2) return 'utf-16be'
  // The head may end inside a letter, and a damaged line does not change what the file is.
  const whole = wholeLetters(head)
  return isUtf8(whole) || mostLinesAreUtf8(whole) ? 'utf-8' : 'windows-1251'
}

function wholeLetters(text: Buffer): Buffer {
  // A letter has at most four bytes, and only its first one begins with 11.
  for (let back = 1; back <= Math.min(3, text.byteLength); back += 1) {
    const byte = text[text.byteLength - back] ?? 0
    if (byte >= 0xc0) return text.subarray(0, text.byteLength - back)
    if (byte < 0x80) break
  }
  return text
}

/**
 * The bytes of a text file as UTF-8, in pieces that end with a line where lines are of a sane length. In a UTF-8 file
 * a line that is not valid UTF-8 is read as windows-1251: files glued together from two sources are common.
 */
export async function* toUtf8(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  let first = true
  for await (const piece of encoding === 'utf-8' ? wholeLines(bytes) : transcoded(bytes, encoding)) {
    const marked = first && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf
    first = false
    yield marked ? piece.subarray(3) : piece
  }
}

async function* transcoded(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  const decoder = iconv.getDecoder(encoding)
  for await (const chunk of bytes) yield Buffer.from(decoder.write(chunk), 'utf8')
  const rest = decoder.end()
  if (rest) yield Buffer.from(rest, 'utf8')
}

/** Pieces this long without a line end are passed on; then a letter may be cut, and the line is too long for a row anyway. */
const longestPiece = 1024 * 1024

async function* wholeLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let carried: Buffer[] = []
  let carriedBytes = 0
  for await (const chunk of bytes) {
    const end = chunk.lastIndexOf(newline) + 1
    if (end === 0 && carriedBytes + chunk.byteLength < longestPiece) {
      carried.push(chunk)
      carriedBytes += chunk.byteLength
      continue
    }
    const cut = end === 0 ? chunk.byteLength : end
    yield repaired(Buffer.concat([...carried, chunk.subarray(0, cut)]))
    carried = cut < chunk.byteLength ? [chunk.subarray(cut)] : []
    carriedBytes = chunk.byteLength - cut
  }
  if (carriedBytes > 0) yield repaired(Buffer.concat(carried))
}

function repaired(piece: Buffer): Buffer {
  if (isUtf8(piece)) return piece
  const lines: Buffer[] = []
  for (let from = 0; from < piece.byteLength;) {
    const at = piece.indexOf(newline, from)
    const to = at === -1 ? piece.byteLength : at + 1
    const line = piece.subarray(from, to)
    lines.push(
      isUtf8(line) || line.byteLength >= longestPiece ? line : Buffer.from(iconv.decode(line, 'windows-1251'), 'utf8'),
    )
    from = to
  }
  return Buffer.concat(lines)
}

function mostLinesAreUtf8(text: Buffer): boolean {
  let valid = 0
  let damaged = 0
  for (let from = 0; from < text.byteLength;) {
    const at = text.indexOf(newline, from)
    const to = at === -1 ? text.byteLength : at + 1
    const line = text.subarray(from, to)
    // Lines of ASCII fit every encoding and say nothing.
    if (!isUtf8(line)) damaged += 1
    else if (line.some((byte) => byte > 127)) valid += 1
    from = to
  }
  return valid > damaged
}
