import { crc32, deflateSync } from 'node:zlib'

/** A whole PNG of one colour. */
export function png(
  width: number,
  height: number,
  colour: [number, number, number] = [200, 60, 60],
): Buffer<ArrayBuffer> {
  const row = Buffer.concat([Buffer.of(0), Buffer.alloc(width * 3, Buffer.of(...colour))])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  const signature = Buffer.from('89504e470d0a1a0a', 'hex')
  return Buffer.concat([signature, pngHead(width, height).subarray(8), part('IDAT', pixels), part('IEND', Buffer.of())])
}

/** The beginning of a PNG, which says how large it is. */
export function pngHead(width: number, height: number): Buffer<ArrayBuffer> {
  const size = Buffer.alloc(13)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  size.set([8, 2], 8) // eight bits of red, green and blue each
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), part('IHDR', size)])
}

function part(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const whole = Buffer.alloc(body.length + 8)
  whole.writeUInt32BE(data.length, 0)
  whole.set(body, 4)
  whole.writeUInt32BE(crc32(body), body.length + 4)
  return whole
}

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

/** The beginnings of files of each kind, 320 to 240 pixels large. */
export const heads = {
  'image/png': pngHead(320, 240),
  'image/gif': Buffer.concat([Buffer.from('GIF89a'), hex('4001 f000 80 00 00')]),
  // JFIF, a table that looks like a frame to whoever does not count, and a progressive frame behind a filled up marker.
  'image/jpeg': hex(
    'ffd8 ffe0 0010 4a46494600 0101 00 0048 0048 0000 ffdb 0006 ffc0 0000 ffff c2 0011 08 00f0 0140 03',
  ),
  'image/webp': Buffer.concat([
    Buffer.from('RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0', 'latin1'),
    hex('300100 9d012a 4001 f000'),
  ]),
  'image/avif': Buffer.concat([
    hex('0000001c'),
    Buffer.from('ftypavif\0\0\0\0mif1avifmiaf', 'latin1'),
    // The size of a thumbnail, and that of the picture.
    hex('00000014 69737065 00000000 00000050 0000003c'),
    hex('00000014 69737065 00000000 00000140 000000f0'),
  ]),
}
/** The two other ways in which WebP says its size. */
export const webps = [
  Buffer.concat([Buffer.from('RIFF\x24\0\0\0WEBPVP8L\x18\0\0\0', 'latin1'), hex('2f 3fc13b00')]),
  Buffer.concat([Buffer.from('RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0', 'latin1'), hex('10000000 3f0100 ef0000')]),
]
