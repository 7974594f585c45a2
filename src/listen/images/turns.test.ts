import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

test('never more at once than may be, of one place and of all, and everybody gets a turn', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 40 }), fc.scheduler(), async (places, s) => {
      const turns = new Turns({ ofPlace: 2, ofAll: 3, waitMs: 60_000 })
      const running: string[] = []
      const all = Promise.all(
        places.map((place, index) =>
          turns.take(place, async () => {
            running.push(place)
            expect(running.length).toBeLessThanOrEqual(3)
            expect(running.filter((one) => one === place).length).toBeLessThanOrEqual(2)
            await s.schedule(Promise.resolve(), String(index))
            running.splice(running.indexOf(place), 1)
            return index
          }),
        ),
      )
      await s.waitFor(all)
      expect(await all).toEqual(places.map((_, index) => index))
    }),
    { numRuns: 50 },
  )
})

test('whoever waits too long goes away, and leaves no place taken', async () => {
  const turns = new Turns({ ofPlace: 1, ofAll: 1, waitMs: 20 })
  let end = () => {}
  const first = turns.take('a', () => new Promise<string>((resolve) => (end = () => resolve('first'))))
  expect(await turns.take('a', async () => 'second')).toBeNull()
  end()
  expect(await first).toBe('first')
  expect(await turns.take('b', async () => 'third')).toBe('third')
})

test('work that fails leaves its place as well', async () => {
  const turns = new Turns({ ofPlace: 1, ofAll: 1, waitMs: 1000 })
  await expect(turns.take('a', async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await turns.take('a', async () => 'yes')).toBe('yes')
})
