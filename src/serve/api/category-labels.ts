import { must, NotFound } from '../../base/errors.ts'
import { getSet, listSets } from '../../listen/categories/category-set.ts'
import { giveCategories } from '../../listen/categories/give.ts'
import { askToLearn } from '../../listen/categories/keep-learning.ts'
import { listLabels, listLines, saveLabel } from '../../listen/categories/label.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import type { House } from '../house.ts'
import { allowed, body, items, operation, WithId, WithTextId, type Api } from './door.ts'
import * as shapes from './shapes/category.ts'

const tags = ['categories']

/** What people say of many mentions at once, and everything that was said of one. */
export function serveCategoryLabels(api: Api, house: House): void {
  const { clickhouse, events, jobs } = house
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Say which category many mentions have', ru: 'Отнести к категории сразу много упоминаний' },
      {
        method: 'post',
        path: '/api/projects/{project}/category-sets/{id}/labels',
        tags,
        request: { params: WithId, body: body(shapes.LabellingOfMany) },
      },
      items(shapes.Labelled),
    ),
    async (c) => {
      const { ids, category, reason = null } = c.req.valid('json')
      const { project, who } = allowed(c, 'tag')
      const set = await getSet(db, project.id, c.req.valid('param').id)
      const there = (await findMentions(clickhouse, project.id, ids)).map(({ id }) => id)
      const before = new Map((await listLabels(db, set.id)).map((label) => [label.mention, label.category]))
      const by = { actor: { id: who.kind === 'key' ? `key:${who.id}` : who.id, name: who.name }, now: house.now() }
      const said: string[] = []
      for (const mention of there) {
        if (await saveLabel(db, set, { mention, category, reason }, by)) said.push(mention)
      }
      if (said.length > 0) {
        await giveCategories({ db, clickhouse }, project.id, said)
        await events.publish({ project: project.id, kind: 'category', set: set.id })
        await events.publish({ project: project.id, kind: 'mentions', added: 0 })
        await askToLearn({ db, jobs }, set.id, house.now())
      }
      const now = await findMentions(clickhouse, project.id, there)
      return c.json(
        { items: now.map(({ id, categories }) => ({ id, before: before.get(id) ?? null, categories })) },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'What people said of a mention in each set of categories',
        ru: 'Что люди сказали об упоминании в каждом наборе категорий',
      },
      {
        method: 'get',
        path: '/api/projects/{project}/mentions/{id}/categories',
        tags,
        request: { params: WithTextId },
      },
      items(shapes.SaidOfMention),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const { id } = c.req.valid('param')
      if ((await findMentions(clickhouse, project.id, [id])).length === 0) throw new NotFound()
      const sets = await Promise.all(
        (await listSets(db, project.id)).map(async (set) => ({ set, lines: await listLines(db, set, id) })),
      )
      return c.json(
        {
          items: sets
            .filter(({ lines }) => lines.length > 0)
            .map(({ set, lines }) => ({
              set: set.id,
              name: set.name,
              said: must(lines.at(-1)).category,
              lines: lines.toReversed().map(({ at, actor, category, reason }) => ({
                at: at.toISOString(),
                by: actor,
                category,
                reason,
              })),
            })),
        },
        200,
      )
    },
  )
}
