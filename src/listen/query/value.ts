import type { Field } from './fields.ts'
import type { ProblemKey } from './problems.ts'
import type { FieldValue } from './query.ts'
import type { Compare } from './tokens.ts'

type Found = { key: ProblemKey; values: { [name: string]: string | number }; text: string | null }
type Read = { values: FieldValue[]; problems: Found[] }

/**
 * A value as typed, brought to the one spelling that the tree keeps; empty when it says nothing. A range without one of its
 * ends in it is two values that must both hold.
 */
export function readValue(field: Field, typed: string, compare: Compare): Read {
  const inside = compare === 'range' ? typed.slice(1, -1).trim() : typed.trim()
  if (inside === '') return refuse('field-value')
  if (field.kind === 'place') return readPlace(inside)
  const ordered = field.kind === 'number' || field.kind === 'moment'
  if (compare === 'range') return ordered ? readRange(field, typed, inside) : refuse('field-order')
  const value = normalize(field, inside)
  if (value === null) return refuse(wrong(field))
  if (compare !== null) return ordered ? accept({ than: compare, value }) : refuse('field-order')
  if (field.kind === 'choice' && field.values && !field.values.includes(value)) {
    return {
      values: [{ is: value }],
      problems: [{ key: 'field-choice', values: { values: field.values.join(', ') }, text: null }],
    }
  }
  return accept({ is: value })
}

function readPlace(text: string): Read {
  const place = text.split(/[,;]\s*|\s+/).map(Number)
  const [latitude = NaN, longitude = NaN, km = NaN] = place
  const good = place.length === 3 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && km > 0 && km < 1e6
  return good ? accept({ is: place.join(',') }) : refuse('field-place')
}

/** `[3 TO 5]` with both ends, `{3 TO 5}` without them, `[3 TO *]` without an end. */
function readRange(field: Field, typed: string, inside: string): Read {
  const ends = inside.split(/\s+TO\s+|\.\.|\s*,\s*/).map((end) => end.trim())
  if (ends.length !== 2) return refuse(wrong(field))
  const [from, to] = ends.map((end) => (end === '*' ? undefined : normalize(field, end)))
  if (from === null || to === null || (from === undefined && to === undefined)) return refuse(wrong(field))
  const open = { from: typed.startsWith('{'), to: typed.endsWith('}') }
  if (from !== undefined && to !== undefined) {
    if (field.kind === 'number' ? Number(from) > Number(to) : from > to)
      return {
        values: [{ from, to }],
        problems: [
          { key: 'range-turned', values: {}, text: `${typed[0]}${to} TO ${from}${typed.endsWith('}') ? '}' : ']'}` },
        ],
      }
    if (!open.from && !open.to) return accept({ from, to })
  }
  return accept(
    ...(from === undefined ? [] : [{ than: open.from ? ('>' as const) : ('>=' as const), value: from }]),
    ...(to === undefined ? [] : [{ than: open.to ? ('<' as const) : ('<=' as const), value: to }]),
  )
}

function wrong({ kind }: Field): ProblemKey {
  return kind === 'number' ? 'field-number' : kind === 'moment' ? 'field-moment' : 'field-flag'
}

function normalize(field: Field, text: string): string | null {
  switch (field.kind) {
    case 'number': {
      const found = /^([+-]?\d+(?:[.]\d+)?)([kкmм]?)$/i.exec(text)
      if (!found) return null
      const times = { k: 1e3, к: 1e3, m: 1e6, м: 1e6 }[found[2]!.toLowerCase()] ?? 1
      return String(Number(found[1]) * times)
    }
    case 'moment':
      return readMoment(text)
    case 'flag':
      return yes.has(text.toLowerCase()) ? 'yes' : no.has(text.toLowerCase()) ? 'no' : null
    case 'choice':
      return weekdays[text.toLowerCase()] ?? text.toLowerCase()
    default:
      return text
  }
}

const yes = new Set(['yes', 'true', '1', 'да'])
const no = new Set(['no', 'false', '0', 'нет'])
const weekdays: { [day: string]: string } = {
  пн: 'mon',
  вт: 'tue',
  ср: 'wed',
  чт: 'thu',
  пт: 'fri',
  сб: 'sat',
  вс: 'sun',
  '1': 'mon',
  '2': 'tue',
  '3': 'wed',
  '4': 'thu',
  '5': 'fri',
  '6': 'sat',
  '7': 'sun',
}

// A year, a month, a day or a minute; the day of a date may come first, as people write it.
function readMoment(text: string): string | null {
  const turned = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  const iso = turned ? `${turned[3]}-${turned[2]!.padStart(2, '0')}-${turned[1]!.padStart(2, '0')}` : text
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d))?)?)?$/.exec(iso)
  if (!found) return null
  const [, year, month = '01', day = '01', hour = '00', minute = '00'] = found
  const moment = new Date(`${year}-${month}-${day}T${hour}:${minute}:00Z`)
  return !Number.isNaN(moment.getTime()) &&
    moment.getUTCDate() === Number(day) &&
    Number(year) >= 1970 &&
    Number(year) < 2200
    ? iso
    : null
}

function accept(...values: FieldValue[]): Read {
  return { values, problems: [] }
}

function refuse(key: ProblemKey): Read {
  return { values: [], problems: [{ key, values: {}, text: null }] }
}
