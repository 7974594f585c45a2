import fc from 'fast-check'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { barePost } from '../posts/post.ts'
import type { Batch, StreamedPage } from './batch.ts'
import { joinPages } from './join-pages.ts'

const mostItems = 10
const mostOnTheWay = 3
const health = { title: null, newestAt: null, requests: 0, pollAfterMs: null }

/** Pages of these sizes, of posts that are called by their number. */
async function* pagesOf(sizes: number[], pauseMs: number): AsyncGenerator<StreamedPage> {
  let seq = 0
  for (const size of sizes) {
    const items = Array.from({ length: size }, () => barePost({ id: `x:${seq++}`, platform: 'x', text: 'x' }))
    yield { items, next: { seq }, health }
    if (pauseMs > 0) await sleep(pauseMs)
  }
}

test('law: everything is saved once and in order, full batches go ahead of what is being saved, others alone', async () => {
  let wentAhead = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 10, maxLength: 60 }),
      fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 5 }),
      fc.constantFrom(0, 0, 1),
      async (sizes, times, pauseMs) => {
        const saved: string[] = []
        let onTheWay = 0
        let turn = 0
        const save = async (batch: Batch, before: Promise<void>) => {
          const begunWith = (onTheWay += 1)
          expect(begunWith).toBeLessThanOrEqual(mostOnTheWay)
          if (begunWith > 1) {
            wentAhead += 1
            expect(batch.size).toBeGreaterThanOrEqual(mostItems)
          }
          await sleep(times[turn++ % times.length])
          await before
          saved.push(...batch.arrived().items.map(({ id }) => id))
          onTheWay -= 1
        }
        await joinPages(pagesOf(sizes, pauseMs), { mostItems, longestMs: 2, mostOnTheWay, save })
        const all = sizes.reduce((sum, size) => sum + size, 0)
        expect(saved).toEqual(Array.from({ length: all }, (_, seq) => `x:${seq}`))
      },
    ),
    { numRuns: 60 },
  )
  expect(wentAhead).toBeGreaterThan(0)
})

test('when one fails, those before it are saved, none after it is, and all have ended', async () => {
  const saved: number[] = []
  let ended = 0
  let turn = 0
  const save = async (batch: Batch, before: Promise<void>) => {
    const mine = turn++
    try {
      // The third fails while the first two are still being saved.
      if (mine === 2) throw new Error('the disk is full')
      await sleep(20)
      await before
      saved.push(batch.size)
    } finally {
      ended += 1
    }
  }
  const joining = joinPages(
    pagesOf(
      Array.from({ length: 100 }, () => mostItems),
      0,
    ),
    {
      mostItems,
      longestMs: 2,
      mostOnTheWay,
      save,
    },
  )
  await expect(joining).rejects.toThrow('the disk is full')
  expect(saved).toEqual([mostItems, mostItems])
  expect(ended).toBe(turn)
})
