import { expect, test } from 'vitest'
import { wrote } from '../../../test/written.ts'
import { pathOf } from './path.ts'

test('who only asks is potential, and a word of their own experience or a ticket makes them engaged', () => {
  expect(pathOf([wrote(1, { stage: 'competitor-request' })], 0)).toEqual({
    step: 'potential',
    leaving: false,
    reasons: [{ step: 'potential', key: 'asks', values: { count: 1 } }],
  })
  expect(pathOf([wrote(1, { stage: 'negative' })], 0)?.step).toBe('engaged')
  expect(pathOf([wrote(1)], 1)?.reasons).toEqual([{ step: 'engaged', key: 'tickets', values: { count: 1 } }])
})

test('kind words a week apart make somebody loyal, unless complaints are as many', () => {
  const praise = (day: number) => wrote(day, { stage: 'praise' })
  expect(pathOf([praise(1), praise(5)], 0)?.step).toBe('engaged')
  expect(pathOf([praise(1), praise(9)], 0)?.step).toBe('loyal')
  const cold = [wrote(2, { stage: 'negative' }), wrote(3, { rating: 1 })]
  expect(pathOf([praise(1), ...cold, praise(9)], 0)?.step).toBe('engaged')
})

test('an advocate says it to others, a third time', () => {
  const written = [
    wrote(1, { rating: 5 }),
    wrote(9, { sentiment: 'positive', kind: 'comment' }),
    wrote(12, { stage: 'praise' }),
  ]
  expect(pathOf(written, 0)).toMatchObject({ step: 'advocate', leaving: false })
  expect(
    pathOf(
      written.map((one) => ({ ...one, kind: 'post' })),
      0,
    )?.step,
  ).toBe('loyal')
})

test('who last said that they leave is at most engaged', () => {
  const written = [wrote(1, { stage: 'praise' }), wrote(9, { stage: 'praise' }), wrote(10, { stage: 'leaving' })]
  expect(pathOf(written, 0)).toMatchObject({ step: 'engaged', leaving: true })
  expect(pathOf([...written, wrote(11), wrote(12, { stage: 'praise' })], 0)).toMatchObject({
    step: 'loyal',
    leaving: false,
  })
})

test('what a verified account replies is the case of whom it answers', () => {
  expect(pathOf([wrote(1, { stage: 'support', kind: 'reply', verified: true })], 0)).toBeNull()
  expect(pathOf([wrote(1, { stage: 'support', kind: 'post', verified: true })], 0)?.step).toBe('engaged')
})

test('a positive tonality beside asking is no kind word, and nothing known is no step', () => {
  expect(pathOf([wrote(1, { stage: 'competitor-request', sentiment: 'positive' })], 0)?.step).toBe('potential')
  expect(pathOf([wrote(1), wrote(20)], 0)).toBeNull()
  expect(pathOf([], 0)).toBeNull()
})
