import { fromWall } from '../../base/time/zone.ts'

/** How a moment was written when it names no zone: the project's, as an IANA name. */
export type DateOptions = { timeZone: string }

/**
 * The moment a text or a number means; null when it means none. Understands ISO 8601, RFC 822 and its many
 * relatives, `dd.mm.yyyy hh:mm`, months in words (Russian, English), and unix time in seconds, milliseconds or
 * microseconds. Without a zone it is wall time in `timeZone`. A day that does not exist (31.02) is not a moment.
 */
export function parseMoment(value: string | number, options: DateOptions): Date | null {
  if (typeof value === 'number') return fromUnix(value)
  const text = value.trim().replace(/[\u00a0\u202f]/g, ' ')
  if (text === '' || text.length > 60) return null
  if (/^\d{9,17}(\.\d+)?$/.test(text)) return fromUnix(Number(text))
  const parts = inNumbers(text) ?? inWords(text)
  return parts && fromParts(parts, options.timeZone)
}

/**
 * The moment of a cell in a spreadsheet that counts days since 1900 (or 1904). Spreadsheets know no zones.
 * Numbers before 1954 or after 2119 are more likely something else.
 */
export function parseExcelSerial(serial: number, options: DateOptions & { from1904?: boolean }): Date | null {
  const days = serial + (options.from1904 ? 1462 : 0)
  if (!(days >= 20_000 && days <= 80_000)) return null
  // Serial 25569 is 1970-01-01. Floating-point days are only exact to some milliseconds.
  const wall = Math.round((days - 25_569) * 86_400) * 1000
  return new Date(fromWall(wall, options.timeZone))
}

/** Not before the web, and not later than a day after now; otherwise the platform's clock says nothing. */
export function isPlausible(moment: Date, now: Date): boolean {
  return moment.getTime() > Date.UTC(1990, 0, 1) && moment.getTime() <= now.getTime() + 24 * 3_600_000
}

export function isTimeZone(name: string): boolean {
  try {
    fromWall(0, name)
    return true
  } catch {
    return false
  }
}

type Parts = {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  ms: number
  offsetMinutes: number | null
}

const clock = String.raw`(?:(?:T|,?\s+|,?\s*в\s+)(\d{1,2})(?::|\.)(\d{2})(?:(?::|\.)(\d{2})(?:[.,](\d{1,9}))?)?\s*(am|pm)?)?`
const zone = String.raw`\s*(Z|UTC|GMT|[A-Z]{2,4}|(?:GMT|UTC)?[+-]\d{1,2}:?(?:\d{2})?)?(?:\s*\([^)]*\))?`
const yearFirst = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${clock}${zone}$`, 'i')
const dayFirst = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?:\s*г\.?)?${clock}${zone}$`, 'i')
const compact = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?(Z)?)?$/
const worded = new RegExp(
  String.raw`^(?:\p{L}{2,12}\.?,?\s+)?(\d{1,2})[\s-]+(\p{L}{3,10})\.?,?[\s-]+(\d{4}|\d{2})(?:\s*(?:г\.?|года))?${clock}${zone}$`,
  'iu',
)
const monthFirst = new RegExp(
  String.raw`^(?:\p{L}{3,10},?\s+)?(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})${clock}${zone}$`,
  'iu',
)

function inNumbers(text: string): Parts | null {
  const iso = yearFirst.exec(text)
  if (iso) return made(iso[1], iso[3], iso[4], iso.slice(5))
  const found = dayFirst.exec(text)
  if (found) {
    // With slashes Americans put the month first; only a day above 12 tells.
    const american = found[2] === '/' && Number(found[3]) > 12
    return american
      ? made(found[4], found[1], found[3], found.slice(5))
      : made(found[4], found[3], found[1], found.slice(5))
  }
  const dense = compact.exec(text)
  return dense && made(dense[1], dense[2], dense[3], [dense[4], dense[5], dense[6], undefined, undefined, dense[7]])
}

function inWords(text: string): Parts | null {
  const found = worded.exec(text)
  if (found) return made(found[3], monthOf(found[2]), found[1], found.slice(4))
  const english = monthFirst.exec(text)
  return english && made(english[3], monthOf(english[1]), english[2], english.slice(4))
}

const months = [
  'янв|jan',
  'фев|feb',
  'мар|mar',
  'апр|apr',
  'ма[йя]|may',
  'июн|jun',
  'июл|jul',
  'авг|aug',
  'сен|sep',
  'окт|oct',
  'ноя|nov',
  'дек|dec',
].map((stems) => new RegExp(`^(?:${stems})`, 'i'))

function monthOf(word: string | undefined): string {
  return String(months.findIndex((stem) => stem.test(word ?? '')) + 1)
}

function made(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  rest: (string | undefined)[],
): Parts | null {
  const [hour, minute, second, fraction, half, zoneName] = rest
  const offsetMinutes = zoneName === undefined ? null : offsetOf(zoneName)
  if (Number.isNaN(offsetMinutes)) return null
  const written = Number(year)
  const twelve = Number(hour ?? 0)
  return {
    year: year?.length === 2 ? written + (written < 70 ? 2000 : 1900) : written,
    month: Number(month),
    day: Number(day),
    hour: half === undefined ? twelve : (twelve % 12) + (half.toLowerCase() === 'pm' ? 12 : 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    ms: Math.floor(Number(`0.${fraction ?? 0}`) * 1000),
    offsetMinutes,
  }
}

// Names are ambiguous around the world; these are the ones RFC 822 fixes, and the Russian ones.
const zoneNames: { [name: string]: number } = {
  Z: 0,
  UT: 0,
  UTC: 0,
  GMT: 0,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  MSK: 180,
  MSD: 240,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
}

/** Minutes east of Greenwich; NaN for a name nobody knows. */
function offsetOf(name: string): number {
  const upper = name.toUpperCase()
  const numeric = /^(?:GMT|UTC)?([+-])(\d{1,2}):?(\d{2})?$/.exec(upper)
  if (!numeric) return zoneNames[upper] ?? Number.NaN
  const minutes = Number(numeric[2]) * 60 + Number(numeric[3] ?? 0)
  return minutes > 15 * 60 ? Number.NaN : numeric[1] === '-' ? -minutes : minutes
}

function fromParts(parts: Parts, timeZone: string): Date | null {
  const { year, month, day, hour, minute, second, ms } = parts
  // 24:00 is the end of the day and :60 a leap second; both roll over.
  if (year < 1000 || hour > 24 || minute > 59 || second > 60 || (hour === 24 && minute + second > 0)) return null
  const midnight = new Date(Date.UTC(year, month - 1, day))
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return null
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, ms)
  return parts.offsetMinutes === null
    ? new Date(fromWall(wall, timeZone))
    : new Date(wall - parts.offsetMinutes * 60_000)
}

function fromUnix(value: number): Date | null {
  // Seconds until 5138, then milliseconds, then microseconds: each is a thousand times the one before.
  const ms = value < 1e11 ? value * 1000 : value < 1e14 ? value : value / 1000
  return value >= 1e8 && value < 1e17 ? new Date(Math.round(ms)) : null
}
