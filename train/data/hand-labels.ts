import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readRows } from './read-rows.ts'
import { readChannelPosts } from './telegram-ru.ts'

/** A row of `train/labels/*.tsv` with the columns of its set's row; the text is read from the set, never kept. */
export type HandLabelled = { label: { [column: string]: string }; row: { [column: string]: string } }

/**
 * The rows that a person labelled, from the sets they stand in. Throws when a text is not the one that was labelled: the
 * set has changed, and the label would be wrong.
 */
export function readHandLabels(file: string): HandLabelled[] {
  const [head = '', ...lines] = readFileSync(join(import.meta.dirname, '../labels', file), 'utf8')
    .trimEnd()
    .split('\n')
  const columns = head.split('\t')
  const sets = new Map<string, { [column: string]: string }[]>()
  return lines.map((line) => {
    const cells = line.split('\t')
    const label = Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))
    const set = label['set']!
    if (!sets.has(set)) sets.set(set, readSet(set))
    const row = sets.get(set)![Number(label['row']) - 1]
    if (row === undefined || hashOfText(row['text']!) !== label['hash'])
      throw new Error(`Row ${label['row']} of ${set} is not the text that was labelled in ${file}.`)
    return { label, row }
  })
}

/** By which a label knows its text again. */
export function hashOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

function readSet(set: string): { [column: string]: string }[] {
  if (set === 'telegram-ru/stream.train') return readChannelPosts().map(({ text }) => ({ text }))
  return readRows(set.startsWith('complaints/') ? `${set}.tsv` : `${set}.tsv.gz`)
}
