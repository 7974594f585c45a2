/** A row of CSV, with line end. Texts that a spreadsheet would take for a formula are defused with an apostrophe. */
export function csvLine(cells: (string | number | boolean | null)[]): string {
  return `${cells.map((cell) => (typeof cell === 'string' ? quoted(defused(cell)) : String(cell ?? ''))).join(',')}\r\n`
}

/**
 * Spreadsheets run what begins with one of these; a post may say `=HYPERLINK(…)`. Apostrophes before it are ours or
 * theirs, so one more is put before both, and an import takes exactly one away.
 */
export function defused(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
