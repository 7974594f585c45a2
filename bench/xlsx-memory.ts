import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { readFileHead, readRows } from '../src/listen/connectors/files/read-file.ts'

/**
 * How much memory a workbook takes while it is read: `node bench/xlsx-memory.ts [ROWS]` writes one with that many posts
 * of about 300 characters and prints the largest resident size of a process that reads it and keeps nothing, with
 * its texts inside the cells and in the table of shared texts, as spreadsheets write them.
 */
const [what = '200000', file = ''] = process.argv.slice(2)
const now = new Date('2026-11-22T12:00:00Z')

if (what === 'read') {
  const before = process.resourceUsage().maxRSS
  const head = await readFileHead(file, { timeZone: 'UTC', now })
  if (head.kind === 'unreadable') throw new Error(head.problem.key)
  let rows = 0
  for await (const page of readRows(file, head.mapping, { timeZone: 'UTC', now, pageSize: 2000 })) rows += page.length
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  const megabytes = (kilobytes: number) => Math.round(kilobytes / 1024)
  const seconds = ((userCPUTime + systemCPUTime) / 1e6).toFixed(1)
  process.stdout.write(
    `${rows} rows: at most ${megabytes(maxRSS)} MB, ${megabytes(before)} MB before; ${seconds} s of processor time\n`,
  )
} else if (what === 'write') {
  await write(file, Number(process.argv[4]), process.argv[5] === 'shared')
} else {
  const dir = await mkdtemp(join(tmpdir(), 'heed-xlsx-'))
  try {
    for (const kind of ['inline', 'shared']) {
      const path = join(dir, `${kind}.xlsx`)
      execFileSync(process.execPath, ['--max-old-space-size=6000', import.meta.filename, 'write', path, what, kind])
      process.stdout.write(`${kind}: `)
      execFileSync(process.execPath, [import.meta.filename, 'read', path], { stdio: 'inherit' })
    }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

async function write(path: string, rows: number, useSharedStrings: boolean): Promise<void> {
  const stream = createWriteStream(path)
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useSharedStrings })
  const sheet = workbook.addWorksheet('Posts')
  sheet.addRow(['id', 'text', 'posted_at', 'platform', 'author.name', 'likes', 'url']).commit()
  for (let row = 0; row < rows; row += 1) {
    const text = `Запись ${row}: ${`приложение банка опять не открывается, карта номер ${row * 7919} `.repeat(5)}`
    const at = new Date(Date.UTC(2026, 0, 1) + row * 60_000).toISOString()
    sheet.addRow([`p${row}`, text, at, 'vk', `Автор ${row % 5000}`, row % 90, `https://vk.example/${row}`]).commit()
    if (stream.writableNeedDrain) await once(stream, 'drain')
  }
  await workbook.commit()
}
