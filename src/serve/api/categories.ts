import { z } from '@hono/zod-openapi'
import { must, NotFound } from '../../base/errors.ts'
import { audit } from '../../base/team/audit.ts'
import {
  addSet,
  changeSet,
  getSet,
  listSets,
  removeSet,
  type CategorySet,
} from '../../listen/categories/category-set.ts'
import { giveCategories } from '../../listen/categories/give.ts'
import { askToGive, askToLearn } from '../../listen/categories/keep-learning.ts'
import { countLabels, listLines, saveLabel } from '../../listen/categories/label.ts'
import { findLearning, leastLabels, listCurve } from '../../listen/categories/learning.ts'
import { listToLabel } from '../../listen/categories/queue.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { measureCategoryAgreement } from '../../measure/analytics/category-agreement.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, WithTextId, type Api } from './door.ts'
import { showMentions } from './mention-shape.ts'
import * as shapes from './shapes/category.ts'

const tags = ['categories']
const OneMention = WithId.extend({ mention: WithTextId.shape.id })

/** Categories that a project made for itself: what people said, and what was learnt from it. */
export function serveCategories(api: Api, house: House): void {
  const { clickhouse, events, jobs } = house
  const { db } = house.postgres

  api.openapi(
    operation(
      {
        en: 'The project’s own categories, and how well they are learnt',
        ru: 'Свои категории проекта и как хорошо они выучены',
      },
      { method: 'get', path: '/api/projects/{project}/category-sets', tags, request: { params: InProject } },
      items(shapes.CategorySet),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      return c.json({ items: await Promise.all((await listSets(db, project.id)).map(show)) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Make a set of categories', ru: 'Создать набор категорий' },
      {
        method: 'post',
        path: '/api/projects/{project}/category-sets',
        tags,
        request: { params: InProject, body: body(shapes.CategorySetInput) },
      },
      shapes.CategorySet,
    ),
    async (c) => {
      const input = c.req.valid('json')
      const { project, who } = allowed(c, 'topic')
      const set = await addSet(db, project.id, input, who.name)
      await audit(db, { project: project.id, who, action: 'categories-saved', subject: set.name })
      return c.json(await show(set), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Change the name and the categories of a set', ru: 'Изменить название и категории набора' },
      {
        method: 'put',
        path: '/api/projects/{project}/category-sets/{id}',
        tags,
        request: { params: WithId, body: body(shapes.CategorySetChange) },
      },
      shapes.CategorySet,
    ),
    async (c) => {
      const input = c.req.valid('json')
      const { project, who } = allowed(c, 'topic')
      const set = await changeSet(db, await getSet(db, project.id, c.req.valid('param').id), input)
      await audit(db, { project: project.id, who, action: 'categories-saved', subject: set.name })
      await askToGive(jobs, project.id)
      await learnAnew(set)
      return c.json(await show(set), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Remove a set with all its labels', ru: 'Удалить набор со всей разметкой' },
      { method: 'delete', path: '/api/projects/{project}/category-sets/{id}', tags, request: { params: WithId } },
    ),
    async (c) => {
      const { project, who } = allowed(c, 'topic')
      const set = await getSet(db, project.id, c.req.valid('param').id)
      await removeSet(db, set)
      await audit(db, { project: project.id, who, action: 'categories-removed', subject: set.name })
      await events.publish({ project: project.id, kind: 'category', set: set.id })
      await askToGive(jobs, project.id)
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Mentions from which most would be learnt', ru: 'Упоминания, на которых выучится больше всего' },
      {
        method: 'get',
        path: '/api/projects/{project}/category-sets/{id}/queue',
        tags,
        request: { params: WithId, query: z.object({ limit: z.coerce.number().int().min(1).max(50).default(10) }) },
      },
      items(shapes.ToLabel),
    ),
    async (c) => {
      const { project } = allowed(c, 'tag')
      const set = await getSet(db, project.id, c.req.valid('param').id)
      const queue = await listToLabel({ db, clickhouse }, set, c.req.valid('query').limit)
      const shown = await showMentions(
        clickhouse,
        project.id,
        queue.map(({ mention }) => mention),
      )
      return c.json(
        {
          items: queue.map(({ guess }, i) => ({
            mention: must(shown[i]),
            guess: guess && { category: guess.category, chance: guess.chance },
          })),
        },
        200,
      )
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Say which category a mention has', ru: 'Отнести упоминание к категории' },
      {
        method: 'put',
        path: '/api/projects/{project}/category-sets/{id}/labels/{mention}',
        tags,
        request: { params: OneMention, body: body(shapes.Labelling) },
      },
    ),
    async (c) => {
      const { id, mention } = c.req.valid('param')
      const { category, reason = null } = c.req.valid('json')
      const { project, who } = allowed(c, 'tag')
      const set = await getSet(db, project.id, id)
      if ((await findMentions(clickhouse, project.id, [mention])).length === 0) throw new NotFound()
      const actor = { id: who.kind === 'key' ? `key:${who.id}` : who.id, name: who.name }
      if (await saveLabel(db, set, { mention, category, reason }, { actor, now: house.now() })) {
        await giveCategories({ db, clickhouse }, project.id, [mention])
        await learnAnew(set)
      }
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Who put a mention into which category, and when', ru: 'Кто, когда и к какой категории отнёс упоминание' },
      {
        method: 'get',
        path: '/api/projects/{project}/category-sets/{id}/labels/{mention}',
        tags,
        request: { params: OneMention },
      },
      items(shapes.LabelLine),
    ),
    async (c) => {
      const { id, mention } = c.req.valid('param')
      const { project } = allowed(c, 'read')
      const lines = await listLines(db, await getSet(db, project.id, id), mention)
      return c.json(
        {
          items: lines.map(({ at, actor, category, reason }) => ({
            at: at.toISOString(),
            by: actor,
            category,
            reason,
          })),
        },
        200,
      )
    },
  )

  async function learnAnew(set: CategorySet): Promise<void> {
    await events.publish({ project: set.projectId, kind: 'category', set: set.id })
    await askToLearn({ db, jobs }, set.id, house.now())
  }

  async function show(set: CategorySet): Promise<shapes.CategorySet> {
    const [counts, learning, curve, agreement] = await Promise.all([
      countLabels(db, set.id),
      findLearning(db, set.id),
      listCurve(db, set.id),
      measureCategoryAgreement(db, set.id),
    ])
    const measured = learning?.measured ?? null
    return {
      id: set.id,
      name: set.name,
      categories: set.categories.map(({ id, name }) => {
        const own = measured?.labels.find(({ label }) => label === String(id))
        return { id, name, labels: counts.get(id) ?? 0, precision: own?.precision ?? null, recall: own?.recall ?? null }
      }),
      labels: [...counts.values()].reduce((sum, count) => sum + count, 0),
      neededLabels: leastLabels,
      learnt: learning && {
        at: learning.learntAt.toISOString(),
        labels: learning.labels,
        accuracy: measured?.accuracy ?? null,
        macroF1: measured?.macroF1 ?? null,
      },
      curve: curve.map(({ at, ...point }) => ({ ...point, at: at.toISOString() })),
      agreement,
    }
  }
}
