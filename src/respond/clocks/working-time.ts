import { toWall } from '../../base/time/zone.ts'

/** Minutes of a day: 540 to 1080 is from nine to six. */
export type Block = { from: number; to: number }

/** When a project works. */
export type Calendar = {
  timeZone: string
  /** Monday first. */
  week: Block[][]
  /** Days unlike others, `2026-05-09`; a holiday has no blocks. */
  exceptions: { day: string; blocks: Block[] }[]
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
// A calendar that leaves no working time for so long never has any.
const horizonMs = 3 * 366 * dayMs

/**
 * The moment at which so much working time has gone since `from`. A moment is working time when the clocks of the zone then
 * show a minute inside a block of that day: an hour that summer time takes away is not worked, one that it gives back is
 * worked twice. Null: the calendar has not so much working time in three years.
 */
export function addWorkingTime(calendar: Calendar, from: Date, ms: number): Date | null {
  let left = ms
  if (left <= 0) return from
  for (const [start, end] of workingStretches(calendar, from.getTime(), from.getTime() + horizonMs)) {
    if (end - start >= left) return new Date(start + left)
    left -= end - start
  }
  return null
}

/** How much working time lies between two moments, in milliseconds; 0 when they are not in order. */
export function workingTimeBetween(calendar: Calendar, from: Date, to: Date): number {
  let sum = 0
  for (const [start, end] of workingStretches(calendar, from.getTime(), to.getTime())) sum += end - start
  return sum
}

/** Working time between two moments in pieces, in the order of time. */
function* workingStretches(
  { timeZone, week, exceptions }: Calendar,
  from: number,
  to: number,
): Generator<[number, number]> {
  const unlike = new Map(exceptions.map(({ day, blocks }) => [day, blocks]))
  let offset = offsetAt(from, timeZone)
  for (let at = from; at < to;) {
    // As long as the zone does not change its clocks, they run straight from here to midnight.
    const midnight = Math.floor((at + offset) / dayMs) * dayMs
    const tomorrow = midnight + dayMs - offset
    const next = offsetAt(tomorrow, timeZone)
    const until = next === offset ? tomorrow : changeOfClocks(at, tomorrow, timeZone)
    const end = Math.min(to, until)
    const blocks = unlike.get(dayOf(midnight)) ?? week[weekdayOf(midnight)] ?? []
    for (const block of joined(blocks)) {
      const start = Math.max(at, midnight + block.from * minuteMs - offset)
      const stop = Math.min(end, midnight + block.to * minuteMs - offset)
      if (start < stop) yield [start, stop]
    }
    at = end
    offset = next
  }
}

/** The first moment after `from`, up to `to`, at which the zone has not the offset that it had. */
function changeOfClocks(from: number, to: number, timeZone: string): number {
  const offset = offsetAt(from, timeZone)
  let [before, after] = [from, to]
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2)
    if (offsetAt(middle, timeZone) === offset) before = middle
    else after = middle
  }
  return after
}

function offsetAt(moment: number, timeZone: string): number {
  return toWall(moment, timeZone) - moment
}

/** In order and without overlaps, so that no minute counts twice. */
function joined(blocks: Block[]): Block[] {
  const ordered = blocks.toSorted((one, other) => one.from - other.from)
  let end = 0
  return ordered.flatMap(({ from, to }) => {
    const start = Math.max(from, end)
    end = Math.max(end, to)
    return start < to ? [{ from: start, to }] : []
  })
}

function weekdayOf(midnight: number): number {
  return (new Date(midnight).getUTCDay() + 6) % 7
}

function dayOf(midnight: number): string {
  return new Date(midnight).toISOString().slice(0, 10)
}
