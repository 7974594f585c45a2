import { problem } from '../problems.ts'
import type { FileLimits } from './limits.ts'
import type { Cell, RawRow } from './raw-row.ts'
import type { XlsxPackage } from './xlsx-package.ts'
import { openSharedTexts, type SharedTexts } from './xlsx-texts.ts'

export type Workbook = { sheets: Sheet[]; from1904: boolean; dateStyles: Set<number>; texts: SharedTexts }
export type Sheet = { name: string; part: string }

/** What all sheets of a workbook share: their names, the texts, and which styles mean a date. Its texts must be closed. */
export async function readWorkbook(xlsx: XlsxPackage, limits: FileLimits): Promise<Workbook> {
  const targets = await readTargets(xlsx, 'xl/_rels/workbook.xml.rels')
  const sheets: Sheet[] = []
  let from1904 = false
  await xlsx.read('xl/workbook.xml', {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true'
      const target = name === 'sheet' ? targets.get(attributes['r:id'] ?? attributes['id'] ?? '') : undefined
      if (target !== undefined && !attributes['state']?.includes('idden') && sheets.length < 1000)
        sheets.push({ name: attributes['name'] ?? '', part: partName(target.target, 'xl/') })
    },
  })
  return { sheets, from1904, dateStyles: await readDateStyles(xlsx), texts: openSharedTexts(xlsx, limits) }
}

/**
 * The rows of a sheet, with formulas as their results, days as serials, and cells that lead somewhere with their
 * address. Row numbers are those the spreadsheet shows.
 */
export async function* readSheetRows(
  xlsx: XlsxPackage,
  workbook: Workbook,
  sheet: Sheet,
  limits: FileLimits,
): AsyncGenerator<RawRow[]> {
  const links = await readLinks(xlsx, sheet)
  let ready: HalfRow[] = []
  let row = 0
  let cells: HalfCell[] = []
  let tooMany = false
  let column = -1
  let cell = { reference: '', type: '', style: -1, value: '', formula: '', inline: '' }
  let into: 'value' | 'formula' | 'inline' | null = null
  let tooLong = false

  const pieces = xlsx.readInPieces<HalfRow>(
    sheet.part,
    {
      open(name, attributes) {
        if (name === 'row') {
          // A sheet may skip rows, but not go back.
          row = Math.max(row + 1, Math.min(Number(attributes['r']) || 0, 10_000_000))
          cells = []
          tooMany = tooLong = false
          column = -1
        } else if (name === 'c') {
          const reference = attributes['r'] ?? ''
          column = reference === '' ? column + 1 : columnOf(reference)
          cell = {
            reference,
            type: attributes['t'] ?? '',
            style: Number(attributes['s'] ?? -1),
            value: '',
            formula: '',
            inline: '',
          }
        } else if (name === 'v') into = 'value'
        else if (name === 'f') into = 'formula'
        else if (name === 't') into = 'inline'
      },
      text(text) {
        if (into === null) return
        if (cell[into].length + text.length > limits.maxCellLength) tooLong = true
        else cell[into] += text
      },
      close(name) {
        if (name === 'v' || name === 'f' || name === 't') into = null
        else if (name === 'c') {
          if (column >= limits.maxColumns) tooMany = true
          else {
            while (cells.length < column) cells.push(null)
            cells[column] = cellOf(cell, workbook, links)
          }
        } else if (name === 'row') {
          if (tooMany) ready.push({ row, problem: problem('row.too-many-columns', { limit: limits.maxColumns }) })
          else if (tooLong)
            ready.push({ row, problem: problem('row.cell-too-long', { column: '', limit: limits.maxCellLength }) })
          else if (cells.some((one) => one !== null && one !== '')) ready.push({ row, cells })
        }
      },
    },
    () => {
      const taken = ready
      ready = []
      return taken
    },
  )
  for await (const rows of pieces) {
    await workbook.texts.reach(highestText(rows))
    yield rows.map((one) =>
      'cells' in one ? { row: one.row, cells: one.cells.map((half) => whole(half, workbook)) } : one,
    )
  }
}

/** A cell that names its text by number, until the text is read. */
type HalfCell = Cell | { shared: number; link?: string }
type HalfRow = { row: number; cells: HalfCell[] } | Extract<RawRow, { problem: unknown }>

function isShared(cell: HalfCell): cell is Extract<HalfCell, { shared: number }> {
  return typeof cell === 'object' && cell !== null && 'shared' in cell
}

function highestText(rows: HalfRow[]): number {
  let highest = -1
  for (const row of rows) {
    if (!('cells' in row)) continue
    for (const cell of row.cells) if (isShared(cell) && cell.shared > highest) highest = cell.shared
  }
  return highest
}

function whole(cell: HalfCell, workbook: Workbook): Cell {
  if (!isShared(cell)) return cell
  const found = workbook.texts.get(cell.shared)
  const text = found === null ? null : unescaped(found)
  return cell.link === undefined ? text : { text: text ?? cell.link, link: cell.link }
}

function cellOf(
  cell: { reference: string; type: string; style: number; value: string; formula: string; inline: string },
  workbook: Workbook,
  links: Map<string, string>,
): HalfCell {
  const plain = plainValue(cell, workbook)
  const link = links.get(cell.reference) ?? /^\s*HYPERLINK\(\s*"([^"]+)"/i.exec(cell.formula)?.[1]
  if (isShared(plain)) return link === undefined ? plain : { ...plain, link }
  return link === undefined ? plain : { text: typeof plain === 'object' ? link : String(plain), link }
}

function plainValue(
  cell: { type: string; style: number; value: string; inline: string },
  workbook: Workbook,
): HalfCell {
  switch (cell.type) {
    case 's':
      return { shared: Number(cell.value) }
    case 'inlineStr':
      return unescaped(cell.inline)
    case 'str':
    case 'd':
      return unescaped(cell.value)
    case 'b':
      return cell.value === '1'
    case 'e':
      // The result is an error (#N/A); nobody wrote that.
      return null
    default: {
      if (cell.value === '') return null
      const number = Number(cell.value)
      if (Number.isNaN(number)) return cell.value
      return workbook.dateStyles.has(cell.style) ? { serial: number, from1904: workbook.from1904 } : number
    }
  }
}

/** Style numbers whose format shows a day. Formats below 164 are built in. */
async function readDateStyles(xlsx: XlsxPackage): Promise<Set<number>> {
  const styles = new Set<number>()
  if (!xlsx.has('xl/styles.xml')) return styles
  const formats = new Map<number, string>()
  let inCells = false
  let index = 0
  await xlsx.read('xl/styles.xml', {
    open(name, attributes) {
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) {
        const id = Number(attributes['numFmtId'] ?? 0)
        const code = formats.get(id)
        if (
          code === undefined
            ? (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
            : showsDay(code)
        )
          styles.add(index)
        index += 1
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  return styles
}

function showsDay(code: string): boolean {
  return /[dyhs]|m{1,5}/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '').replace(/general|e[+-]/gi, ''))
}

/** Cells that are links: they stand behind the rows, so the sheet is gone through once more, and only when it has some. */
async function readLinks(xlsx: XlsxPackage, sheet: Sheet): Promise<Map<string, string>> {
  const links = new Map<string, string>()
  const targets = await readTargets(xlsx, sheet.part.replace(/([^/]+)$/, '_rels/$1.rels'))
  const outside = [...targets.values()].some((one) => one.type.endsWith('/hyperlink'))
  if (!outside) return links
  await xlsx.read(sheet.part, {
    open(name, attributes) {
      const target = name === 'hyperlink' ? targets.get(attributes['r:id'] ?? '')?.target : undefined
      if (target !== undefined && links.size < 5_000_000)
        links.set((attributes['ref'] ?? '').split(':')[0] ?? '', target)
    },
  })
  return links
}

async function readTargets(xlsx: XlsxPackage, part: string): Promise<Map<string, { target: string; type: string }>> {
  const targets = new Map<string, { target: string; type: string }>()
  if (!xlsx.has(part)) return targets
  await xlsx.read(part, {
    open(name, attributes) {
      if (name === 'Relationship')
        targets.set(attributes['Id'] ?? '', { target: attributes['Target'] ?? '', type: attributes['Type'] ?? '' })
    },
  })
  return targets
}

function partName(target: string, folder: string): string {
  return target.startsWith('/') ? target.slice(1) : new URL(target, `file:///${folder}`).pathname.slice(1)
}

/** `B7` is the second column. What is no reference is far outside. */
function columnOf(reference: string): number {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1]
  return letters === undefined
    ? Number.MAX_SAFE_INTEGER
    : [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

/** Spreadsheets write control characters as `_x000D_`. */
function unescaped(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9A-F]{4})_/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text
}
