import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/**
 * The text of a feed or page. A byte order mark is believed first, then the XML declaration or the page's own meta
 * tag, then the header: servers send a default charset for everything, authors write down what they used. What is
 * neither marked nor valid UTF-8 is windows-1251, the usual case of old Russian sites.
 */
export function decodeDocument(bytes: Uint8Array, contentType: string | null): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const marked = byMark(buffer)
  if (marked !== null) return iconv.decode(buffer, marked)
  const named = declaredInside(buffer) ?? /charset\s*=\s*["']?([\w-]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8'
  const declared = iconv.encodingExists(named) ? named.toLowerCase() : 'utf-8'
  // A template often declares what the text is not. Valid UTF-8 hardly ever is anything else, except where letters are
  // written in seven bits.
  if (isUtf8(buffer) && !declared.startsWith('iso-2022')) return buffer.toString('utf8')
  if (!/^utf-?8$/.test(declared)) return iconv.decode(buffer, declared)
  return mostlyUtf8(buffer) ? buffer.toString('utf8') : iconv.decode(buffer, 'windows-1251')
}

function byMark(bytes: Buffer): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be'
  // Without a mark, `<?` in two-byte letters gives it away.
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf16le'
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf16be'
  return null
}

function declaredInside(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 2048).toString('latin1')
  return (
    /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w-]+)["']/i.exec(head)?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w-]+)/i.exec(head)?.[1] ??
    null
  )
}

/** A cut or damaged letter here and there does not make a text windows-1251. */
function mostlyUtf8(bytes: Buffer): boolean {
  const broken = bytes.toString('utf8').split('\ufffd').length - 1
  return broken < 10 || broken < bytes.byteLength / 1000
}
