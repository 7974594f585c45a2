import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { UserError } from '../../base/errors.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import { pages, resolveFilter, type Condition, type MentionFilter } from '../../listen/mentions/filter.ts'
import { fromRow } from '../../listen/mentions/mention.ts'
import { listTopics } from '../../listen/topics/topic.ts'
import { csvLine } from './csv.ts'
import { columns, toCells, toObject } from './row.ts'
import { xlsxBytes } from './xlsx.ts'

export const formats = ['jsonl', 'csv', 'xlsx'] as const
export type Format = (typeof formats)[number]

export const contentTypes: { [format in Format]: string } = {
  jsonl: 'application/x-ndjson; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

export type Export = { rows: number; bytes: AsyncGenerator<Uint8Array | string> }

/** The mentions of a filter as a file, newest first, written while it is sent. Throws UserError when they are too many. */
export async function exportMentions(
  engines: { clickhouse: Clickhouse; db: Database },
  project: number,
  options: { filter: MentionFilter; format: Format; maxRows: number },
): Promise<Export> {
  const { clickhouse, db } = engines
  const condition = await resolveFilter(clickhouse, project, options.filter)
  const counted = await clickhouse.row<{ rows: number }>(
    `select count() as rows from mention final where ${condition.where}`,
    condition.params,
  )
  const rows = counted?.rows ?? 0
  if (rows > options.maxRows) {
    throw new UserError(`That is ${rows} mentions, more than ${options.maxRows}`, {
      key: 'export-too-large',
      values: { found: rows, limit: options.maxRows },
    })
  }
  const names = new Map((await listTopics(db, project)).map(({ id, name }) => [id, name]))
  return { rows, bytes: write(clickhouse, condition, options.format, (id) => names.get(id) ?? String(id)) }
}

async function* write(
  clickhouse: Clickhouse,
  condition: Condition,
  format: Format,
  topicName: (id: number) => string,
): AsyncGenerator<Uint8Array | string> {
  switch (format) {
    case 'jsonl':
      for await (const rows of pages(clickhouse, 'mention', condition)) {
        yield rows.map((row) => `${JSON.stringify(toObject(fromRow(row), topicName))}\n`).join('')
      }
      return
    case 'csv':
      // The mark tells spreadsheets that this is UTF-8.
      yield `\ufeff${csvLine([...columns])}`
      for await (const rows of pages(clickhouse, 'mention', condition))
        yield rows.map((row) => csvLine(toCells(fromRow(row), topicName))).join('')
      return
    case 'xlsx':
      yield* xlsxBytes(columns, cellPages(clickhouse, condition, topicName))
  }
}

async function* cellPages(clickhouse: Clickhouse, condition: Condition, topicName: (id: number) => string) {
  for await (const rows of pages(clickhouse, 'mention', condition))
    yield rows.map((row) => toCells(fromRow(row), topicName))
}
