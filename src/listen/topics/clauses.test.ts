import { expect, test } from 'vitest'
import { analysePost } from '../../base/text/analyse.ts'
import { evaluate } from '../match/evaluate.ts'
import { barePost } from '../posts/post.ts'
import { parseQuery } from '../query/parse.ts'
import { printQuery } from '../query/print.ts'
import { clausesUnder, effectOf, partAt, without, type Path } from './clauses.ts'
import { truthsOf } from './truths.ts'

const read = (text: string) => parseQuery(text).query

/** Each part that can be taken away, as it is written, with what the query is without it. */
function taken(text: string, path: Path = []) {
  const query = read(text)
  return clausesUnder(query, path).map((at) => {
    const rest = without(query, at)
    return [printQuery(partAt(query, at)!), effectOf(query, at), rest && printQuery(rest)]
  })
}

test('the branches of the root are taken away one by one', () => {
  expect(taken('filin OR "owl bank" OR сова')).toEqual([
    ['filin', 'brings', '"owl bank" OR сова'],
    ['"owl bank"', 'brings', 'filin OR сова'],
    ['сова', 'brings', 'filin OR "owl bank"'],
  ])
  expect(taken('filin AND card NOT bird')).toEqual([
    ['filin', 'excludes', 'card AND NOT bird'],
    ['card', 'excludes', 'filin AND NOT bird'],
    ['NOT bird', 'excludes', 'filin AND card'],
  ])
})

test('deeper parts are found behind NOT, inside fields of the text and on the sides of NEAR', () => {
  expect(taken('filin NOT (bird OR wood)', [1])).toEqual([
    ['bird', 'excludes', 'filin AND NOT wood'],
    ['wood', 'excludes', 'filin AND NOT bird'],
  ])
  expect(taken('filin NOT (bird wood)', [1]).map(([, effect]) => effect)).toEqual(['brings', 'brings'])
  expect(taken('title:(a OR b)').map(([, , rest]) => rest)).toEqual(['title:b', 'title:a'])
  expect(taken('(a OR b) NEAR/3 (c OR d)').map(([part]) => part)).toEqual(['a', 'b', 'c', 'd'])
  expect(taken('a NOT NEAR/3 (c OR d)').map(([, effect]) => effect)).toEqual(['excludes', 'excludes'])
  expect(taken('ATLEAST/2 (a, b, c)').map(([, , rest]) => rest)).toEqual([
    'ATLEAST/2 (b, c)',
    'ATLEAST/2 (a, c)',
    'ATLEAST/2 (a, b)',
  ])
})

test('a query of one piece has no parts, and a path that leads nowhere finds none', () => {
  expect(taken('filin')).toEqual([])
  expect(taken('filin OR owl', [7, 1])).toEqual([])
  expect(without(read('filin'), [])).toBeNull()
})

test('truth put together from parts is the truth of the matcher, also where a field is unknown', () => {
  const queries = [
    'coffee OR tea',
    'coffee NOT tea',
    'NOT (followers:>5 OR tea)',
    'ATLEAST/2 (coffee, followers:>5, milk)',
    '(coffee OR tea) NEAR/2 milk OR NOT title:tea',
    'coffee AND NOT (NOT likes:>3)',
  ]
  for (const text of ['coffee with milk', 'tea', 'nothing at all', 'milk, then coffee']) {
    for (const likes of [null, 2, 9]) {
      const post = barePost({ id: 'x:1', platform: 'x', text, likes })
      const analysis = analysePost(post)
      for (const query of queries.map(read)) {
        const truth = truthsOf(post, analysis)(query)
        expect(truth === true).toBe(evaluate(query, post, analysis) !== null)
        expect(truth === false).toBe(evaluate({ kind: 'not', of: query }, post, analysis) !== null)
      }
    }
  }
})
