import { z } from '@hono/zod-openapi'
import { allowHead } from '../../base/team/scope.ts'
import { startReplay, stopReplay } from '../../listen/collect/replay.ts'
import { languageOfSample, startSample } from '../../listen/collect/sample.ts'
import { openSamplePage } from '../help-account.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, operation, silentOperation, type Api } from './door.ts'
import { showProgress } from './progress.ts'
import { showProject } from './projects.ts'
import * as shapes from './shapes/project.ts'

const tags = ['sample']

const Replay = z.object({
  speed: z
    .number()
    .min(1)
    .max(100_000)
    .openapi({ description: 'Times faster than the two days went by: 2880 takes a minute.' }),
})

/** The invented world, for whoever wants to look before connecting anything of their own. */
export function serveSample(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Begin with the sample project', ru: 'Начать с примера' },
      { method: 'post', path: '/api/sample', tags, request: { body: body(z.object({})) } },
      z.object({ project: shapes.Project, progress: shapes.Progress }),
    ),
    async (c) => {
      allowHead(c.var.who)
      const { project, progress } = await startSample(db, c.var.who, { now: house.now(), locale: c.var.locale })
      await openSamplePage(house, project.id, await languageOfSample(db, project.id))
      return c.json({ project: showProject(project, 'head'), progress: showProgress(progress) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Let the last two days of the sample come in again', ru: 'Показать последние два дня примера ещё раз' },
      {
        method: 'post',
        path: '/api/projects/{project}/replay',
        tags,
        request: { params: InProject, body: body(Replay) },
      },
      shapes.Progress,
    ),
    async (c) => {
      const { speed } = c.req.valid('json')
      const { project } = allowed(c, 'import')
      return c.json(
        showProgress(await startReplay(db, project, { speed, now: house.now(), locale: c.var.locale })),
        200,
      )
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Stop the replay; the rest comes in at once', ru: 'Остановить показ; остальное придёт сразу' },
      { method: 'delete', path: '/api/projects/{project}/replay', tags, request: { params: InProject } },
    ),
    async (c) => {
      const { project } = allowed(c, 'import')
      await stopReplay(db, project.id)
      return c.body(null, 204)
    },
  )
}
