import ExcelJS from 'exceljs'
import { PassThrough } from 'node:stream'
import { defused } from './csv.ts'

type Cells = (string | number | boolean | null)[]

// A cell holds no more, and a longer one makes the whole workbook unreadable.
const longestCell = 32_767

/** A workbook of one sheet, written while its rows come, so that it is never held whole. */
export async function* xlsxBytes(header: readonly string[], pages: AsyncIterable<Cells[]>): AsyncGenerator<Uint8Array> {
  const out = new PassThrough()
  const writing = write(out, header, pages).catch((error: Error) => void out.destroy(error))
  try {
    for await (const chunk of out) yield chunk as Buffer
    await writing
  } finally {
    out.destroy()
  }
}

async function write(out: PassThrough, header: readonly string[], pages: AsyncIterable<Cells[]>): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out, useSharedStrings: false })
  const sheet = workbook.addWorksheet('Heed', { views: [{ state: 'frozen', ySplit: 1 }] })
  sheet.addRow([...header]).commit()
  for await (const page of pages) {
    for (const cells of page)
      sheet.addRow(cells.map((cell) => (typeof cell === 'string' ? cellText(cell) : cell))).commit()
    while (out.writableNeedDrain && !out.destroyed) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  await workbook.commit()
}

function cellText(text: string): string {
  return (
    defused(text)
      // Spreadsheets read this as a character, so an underscore that only looks so is written as one itself.
      .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
      // XML has no way to write these at all.
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
      .slice(0, longestCell)
      .toWellFormed()
  )
}
