import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openTestClickhouse } from '../../../test/database.ts'
import { longTimeout, tries } from '../../../test/long-run.ts'
import { arriving, fieldQuery, tree } from '../../../test/queries.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { storedWords } from '../../base/text/stored-words.ts'
import { evaluate } from '../match/evaluate.ts'
import { fromRow, mentionColumns, type MentionRow } from '../mentions/mention.ts'
import { saveMentions } from '../mentions/save.ts'
import { printQuery } from './print.ts'
import type { Query } from './query.ts'
import { compileSql } from './sql.ts'

const timeZone = fc.constantFrom('UTC', 'Europe/Moscow', 'America/New_York', 'Asia/Kathmandu')

test(
  'SQL and matcher select the same mentions for a query of any form, by the clocks of any zone',
  async () => {
    await using clickhouse = await openTestClickhouse()
    const collectedAt = new Date('2026-11-01T00:00:00Z')
    const mentions = fc.sample(arriving, 80).map((post, i) => ({
      post: { ...post, id: `x:${i}`, postedAt: post.postedAt ?? collectedAt },
      ...{
        project: 1,
        sourceId: null,
        collectedAt,
        langConfidence: null,
        cluster: String(i % 50),
        topics: [1],
        places: {},
      },
      words: storedWords(analysePost(post)),
    }))
    await saveMentions(clickhouse, mentions)
    const select = (where: string, params: object) =>
      clickhouse.rows<MentionRow>(`select ${mentionColumns} from mention final where ${where} order by id`, {
        ...params,
      })
    const all = await select('1', {})
    await fc.assert(
      fc.asyncProperty(fc.oneof(fieldQuery, tree), timeZone, async (asked, zone) => {
        const query = inZone(asked, zone)
        const isFound = (row: MentionRow) => {
          // Of 80 mentions 30 are a second one of their cluster.
          const mention = { ...fromRow(row), clusterSize: Number(row.cluster) < 30 ? 2 : 1 }
          return evaluate(query, mention, analysePost(mention)) !== null
        }
        const { where, params, exact } = compileSql(query)
        const rows = await select(where, params)
        const ids = (exact ? rows : rows.filter(isFound)).map(({ id }) => id)
        expect(ids, `${printQuery(query)} as ${where}`).toEqual(all.filter(isFound).map(({ id }) => id))
      }),
      { numRuns: tries(100, 1_500) },
    )
  },
  longTimeout,
)

function inZone(query: Query, zone: string): Query {
  if (query.kind === 'field') return { ...query, timeZone: zone }
  if ('left' in query) return { ...query, left: inZone(query.left, zone), right: inZone(query.right, zone) }
  switch (query.kind) {
    case 'and':
    case 'or':
    case 'at-least':
      return { ...query, of: query.of.map((part) => inZone(part, zone)) }
    case 'not':
    case 'times':
    case 'in':
      return { ...query, of: inZone(query.of, zone) }
    default:
      return query
  }
}
