import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { constants, gunzipSync, gzipSync } from 'node:zlib'

/** What a model file holds besides its numbers: what it is for, and what was measured when it was learnt. */
export type ModelMeta = { task: string; version: number; [more: string]: unknown }

export type ModelArrays = { [name: string]: Int8Array | Uint8Array | Int32Array | Float32Array }

/** Says which file and what to do; the file's name is in the message. */
export class BrokenModel extends Error {}

export function writeModel(path: string, meta: ModelMeta, arrays: ModelArrays): void {
  writeFileSync(path, packModel(meta, arrays))
}

/** Reads a model of a task; throws `BrokenModel` when the file is absent, cut, changed, of another task or a newer Heed. */
export function readModel(path: string, task: string): { meta: ModelMeta; arrays: ModelArrays } {
  return unpackModel(bytesOf(path), path, task)
}

/**
 * The file: "HEED", the format's version, the length of the description, SHA-256 of the rest, the description as JSON,
 * and the columns, packed, each beginning at a multiple of eight. The same model gives the same bytes.
 */
export function packModel(meta: ModelMeta, arrays: ModelArrays): Buffer {
  const columns: Column[] = []
  const parts: Uint8Array[] = []
  let at = 0
  for (const [name, array] of Object.entries(arrays)) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
    columns.push({ name, type: array.constructor.name as Column['type'], at, length: array.length })
    parts.push(bytes, new Uint8Array(-bytes.length & 7))
    at += bytes.length + (-bytes.length & 7)
  }
  const description = Buffer.from(JSON.stringify({ meta, columns }))
  const packed = gzipSync(Buffer.concat(parts), { level: constants.Z_BEST_COMPRESSION })
  const head = Buffer.alloc(headLength)
  head.write(magic)
  head.writeUInt32LE(format, 4)
  head.writeUInt32LE(description.length, 8)
  createHash('sha256').update(description).update(packed).digest().copy(head, 12)
  return Buffer.concat([head, description, packed])
}

/** The same from bytes that lie elsewhere; `path` names them in what is thrown. */
export function unpackModel(file: Buffer, path: string, task: string): { meta: ModelMeta; arrays: ModelArrays } {
  if (file.length < headLength || file.toString('latin1', 0, 4) !== magic)
    throw new BrokenModel(`${path} is no model of Heed`)
  if (file.readUInt32LE(4) !== format)
    throw new BrokenModel(`${path} was written by another version of Heed; make it anew with: npm run train`)
  const sum = createHash('sha256').update(file.subarray(headLength)).digest()
  if (!sum.equals(file.subarray(12, headLength)))
    throw new BrokenModel(
      `${path} is damaged: its checksum does not agree. Fetch it again or make it anew with: npm run train`,
    )
  const descriptionEnd = headLength + file.readUInt32LE(8)
  const { meta, columns } = JSON.parse(file.toString('utf8', headLength, descriptionEnd)) as {
    meta: ModelMeta
    columns: Column[]
  }
  if (meta.task !== task) throw new BrokenModel(`${path} is a model for ${meta.task}, not for ${task}`)
  const unpacked = gunzipSync(file.subarray(descriptionEnd))
  // A copy of its own begins at a place that every kind of number may begin at.
  const buffer = new Uint8Array(unpacked).buffer
  const arrays: ModelArrays = {}
  for (const { name, type, at, length } of columns) arrays[name] = new kinds[type](buffer, at, length)
  return { meta, arrays }
}

type Column = { name: string; type: keyof typeof kinds; at: number; length: number }

const kinds = { Int8Array, Uint8Array, Int32Array, Float32Array }
const magic = 'HEED'
const format = 1
const headLength = 44

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new BrokenModel(`${path} cannot be read: ${(error as Error).message}`)
  }
}
