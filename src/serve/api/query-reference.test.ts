import { expect, test } from 'vitest'
import { parseQuery } from '../../listen/query/parse.ts'
import { showReference } from './query-reference.ts'

test('every example of the reference is a query without problems', () => {
  for (const locale of ['en', 'ru'] as const) {
    const { operators, fields } = showReference(locale)
    for (const { example, meaning } of [...operators, ...fields]) {
      expect([example, parseQuery(example).problems.map(({ key }) => key)]).toEqual([example, []])
      expect(meaning).not.toBe('')
    }
  }
})
