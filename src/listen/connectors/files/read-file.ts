import type { Post } from '../../posts/post.ts'
import { problem, type Problem } from '../problems.ts'
import { columnSamples } from './column-samples.ts'
import { findDelimiter, readCsvRows } from './csv-rows.ts'
import { findEncoding, toUtf8, type Encoding } from './encoding.ts'
import { findFormat, type FileFormat } from './format.ts'
import { readJsonArray, readJsonLines } from './json-rows.ts'
import { defaultLimits, type FileLimits } from './limits.ts'
import {
  cellPicker,
  findHeaderRow,
  hasText,
  objectColumns,
  objectPicker,
  proposeColumns,
  type FieldValues,
  type Mapping,
} from './mapping.ts'
import type { RawRow } from './raw-row.ts'
import { rowToPost } from './row-to-post.ts'
import { asBuffer, bytesOf, headOf, sizeOf, type FileSource } from './source.ts'
import { BadWorkbook, openXlsx, type XlsxPackage } from './xlsx-package.ts'
import { readSheetRows, readWorkbook, type Workbook } from './xlsx-rows.ts'

export type ReadOptions = {
  /** For dates that name no zone; the project's. */
  timeZone: string
  now: Date
  limits?: Partial<FileLimits>
}

export type FileHead =
  | {
      kind: 'readable'
      bytes: number
      sheets: string[]
      columns: string[]
      /** A few values of each column, in the same order. */
      samples: string[][]
      /** What we would do; a person may change it and hand it to `readRows`. */
      mapping: Mapping
      /** The first rows under that mapping. */
      sample: RowResult[]
      problems: Problem[]
    }
  | { kind: 'unreadable'; problem: Problem }

/**
 * One row: the post it makes, with what could not be read of it, or the reason why it makes none. A reason whose key
 * begins with `file.` ends the reading.
 */
export type RowResult = { row: number; post: Post; problems: Problem[] } | { row: number; reason: Problem }

const headBytes = 512 * 1024
const headRows = 500
const sampleRows = 20

/** Looks at the beginning of a file and proposes how to read it. Never throws for what is in the file. */
export async function readFileHead(
  file: FileSource,
  options: ReadOptions & { sheet?: string; encoding?: Encoding; delimiter?: string; headerRow?: number },
): Promise<FileHead> {
  const limits = { ...defaultLimits, ...options.limits }
  const opened = await openHead(file, limits)
  if (opened.kind === 'unreadable') return opened
  const { head, bytes } = opened
  const encoding = options.encoding ?? findEncoding(head)
  const text = await textOf(head, encoding)
  const format = findFormat(head, text)
  if (typeof format !== 'string') return { kind: 'unreadable', problem: format }

  const layout = {
    format,
    encoding: format === 'xlsx' ? null : encoding,
    delimiter: format === 'csv' ? (options.delimiter ?? findDelimiter(text)) : null,
  }
  const look =
    format === 'xlsx'
      ? await lookIntoWorkbook(file, limits, options.sheet ?? null)
      : { sheets: [], sheet: null, rows: await firstRows(textRows(file, format, layout, limits)) }
  if ('problem' in look) return { kind: 'unreadable', problem: look.problem }
  const { sheets, sheet, rows } = look
  const defaults = { platform: null, source: null, media: null, lang: null }
  const objects = rows.flatMap((row) => ('object' in row ? [row.object] : []))
  const header =
    format === 'csv' || format === 'xlsx'
      ? headerOf(rows, options.headerRow)
      : { row: 0, names: objectColumns(objects, limits.maxColumns + 1) }
  if (header === null || rows.length === 0)
    return { kind: 'unreadable', problem: rows.find((row) => 'problem' in row)?.problem ?? problem('file.empty') }
  if (header.names.length > limits.maxColumns)
    return {
      kind: 'unreadable',
      problem: problem('file.too-many-columns', { found: header.names.length, limit: limits.maxColumns }),
    }
  const mapping: Mapping = { ...layout, sheet, headerRow: header.row, columns: proposeColumns(header.names), defaults }

  const sample: RowResult[] = []
  for await (const page of readRows(file, mapping, { ...options, pageSize: sampleRows })) {
    sample.push(...page)
    if (sample.length >= sampleRows) break
  }
  return {
    kind: 'readable',
    bytes,
    sheets,
    columns: header.names,
    samples: columnSamples(rows, header.row, header.names),
    mapping,
    sample: sample.slice(0, sampleRows),
    problems: hasText(mapping) ? [] : [problem('file.no-text-column')],
  }
}

/**
 * The posts of a file, page by page, from any row on: an import that was interrupted goes on with the row after the
 * last one it kept. Row numbers are stable as long as file and mapping are. Only one row is in memory beside the
 * page; the texts that the cells of a workbook share wait in a file.
 */
export async function* readRows(
  file: FileSource,
  mapping: Mapping,
  options: ReadOptions & { fromRow?: number; pageSize?: number },
): AsyncGenerator<RowResult[]> {
  const limits = { ...defaultLimits, ...options.limits }
  const fromRow = Math.max(options.fromRow ?? 1, mapping.headerRow + 1)
  const pageSize = options.pageSize ?? 500
  const context = { defaults: mapping.defaults, timeZone: options.timeZone, now: options.now, limits }
  let pick: ((cells: unknown[]) => FieldValues) | null = null
  const pickObject = objectPicker(mapping)
  let page: RowResult[] = []
  let row = 0
  try {
    for await (const raws of rawRows(file, mapping, limits)) {
      for (const raw of raws) {
        row = raw.row
        if (row === mapping.headerRow && 'cells' in raw) pick = cellPicker(mapping, headerOf([raw], row)?.names ?? [])
        if (row < fromRow) continue
        if (row - mapping.headerRow > limits.maxRows) {
          yield [...page, { row, reason: problem('file.too-many-rows', { limit: limits.maxRows }) }]
          return
        }
        if ('problem' in raw) page.push({ row, reason: raw.problem })
        else if ('object' in raw) page.push({ row, ...rowToPost(pickObject(raw.object), context) })
        else if (!raw.cells.every((cell) => cell === null || (typeof cell === 'string' && cell.trim() === ''))) {
          pick ??= cellPicker(
            mapping,
            mapping.columns.map(({ column }) => column),
          )
          page.push({ row, ...rowToPost(pick(raw.cells), context) })
        }
        if (page.length >= pageSize) {
          yield page
          page = []
        }
      }
    }
  } catch (error) {
    const reason = fileProblem(error, limits)
    if (reason === null) throw error
    page.push({ row: row + 1, reason })
  }
  if (page.length > 0) yield page
}

async function* rawRows(file: FileSource, mapping: Mapping, limits: FileLimits): AsyncGenerator<RawRow[]> {
  if (mapping.format !== 'xlsx') return yield* textRows(file, mapping.format, mapping, limits)
  const xlsx = await openXlsx(file, limits.maxUnpackedBytes)
  let workbook: Workbook | null = null
  try {
    workbook = await readWorkbook(xlsx, limits)
    const sheet = workbook.sheets.find((one) => one.name === mapping.sheet)
    if (!sheet) throw new BadWorkbook(`it has no sheet ${mapping.sheet ?? ''}`)
    yield* readSheetRows(xlsx, workbook, sheet, limits)
  } finally {
    await workbook?.texts.close()
    xlsx.close()
  }
}

function textRows(
  file: FileSource,
  format: Exclude<FileFormat, 'xlsx'>,
  layout: { encoding: Encoding | null; delimiter: string | null },
  limits: FileLimits,
): AsyncGenerator<RawRow[]> {
  const text = toUtf8(bytesOf(file), layout.encoding ?? 'utf-8')
  switch (format) {
    case 'csv':
      return readCsvRows(text, layout.delimiter ?? ',', limits)
    case 'json-lines':
      return readJsonLines(text, limits)
    case 'json-array':
      return readJsonArray(text, limits)
  }
}

async function openHead(
  file: FileSource,
  limits: FileLimits,
): Promise<{ kind: 'opened'; head: Buffer; bytes: number } | { kind: 'unreadable'; problem: Problem }> {
  try {
    const bytes = await sizeOf(file)
    if (bytes === 0) return { kind: 'unreadable', problem: problem('file.empty') }
    if (bytes > limits.maxBytes)
      return {
        kind: 'unreadable',
        problem: problem('file.too-large', { limit: Math.floor(limits.maxBytes / 1024 / 1024) }),
      }
    return { kind: 'opened', head: await headOf(file, headBytes), bytes }
  } catch (error) {
    const reason = fileProblem(error, limits)
    if (reason === null) throw error
    return { kind: 'unreadable', problem: reason }
  }
}

/** The first sheet with a column of text, else the first with rows at all. */
async function lookIntoWorkbook(
  file: FileSource,
  limits: FileLimits,
  wanted: string | null,
): Promise<{ sheets: string[]; sheet: string; rows: RawRow[] } | { problem: Problem }> {
  let xlsx: XlsxPackage | null = null
  let workbook: Workbook | null = null
  try {
    xlsx = await openXlsx(file, limits.maxUnpackedBytes)
    workbook = await readWorkbook(xlsx, limits)
    const sheets = workbook.sheets.map((one) => one.name)
    let found: { sheet: string; rows: RawRow[] } | null = null
    for (const sheet of workbook.sheets.filter((one) => wanted === null || one.name === wanted).slice(0, 20)) {
      const rows = await firstRows(readSheetRows(xlsx, workbook, sheet, limits))
      if (rows.length === 0) continue
      found ??= { sheet: sheet.name, rows }
      if (hasText({ columns: proposeColumns(findHeaderRow(rows)?.names ?? []) })) {
        found = { sheet: sheet.name, rows }
        break
      }
    }
    return found ? { sheets, ...found } : { problem: problem('file.no-sheet') }
  } catch (error) {
    const reason = fileProblem(error, limits)
    if (reason === null) throw error
    return { problem: reason }
  } finally {
    await workbook?.texts.close()
    xlsx?.close()
  }
}

function headerOf(rows: RawRow[], wanted: number | undefined): { row: number; names: string[] } | null {
  return findHeaderRow(wanted === undefined ? rows : rows.filter((row) => row.row === wanted))
}

async function firstRows(pages: AsyncGenerator<RawRow[]>): Promise<RawRow[]> {
  const rows: RawRow[] = []
  for await (const page of pages) {
    rows.push(...page)
    if (rows.length >= headRows) break
  }
  return rows.slice(0, headRows)
}

async function textOf(head: Buffer, encoding: Encoding): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of toUtf8(bytesOf(asBuffer(head)), encoding)) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** What the disk or the archive reports; null for our own mistakes. */
function fileProblem(error: unknown, limits: FileLimits): Problem | null {
  if (error instanceof BadWorkbook) {
    switch (error.limit) {
      case 'size':
        return problem('file.unpacked-too-large', { limit: Math.floor(limits.maxUnpackedBytes / 1024 / 1024) })
      case 'texts':
        return problem('file.too-many-texts', { limit: limits.maxTexts })
      case null:
        return problem('file.damaged', { reason: error.message })
    }
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
  return code !== null && /^E[A-Z]+$/.test(code) ? problem('file.not-found', { reason: code }) : null
}
