import fc from 'fast-check'
import { expect, test } from 'vitest'
import { explainQuery } from './explain.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'

const piece = fc.constantFrom(
  'сбер',
  'карта',
  '=сбер',
  '!сбер',
  '{BT}',
  'niño',
  '"сбер банк"',
  '[сбер банк]',
  '"карта комиссия"~5',
  'NEAR/5',
  'NEAR',
  'ONEAR/3',
  'NEAR/5f',
  '/3',
  'NOT NEAR/2',
  'ATLEAST/2',
  'SENTENCE',
  'OSENTENCE',
  'PARAGRAPH',
  'OPARAGRAPH',
  'AND',
  '&&',
  'И',
  'OR',
  '|',
  '||',
  ',',
  'ИЛИ',
  'NOT',
  'НЕ',
  '-',
  'XNOT',
  'банк*',
  'te?t',
  '*банк',
  'сбербнак~1',
  'скидка{3}',
  'скидка{3,9}',
  'raw:"C++"',
  '#tag',
  '@name',
  '$SBER',
  '😡',
  'title:',
  'lead:',
  'text:',
  'likes:>10',
  'likes:[3 TO 5]',
  'author:иван',
  'media:news',
  'posted:2026-11',
  'aspect:price:negative',
  'list:bank-slang',
  '<<< comment >>>',
  '(',
  ')',
  '"',
  '~',
  '*',
  ' ',
)
const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(' '))

test('whatever a person types is read without an exception, with problems inside the text', () => {
  fc.assert(
    fc.property(
      fc.oneof(text, fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 })),
      (typed) => {
        for (const problem of parseQuery(typed).problems) {
          expect(problem.start).toBeGreaterThanOrEqual(0)
          expect(problem.end).toBeLessThanOrEqual(typed.length)
          expect(problem.message.en).not.toBe('')
          expect(problem.message.ru).not.toBe('')
        }
      },
    ),
    { numRuns: 3_000 },
  )
})

test('what is printed is read as the same query, and printed the same', () => {
  fc.assert(
    fc.property(text, (typed) => {
      const { query } = parseQuery(typed)
      const printed = printQuery(query)
      expect(parseQuery(printed).query).toEqual(query)
      expect(printQuery(parseQuery(printed).query)).toBe(printed)
    }),
    { numRuns: 3_000 },
  )
})

test('every query is explained in both languages', () => {
  fc.assert(
    fc.property(text, (typed) => {
      const { query } = parseQuery(typed)
      for (const locale of ['en', 'ru'] as const) expect(typeof explainQuery(query, locale)).toBe('string')
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['a b', 'a AND b'],
  ['a, b', 'a OR b'],
  ['a OR b c', 'a OR (b AND c)'],
  ['a -b', 'a AND NOT b'],
  ['a NEAR b', 'a NEAR/4 b'],
  ['a /5 b', 'a NEAR/4 b'],
  ['!сбер', '=сбер'],
  ['«сбер банк»', '"сбер банк"'],
])('%s is read as %s', (typed, printed) => {
  expect(printQuery(parseQuery(typed).query)).toBe(printed)
})

test.each([
  ['NOT сова', 'error'],
  ['(сбер', 'error'],
  ['"сбер', 'error'],
  ['сбер OR карта AND вклад', 'warning'],
  ['сбер or карта', 'hint'],
  ['autor:иван сбер', 'error'],
  ['сбер OR сбер', 'warning'],
])('%s is told as a problem', (typed, severity) => {
  expect(parseQuery(typed).problems.map((problem) => problem.severity)).toContain(severity)
})

test('a repair makes the problem go away', () => {
  for (const typed of ['(сбер', 'сбер or карта', 'autor:иван сбер', 'сбер OR карта AND вклад']) {
    const [problem] = parseQuery(typed).problems
    const repair = problem!.repair!
    const repaired = typed.slice(0, repair.start) + repair.text + typed.slice(repair.end)
    expect(parseQuery(repaired).problems.map(({ key }) => key)).not.toContain(problem!.key)
  }
})

test('neither depth nor length breaks the reader', () => {
  expect(() => parseQuery('('.repeat(100_000) + 'a' + ')'.repeat(100_000))).not.toThrow()
  expect(() => parseQuery('NOT '.repeat(50_000) + 'a')).not.toThrow()
  expect(() => parseQuery('a NEAR/1 '.repeat(20_000) + 'a')).not.toThrow()
  for (const piece of ['title:', 'platform:(', 'ATLEAST/2(', '"', '~1', '<<<', '- ', 'a NEAR b ', '{', '['])
    expect(() => parseQuery(piece.repeat(20_000))).not.toThrow()
  const many = Array.from({ length: 10_000 }, (_, i) => `слово${i}`).join(' OR ')
  const { query } = parseQuery(many)
  expect(query.kind === 'or' && query.of.length).toBe(10_000)
})
