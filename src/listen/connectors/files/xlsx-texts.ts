import type { FileLimits } from './limits.ts'
import { SpilledTexts } from './spilled-texts.ts'
import { BadWorkbook, type XlsxPackage } from './xlsx-package.ts'

const part = 'xl/sharedStrings.xml'

/** The texts that the cells of a workbook name by number, read as far as they are needed. Must be closed. */
export type SharedTexts = {
  /** Reads on until the text of this number is known, or there are no more. */
  reach(index: number): Promise<void>
  /** Null where the workbook has no such text, or it was not reached. */
  get(index: number): string | null
  close(): Promise<void>
}

/** `longest` cuts what is longer; the cell is refused for its length later. Throws BadWorkbook beyond `maxTexts`. */
export function openSharedTexts(xlsx: XlsxPackage, limits: FileLimits): SharedTexts {
  const texts = new SpilledTexts()
  const pieces = xlsx.has(part) ? readTexts(xlsx, limits) : null
  let ended = pieces === null
  return {
    async reach(index) {
      while (!ended && texts.length <= index) {
        const piece = await pieces?.next()
        if (piece === undefined || piece.done) ended = true
        else {
          if (texts.length + piece.value.length > limits.maxTexts) throw new BadWorkbook('too many texts', 'texts')
          for (const text of piece.value) texts.push(text)
        }
      }
    },
    get: (index) => texts.get(index),
    async close() {
      await pieces?.return(undefined)
      texts.close()
    },
  }
}

function readTexts(xlsx: XlsxPackage, limits: FileLimits): AsyncGenerator<string[]> {
  let ready: string[] = []
  let text = ''
  let reading = false
  let phonetic = 0
  return xlsx.readInPieces<string>(
    part,
    {
      open(name) {
        if (name === 'si') text = ''
        else if (name === 't') reading = true
        else if (name === 'rPh') phonetic += 1
      },
      text(piece) {
        // Hints of how to read Japanese are not part of the text.
        if (reading && phonetic === 0 && text.length <= limits.maxCellLength) text += piece
      },
      close(name) {
        if (name === 't') reading = false
        else if (name === 'rPh') phonetic -= 1
        else if (name === 'si') ready.push(text.slice(0, limits.maxCellLength + 1))
      },
    },
    () => {
      const taken = ready
      ready = []
      return taken
    },
  )
}
