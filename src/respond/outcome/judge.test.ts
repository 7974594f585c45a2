import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge } from './judge.ts'
import { resultOf } from './result.ts'

const plain = { stage: null, sentiment: null, complaint: null }

test.each([
  ['Спасибо большое, всё заработало!', 'thanks'],
  ['Благодарю, деньги вернули', 'thanks'],
  ['thank you so much', 'thanks'],
  ['Cheers, all good now', 'thanks'],
  ['Спасибо, но деньги так и не пришли', 'wrote'],
  ['Thanks, and how do I change the address?', 'wrote'],
  ['Спасибо, но не помогло', 'complaint'],
  ['Опять не приходит код', 'complaint'],
  ["It still doesn't work", 'complaint'],
  ['До сих пор никто не перезвонил', 'complaint'],
  ['Пишу жалобу в ЦБ', 'escalation'],
  ['Подам жалобу в Роспотребнадзор', 'escalation'],
  ['Завтра подам на вас в суд', 'escalation'],
  ["I'll take you to court", 'escalation'],
  ['Thanks for nothing, my lawyer will write to you', 'escalation'],
  ['Номер заявки 4411', 'wrote'],
  ['', 'wrote'],
])('%s: %s', (text, kind) => {
  expect(judge({ ...plain, text }).kind).toBe(kind)
})

test('where words say nothing, stage and tonality do', () => {
  const text = 'Вот так вот'
  expect(judge({ ...plain, text, stage: 'praise' })).toEqual({ kind: 'praise', verdict: 'satisfied' })
  expect(judge({ ...plain, text, sentiment: 'positive' }).verdict).toBe('satisfied')
  expect(judge({ ...plain, text, sentiment: 'negative' }).verdict).toBe('unsatisfied')
  expect(judge({ ...plain, text, stage: 'leaving' })).toEqual({ kind: 'leaving', verdict: 'unsatisfied' })
  expect(judge({ ...plain, text, complaint: true }).verdict).toBe('unsatisfied')
  expect(judge({ ...plain, text, sentiment: 'neutral' })).toEqual({ kind: 'wrote', verdict: null })
})

const day = 86_400_000
const since = new Date(Date.UTC(2026, 4, 10))
const until = new Date(since.getTime() + 7 * day)
const anything = fc
  .array(
    fc.record({
      kind: fc.constantFrom('thanks', 'complaint', 'wrote', 'deleted', 'answer', 'mark', 'mark-removed'),
      verdict: fc.constantFrom('satisfied', 'unsatisfied', null),
      at: fc.integer({ min: -3, max: 6 }).map((days) => new Date(since.getTime() + days * day + 1)),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all
      .map((one) => ({ ...one, verdict: one.kind === 'mark-removed' || one.kind === 'wrote' ? null : one.verdict }))
      .map((one) => (one.kind === 'mark' && one.verdict === null ? { ...one, verdict: 'satisfied' as const } : one))
      .toSorted((a, b) => a.at.getTime() - b.at.getTime()),
  )

test('silence is told only when the time is over, and is never satisfaction', () => {
  fc.assert(
    fc.property(anything, fc.integer({ min: 0, max: 20 }), (evidence, days) => {
      const now = new Date(since.getTime() + days * day)
      const { result, saidBy } = resultOf(evidence, { since, until }, now)
      if (result === 'silent')
        expect(now >= until && !evidence.some(({ kind, at }) => kind === 'wrote' && at > since)).toBe(true)
      if (result === 'satisfied') expect(evidence.some(({ verdict }) => verdict === 'satisfied')).toBe(true)
      if (result === 'unsatisfied') expect(evidence.some(({ verdict }) => verdict === 'unsatisfied')).toBe(true)
      if (result === null) expect(now < until && saidBy === null).toBe(true)
      if (evidence.length === 0) expect(result).toBe(now >= until ? 'silent' : null)
    }),
  )
})

test('a mark holds above everything until it is taken away', () => {
  fc.assert(
    fc.property(anything, fc.constantFrom('satisfied' as const, 'unsatisfied' as const), (evidence, verdict) => {
      const at = new Date(since.getTime() + 6.5 * day)
      const marked = [...evidence, { kind: 'mark' as const, verdict, at }]
      expect(resultOf(marked, { since, until }, until)).toEqual({ result: verdict, saidBy: 'member' })
      const removed = [...marked, { kind: 'mark-removed' as const, verdict: null, at }]
      const without = evidence.filter(({ kind }) => kind !== 'mark' && kind !== 'mark-removed')
      expect(resultOf(removed, { since, until }, until)).toEqual(resultOf(without, { since, until }, until))
    }),
  )
})

test('a complaint that was answered since decides no more', () => {
  const complaint = { kind: 'complaint' as const, verdict: 'unsatisfied' as const, at: new Date(since.getTime() - day) }
  const thanks = { kind: 'thanks' as const, verdict: 'satisfied' as const, at: new Date(since.getTime() - 2 * day) }
  const early = new Date(since.getTime() + day)
  expect(resultOf([thanks, complaint], { since, until }, early).result).toBeNull()
  expect(resultOf([thanks, complaint], { since, until }, until).result).toBe('silent')
  expect(resultOf([thanks], { since, until }, early).result).toBe('satisfied')
})
