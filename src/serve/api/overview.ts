import { findSurroundings } from '../../listen/lists/list.ts'
import { resolveFilter } from '../../listen/mentions/filter.ts'
import { listTopics } from '../../listen/topics/topic.ts'
import { countOverview, overviewWords, type Overview } from '../../measure/analytics/overview.ts'
import type { House } from '../house.ts'
import { allowed, InProject, operation, type Api } from './door.ts'
import { readFilter } from './filter.ts'
import { conditionBefore, periodOf } from './period.ts'
import { MentionFilter } from './shapes/mention.ts'
import * as shapes from './shapes/overview.ts'

/** Every figure of the overview, and what each of them means. */
export function serveOverview(api: Api, house: House): void {
  const { clickhouse } = house

  api.openapi(
    operation(
      {
        en: 'All figures of the overview, of the last 30 days unless told',
        ru: 'Все показатели обзора; без дат — за последние 30 дней',
      },
      {
        method: 'get',
        path: '/api/projects/{project}/overview',
        tags: ['overview'],
        request: { params: InProject, query: MentionFilter },
      },
      shapes.Overview,
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const filter = readFilter(c.req.valid('query'), await findSurroundings(house.postgres.db, project.id))
      const period = periodOf(filter, house.now())
      const overview = await countOverview(clickhouse, {
        condition: await resolveFilter(clickhouse, project.id, { ...filter, ...period }),
        before: await conditionBefore(clickhouse, project.id, filter, period),
        period,
        timeZone: project.timeZone,
        topics: (await listTopics(house.postgres.db, project.id)).map(({ id, name, topicGroup }) => ({
          id,
          name,
          group: topicGroup,
        })),
      })
      return c.json(showOverview(overview, c.var.locale), 200)
    },
  )
}

function showOverview(overview: Overview, locale: 'en' | 'ru'): shapes.Overview {
  const { from, to, bucket } = overview.period
  return {
    ...overview,
    period: { from: from.toISOString(), to: to.toISOString(), bucket },
    buckets: overview.buckets.map((start) => start.toISOString()),
    topClusters: overview.topClusters.map(({ fullKey, firstAt, ...shown }) => ({
      ...shown,
      firstAt: firstAt.toISOString(),
    })),
    measures: Object.fromEntries(Object.entries(overviewWords).map(([figure, words]) => [figure, words[locale]])),
  }
}
