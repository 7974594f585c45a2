import { must } from '../../base/errors.ts'

/** A calendar day; a day or month beyond its end means the following month or year. */
export type LocalDay = { year: number; month: number; day: number }

export function localDay(at: Date, timeZone: string): LocalDay {
  const local = new Date(at.getTime() + offsetMs(at, timeZone))
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1, day: local.getUTCDate() }
}

export function startOfHour(at: Date, timeZone: string): Date {
  const local = at.getTime() + offsetMs(at, timeZone)
  return new Date(at.getTime() - (((local % hourMs) + hourMs) % hourMs))
}

/** Midnight, or what comes first where the clocks jump over midnight. */
export function firstMomentOf(day: LocalDay, timeZone: string): Date {
  const midnight = Date.UTC(day.year, day.month - 1, day.day)
  const wanted = new Date(midnight).getUTCDate()
  // The offset of the day before and of the day after: at most one change lies between them.
  const guesses = [midnight - dayMs, midnight + dayMs].map(
    (near) => new Date(midnight - offsetMs(new Date(near), timeZone)),
  )
  const inside = guesses.filter((guess) => localDay(guess, timeZone).day === wanted)
  return must(inside.toSorted((a, b) => a.getTime() - b.getTime())[0], 'beginning of the day')
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs

/** What the clocks of the zone add to UTC at this moment. */
function offsetMs(at: Date, timeZone: string): number {
  const whole = Math.floor(at.getTime() / 1000) * 1000
  const part: { [type: string]: number } = {}
  for (const { type, value } of formatOf(timeZone).formatToParts(whole)) part[type] = Number(value)
  const local = Date.UTC(
    part['year'] ?? 0,
    (part['month'] ?? 1) - 1,
    part['day'],
    part['hour'],
    part['minute'],
    part['second'],
  )
  return local - whole
}

const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  })
  formats.set(timeZone, format)
  return format
}
