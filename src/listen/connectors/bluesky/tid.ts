import { createHash } from 'node:crypto'

const signs = '234567abcdefghijklmnopqrstuvwxyz'

/**
 * The key of a record that belongs to a key of ours, of the form that Bluesky asks for: thirteen signs, of which the
 * first ones are the moment in microseconds. The same key and moment give the same record, and the twenty bits below
 * the millisecond keep apart what begins together.
 */
export function recordKey(key: string, at: Date): string {
  const hash = createHash('sha256').update(key).digest()
  const microseconds = BigInt(at.getTime()) * 1000n + BigInt(hash.readUInt32BE(0) % 1000)
  let rest = (microseconds << 10n) | BigInt(hash.readUInt16BE(4) % 1024)
  let written = ''
  for (let sign = 0; sign < 13; sign += 1) {
    written = signs[Number(rest & 31n)] + written
    rest >>= 5n
  }
  return written
}

/** When a record with this key was written, as its writer has it; null for a key of another form. */
export function momentOfKey(rkey: string): Date | null {
  if (!/^[234567a-j][234567a-z]{12}$/.test(rkey)) return null
  const number = [...rkey].reduce((sum, sign) => (sum << 5n) | BigInt(signs.indexOf(sign)), 0n)
  return new Date(Number((number >> 10n) / 1000n))
}
