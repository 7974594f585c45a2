import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUnderWay, printStretch, readStretch, stepDown, type LookBack } from './stretch.ts'

const back: LookBack = { firstS: 1000, alwaysS: 60, sweepS: 500, sweepEveryS: 100 }
const at = (second: number) => new Date(second * 1000)
const pageSize = 5

type Item = { id: number; postedS: number; visibleS: number }

/** One reading of a list as a site pages it: newest first, by moments that say nothing below a second. */
function readOnce(items: Item[], kept: string, nowS: number): { met: number[]; kept: string } {
  const met: number[] = []
  for (let pages = 0; pages < 500; pages += 1) {
    const stretch = readStretch({ list: kept }, 'list', at(nowS), back)
    const { from, before, page } = stretch
    const fitting = items
      .filter(
        ({ postedS, visibleS }) => visibleS <= nowS && postedS > from - 1 && (before === 0 || postedS < before + 1),
      )
      .toSorted((a, b) => b.postedS - a.postedS || b.id - a.id)
    const shown = fitting.slice((page - 1) * pageSize, page * pageSize)
    met.push(...shown.map(({ id }) => id))
    const next = stepDown(
      stretch,
      { moments: shown.map(({ postedS }) => postedS), isLast: shown.length < pageSize },
      back,
    )
    kept = printStretch(next)
    if (!isUnderWay(next)) return { met, kept }
  }
  throw new Error('The reading never ends')
}

test('nothing is lost: crowded seconds, what shows up late, and readings at any time', () => {
  const item = fc.record({
    // Many share a second.
    postedS: fc.integer({ min: 100_000, max: 100_900 }).map((second) => second - (second % 30)),
    lateS: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 300 })),
  })
  fc.assert(
    fc.property(
      fc.array(item, { maxLength: 60 }),
      fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 8 }),
      (given, pauses) => {
        const items = given.map(({ postedS, lateS }, id) => ({ id, postedS, visibleS: postedS + lateS }))
        const met = new Set<number>()
        let kept = ''
        let nowS = 100_050
        for (const pause of [...pauses, ...Array.from({ length: 20 }, () => 90)]) {
          nowS += pause
          const read = readOnce(items, kept, nowS)
          for (const id of read.met) met.add(id)
          kept = read.kept
        }
        expect(met.size).toBe(items.length)
      },
    ),
  )
})

test('a quiet list is asked for one page, and once in a while for a longer look back', () => {
  const items = [{ id: 1, postedS: 100_000, visibleS: 100_000 }]
  const first = readOnce(items, '', 100_100)
  const stretch = readStretch({ list: first.kept }, 'list', at(100_150), back)
  expect(stretch.from).toBe(100_000 - back.alwaysS)
  expect(readStretch({ list: first.kept }, 'list', at(100_300), back).from).toBe(100_300 - back.sweepS)
})

test('what cannot have been kept begins anew, and a site that repeats its page is not read for ever', () => {
  const anew = { from: 99_000, before: 0, page: 1, top: 0, sweptAt: 100_000 }
  for (const kept of [17, '', '1 2 3', 'a b c d e', '-1 0 1 0 0', '0 0 1 0 0', null])
    expect(readStretch({ list: kept }, 'list', at(100_000), back)).toEqual(anew)
  let stretch = readStretch({}, 'list', at(100_000), back)
  let asked = 0
  do {
    stretch = stepDown(stretch, { moments: [99_990, 99_980], isLast: false }, back)
    asked += 1
  } while (isUnderWay(stretch))
  expect(asked).toBe(2)
})
