import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addWorkingTime, workingTimeBetween, type Block, type Calendar } from './working-time.ts'

const minute = 60_000
const office = [
  { from: 9 * 60, to: 13 * 60 },
  { from: 14 * 60, to: 18 * 60 },
]
const weekdays: Calendar = {
  timeZone: 'Europe/Moscow',
  week: [office, office, office, office, office, [], []],
  exceptions: [{ day: '2026-05-11', blocks: [] }],
}
const at = (text: string) => new Date(text)

test('an hour and a half promised on Friday at half past five ends on the next working morning', () => {
  expect(addWorkingTime(weekdays, at('2026-05-08T17:30:00+03:00'), 90 * minute)).toEqual(
    at('2026-05-12T10:00:00+03:00'),
  )
})

test('lunch is no working time, and neither is a holiday', () => {
  expect(addWorkingTime(weekdays, at('2026-05-12T12:30:00+03:00'), 60 * minute)).toEqual(
    at('2026-05-12T14:30:00+03:00'),
  )
  expect(workingTimeBetween(weekdays, at('2026-05-09T00:00:00+03:00'), at('2026-05-12T00:00:00+03:00'))).toBe(0)
})

test('the hour that summer time takes away is not worked, the one that it gives back is worked twice', () => {
  const night: Calendar = { timeZone: 'Europe/Rome', week: Array(7).fill([{ from: 60, to: 240 }]), exceptions: [] }
  expect(workingTimeBetween(night, at('2026-03-28T23:00:00Z'), at('2026-03-29T20:00:00Z'))).toBe(120 * minute)
  expect(workingTimeBetween(night, at('2026-10-24T22:00:00Z'), at('2026-10-25T20:00:00Z'))).toBe(240 * minute)
  // Half past two comes twice: at the first one an hour and a half of the two hours has gone.
  expect(addWorkingTime(night, at('2026-10-24T22:00:00Z'), 150 * minute)).toEqual(at('2026-10-25T01:30:00Z'))
})

test('a calendar without working time promises no moment', () => {
  const never: Calendar = { timeZone: 'UTC', week: Array(7).fill([]), exceptions: [] }
  expect(addWorkingTime(never, at('2026-01-01T00:00:00Z'), minute)).toBeNull()
})

const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const made =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('en-CA', { timeZone, hourCycle: 'h23', dateStyle: 'short', timeStyle: 'short' })
  clocks.set(timeZone, made)
  return made
}

/** The definition, minute by minute: a minute is worked when the clocks of the zone then show one inside a block of that day. */
function isWorked({ timeZone, week, exceptions }: Calendar, moment: number): boolean {
  const shown = clockOf(timeZone).formatToParts(moment)
  const part = (type: string) => shown.find((one) => one.type === type)?.value ?? ''
  const day = `${part('year')}-${part('month')}-${part('day')}`
  const minuteOfDay = Number(part('hour')) * 60 + Number(part('minute'))
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  const blocks = exceptions.find((one) => one.day === day)?.blocks ?? week[weekday] ?? []
  return blocks.some(({ from, to }) => minuteOfDay >= from && minuteOfDay < to)
}

// Days on which clocks change: at two in the morning, by half an hour, at midnight, and into the day before.
const changes = [
  ['Europe/Berlin', '2026-03-29T00:00:00Z', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25T00:00:00Z', '2026-10-25'],
  ['America/New_York', '2026-11-01T05:00:00Z', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-04T14:00:00Z', '2026-04-05'],
  ['America/Havana', '2026-11-01T04:00:00Z', '2026-10-31'],
  ['Atlantic/Azores', '2026-10-25T00:00:00Z', '2026-10-25'],
  ['Asia/Beirut', '2026-10-24T20:00:00Z', '2026-10-24'],
  ['Asia/Kathmandu', '2026-06-01T00:00:00Z', '2026-06-01'],
] as const

const block = fc
  .tuple(fc.integer({ min: 0, max: 1440 }), fc.integer({ min: 0, max: 1440 }))
  .map(([one, other]): Block => ({ from: Math.min(one, other), to: Math.max(one, other) }))
const day = fc.array(block, { maxLength: 3 })

test('working time is what a look at every single minute says, also when clocks change', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...changes),
      fc.array(day, { minLength: 7, maxLength: 7 }),
      fc.option(day, { nil: null }),
      fc.integer({ min: -1500, max: 1500 }),
      fc.integer({ min: 0, max: 2500 }),
      fc.integer({ min: 1, max: 1500 }),
      ([timeZone, change, holiday], week, special, begin, length, wanted) => {
        const calendar = { timeZone, week, exceptions: special === null ? [] : [{ day: holiday, blocks: special }] }
        const from = Date.parse(change) + begin * minute
        const worked = Array.from({ length }, (_, i) => isWorked(calendar, from + i * minute))
        const slow = worked.filter(Boolean).length
        expect(workingTimeBetween(calendar, new Date(from), new Date(from + length * minute))).toBe(slow * minute)
        const due = addWorkingTime(calendar, new Date(from), wanted * minute)
        const last = nthWorked(worked, wanted)
        if (last !== null) expect(due).toEqual(new Date(from + (last + 1) * minute))
        else if (due !== null) expect(due.getTime()).toBeGreaterThan(from + length * minute)
      },
    ),
    { numRuns: 200 },
  )
}, 60_000)

/** The place of the nth worked minute; null when there are fewer. */
function nthWorked(worked: boolean[], n: number): number | null {
  let count = 0
  for (const [index, is] of worked.entries()) if (is && ++count === n) return index
  return null
}

const moment = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2027, 0) }).map((ms) => new Date(ms))

test('the working time until a due moment is what was promised, and more promised is never due earlier', () => {
  fc.assert(
    fc.property(
      moment,
      fc.integer({ min: 1, max: 10_000 }),
      fc.integer({ min: 0, max: 5_000 }),
      (from, minutes, more) => {
        const due = addWorkingTime(weekdays, from, minutes * minute)
        const later = addWorkingTime(weekdays, from, (minutes + more) * minute)
        expect(due && workingTimeBetween(weekdays, from, due)).toBe(minutes * minute)
        expect((later?.getTime() ?? 0) >= (due?.getTime() ?? 0)).toBe(true)
      },
    ),
  )
})
