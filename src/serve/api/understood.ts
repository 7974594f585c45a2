import { findSurroundings } from '../../listen/lists/list.ts'
import { listSources } from '../../listen/collect/source.ts'
import { resolveFilter } from '../../listen/mentions/filter.ts'
import { agreementWords, measureAgreement } from '../../measure/analytics/agreement.ts'
import { coverageWords, findSilent } from '../../measure/analytics/coverage.ts'
import { listTopics } from '../../listen/topics/topic.ts'
import { countStages, stagesWords } from '../../measure/analytics/stages.ts'
import { countTonality, fewestDrawn, tonalityWords } from '../../measure/analytics/tonality.ts'
import type { House } from '../house.ts'
import { allowed, InProject, operation, type Api } from './door.ts'
import { readFilter } from './filter.ts'
import { periodOf } from './period.ts'
import { MentionFilter } from './shapes/mention.ts'
import * as shapes from './shapes/understood.ts'
import { sayTrouble } from './source-words.ts'

/** Shares with their intervals, what was not heard, and how far people agree. */
export function serveUnderstood(api: Api, house: House): void {
  const { clickhouse } = house
  const { db } = house.postgres

  api.openapi(
    operation(
      {
        en: 'Shares of tonality and of stages with their intervals, coverage and agreement, of the last 30 days unless told',
        ru: 'Доли тональности и этапов с интервалами, полнота и согласие; без дат — за последние 30 дней',
      },
      {
        method: 'get',
        path: '/api/projects/{project}/understood',
        tags: ['overview'],
        request: { params: InProject, query: MentionFilter },
      },
      shapes.Understood,
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const { locale } = c.var
      const filter = readFilter(c.req.valid('query'), await findSurroundings(db, project.id))
      const period = periodOf(filter, house.now())
      const [condition, topics] = await Promise.all([
        resolveFilter(clickhouse, project.id, { ...filter, ...period }),
        listTopics(db, project.id),
      ])
      const [tonality, stages, sources, agreement] = await Promise.all([
        countTonality({ db, clickhouse }, project.id, condition, topics),
        countStages(clickhouse, condition, topics),
        listSources(db, project.id),
        measureAgreement(db, project.id),
      ])
      const { silent, ...coverage } = findSilent(sources, period, house.now())
      return c.json(
        {
          period: { from: period.from.toISOString(), to: period.to.toISOString() },
          tonality: { ...tonality, neededDrawn: fewestDrawn },
          stages,
          coverage: {
            ...coverage,
            silent: silent.map((one) => ({
              ...one,
              since: one.since?.toISOString() ?? null,
              trouble: one.trouble && sayTrouble(one.trouble, locale),
            })),
          },
          agreement,
          measures: {
            tonality: tonalityWords[locale],
            stages: stagesWords[locale],
            coverage: coverageWords[locale],
            agreement: agreementWords[locale],
          },
        },
        200,
      )
    },
  )
}
