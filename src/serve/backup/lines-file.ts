import { createReadStream, createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { finished } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

export type LinesFile = { add(lines: string[]): Promise<void>; close(): Promise<number> }

/** A packed file of lines that is written page by page; closing answers how many there are. */
export function writeLines(path: string): LinesFile {
  const packed = createGzip({ level: 4 })
  const file = createWriteStream(path, { mode: 0o600, flush: true })
  packed.pipe(file)
  let count = 0
  return {
    add: async (lines) => {
      count += lines.length
      if (lines.length > 0 && !packed.write(`${lines.join('\n')}\n`))
        await new Promise((resolve) => packed.once('drain', resolve))
    },
    close: async () => {
      packed.end()
      await finished(file)
      return count
    },
  }
}

/** The lines of such a file, a page at a time. */
export async function* readLinesOf(path: string, pageSize: number): AsyncGenerator<string[]> {
  let page: string[] = []
  for await (const line of createInterface({
    input: createReadStream(path).pipe(createGunzip()),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    page.push(line)
    if (page.length < pageSize) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
