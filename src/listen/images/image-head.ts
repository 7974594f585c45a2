/** The kinds of pictures that are shown: none of them can carry a script. */
export const imageTypes = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'] as const
export type ImageType = (typeof imageTypes)[number]

/** Sides in pixels, as the file says. */
export type ImageHead = { type: ImageType; width: number; height: number }

/**
 * What a file is by its first bytes, whatever it is called or said to be; null where it is none of the kinds that are shown, or too
 * short or too broken to say how large it is. The places of the numbers are those of PNG 3rd edition 11.2.2, GIF89a 18,
 * RFC 9649 2.3–2.7, ITU T.81 B.2.2 and ISO 23008-12 6.5.3.
 */
export function readImageHead(bytes: Uint8Array): ImageHead | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const head = readPng(file) ?? readGif(file) ?? readWebp(file) ?? readJpeg(file) ?? readAvif(file)
    return head !== null && head.width > 0 && head.height > 0 ? head : null
  } catch (error) {
    // A file that ends in its head.
    if (error instanceof RangeError) return null
    throw error
  }
}

function readPng(file: Buffer): ImageHead | null {
  if (!startsWith(file, '\x89PNG\r\n\x1a\n') || text(file, 12, 4) !== 'IHDR') return null
  return { type: 'image/png', width: file.readUInt32BE(16), height: file.readUInt32BE(20) }
}

function readGif(file: Buffer): ImageHead | null {
  if (!startsWith(file, 'GIF87a') && !startsWith(file, 'GIF89a')) return null
  return { type: 'image/gif', width: file.readUInt16LE(6), height: file.readUInt16LE(8) }
}

function readWebp(file: Buffer): ImageHead | null {
  if (!startsWith(file, 'RIFF') || text(file, 8, 4) !== 'WEBP') return null
  const type = 'image/webp'
  switch (text(file, 12, 4)) {
    case 'VP8 ':
      return { type, width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff }
    case 'VP8L': {
      const bits = file.readUInt32LE(21)
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
    }
    case 'VP8X':
      return { type, width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 }
    default:
      return null
  }
}

/** Segments follow each other with their lengths; one of them, whichever way the picture is packed, begins the frame. */
function readJpeg(file: Buffer): ImageHead | null {
  if (!startsWith(file, '\xff\xd8\xff')) return null
  for (let at = 2; ;) {
    if (file.readUInt8(at) !== 0xff) return null
    const marker = file.readUInt8(at + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { type: 'image/jpeg', width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) }
    // A marker may be filled up with more of its first byte.
    at += marker === 0xff ? 1 : 2 + file.readUInt16BE(at + 2)
  }
}

/** Its parts may be drawn from several pictures, each with its size; the largest is the one that is shown. */
function readAvif(file: Buffer): ImageHead | null {
  if (text(file, 4, 4) !== 'ftyp') return null
  const brands = text(file, 8, Math.min(file.readUInt32BE(0), 256) - 8)
  if (!/^(.{4}){0,62}avi[fs]/s.test(brands)) return null
  let largest: ImageHead | null = null
  const head = file.subarray(0, 65_536)
  for (let at = head.indexOf('ispe'); at >= 0; at = head.indexOf('ispe', at + 4)) {
    const [width, height] = [head.readUInt32BE(at + 8), head.readUInt32BE(at + 12)]
    if (largest === null || width * height > largest.width * largest.height)
      largest = { type: 'image/avif', width, height }
  }
  return largest
}

function startsWith(file: Buffer, letters: string): boolean {
  return text(file, 0, letters.length) === letters
}

function text(file: Buffer, from: number, length: number): string {
  return file.toString('latin1', from, from + length)
}
