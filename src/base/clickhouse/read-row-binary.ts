import type { ColumnTypes, EncodedRows } from './row-binary.ts'

/** One of these rows as the object that was written; packed numbers and fixed texts come as plain lists. */
export function decodeRow(
  types: ColumnTypes,
  { bytes, ends }: EncodedRows,
  row: number,
): { [column: string]: unknown } {
  const input = new Input(bytes, ends[row - 1] ?? 0)
  return Object.fromEntries(Object.entries(types).map(([name, type]) => [name, read(input, type)]))
}

function read(input: Input, type: string): unknown {
  const [, outer, inner] = /^(Array|Nullable|LowCardinality)\((.+)\)$/.exec(type) ?? []
  if (outer === 'LowCardinality') return read(input, inner!)
  if (outer === 'Nullable') return input.byte() === 1 ? null : read(input, inner!)
  if (outer === 'Array') return Array.from({ length: input.size() }, () => read(input, inner!))
  const [, length] = /^FixedString\((\d+)\)$/.exec(type) ?? []
  if (length) return input.text(Number(length))
  if (type.startsWith('DateTime64(3')) return new Date(input.uint64()).toISOString().slice(0, 23).replace('T', ' ')
  const plain = readers[type]
  if (!plain) throw new Error(`RowBinary does not know the type ${type}`)
  return plain(input)
}

const readers: { [type: string]: (input: Input) => unknown } = {
  String: (input) => input.text(input.size()),
  Bool: (input) => input.byte() === 1,
  UInt8: (input) => input.byte(),
  UInt16: (input) => input.uint16(),
  UInt32: (input) => input.uint32(),
  UInt64: (input) => input.uint64(),
  Float32: (input) => input.float32(),
  Float64: (input) => input.float64(),
}

class Input {
  readonly #bytes: Buffer
  #at: number

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#at = at
  }

  byte(): number {
    return this.#bytes.readUInt8(this.#move(1))
  }

  uint16(): number {
    return this.#bytes.readUInt16LE(this.#move(2))
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#move(4))
  }

  uint64(): number {
    return Number(this.#bytes.readBigInt64LE(this.#move(8)))
  }

  float32(): number {
    return this.#bytes.readFloatLE(this.#move(4))
  }

  float64(): number {
    return this.#bytes.readDoubleLE(this.#move(8))
  }

  size(): number {
    let size = 0
    for (let bits = 0; ; bits += 7) {
      const byte = this.byte()
      size += (byte & 127) * 2 ** bits
      if (byte < 128) return size
    }
  }

  text(length: number): string {
    const at = this.#move(length)
    return this.#bytes.toString('utf8', at, at + length)
  }

  #move(bytes: number): number {
    const at = this.#at
    this.#at += bytes
    return at
  }
}
