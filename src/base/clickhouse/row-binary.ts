/** Types of columns by their names, as ClickHouse writes them. */
export type ColumnTypes = { [column: string]: string }

/** Rows one behind the other; `ends` says where each ends. */
export type EncodedRows = { bytes: Uint8Array<ArrayBuffer>; ends: number[] }

/**
 * Writes rows in ClickHouse's format RowBinary, which it reads several times faster than JSON. Moments are texts as `moment`
 * writes them; numbers of 16 and 32 bits and fixed texts may come packed. A column of a type that is not known here throws.
 */
export class RowEncoder {
  readonly #columns: { name: string; write: Write }[]
  #out = new Output()
  #ends: number[] = []

  constructor(types: ColumnTypes) {
    this.#columns = Object.entries(types).map(([name, type]) => ({ name, write: writerOf(type) }))
  }

  add(row: { readonly [column: string]: unknown }): void {
    for (const { name, write } of this.#columns) write(this.#out, row[name])
    this.#ends.push(this.#out.length)
  }

  /** What was added since the last call. */
  take(): EncodedRows {
    const rows = { bytes: this.#out.bytes(), ends: this.#ends }
    // The next rows are mostly about as many.
    this.#out = new Output(Math.ceil(rows.bytes.length * 1.25))
    this.#ends = []
    return rows
  }
}

/** The rows with one more text behind each: a last column. */
export function appendTexts({ bytes, ends }: EncodedRows, texts: readonly string[]): EncodedRows {
  const out = new Output(texts.reduce((sum, text) => sum + Buffer.byteLength(text) + longestSize, bytes.length))
  const newEnds: number[] = []
  for (const [row, end] of ends.entries()) {
    out.copy(bytes.subarray(ends[row - 1] ?? 0, end))
    out.text(texts[row]!)
    newEnds.push(out.length)
  }
  return { bytes: out.bytes(), ends: newEnds }
}

/** Only these of the rows, in this order. */
export function pickRows({ bytes, ends }: EncodedRows, picked: readonly number[]): EncodedRows {
  const out = new Output(picked.reduce((sum, row) => sum + ends[row]! - (ends[row - 1] ?? 0), 0))
  const newEnds: number[] = []
  for (const row of picked) {
    out.copy(bytes.subarray(ends[row - 1] ?? 0, ends[row]))
    newEnds.push(out.length)
  }
  return { bytes: out.bytes(), ends: newEnds }
}

type Write = (out: Output, value: unknown) => void

function writerOf(type: string): Write {
  const [, outer, inner] = /^(Array|Nullable|LowCardinality)\((.+)\)$/.exec(type) ?? []
  if (outer === 'LowCardinality') return writerOf(inner!)
  if (outer === 'Nullable') return nullable(writerOf(inner!))
  if (outer === 'Array')
    return packedSizes[inner!] ? packed(packedSizes[inner!]!, writerOf(inner!)) : array(writerOf(inner!))
  const [, length] = /^FixedString\((\d+)\)$/.exec(type) ?? []
  if (length) return fixed(Number(length))
  if (type.startsWith('DateTime64(3')) return moment()
  const plain = writers[type]
  if (!plain) throw new Error(`RowBinary does not know the type ${type}`)
  return plain
}

const writers: { [type: string]: Write } = {
  String: (out, value) => out.text(value as string),
  Bool: (out, value) => out.byte(value ? 1 : 0),
  UInt8: (out, value) => out.byte(value as number),
  UInt16: (out, value) => out.uint16(value as number),
  UInt32: (out, value) => out.uint32(value as number),
  UInt64: (out, value) => out.uint64(value as number),
  Float32: (out, value) => out.float32(value as number),
  Float64: (out, value) => out.float64(value as number),
}

function nullable(write: Write): Write {
  return (out, value) => {
    out.byte(value === null ? 1 : 0)
    if (value !== null) write(out, value)
  }
}

function array(write: Write): Write {
  return (out, value) => {
    const items = value as unknown[]
    out.size(items.length)
    for (const item of items) write(out, item)
  }
}

/** How many bytes an item of an array has that may also come as a typed array, or as bytes. */
const packedSizes: { [type: string]: number } = { UInt16: 2, UInt32: 4, 'FixedString(8)': 8 }

function packed(size: number, write: Write): Write {
  const one = array(write)
  return (out, value) => {
    if (!ArrayBuffer.isView(value)) return one(out, value)
    out.size(value.byteLength / size)
    out.copy(value)
  }
}

function moment(): Write {
  let text: unknown = null
  let milliseconds = 0
  return (out, value) => {
    // Many rows in a row have the same one.
    if (value !== text) milliseconds = Date.parse(`${String((text = value)).replace(' ', 'T')}Z`)
    out.uint64(milliseconds)
  }
}

function fixed(length: number): Write {
  return (out, value) => {
    const text = value as string
    if (text.length !== length) throw new Error(`Not ${length} letters: ${text}`)
    for (let i = 0; i < length; i++) out.byte(text.charCodeAt(i))
  }
}

const longestByHand = 40
/** Bytes before a text that say how long it is, at most. */
const longestSize = 5
const leastBytes = 1 << 16

/**
 * Bytes that grow; numbers have their lowest byte first. Room for as many as `expected` is taken with the first one, because memory
 * outside the heap makes the collector look through the whole heap the sooner, and growing takes it twice.
 */
class Output {
  #bytes = Buffer.allocUnsafeSlow(0)
  #view = new DataView(this.#bytes.buffer)
  #at = 0
  readonly #expected: number

  constructor(expected = 0) {
    this.#expected = Math.max(leastBytes, expected)
  }

  get length(): number {
    return this.#at
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#at)
  }

  byte(value: number): void {
    if (this.#at === this.#bytes.length) this.#grow(1)
    this.#bytes[this.#at++] = value
  }

  uint16(value: number): void {
    if (this.#at + 2 > this.#bytes.length) this.#grow(2)
    this.#view.setUint16(this.#at, value, true)
    this.#at += 2
  }

  uint32(value: number): void {
    if (this.#at + 4 > this.#bytes.length) this.#grow(4)
    this.#view.setUint32(this.#at, value, true)
    this.#at += 4
  }

  /** Exact up to 2^53; a negative one as a signed number of 64 bits. */
  uint64(value: number): void {
    this.uint32(value >>> 0)
    this.uint32(Math.floor(value / 2 ** 32) >>> 0)
  }

  float32(value: number): void {
    if (this.#at + 4 > this.#bytes.length) this.#grow(4)
    this.#view.setFloat32(this.#at, value, true)
    this.#at += 4
  }

  float64(value: number): void {
    if (this.#at + 8 > this.#bytes.length) this.#grow(8)
    this.#view.setFloat64(this.#at, value, true)
    this.#at += 8
  }

  size(value: number): void {
    let rest = value
    while (rest > 127) {
      this.byte((rest & 127) | 128)
      rest >>>= 7
    }
    this.byte(rest)
  }

  copy(view: ArrayBufferView): void {
    const { byteLength } = view
    if (this.#at + byteLength > this.#bytes.length) this.#grow(byteLength)
    this.#bytes.set(new Uint8Array(view.buffer, view.byteOffset, byteLength), this.#at)
    this.#at += byteLength
  }

  text(value: string): void {
    if (value.length <= longestByHand && this.#plain(value)) return
    const length = Buffer.byteLength(value)
    this.size(length)
    if (this.#at + length > this.#bytes.length) this.#grow(length)
    this.#bytes.write(value, this.#at, length, 'utf8')
    this.#at += length
  }

  // Most texts are names and numbers of a few letters, for which a call of the system's encoder takes longest.
  #plain(value: string): boolean {
    const { length } = value
    if (this.#at + length + 1 > this.#bytes.length) this.#grow(length + 1)
    const bytes = this.#bytes
    const at = this.#at
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i)
      if (code > 127) return false
      bytes[at + 1 + i] = code
    }
    bytes[at] = length
    this.#at = at + 1 + length
    return true
  }

  #grow(least: number): void {
    const bytes = Buffer.allocUnsafeSlow(Math.max(this.#expected, this.#bytes.length * 2, this.#at + least))
    this.#bytes.copy(bytes, 0, 0, this.#at)
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }
}
