/** Wall time, given as if it were UTC, to the moment it was in the zone. In a gap of summer time it is the later one. */
export function fromWall(wall: number, timeZone: string): number {
  const first = wall - offsetAt(wall, timeZone)
  return wall - offsetAt(first, timeZone)
}

/** The calendar day of a moment there: when it begins and when the next one does. */
export function dayAround(at: Date, timeZone: string): { from: Date; until: Date } {
  const day = Math.floor(toWall(at.getTime(), timeZone) / dayMs) * dayMs
  return { from: new Date(fromWall(day, timeZone)), until: new Date(fromWall(day + dayMs, timeZone)) }
}

const dayMs = 24 * 3_600_000

/** What clocks in the zone show at a moment, as if it were UTC. */
export function toWall(moment: number, timeZone: string): number {
  return moment + offsetAt(moment, timeZone)
}

const quarterMs = 15 * 60_000

/** How far clocks of the zone are ahead of UTC, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  if (timeZone === 'UTC') return 0
  const clock = clockOf(timeZone)
  // Clocks are changed at full quarters of an hour, and posts come in the order of time.
  const quarter = Math.floor(moment / quarterMs)
  if (clock.quarter !== quarter) {
    const parts = clock.format.formatToParts(moment)
    const of = (type: string): number => Number(parts.find((part) => part.type === type)?.value)
    const wall = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
    clock.quarter = quarter
    clock.offset = wall - Math.floor(moment / 1000) * 1000
  }
  return clock.offset
}

type Clock = { format: Intl.DateTimeFormat; quarter: number; offset: number }
const clocks = new Map<string, Clock>()

function clockOf(timeZone: string): Clock {
  const found = clocks.get(timeZone)
  if (found) return found
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const made = { format, quarter: Number.NaN, offset: 0 }
  clocks.set(timeZone, made)
  return made
}
