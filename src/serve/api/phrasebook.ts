import { findSurroundings } from '../../listen/lists/list.ts'
import { resolveFilter } from '../../listen/mentions/filter.ts'
import { aspectsWords, countAspects } from '../../measure/analytics/aspects.ts'
import type { House } from '../house.ts'
import { allowed, InProject, operation, type Api } from './door.ts'
import { readFilter } from './filter.ts'
import { conditionBefore, periodOf } from './period.ts'
import { MentionFilter } from './shapes/mention.ts'
import * as shapes from './shapes/phrasebook.ts'

/** For whoever writes: what is praised and blamed, and how customers say it. */
export function servePhrasebook(api: Api, house: House): void {
  const { clickhouse } = house

  api.openapi(
    operation(
      {
        en: 'What is praised and blamed, with quotes, of the last 30 days unless told',
        ru: 'Что хвалят и ругают, с цитатами; без дат — за последние 30 дней',
      },
      {
        method: 'get',
        path: '/api/projects/{project}/phrasebook',
        tags: ['overview'],
        request: { params: InProject, query: MentionFilter },
      },
      shapes.Phrasebook,
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const filter = readFilter(c.req.valid('query'), await findSurroundings(house.postgres.db, project.id))
      const period = periodOf(filter, house.now())
      const { texts, aspects } = await countAspects(
        clickhouse,
        await resolveFilter(clickhouse, project.id, { ...filter, ...period }),
        await conditionBefore(clickhouse, project.id, filter, period),
      )
      return c.json(
        {
          period: { from: period.from.toISOString(), to: period.to.toISOString() },
          texts,
          aspects: aspects.map((one) => ({
            ...one,
            quotes: one.quotes.map((quote) => ({ ...quote, postedAt: quote.postedAt.toISOString() })),
          })),
          measures: { aspects: aspectsWords[c.var.locale] },
        },
        200,
      )
    },
  )
}
