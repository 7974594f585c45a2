import type { Field } from './fields.ts'
import type { ProblemKey } from './problems.ts'
import type { FieldValue } from './query.ts'

type Compare = '>' | '>=' | '<' | '<=' | 'range' | null
type Found = { key: ProblemKey; values: { [name: string]: string | number }; text: string | null }

/** A value as typed, brought to the one spelling that the tree keeps; null when it says nothing. */
export function readValue(
  field: Field,
  typed: string,
  compare: Compare,
): { value: FieldValue | null; problems: Found[] } {
  const text = typed.trim()
  if (text === '') return refuse('field-value')
  if (field.kind === 'place') {
    const place = text.split(/[,;]\s*|\s+/).map(Number)
    const [latitude = NaN, longitude = NaN, km = NaN] = place
    const good = place.length === 3 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && km > 0
    return good ? accept({ is: place.join(',') }) : refuse('field-place')
  }
  const normal = (part: string) => normalize(field, part.trim())
  const ordered = field.kind === 'number' || field.kind === 'moment'
  if (compare === 'range') {
    const ends = text.split(/\s+TO\s+|\.\.|\s*,\s*/)
    const [from = null, to = null] = ends.map(normal)
    if (!ordered) return refuse('field-order')
    if (ends.length !== 2 || from === null || to === null)
      return refuse(field.kind === 'number' ? 'field-number' : 'field-moment')
    const turned = field.kind === 'number' ? Number(from) > Number(to) : from > to
    if (turned)
      return { value: { from, to }, problems: [{ key: 'range-turned', values: {}, text: `[${to} TO ${from}]` }] }
    return accept({ from, to })
  }
  const value = normal(text)
  if (value === null)
    return refuse(field.kind === 'number' ? 'field-number' : field.kind === 'moment' ? 'field-moment' : 'field-flag')
  if (compare !== null) return ordered ? accept({ than: compare, value }) : refuse('field-order')
  if (field.kind === 'choice' && field.values && !field.values.includes(value)) {
    return {
      value: { is: value },
      problems: [{ key: 'field-choice', values: { values: field.values.join(', ') }, text: null }],
    }
  }
  return accept({ is: value })
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

function accept(value: FieldValue) {
  return { value, problems: [] }
}

function refuse(key: ProblemKey): { value: null; problems: Found[] } {
  return { value: null, problems: [{ key, values: {}, text: null }] }
}
