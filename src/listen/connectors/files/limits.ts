/** How much of a file is read before it is taken for a mistake or an attack. Messages name the limit that was met. */
export type FileLimits = {
  maxBytes: number
  /** For workbooks, which are packed. */
  maxUnpackedBytes: number
  /** Different texts of a workbook, each of which takes a few bytes of memory. */
  maxTexts: number
  maxRows: number
  maxColumns: number
  maxCellLength: number
  /** Bytes of one row in the file. */
  maxRowLength: number
}

export const defaultLimits: FileLimits = {
  maxBytes: 1024 * 1024 * 1024,
  maxUnpackedBytes: 2 * 1024 * 1024 * 1024,
  maxTexts: 10_000_000,
  maxRows: 5_000_000,
  maxColumns: 1000,
  maxCellLength: 200_000,
  maxRowLength: 2 * 1024 * 1024,
}

/** The limits that whoever runs Heed may set; the others are ours. */
export function fileLimits(set: {
  uploadBytes: number
  importRows: number
  unpackedBytes: number
  sheetTexts: number
}): Partial<FileLimits> {
  return {
    maxBytes: set.uploadBytes,
    maxRows: set.importRows,
    maxUnpackedBytes: set.unpackedBytes,
    maxTexts: set.sheetTexts,
  }
}
