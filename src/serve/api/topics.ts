import { UserError } from '../../base/errors.ts'
import { inTransaction } from '../../base/postgres/postgres.ts'
import { askToCancel } from '../../base/progress/progress.ts'
import { audit } from '../../base/team/audit.ts'
import type { Scope } from '../../base/team/scope.ts'
import { startBackfill } from '../../listen/collect/backfill.ts'
import { findSurroundings } from '../../listen/lists/list.ts'
import { countByTopic } from '../../listen/mentions/count-by-topic.ts'
import { dropTopicEverywhere } from '../../listen/mentions/drop-topic.ts'
import { costOf, tooCostly } from '../../listen/query/cost.ts'
import { readInProject } from '../../listen/query/in-project.ts'
import { findPosts, listMarks, saveMarks } from '../../listen/topics/golden.ts'
import { measure, type Marked } from '../../listen/topics/quality.ts'
import {
  addTopic,
  changeTopic,
  getTopic,
  listTopics,
  listVersions,
  readQuery,
  removeTopic,
  type Topic,
} from '../../listen/topics/topic.ts'
import { wordSharesOf } from '../../listen/topics/word-shares.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import * as shapes from './shapes/topic.ts'
import type { Mark } from './shapes/trial.ts'
import { showQuality } from './topics-try.ts'

const tags = ['topics']
/** What the project watches. A saved query runs over everything collected before. */
export function serveTopics(api: Api, house: House): void {
  const { postgres, clickhouse, events } = house
  const { db } = postgres
  const rooms = { db, clickhouse }

  api.openapi(
    operation(
      { en: 'Topics of the project', ru: 'Темы проекта' },
      { method: 'get', path: '/api/projects/{project}/topics', tags, request: { params: InProject } },
      items(shapes.Topic),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const counts = await countByTopic(clickhouse, project.id)
      return c.json({ items: (await listTopics(db, project.id)).map((topic) => showTopic(topic, counts)) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Watch a new topic', ru: 'Завести тему' },
      {
        method: 'post',
        path: '/api/projects/{project}/topics',
        tags,
        request: { params: InProject, body: body(shapes.NewTopic) },
      },
      shapes.Topic,
    ),
    async (c) => {
      const input = c.req.valid('json')
      const scope = allowed(c, 'topic')
      await refuseCostly(scope.project.id, input.query)
      const marks = await markedPosts(scope.project.id, input.marks ?? [])
      const topic = await inTransaction(db, async (tx) => {
        const { query } = await readQuery(tx, scope.project.id, input.query)
        const facts = { quality: measure(query, marks), from: null }
        const added = await addTopic(tx, scope.project.id, readInput(input), scope.who.name, facts)
        await saveMarks(tx, added.id, marks, scope.who.name)
        return added
      })
      return c.json(await runSaved(scope, topic), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'One topic', ru: 'Одна тема' },
      { method: 'get', path: '/api/projects/{project}/topics/{id}', tags, request: { params: WithId } },
      shapes.Topic,
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const topic = await getTopic(db, project.id, c.req.valid('param').id)
      return c.json(showTopic(topic, await countByTopic(clickhouse, project.id)), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Save a new version of a topic', ru: 'Сохранить новую версию темы' },
      {
        method: 'put',
        path: '/api/projects/{project}/topics/{id}',
        tags,
        request: { params: WithId, body: body(shapes.ChangedTopic) },
      },
      shapes.Topic,
    ),
    async (c) => {
      const input = c.req.valid('json')
      const scope = allowed(c, 'topic')
      const { id } = c.req.valid('param')
      // First, so that a foreign topic is not found before its query is judged.
      const before = await getTopic(db, scope.project.id, id)
      await refuseCostly(scope.project.id, input.query)
      const { query } = await readQuery(db, scope.project.id, input.query)
      const facts = {
        quality: measure(query, await listMarks(rooms, before)),
        from: await takenBack(id, input),
      }
      return c.json(
        await runSaved(scope, await changeTopic(db, scope.project.id, id, readInput(input), scope.who.name, facts)),
        200,
      )
    },
  )

  api.openapi(
    silentOperation(
      {
        en: 'Stop watching a topic; mentions nobody else asks for go back to the archive',
        ru: 'Убрать тему; упоминания, нужные только ей, вернутся в архив',
      },
      { method: 'delete', path: '/api/projects/{project}/topics/{id}', tags, request: { params: WithId } },
    ),
    async (c) => {
      const { project, who } = allowed(c, 'topic')
      const topic = await getTopic(db, project.id, c.req.valid('param').id)
      if (topic.backfill !== null) await askToCancel(db, project.id, topic.backfill)
      await removeTopic(db, project.id, topic.id)
      await audit(db, { project: project.id, who, action: 'topic-removed', subject: topic.name })
      await events.publish({ project: project.id, kind: 'topic', topic: topic.id })
      await dropTopicEverywhere(clickhouse, project.id, topic.id)
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'Earlier versions of a topic, newest first', ru: 'Прежние версии темы, новые сверху' },
      { method: 'get', path: '/api/projects/{project}/topics/{id}/versions', tags, request: { params: WithId } },
      items(shapes.TopicVersion),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const topic = await getTopic(db, project.id, c.req.valid('param').id)
      const versions = await listVersions(db, topic.id)
      return c.json(
        {
          items: versions.map(({ savedAt, savedBy, quality, ...version }) => ({
            ...version,
            at: savedAt.toISOString(),
            by: savedBy,
            quality: quality && showQuality(quality),
          })),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'Run a topic over the archive again, after a run that was stopped or failed',
        ru: 'Пройти темой по архиву снова: прошлый проход остановили или он не удался',
      },
      { method: 'post', path: '/api/projects/{project}/topics/{id}/backfill', tags, request: { params: WithId } },
      shapes.Topic,
    ),
    async (c) => {
      const { project } = allowed(c, 'topic')
      const topic = await getTopic(db, project.id, c.req.valid('param').id)
      const progress = await startBackfill(db, topic)
      await events.publish({ project: project.id, kind: 'topic', topic: topic.id })
      return c.json(showTopic({ ...topic, backfill: progress.id }, await countByTopic(clickhouse, project.id)), 200)
    },
  )

  async function markedPosts(project: number, marks: Mark[]): Promise<Marked[]> {
    const wanted = new Map(marks.map((mark) => [mark.mention, mark.wanted]))
    const posts = await findPosts(clickhouse, project, [...wanted.keys()])
    return posts.map((mention) => ({ mention, wanted: wanted.get(mention.id) === true }))
  }

  async function takenBack(id: number, { from, query }: shapes.ChangedTopic): Promise<number | null> {
    const version = (await listVersions(db, id)).find((one) => one.version === from)
    return version?.query === query ? version.version : null
  }

  async function refuseCostly(project: number, text: string): Promise<void> {
    const { query, places } = readInProject(text, await findSurroundings(db, project))
    const { shareOf } = await wordSharesOf(clickhouse, project, house.now())
    const costly = tooCostly(costOf(query, places, shareOf), house.config.limits.queryLooks)
    if (costly)
      throw new UserError(costly.message.en, {
        key: 'query-broken',
        values: { problem: costly.key, ...costly.message },
        field: 'query',
      })
  }

  async function runSaved({ project, who }: Scope, topic: Topic): Promise<shapes.Topic> {
    await audit(db, {
      project: project.id,
      who,
      action: 'topic-saved',
      subject: topic.name,
      details: { version: topic.version },
    })
    // New posts first: whatever arrives from now on is matched with the new query.
    await events.publish({ project: project.id, kind: 'topic', topic: topic.id })
    const progress = await startBackfill(db, topic)
    return showTopic({ ...topic, backfill: progress.id }, await countByTopic(clickhouse, project.id))
  }
}

function readInput(input: shapes.TopicInput) {
  const { name, group, query, competitor } = input
  return { name, group: group || null, query, ...(competitor === undefined ? {} : { isCompetitor: competitor }) }
}

function showTopic(
  { id, name, topicGroup, isCompetitor, query, color, version, updatedAt, updatedBy, backfill, searchedVersion }: Topic,
  counts: Map<number, number>,
): shapes.Topic {
  return {
    id,
    name,
    group: topicGroup,
    competitor: isCompetitor,
    query,
    color,
    version,
    mentions: counts.get(id) ?? 0,
    updatedAt: updatedAt.toISOString(),
    updatedBy,
    backfill,
    searched: searchedVersion === version,
  }
}
