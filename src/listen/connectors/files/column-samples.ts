import type { Cell, RawRow } from './raw-row.ts'

const mostSamples = 3
const longestSample = 120

/** A few values of each column as the file has them, so that a person recognises what it holds. */
export function columnSamples(rows: RawRow[], headerRow: number, columns: string[]): string[][] {
  return columns.map((column, index) => {
    const values = rows.flatMap((row) => {
      if (row.row <= headerRow) return []
      return 'cells' in row
        ? [cellText(row.cells[index] ?? null)]
        : 'object' in row
          ? [valueText(at(row.object, column))]
          : []
    })
    return [...new Set(values.filter((value) => value !== ''))].slice(0, mostSamples)
  })
}

function cellText(cell: Cell): string {
  if (typeof cell !== 'object' || cell === null) return valueText(cell)
  return 'text' in cell ? valueText(cell.text) : valueText(cell.serial)
}

function valueText(value: unknown): string {
  const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
  return text.trim().slice(0, longestSample).toWellFormed()
}

/** A column of JSON is named by its path, and names may hold dots themselves. */
function at(object: object, path: string): unknown {
  const own = Object.entries(object)
  const exact = own.find(([key]) => key === path)
  if (exact) return exact[1]
  const inside = own.find(([key, value]) => path.startsWith(`${key}.`) && typeof value === 'object' && value !== null)
  return inside ? at(inside[1] as object, path.slice(inside[0].length + 1)) : undefined
}
