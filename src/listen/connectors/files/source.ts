import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'

/** A file on disk, or one that is in memory already. */
export type FileSource = string | Uint8Array

const chunkBytes = 256 * 1024

export async function sizeOf(file: FileSource): Promise<number> {
  if (typeof file !== 'string') return file.byteLength
  await using handle = await open(file)
  return (await handle.stat()).size
}

/** The first bytes of a file, fewer when it is shorter. */
export async function headOf(file: FileSource, bytes: number): Promise<Buffer> {
  if (typeof file !== 'string') return asBuffer(file).subarray(0, bytes)
  await using handle = await open(file)
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(bytes), 0, bytes, 0)
  return buffer.subarray(0, bytesRead)
}

/** The bytes of a file in order, a piece at a time. */
export async function* bytesOf(file: FileSource): AsyncGenerator<Buffer> {
  if (typeof file === 'string') {
    for await (const chunk of createReadStream(file, { highWaterMark: chunkBytes })) yield chunk as Buffer
    return
  }
  const buffer = asBuffer(file)
  for (let at = 0; at < buffer.byteLength; at += chunkBytes) yield buffer.subarray(at, at + chunkBytes)
}

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
