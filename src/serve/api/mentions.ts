import { z } from '@hono/zod-openapi'
import { sql } from 'kysely'
import { must, NotFound } from '../../base/errors.ts'
import { list } from '../../base/postgres/postgres.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { findSurroundings } from '../../listen/lists/list.ts'
import { evaluate } from '../../listen/match/evaluate.ts'
import { changeMentions } from '../../listen/mentions/change.ts'
import { correctMentions, listCorrections } from '../../listen/mentions/correction.ts'
import { countFacets } from '../../listen/mentions/facets.ts'
import { queryOf, resolveFilter } from '../../listen/mentions/filter.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import { findMentions, findThread, listOfAuthors, listOfCluster, summariseAuthor } from '../../listen/mentions/read.ts'
import { countSince, orders, searchMentions, type Order } from '../../listen/mentions/search.ts'
import { listTopics } from '../../listen/topics/topic.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, operation, WithTextId, type Api } from './door.ts'
import { readFilter } from './filter.ts'
import { showMentions } from './mention-shape.ts'
import * as shapes from './shapes/mention.ts'

const tags = ['mentions']

const Asked = shapes.MentionFilter.extend({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  order: z.enum(Object.keys(orders) as [Order, ...Order[]]).default('newest'),
})

/** The stream of a project's mentions, and what people do in it. */
export function serveMentions(api: Api, house: House): void {
  const { clickhouse } = house
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Find mentions', ru: 'Найти упоминания' },
      { method: 'get', path: '/api/projects/{project}/mentions', tags, request: { params: InProject, query: Asked } },
      shapes.MentionPage,
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const { cursor, limit, order, ...asked } = c.req.valid('query')
      const filter = readFilter(asked, await findSurroundings(db, project.id))
      const query = queryOf(filter)
      const condition = await resolveFilter(clickhouse, project.id, filter)
      const page = await searchMentions(clickhouse, condition, { order, limit, cursor: cursor ?? null })
      const highlight = (mention: Mention) => (query && evaluate(query, mention, analysePost(mention))) || []
      return c.json({ ...page, items: await showMentions(clickhouse, project.id, page.items, highlight) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Count the mentions that came in since', ru: 'Сколько упоминаний пришло с тех пор' },
      {
        method: 'get',
        path: '/api/projects/{project}/mentions/since',
        tags,
        request: { params: InProject, query: shapes.MentionFilter.extend({ after: z.string().max(40) }) },
      },
      z.object({ count: z.int() }),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const { after, ...asked } = c.req.valid('query')
      const filter = readFilter(asked, await findSurroundings(db, project.id))
      const condition = await resolveFilter(clickhouse, project.id, filter)
      return c.json({ count: await countSince(clickhouse, condition, after) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Count what each value of a filter would leave', ru: 'Сколько упоминаний оставит каждое значение фильтра' },
      {
        method: 'get',
        path: '/api/projects/{project}/mentions/facets',
        tags,
        request: { params: InProject, query: shapes.MentionFilter },
      },
      shapes.Facets,
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const filter = readFilter(c.req.valid('query'), await findSurroundings(db, project.id))
      // A filter that is not set leaves the condition as it is, and a query that the matcher decides is decided once.
      const whole = await resolveFilter(clickhouse, project.id, filter)
      const counts = await countFacets(clickhouse, async (name) =>
        filter[name] === undefined ? whole : resolveFilter(clickhouse, project.id, { ...filter, [name]: undefined }),
      )
      const topics = new Map((await listTopics(db, project.id)).map((topic) => [String(topic.id), topic.name]))
      const label = (name: string, value: string) => (name === 'topic' ? (topics.get(value) ?? value) : value)
      const shown = Object.entries(counts).map(([name, values]) => [
        name,
        values.map(({ value, count }) => ({
          value: value === '' ? (name === 'status' ? 'none' : 'unknown') : value,
          label: label(name, value),
          count,
        })),
      ])
      return c.json(Object.fromEntries(shown) as shapes.Facets, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'One mention with its thread, author and copies', ru: 'Одно упоминание с веткой, автором и копиями' },
      { method: 'get', path: '/api/projects/{project}/mentions/{id}', tags, request: { params: WithTextId } },
      shapes.MentionDetail,
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const [mention] = await findMentions(clickhouse, project.id, [c.req.valid('param').id])
      if (!mention) throw new NotFound()
      const author = mention.author?.id ?? null
      const [thread, cluster, summary, latest, topics, corrections, tickets] = await Promise.all([
        findThread(clickhouse, project.id, mention),
        listOfCluster(clickhouse, project.id, mention.cluster, 21),
        author ? summariseAuthor(clickhouse, project.id, author) : null,
        author ? listOfAuthors(clickhouse, project.id, [author], 11) : [],
        listTopics(db, project.id),
        listCorrections(db, project.id, mention.id),
        mention.ticket === null
          ? []
          : list(
              db,
              sql<{
                id: number
                title: string
                titleOf: string | null
                status: string
              }>`select id, title, title_of, status from ticket where id = ${mention.ticket} and project_id = ${project.id}`,
            ),
      ])
      const related = [mention, ...thread.above, ...thread.below, ...cluster, ...latest]
      const shown = new Map((await showMentions(clickhouse, project.id, related)).map((one) => [one.id, one]))
      const others = (mentions: Mention[]) =>
        mentions.filter((other) => other.id !== mention.id).map((other) => must(shown.get(other.id)))
      return c.json(
        {
          mention: must(shown.get(mention.id)),
          thread: { above: others(thread.above), below: others(thread.below) },
          cluster: others(cluster),
          author: summary && {
            mentions: summary.mentions,
            firstAt: summary.firstAt.toISOString(),
            lastAt: summary.lastAt.toISOString(),
            latest: others(latest),
          },
          matches: topics
            .filter((topic) => mention.topics.includes(topic.id))
            .map((topic) => ({ topic: topic.id, name: topic.name, places: mention.places[topic.id] ?? [] })),
          corrections: corrections.map((one) => ({ ...one, at: one.at.toISOString() })),
          tickets,
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Tag and mark mentions', ru: 'Поставить теги и отметки' },
      {
        method: 'patch',
        path: '/api/projects/{project}/mentions',
        tags,
        request: { params: InProject, body: body(shapes.MentionChange) },
      },
      z.object({ changed: z.int() }),
    ),
    async (c) => {
      const { project } = allowed(c, 'tag')
      const { ids, ...marks } = c.req.valid('json')
      const there = await findMentions(clickhouse, project.id, ids)
      await changeMentions(
        clickhouse,
        project.id,
        there.map((mention) => mention.id),
        marks,
      )
      await house.events.publish({ project: project.id, kind: 'mentions', added: 0 })
      return c.json({ changed: there.length }, 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Correct the tonality, stage or place of mentions',
        ru: 'Исправить тональность, этап или место упоминаний',
      },
      {
        method: 'post',
        path: '/api/projects/{project}/corrections',
        tags,
        request: { params: InProject, body: body(shapes.CorrectionInput) },
      },
      shapes.Corrected,
    ),
    async (c) => {
      const { project, who } = allowed(c, 'tag')
      const { ids, ...correction } = c.req.valid('json')
      const actor = { id: who.kind === 'key' ? `key:${who.id}` : who.id, name: who.name }
      const judged = await correctMentions({ db, clickhouse }, project.id, ids, correction, {
        actor,
        now: house.now(),
      })
      await house.events.publish({ project: project.id, kind: 'mentions', added: 0 })
      return c.json({ items: judged }, 200)
    },
  )
}
