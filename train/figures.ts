import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const mark = '<!-- measured: written by npm run train, do not edit below -->'

/** Puts the measured figures below the mark in a model's card; what a person wrote above it stays. */
export function writeFigures(task: string, markdown: string): void {
  const path = join(import.meta.dirname, `../docs/models/${task}.md`)
  const card = readFileSync(path, 'utf8')
  const at = card.indexOf(mark)
  if (at < 0) throw new Error(`${path} has no line “${mark}”.`)
  writeFileSync(path, `${card.slice(0, at)}${mark}\n\n${markdown.trim()}\n`)
}

/** A table of Markdown; the first row is its head, the first column stands left and the others right. */
export function table(rows: readonly (readonly (string | number)[])[]): string {
  const [head = [], ...body] = rows
  const widths = head.map((_, i) => Math.max(4, ...rows.map((row) => String(row[i] ?? '').length)))
  const line = (row: readonly (string | number)[]) =>
    `| ${widths.map((width, i) => (i === 0 ? String(row[i] ?? '').padEnd(width) : String(row[i] ?? '').padStart(width))).join(' | ')} |`
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(head), rule, ...body.map(line)].join('\n')
}

/** In hundredths, with one digit; a dash where there is nothing to divide by. */
export function percent(share: number): string {
  return Number.isNaN(share) ? '–' : (100 * share).toFixed(1)
}
