import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { readConfig } from '../../src/config.ts'

/** The rows of a table of the labelled data, packed or not, by the names in its first line. Throws a sentence when it is not there. */
export function readRows<Column extends string>(path: string): { [column in Column]: string }[] {
  const folder = readConfig(process.env).labelledData
  const file = join(folder, path)
  if (!existsSync(file))
    throw new Error(
      `${file} is not there. Set HEED_DATA to the folder of labelled data; the model's card says where each set is from.`,
    )
  const bytes = readFileSync(file)
  const [head = '', ...lines] = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .trimEnd()
    .split('\n')
  const columns = head.split('\t') as Column[]
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])) as { [column in Column]: string }
  })
}
