import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { signsHere, type Condition } from './filter.ts'

export const facetNames = [
  'topic',
  'media',
  'platform',
  'source',
  'lang',
  'kind',
  'tag',
  'status',
  'sentiment',
  'stage',
  'emotion',
  'category',
  'sign',
] as const
export type FacetName = (typeof facetNames)[number]
export type FacetCounts = { [name in FacetName]: { value: string; count: number }[] }

/** An empty value is "unknown". */
const expressions: { [name in FacetName]: string } = {
  topic: 'arrayJoin(arrayMap(topic -> toString(topic), topics))',
  media: 'media',
  platform: 'platform',
  source: 'source',
  lang: 'lang',
  kind: 'kind',
  tag: 'arrayJoin(tags)',
  status: 'status',
  sentiment: 'sentiment',
  stage: 'stage',
  emotion: 'arrayJoin(emotions)',
  category: 'arrayJoin(categories)',
  sign: `arrayJoin(${signsHere})`,
}

/**
 * How many mentions each value of each filter would leave. `conditionWithout(name)` is the filter without that
 * one part, so that a chosen value does not hide its alternatives. Each list holds the 50 largest.
 */
export async function countFacets(
  clickhouse: Clickhouse,
  conditionWithout: (name: FacetName) => Promise<Condition>,
): Promise<FacetCounts> {
  const lists = await Promise.all(
    facetNames.map(async (name) => {
      const condition = await conditionWithout(name)
      const rows = await clickhouse.rows<{ value: string; count: number }>(
        `select ${expressions[name]} as value, count() as count
         from mention final
         where ${condition.where}
         group by value
         order by count desc, value
         limit 50`,
        condition.params,
      )
      return [name, rows] as const
    }),
  )
  return Object.fromEntries(lists) as FacetCounts
}
