import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mention } from '../../../test/queries.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { barePost } from '../posts/post.ts'
import { parseQuery } from '../query/parse.ts'
import type { WordForm } from '../query/query.ts'
import { termsOf } from '../query/terms.ts'
import { Matcher } from './matcher.ts'
import { describePattern, readName } from './pattern.ts'

test('a pattern that is read from its name is found by the same keys and fits the same words', () => {
  fc.assert(
    fc.property(
      mention,
      mention,
      fc.constantFrom<WordForm>('any', 'exact', 'case'),
      ({ text: written }, other, form) => {
        const words = [
          ...analysePost(barePost({ id: 'x:1', platform: 'x', text: written })).words,
          ...analysePost(other).words,
        ]
        for (const term of termsOf(written, form, 'forms')) {
          const { keys, fits, name } = describePattern({ kind: 'term', term }, 'forms')
          if (name === null) continue
          const again = describePattern(readName(name), 'forms')
          expect(again.keys, name).toEqual(keys)
          expect(again.name).toBe(name)
          for (const word of words) expect(again.fits?.(word), name).toBe(fits?.(word))
        }
      },
    ),
    { numRuns: 2_000 },
  )
})

test.each(['👨‍👩‍👧', '{👨‍👩‍👧}', 'https://bank.example/Тариф', '{Иван@bank.example}', 'ёлка', '{wendy’s}'])(
  'a query for %s that is gone leads to nothing',
  (written) => {
    const matcher = new Matcher()
    const ids = (words: string) => [...matcher.ids(barePost({ id: 'x:1', platform: 'x', lang: 'ru', text: words }))]
    const said = written.replace(/[{}]/g, '')
    matcher.set(0, parseQuery(written).query)
    expect(ids(`до ${said} после`)).toEqual([0])
    expect(ids('карта')).toEqual([])
    matcher.remove(0)
    // It may take the place of the one before.
    matcher.set(1, parseQuery('карта').query)
    expect(ids(`до ${said} после`)).toEqual([])
    expect(ids('карта')).toEqual([1])
  },
)
