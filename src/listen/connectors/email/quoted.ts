/**
 * What the sender says now, without the earlier messages below it. A text that is nothing but a quotation stays as it
 * is, for then the quotation is what they sent.
 */
export function spoken(text: string): string {
  const lines = text.split('\n')
  const end = lines.findIndex((line, at) => beginsQuotation(lines, at, line))
  const own = (end === -1 ? lines : lines.slice(0, end)).filter((line) => !/^>/.test(line)).join('\n')
  const tidied = own.replace(/\n{3,}/g, '\n\n').trim()
  return tidied === '' ? text.trim() : tidied
}

/** Mail programs write one of these before what they quote, sometimes over two lines. */
function beginsQuotation(lines: string[], at: number, line: string): boolean {
  if (/^-{2,}\s*(original message|исходное сообщение|пересылаемое сообщение|forwarded message)\s*-{2,}/i.test(line))
    return true
  // A quotation to the end of the text, with nothing said below it.
  const below = lines.slice(at)
  const isRest = (from: number) => lines.slice(from).every((one) => /^>|^\s*$/.test(one))
  if (/^>/.test(line)) return below.length > 0 && isRest(at)
  const both = `${line} ${lines[at + 1] ?? ''}`
  const ends = /:\s*$/.test(line) ? at + 1 : /:\s*$/.test(lines[at + 1] ?? '') ? at + 2 : 0
  return ends > 0 && introduces.test(both) && isRest(ends) && ends < lines.length
}

const introduces =
  /^(on\b.+\bwrote:|am\b.+\bschrieb\b.*:|le\b.+\ba écrit\s?:|.*\d.*(пишет|написал|написала|написал\(а\)|писал\(а\))\s?:|.*<[^>]+@[^>]+>:)/i
