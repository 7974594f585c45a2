import { NotFound } from '../../base/errors.ts'
import { askToCancel, findProgress, listProgress, type Progress } from '../../base/progress/progress.ts'
import type { House } from '../house.ts'
import { allowed, InProject, items, operation, WithTextId, type Api } from './door.ts'
import * as shapes from './shapes/project.ts'

const tags = ['progress']

/** Work that goes on in the background. */
export function serveProgress(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Running work, then the last that ended', ru: 'Что идёт сейчас и что закончилось' },
      { method: 'get', path: '/api/projects/{project}/progress', tags, request: { params: InProject } },
      items(shapes.Progress),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      return c.json({ items: (await listProgress(db, project.id)).map(showProgress) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'One piece of work', ru: 'Одна работа' },
      { method: 'get', path: '/api/projects/{project}/progress/{id}', tags, request: { params: WithTextId } },
      shapes.Progress,
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      return c.json(showProgress(await get(project.id, c.req.valid('param').id)), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Stop the work; what it has saved stays', ru: 'Остановить; сохранённое останется' },
      { method: 'delete', path: '/api/projects/{project}/progress/{id}', tags, request: { params: WithTextId } },
      shapes.Progress,
    ),
    async (c) => {
      const { id } = c.req.valid('param')
      const { project } = allowed(c, 'import')
      await askToCancel(db, project.id, id)
      return c.json(showProgress(await get(project.id, id)), 200)
    },
  )

  async function get(project: number, id: string): Promise<Progress> {
    const progress = await findProgress(db, project, id)
    if (!progress) throw new NotFound()
    return progress
  }
}

export function showProgress(progress: Progress): shapes.Progress {
  const { id, kind, title, state, step, total, done, saved, unmatched, failures, failureCount, error } = progress
  return {
    ...{ id, kind, title, state, step, total, done, saved, unmatched, failures, failureCount, error },
    startedAt: progress.startedAt?.toISOString() ?? null,
    endedAt: progress.endedAt?.toISOString() ?? null,
  }
}
