import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from 'node:zlib'

export type Decoded = { kind: 'whole'; bytes: Uint8Array } | { kind: 'too-large' } | { kind: 'broken'; reason: string }

/** What we tell servers we understand. */
export const acceptEncoding = 'gzip, deflate, br, zstd'

// Nobody honest compresses twice, and every layer multiplies what a small answer can grow to.
const maxLayers = 2

/**
 * Reads a body to its end, undoing its Content-Encoding. Stops as soon as more than `maxBytes` have come out of the
 * last layer, so a bomb costs at most `maxBytes` and one chunk. Rejects only with what the body itself reports
 * (a cut connection, an abort).
 */
export async function decodeBody(body: Readable, encoding: string, maxBytes: number): Promise<Decoded> {
  // Destroying a body early makes undici report an abort on it; nobody waits for that any more.
  body.on('error', () => undefined)
  try {
    const names = encoding
      .toLowerCase()
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && name !== 'identity')
    const unknown = names.find((name) => !(name in decoders))
    if (unknown !== undefined) return { kind: 'broken', reason: `its encoding ${unknown.slice(0, 40)} is unknown` }
    if (names.length > maxLayers) return { kind: 'broken', reason: 'it is compressed too many times' }
    const head = names.length === 0 ? new Uint8Array() : await peek(body)
    // A 304 or an empty page may carry the header without a body.
    if (names.length > 0 && head.byteLength === 0) return { kind: 'whole', bytes: head }
    const layers = names
      .reverse()
      .map((name, index) => decoders[name as keyof typeof decoders](index === 0 ? head : null))
    const last = layers.at(-1)
    // Its callback has nothing to do: the loop over the last layer hears of every failure.
    if (last) pipeline([body, ...layers], () => undefined)
    return await readUpTo(last ?? body, maxBytes)
  } catch (error) {
    if (body.errored) throw body.errored
    if (encoding === '') throw error
    return { kind: 'broken', reason: 'its compression is damaged' }
  } finally {
    body.destroy()
  }
}

const decoders = {
  gzip: (): Transform => createGunzip(),
  'x-gzip': (): Transform => createGunzip(),
  br: (): Transform => createBrotliDecompress(),
  zstd: (): Transform => createZstdDecompress(),
  // The standard means zlib, but many servers send the bare stream: zlib's first byte names method 8.
  deflate: (head: Uint8Array | null): Transform =>
    head === null || ((head[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw(),
}

async function peek(body: Readable): Promise<Uint8Array> {
  // An empty body never becomes readable, it only ends.
  await new Promise((done, fail) => body.once('readable', done).once('end', done).once('error', fail))
  const head: Buffer | null = body.read()
  if (head === null) return new Uint8Array()
  body.unshift(head)
  return head
}

async function readUpTo(stream: Readable, maxBytes: number): Promise<Decoded> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength
    if (size > maxBytes) return { kind: 'too-large' }
    chunks.push(chunk)
  }
  return { kind: 'whole', bytes: Buffer.concat(chunks, size) }
}
