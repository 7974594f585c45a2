import { z } from '@hono/zod-openapi'
import { must, NotFound } from '../../base/errors.ts'
import {
  dropMark,
  findPosts,
  listMarks,
  marksOfMention,
  saveMarks,
  type GoldenMark,
} from '../../listen/topics/golden.ts'
import { getTopic } from '../../listen/topics/topic.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, WithTextId, type Api } from './door.ts'
import { showMentions } from './mention-shape.ts'
import * as shapes from './shapes/trial.ts'

const tags = ['topics']
const OneMark = WithId.extend({ mention: WithTextId.shape.id })

/** The golden set of a topic: posts that people marked as wanted or not. */
export function serveMarks(api: Api, house: House): void {
  const { clickhouse, events } = house
  const { db } = house.postgres
  const rooms = { db, clickhouse }

  api.openapi(
    operation(
      { en: 'The golden set of a topic, newest marks first', ru: 'Разметка темы, новые отметки сверху' },
      { method: 'get', path: '/api/projects/{project}/topics/{id}/marks', tags, request: { params: WithId } },
      items(shapes.GoldenMark),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const topic = await getTopic(db, project.id, c.req.valid('param').id)
      return c.json({ items: await show(project.id, await listMarks(rooms, topic)) }, 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Mark a post as wanted or not wanted by a topic', ru: 'Отметить, нужна ли запись теме' },
      {
        method: 'put',
        path: '/api/projects/{project}/topics/{id}/marks/{mention}',
        tags,
        request: { params: OneMark, body: body(z.object({ wanted: z.boolean() })) },
      },
    ),
    async (c) => {
      const { id, mention: mentionId } = c.req.valid('param')
      const { wanted } = c.req.valid('json')
      const { project, who } = allowed(c, 'tag')
      const topic = await getTopic(db, project.id, id)
      const [found] = await findPosts(clickhouse, project.id, [mentionId])
      const known = found ?? (await listMarks(rooms, topic)).find(({ mention }) => mention.id === mentionId)?.mention
      if (!known) throw new NotFound()
      await saveMarks(db, topic.id, [{ mention: known, wanted }], who.name)
      await events.publish({ project: project.id, kind: 'topic', topic: topic.id })
      return c.body(null, 204)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Take a mark back', ru: 'Снять отметку' },
      {
        method: 'delete',
        path: '/api/projects/{project}/topics/{id}/marks/{mention}',
        tags,
        request: { params: OneMark },
      },
    ),
    async (c) => {
      const { id, mention } = c.req.valid('param')
      const { project } = allowed(c, 'tag')
      const topic = await getTopic(db, project.id, id)
      await dropMark(db, topic.id, mention)
      await events.publish({ project: project.id, kind: 'topic', topic: topic.id })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Which topics have this mention marked, and how', ru: 'Для каких тем и как отмечено упоминание' },
      {
        method: 'get',
        path: '/api/projects/{project}/mentions/{id}/marks',
        tags,
        request: { params: InProject.extend(WithTextId.shape) },
      },
      items(z.object({ topic: z.int(), wanted: z.boolean(), by: z.string().nullable() })),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const { id } = c.req.valid('param')
      const marks = await marksOfMention(db, project.id, id)
      // The archive forgets a mention, and its marks stay.
      if (marks.length === 0 && (await findPosts(clickhouse, project.id, [id])).length === 0) throw new NotFound()
      return c.json({ items: marks }, 200)
    },
  )

  async function show(project: number, marks: GoldenMark[]): Promise<shapes.GoldenMark[]> {
    const shown = await showMentions(
      clickhouse,
      project,
      marks.map(({ mention }) => mention),
    )
    return marks.map(({ wanted, markedAt, markedBy, isThere }, i) => ({
      mention: must(shown[i]),
      wanted,
      at: markedAt.toISOString(),
      by: markedBy,
      isThere,
    }))
  }
}
