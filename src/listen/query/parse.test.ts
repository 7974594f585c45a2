import fc from 'fast-check'
import { expect, test } from 'vitest'
import { longTimeout, tries } from '../../../test/long-run.ts'
import { tree, typed } from '../../../test/queries.ts'
import { explainQuery } from './explain.ts'
import { parseQuery } from './parse.ts'
import { printQuery } from './print.ts'

test(
  'whatever a person types is read in a moment, without an exception, with problems inside the text',
  () => {
    const slow: string[] = []
    fc.assert(
      fc.property(typed, (text) => {
        const started = performance.now()
        const { problems } = parseQuery(text)
        if (performance.now() - started > mostMs && isAlwaysSlow(text)) slow.push(text)
        for (const { start, end, message, repair } of problems) {
          if (start < 0 || end > text.length || start > end) throw new Error(`${start}–${end} is outside of the text`)
          if (message.en === '' || message.ru === '') throw new Error('A problem says nothing')
          if (repair && (repair.start > repair.end || repair.end > text.length)) throw new Error('A repair outside')
        }
      }),
      { numRuns: tries(3_000, 1_000_000) },
    )
    expect(slow).toEqual([])
  },
  longTimeout,
)

const mostMs = 50

// A machine that does other things at the same moment may stop anything for a while, but not the same text ten times.
function isAlwaysSlow(text: string): boolean {
  return Array.from({ length: 10 }).every(() => {
    const started = performance.now()
    parseQuery(text)
    return performance.now() - started > mostMs
  })
}

test(
  'what is printed is read as the same query, and printed the same',
  () => {
    fc.assert(
      fc.property(
        fc.oneof(
          typed.map((text) => parseQuery(text).query),
          tree,
        ),
        (query) => {
          const printed = printQuery(query)
          const again = parseQuery(printed).query
          expect(again).toEqual(query)
          expect(printQuery(again)).toBe(printed)
        },
      ),
      { numRuns: tries(3_000, 100_000) },
    )
  },
  longTimeout,
)

test('every query is explained in both languages', () => {
  fc.assert(
    fc.property(tree, (query) => {
      for (const locale of ['en', 'ru'] as const) expect(explainQuery(query, locale)).toMatch(/\S/)
    }),
    { numRuns: tries(500, 20_000) },
  )
})

test.each([
  ['a b', 'a AND b'],
  ['a −b —c', 'a AND NOT b AND NOT c'],
  ['a // and b\nc', 'a AND c'],
  ['likes:{3 TO 5}', 'likes:>3 AND likes:<5'],
  ['likes:[3 TO *]', 'likes:>=3'],
  ['+a b^2', 'a AND b'],
  ['сбер~0', 'сбер~1'],
  ['a, b', 'a OR b'],
  ['a OR b c', 'a OR (b AND c)'],
  ['a -b', 'a AND NOT b'],
  ['a NEAR b', 'a NEAR/4 b'],
  ['a /5 b', 'a NEAR/4 b'],
  ['!сбер', '=сбер'],
  ['«сбер банк»', '"сбер банк"'],
  ['(https://a.example/b){2}', '(https://a.example/b){2}'],
  ['(https://a.example/b)~1', '(https://a.example/b)~1'],
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
  for (const written of ['(сбер', 'сбер or карта', 'autor:иван сбер', 'сбер OR карта AND вклад']) {
    const [problem] = parseQuery(written).problems
    const repair = problem!.repair!
    const repaired = written.slice(0, repair.start) + repair.text + written.slice(repair.end)
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

test.each(['AND ', '(', 'a OR b AND NOT (', 'NEAR/5 ', '" ', '*', '-', '\0', 'a OR ', '\ud800', '\u202e#'])(
  'ten megabytes of %j are read, with few enough problems to show',
  (piece) => {
    const text = piece.repeat(10_000_000 / piece.length)
    const { problems } = parseQuery(text)
    expect(problems.length).toBeLessThan(100)
    for (const { start, end } of problems) expect(start >= 0 && start <= end && end <= text.length).toBe(true)
  },
  longTimeout,
)
