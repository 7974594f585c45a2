/**
 * A count as people and exports write it: `1 234`, `1,234`, `12.5K`, `1,2 тыс.`, `3 млн`; null when it is none.
 * Counts are whole, so one group of three digits after a comma or a dot is thousands.
 */
export function parseCount(text: string): number | null {
  const found = /^\+?([\d.,' ]*\d)\s*([a-zа-яё]*)\.?\+?$/i.exec(text.replace(/[\s\u00a0\u202f\u2009]+/g, ' ').trim())
  if (!found) return null
  const [, digits = '', suffix = ''] = found
  const factor = suffix === '' ? 1 : factorOf(suffix.toLowerCase())
  if (factor === null) return null
  const value = parseDecimal(digits, factor === 1) * factor
  return Number.isFinite(value) && value <= Number.MAX_SAFE_INTEGER ? Math.round(value) : null
}

/** A rating from 1 to 5: `4,5`, `5/5`, `4 из 5`, `★★★★☆`; null when it is none or on another scale. */
export function parseRating(text: string): number | null {
  // Phones put an invisible mark behind a star to show it in colour.
  const written = text.trim().replaceAll('\ufe0f', '')
  if (/^[★⭐☆]+$/u.test(written)) return inRange([...written].filter((sign) => sign === '★' || sign === '⭐').length)
  const found = /^(\d(?:[.,]\d+)?)\s*(?:(?:\/|из|of|out of)\s*5(?:[.,]0+)?)?$/i.exec(written)
  return found ? inRange(Number(found[1]?.replace(',', '.'))) : null
}

function inRange(value: number): number | null {
  return value >= 1 && value <= 5 ? value : null
}

const factors: [RegExp, number][] = [
  [/^(k|к|т|тыс|тысяч|тысяча|тысячи|thousand)$/, 1e3],
  [/^(m|mln|м|млн|миллион|миллиона|миллионов|million)$/, 1e6],
  [/^(b|bn|млрд|миллиард|миллиарда|миллиардов|billion)$/, 1e9],
]

function factorOf(suffix: string): number | null {
  return factors.find(([words]) => words.test(suffix))?.[1] ?? null
}

function parseDecimal(digits: string, whole: boolean): number {
  const text = digits.replace(/[' ]/g, '')
  const grouped = whole ? /^\d{1,3}([.,])\d{3}(\1\d{3})*$/ : /^\d{1,3}([.,])\d{3}(\1\d{3})+$/
  if (grouped.test(text)) return Number(text.replace(/[.,]/g, ''))
  // With both signs the last one divides the fraction.
  const at = Math.max(text.lastIndexOf(','), text.lastIndexOf('.'))
  if (at === -1) return Number(text)
  const head = text.slice(0, at).replace(/[.,]/g, '')
  return text.indexOf(text[at] ?? '') !== at ? Number.NaN : Number(`${head}.${text.slice(at + 1)}`)
}
