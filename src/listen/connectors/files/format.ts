import { problem, type Problem } from '../problems.ts'

export type FileFormat = 'csv' | 'xlsx' | 'json-lines' | 'json-array'

/** What a file is, by its first bytes rather than by its name; or the reason why it is not read. */
export function findFormat(head: Buffer, text: string): FileFormat | Problem {
  const binary = signatures.find(([bytes]) => head.subarray(0, bytes.length).equals(bytes))
  if (binary?.[1] === 'XLS') return problem('file.old-workbook')
  if (binary) return binary[1] === 'xlsx' ? 'xlsx' : problem('file.format', { found: binary[1] })
  const start = text.replace(/^\ufeff/, '').trimStart()
  if (start === '') return problem('file.empty')
  if (/^\[\s*(\{|\])/.test(start)) return 'json-array'
  if (/^\{\s*("|\})/.test(start)) return isWrapped(start) ? 'json-array' : 'json-lines'
  if (/^<(!doctype|\?xml|html|table|\w+[\s>])/i.test(start)) return problem('file.format', { found: 'HTML / XML' })
  return looksLikeText(start) ? 'csv' : problem('file.not-text')
}

const sampled = 64 * 1024
const strayControls = 8

/** Letters beside a few stray control characters; random bytes have one in every ten. */
function looksLikeText(text: string): boolean {
  const sample = text.slice(0, sampled)
  const controls = sample.match(/[^\P{Cc}\t\n\r\f]/gu)?.length ?? 0
  return controls <= Math.max(strayControls, sample.length * 0.02)
}

const signatures: [bytes: Buffer, name: string][] = [
  [Buffer.from('PK\u0003\u0004', 'latin1'), 'xlsx'],
  [Buffer.from('PK\u0005\u0006', 'latin1'), 'xlsx'],
  [Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), 'XLS'],
  [Buffer.from('%PDF'), 'PDF'],
  [Buffer.from([0x1f, 0x8b]), 'GZIP'],
  [Buffer.from('Rar!'), 'RAR'],
  [Buffer.from([0x37, 0x7a, 0xbc, 0xaf]), '7Z'],
  [Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'PNG'],
  [Buffer.from([0xff, 0xd8, 0xff]), 'JPEG'],
  [Buffer.from('GIF8'), 'GIF'],
  [Buffer.from('SQLite format 3'), 'SQLite'],
]

/** `{"mentions":[…]}`: an answer or a request of an API, in one line or printed over many. */
export const wrapper = /"(mentions|posts|items|data|results)"\s*:\s*\[/

function isWrapped(start: string): boolean {
  const firstLine = start.slice(0, start.indexOf('\n') === -1 ? start.length : start.indexOf('\n'))
  const found = wrapper.exec(start)
  if (!found) return false
  try {
    const row: unknown = JSON.parse(firstLine)
    // A whole object in the first line is a row of its own, unless all it has is the list.
    return typeof row === 'object' && row !== null && !('text' in row) && !('url' in row) && !('id' in row)
  } catch {
    return !/"(text|url|id)"\s*:/.test(start.slice(0, found.index))
  }
}
