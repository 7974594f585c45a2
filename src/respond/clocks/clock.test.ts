import fc from 'fast-check'
import { expect, test } from 'vitest'
import { momentsAhead, spentBy, tellingsOf } from './clock.ts'
import { lateByHour } from './forecast.ts'
import { ladders } from './ladders.ts'
import { choosePolicy, type Policy } from './policy.ts'
import { workingTimeBetween, type Calendar } from './working-time.ts'

const at = (text: string) => new Date(`2026-05-${text}Z`)
const office: Calendar = {
  timeZone: 'UTC',
  week: [...Array(5).fill([{ from: 540, to: 1080 }]), [], []],
  exceptions: [],
}
const hour = { minutes: 60, steps: [], spentMs: 0, told: 0 }

test('an hour promised shortly before the end of the day is due on the next one', () => {
  expect(momentsAhead({ ...hour, runningSince: at('08T17:30:00') }, office).dueAt).toEqual(at('11T09:30:00'))
  expect(momentsAhead({ ...hour, runningSince: at('08T17:30:00') }, null).dueAt).toEqual(at('08T18:30:00'))
})

test('what had gone before a pause counts after it', () => {
  const spentMs = spentBy({ ...hour, runningSince: at('08T17:30:00') }, office, at('10T12:00:00'))
  expect(spentMs).toBe(30 * 60_000)
  expect(momentsAhead({ ...hour, spentMs, runningSince: at('12T10:00:00') }, office).dueAt).toEqual(at('12T10:30:00'))
  expect(momentsAhead({ ...hour, spentMs, runningSince: null }, office)).toEqual({ dueAt: null, ahead: [] })
})

test('a ladder reminds at half time, calls the manager at the end, then the head, then raises the alarm', () => {
  const { steps } = ladders['hour-and-half']
  expect(tellingsOf([...steps])).toEqual([
    { share: 0.5, tells: 'assignee' },
    { share: 1, tells: 'missed' },
    { share: 1, tells: 'manager' },
    { share: 2, tells: 'head' },
    { share: 4, tells: 'alarm' },
  ])
  const clock = { minutes: 90, steps: [...steps], spentMs: 0, runningSince: at('11T09:00:00') }
  const ahead = [
    { at: at('11T09:45:00'), tells: 'assignee' },
    { at: at('11T10:30:00'), tells: 'missed' },
    { at: at('11T10:30:00'), tells: 'manager' },
    { at: at('11T12:00:00'), tells: 'head' },
    { at: at('11T15:00:00'), tells: 'alarm' },
  ]
  for (const told of [0, 1, 2, 3, 4, 5])
    expect(momentsAhead({ ...clock, told }, office).ahead).toEqual(ahead.slice(told))
})

test('a promise without steps is missed all the same', () => {
  expect(tellingsOf([])).toEqual([{ share: 1, tells: 'missed' }])
})

test('pausing and going on, however often, promises neither more nor less working time', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 8 }), (pieces) => {
      const clock = { minutes: 2_000, steps: [], spentMs: 0, told: 0 }
      let now = at('01T00:00:00').getTime()
      let worked = 0
      for (const minutes of pieces) {
        const since = new Date(now)
        now += minutes * 60_000
        const spent = spentBy({ ...clock, runningSince: since }, office, new Date(now))
        worked += spent - clock.spentMs
        expect(spent - clock.spentMs).toBe(workingTimeBetween(office, since, new Date(now)))
        clock.spentMs = spent
        now += 777 * 60_000
      }
      expect(clock.spentMs).toBe(worked)
      const { dueAt } = momentsAhead({ ...clock, runningSince: new Date(now) }, office)
      const left = 2_000 * 60_000 - worked
      if (left > 0) expect(spentBy({ ...clock, runningSince: new Date(now) }, office, dueAt!)).toBe(2_000 * 60_000)
      else expect(dueAt!.getTime()).toBeLessThanOrEqual(now)
    }),
  )
})

test('the first policy that fits is the promise; what is unknown fits only where anything does', () => {
  const any = { platforms: [], priorities: [], stages: [], tonalities: [], firstMinutes: 60, nextMinutes: null }
  const base = { ...any, solutionMinutes: null, aroundTheClock: false, steps: [] }
  const policies: Policy[] = [
    { ...base, id: 1, name: 'urgent', priorities: ['urgent'] },
    { ...base, id: 2, name: 'angry on vk', platforms: ['vk'], tonalities: ['negative'] },
    { ...base, id: 3, name: 'all' },
  ]
  const facts = { platform: 'vk', priority: 'normal', stage: null, tonality: 'negative' }
  expect(choosePolicy(policies, facts)?.name).toBe('angry on vk')
  expect(choosePolicy(policies, { ...facts, priority: 'urgent' })?.name).toBe('urgent')
  expect(choosePolicy(policies, { ...facts, tonality: null })?.name).toBe('all')
  expect(choosePolicy(policies.slice(0, 2), { ...facts, tonality: null })).toBeNull()
})

test('of those who wait, as many come too late as the pace leaves over', () => {
  const now = at('11T10:00:00')
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
  // One answer in 20 minutes: the first comes at 20 instead of 15, the second in time, the others at 60, 80 and 100.
  expect(lateByHour([15, 45, 45, 45, 90].map(inMinutes), 3, now, 2)).toEqual([
    { from: now, due: 4, late: 3 },
    { from: inMinutes(60), due: 1, late: 1 },
  ])
  expect(lateByHour([30, 60, 90].map(inMinutes), 3, now, 2)).toMatchObject([{ late: 0 }, { due: 2, late: 0 }])
  expect(lateByHour([30].map(inMinutes), 0, now, 1)).toMatchObject([{ due: 1, late: 1 }])
})
