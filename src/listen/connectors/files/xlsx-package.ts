import { Parser } from 'htmlparser2'
import yauzl from 'yauzl'
import type { FileSource } from './source.ts'
import { asBuffer } from './source.ts'

/** Says what is wrong with a workbook; the reader turns it into a problem. */
export class BadWorkbook extends Error {
  /** Which limit was met; null when it is damaged. */
  readonly limit: 'size' | 'texts' | null
  constructor(message: string, limit: 'size' | 'texts' | null = null) {
    super(message)
    this.limit = limit
  }
}

/** The parts of a workbook: a ZIP archive of XML documents. Must be closed. */
export type XlsxPackage = {
  has(part: string): boolean
  /** Goes through a part, element by element, as it is unpacked; `stop` in the handler ends it early. */
  read(part: string, handler: XmlHandler): Promise<void>
  /** The same in pieces, for the long ones: the handler fills, `take` empties it after each piece. */
  readInPieces<T>(part: string, handler: XmlHandler, take: () => T[]): AsyncGenerator<T[]>
  close(): void
}

export type XmlHandler = {
  open?(name: string, attributes: { [name: string]: string }): void
  text?(text: string): void
  close?(name: string): void
  done?(): boolean
}

const mostParts = 10_000
// An element that does not end within so many bytes of markup is no sheet's.
const mostSilentBytes = 8 * 1024 * 1024

/**
 * Opens a workbook. The sizes its directory declares are added up before anything is unpacked, and unpacking stops
 * where a part is larger than declared, so a bomb of any kind costs nothing.
 */
export async function openXlsx(file: FileSource, maxUnpackedBytes: number): Promise<XlsxPackage> {
  const zip = await openZip(file)
  const parts = new Map<string, yauzl.Entry>()
  let unpacked = 0
  try {
    await new Promise<void>((done, fail) => {
      zip.on('error', fail)
      zip.on('end', () => done())
      zip.on('entry', (entry: yauzl.Entry) => {
        unpacked += entry.uncompressedSize
        if (unpacked > maxUnpackedBytes) return fail(new BadWorkbook('too large', 'size'))
        if (parts.size >= mostParts) return fail(new BadWorkbook('it has too many parts'))
        parts.set(entry.fileName.replace(/^\//, '').toLowerCase(), entry)
        zip.readEntry()
      })
      zip.readEntry()
    })
  } catch (error) {
    zip.close()
    throw asBad(error)
  }

  async function* chunksOf(part: string): AsyncGenerator<Buffer> {
    const entry = parts.get(part.toLowerCase())
    if (!entry) throw new BadWorkbook(`it has no ${part}`)
    if (entry.isEncrypted()) throw new BadWorkbook('it is locked with a password')
    const stream = await new Promise<NodeJS.ReadableStream>((done, fail) =>
      zip.openReadStream(entry, (error, opened) => (opened ? done(opened) : fail(asBad(error)))),
    )
    for await (const chunk of stream) yield chunk as Buffer
  }

  async function* readInPieces<T>(part: string, handler: XmlHandler, take: () => T[]): AsyncGenerator<T[]> {
    let silentBytes = 0
    let depth = 0
    const parser = new Parser(
      {
        onopentag: (name, attributes) => {
          silentBytes = 0
          depth += 1
          if (depth > 100) throw new BadWorkbook('its elements are nested too deep')
          handler.open?.(local(name), attributes)
        },
        ontext: (text) => handler.text?.(text),
        onclosetag: (name) => {
          depth -= 1
          handler.close?.(local(name))
        },
      },
      // Knows the five entities of XML and numbers; a document type of its own is passed over.
      { xmlMode: true, decodeEntities: true },
    )
    const decoder = new TextDecoder()
    try {
      for await (const chunk of chunksOf(part)) {
        silentBytes += chunk.byteLength
        if (silentBytes > mostSilentBytes) throw new BadWorkbook('an element of it never ends')
        parser.write(decoder.decode(chunk, { stream: true }))
        const ready = take()
        if (ready.length > 0) yield ready
        if (handler.done?.()) return
      }
      parser.end()
    } catch (error) {
      throw asBad(error)
    }
    const last = take()
    if (last.length > 0) yield last
  }

  return {
    has: (part) => parts.has(part.toLowerCase()),
    readInPieces,
    async read(part, handler) {
      for await (const _none of readInPieces(part, handler, () => [])) continue
    },
    close: () => zip.close(),
  }
}

function openZip(file: FileSource): Promise<yauzl.ZipFile> {
  const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true, decodeStrings: true }
  return new Promise((done, fail) => {
    const opened = (error: Error | null, zip?: yauzl.ZipFile): void => (zip ? done(zip) : fail(asBad(error)))
    if (typeof file === 'string') yauzl.open(file, options, opened)
    else yauzl.fromBuffer(asBuffer(file), options, opened)
  })
}

function asBad(error: unknown): Error {
  if (error instanceof BadWorkbook) return error
  return new BadWorkbook(error instanceof Error ? error.message : 'it cannot be unpacked')
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
