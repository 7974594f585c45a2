import type { MediaType } from '../../posts/post.ts'
import type { Encoding } from './encoding.ts'
import { fieldOf, type Field } from './fields.ts'
import type { FileFormat } from './format.ts'
import type { RawRow } from './raw-row.ts'

/** How a file is read; JSON, so that it is kept with an import and shown to the person who confirms it. */
export type Mapping = {
  format: FileFormat
  /** Null for workbooks. */
  encoding: Encoding | null
  /** Null for everything but CSV. */
  delimiter: string | null
  /** Null for everything but workbooks. */
  sheet: string | null
  /** The row that names the columns; 0 in JSON, where every row names them itself. */
  headerRow: number
  /** Null leaves a column out. Columns of later JSON rows that are not listed are recognised by their names. */
  columns: { column: string; field: Field | null }[]
  /** For every row that does not say it itself. */
  defaults: { platform: string | null; source: string | null; media: MediaType | null; lang: string | null }
}

/** The values a row has for the fields; several columns of one field are asked in the order of their rank. */
export type FieldValues = { [F in Field]?: unknown }

/** Proposes a field for every column by its name. */
export function proposeColumns(columns: string[]): Mapping['columns'] {
  return columns.map((column) => ({ column, field: fieldOf(column)?.field ?? null }))
}

/** The row among the first ones that names the columns: the one with most names we know, else the first that has any cell. */
export function findHeaderRow(rows: RawRow[]): { row: number; names: string[] } | null {
  let best: { row: number; names: string[]; known: number } | null = null
  for (const one of rows.slice(0, 30)) {
    if (!('cells' in one)) continue
    const names = one.cells.map((cell) =>
      typeof cell === 'string'
        ? cell.trim()
        : typeof cell === 'object' && cell !== null && 'text' in cell
          ? cell.text.trim()
          : '',
    )
    if (names.every((name) => name === '')) continue
    const known = new Set(names.flatMap((name) => fieldOf(name)?.field ?? [])).size
    if (best === null || known > best.known) best = { row: one.row, names, known }
  }
  return best && { row: best.row, names: distinct(best.names) }
}

/** Every column has a name of its own: an empty one gets its number, a repeated one a counter. */
function distinct(names: string[]): string[] {
  const used = new Set<string>()
  return names.map((name, index) => {
    const wanted = name === '' ? `#${index + 1}` : name
    let found = wanted
    for (let turn = 2; used.has(found); turn += 1) found = `${wanted} (${turn})`
    used.add(found)
    return found
  })
}

/** Picks the values of the fields out of a row of cells. */
export function cellPicker(mapping: Mapping, columns: string[]): (cells: unknown[]) => FieldValues {
  const byColumn = new Map(mapping.columns.map(({ column, field }) => [column, field]))
  const wanted = columns
    .map((column, index) => ({ index, field: byColumn.get(column) ?? null, rank: fieldOf(column)?.rank ?? 0 }))
    .filter((one): one is { index: number; field: Field; rank: number } => one.field !== null)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
  return (cells) => {
    const values: FieldValues = {}
    for (const { index, field } of wanted) if (isEmpty(values[field])) values[field] = withoutTextMark(cells[index])
    return values
  }
}

/** An apostrophe before what would be a formula says that it is text; exports of ours and of others write it. */
function withoutTextMark(cell: unknown): unknown {
  return typeof cell === 'string' && /^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell
}

/** Picks the values of the fields out of a JSON object; a field inside an object is named by its path. */
export function objectPicker(mapping: Mapping): (object: object) => FieldValues {
  // Rows repeat the same names, so each is looked up once. The bound is for a file that never repeats one.
  const known = new Map<string, { field: Field | null; rank: number }>(
    mapping.columns.map(({ column, field }) => [column, { field, rank: fieldOf(column)?.rank ?? 0 }]),
  )
  const lookUp = (path: string): { field: Field | null; rank: number } => {
    const found = known.get(path)
    if (found) return found
    const fresh = fieldOf(path) ?? { field: null, rank: 0 }
    if (known.size < 10_000) known.set(path, fresh)
    return fresh
  }
  return (object) => {
    const values: FieldValues = {}
    const ranks: { [F in Field]?: number } = {}
    const walk = (inside: object, prefix: string, depth: number): void => {
      for (const [key, value] of Object.entries(inside)) {
        const path = prefix === '' ? key : `${prefix}.${key}`
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
          if (depth < 3) walk(value, path, depth + 1)
          continue
        }
        const { field, rank } = lookUp(path)
        if (field === null || isEmpty(value) || (ranks[field] ?? Number.POSITIVE_INFINITY) <= rank) continue
        values[field] = value
        ranks[field] = rank
      }
    }
    walk(object, '', 1)
    return values
  }
}

/** The columns of JSON rows: every path that occurs, in the order of appearance. */
export function objectColumns(objects: object[], most: number): string[] {
  const columns = new Set<string>()
  const walk = (inside: object, prefix: string, depth: number): void => {
    for (const [key, value] of Object.entries(inside)) {
      if (columns.size >= most) return
      const path = prefix === '' ? key : `${prefix}.${key}`
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
        if (depth < 3) walk(value, path, depth + 1)
      } else columns.add(path)
    }
  }
  for (const object of objects) walk(object, '', 1)
  return [...columns]
}

export function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
}

/** Whether some column carries what a post cannot do without. */
export function hasText(mapping: Pick<Mapping, 'columns'>): boolean {
  return mapping.columns.some(({ field }) => field === 'text' || field === 'title')
}
