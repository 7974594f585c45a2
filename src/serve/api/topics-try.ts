import { z } from '@hono/zod-openapi'
import { analysePost } from '../../base/text/analyse.ts'
import { evaluate } from '../../listen/match/evaluate.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import { printQuery } from '../../listen/query/print.ts'
import { branches, type Query } from '../../listen/query/query.ts'
import { clauseEffects, lookAtClause } from '../../listen/topics/clause-effects.ts'
import { partAt, without } from '../../listen/topics/clauses.ts'
import { findPosts, listMarks } from '../../listen/topics/golden.ts'
import type { Looked } from '../../listen/topics/look.ts'
import { previewQuery, type Difference } from '../../listen/topics/preview.ts'
import {
  count,
  fewMarks,
  findMarked,
  measure,
  precisionOf,
  recallOf,
  type Marked,
  type Quality,
} from '../../listen/topics/quality.ts'
import { getTopic, readQuery, type Topic } from '../../listen/topics/topic.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, type Api } from './door.ts'
import { showMentions } from './mention-shape.ts'
import type { Mention as MentionShape } from './shapes/mention.ts'
import * as shapes from './shapes/trial.ts'

const tags = ['query']
const Written = z.object({
  query: z.string().max(200_000),
  topic: z
    .int()
    .positive()
    .optional()
    .openapi({ description: 'The topic it is meant for, when there is one already.' }),
})
const Tried = Written.extend({
  marks: z
    .array(shapes.Mark)
    .max(1000)
    .optional()
    .openapi({ description: 'Marks besides those of the topic, which they outdo.' }),
})
const Path = z.array(z.int().min(0)).max(100).openapi({ description: 'Which branch at each step from the root.' })
const sampled = 50

/** What a query would do, before it is saved. All of it is answered by the matcher that new posts meet. */
export function serveTrials(api: Api, house: House): void {
  const { clickhouse } = house
  const { db } = house.postgres

  api.openapi(
    operation(
      {
        en: 'What a query would have found in the last 30 days, and what that changes',
        ru: 'Что запрос нашёл бы за последние 30 дней и что от этого изменится',
      },
      {
        method: 'post',
        path: '/api/projects/{project}/query/preview',
        tags,
        request: {
          params: InProject,
          body: body(
            Written.extend({ seed: z.int().min(0).max(1e9).optional().openapi({ description: 'Draws other posts.' }) }),
          ),
        },
      },
      shapes.QueryPreview,
    ),
    async (c) => {
      const { query: text, topic: id, seed } = c.req.valid('json')
      const { project } = allowed(c, 'read')
      const { query } = await readQuery(db, project.id, text)
      const topic = await topicOf(project.id, id)
      const saved = topic && (await readQuery(db, project.id, topic.query)).query
      const preview = await previewQuery(clickhouse, project.id, query, { now: house.now(), saved, seed: seed ?? 0 })
      const show = (mentions: Mention[], by: Query) => showFound(project.id, mentions, by)
      return c.json(
        {
          ...preview,
          sample: await show(preview.sample, query),
          change:
            saved && preview.change
              ? {
                  added: await showDifference(preview.change.added, query),
                  lost: await showDifference(preview.change.lost, saved),
                }
              : null,
        },
        200,
      )

      async function showDifference(difference: Difference, by: Query) {
        return { ...difference, sample: await show(difference.sample, by) }
      }
    },
  )

  api.openapi(
    operation(
      {
        en: 'Precision and recall of a query on marked posts',
        ru: 'Точность и полнота запроса на размеченных записях',
      },
      {
        method: 'post',
        path: '/api/projects/{project}/query/quality',
        tags,
        request: { params: InProject, body: body(Tried) },
      },
      shapes.QueryTrial,
    ),
    async (c) => {
      const tried = c.req.valid('json')
      const { project } = allowed(c, 'read')
      const { query } = await readQuery(db, project.id, tried.query)
      const topic = await topicOf(project.id, tried.topic)
      const marks = await marksOf(project.id, topic, tried.marks ?? [])
      const found = findMarked(query, marks)
      const before = topic && measure((await readQuery(db, project.id, topic.query)).query, marks)
      return c.json(
        {
          quality: marks.length === 0 ? null : showQuality(count(marks, found)),
          saved: before && showQuality(before),
          fewMarks,
          marks: marks.map(({ mention, wanted }, i) => ({ mention: mention.id, wanted, places: found[i] ?? null })),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'What each part of a query adds and takes away, on marked posts and in the history',
        ru: 'Что добавляет и отнимает каждая часть запроса: на размеченных записях и в истории',
      },
      {
        method: 'post',
        path: '/api/projects/{project}/query/clauses',
        tags,
        request: {
          params: InProject,
          body: body(
            Tried.extend({ path: Path.optional().openapi({ description: 'Look under this part; else the root.' }) }),
          ),
        },
      },
      items(shapes.Clause),
    ),
    async (c) => {
      const tried = c.req.valid('json')
      const { project } = allowed(c, 'read')
      const { query, places } = await readQuery(db, project.id, tried.query)
      const marks = await marksOf(project.id, await topicOf(project.id, tried.topic), tried.marks ?? [])
      const options = { path: tried.path ?? [], marks, now: house.now() }
      const effects = await clauseEffects(clickhouse, project.id, query, options)
      return c.json(
        {
          items: effects.map(({ part, path, ...effect }) => {
            const place = places.get(part)
            const written = place && tried.query.slice(place.start, place.end)
            // What stands in a list was written elsewhere, and in handle:(a OR b) the name of the field stands outside.
            const text = written && (!asksFields(part) || written.includes(':')) ? written : printQuery(part)
            return { ...effect, path: [...path], text, start: place?.start ?? null, end: place?.end ?? null }
          }),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'Posts that only this part of a query brings or keeps away',
        ru: 'Записи, которые приносит или отсекает только эта часть запроса',
      },
      {
        method: 'post',
        path: '/api/projects/{project}/query/clause',
        tags,
        request: { params: InProject, body: body(Written.extend({ path: Path })) },
      },
      shapes.ClausePosts,
    ),
    async (c) => {
      const { query: text, path } = c.req.valid('json')
      const { project } = allowed(c, 'read')
      const { query } = await readQuery(db, project.id, text)
      const looked: Looked | null = await lookAtClause(clickhouse, project.id, query, {
        path,
        now: house.now(),
        show: sampled,
      })
      if (!looked) return c.json({ count: null, isExact: false, sample: [] }, 200)
      const { count: found, isExact, sample } = looked
      return c.json({ count: found, isExact, sample: await showFound(project.id, sample, ...whyOf(query, path)) }, 200)
    },
  )

  async function topicOf(project: number, id: number | undefined): Promise<Topic | null> {
    return id === undefined ? null : getTopic(db, project, id)
  }

  async function marksOf(project: number, topic: Topic | null, more: shapes.Mark[]): Promise<Marked[]> {
    const marks = new Map<string, Marked>()
    const kept = topic ? await listMarks({ db, clickhouse }, topic) : []
    for (const { mention, wanted } of kept) marks.set(mention.id, { mention, wanted })
    const wantedBy = new Map(more.map(({ mention, wanted }) => [mention, wanted]))
    for (const mention of await findPosts(clickhouse, project, [...wantedBy.keys()]))
      marks.set(mention.id, { mention, wanted: wantedBy.get(mention.id) === true })
    return [...marks.values()]
  }

  /** With the places of the first of these queries that finds the post, and of no topic that also does. */
  async function showFound(project: number, mentions: Mention[], ...by: Query[]): Promise<MentionShape[]> {
    const bare = mentions.map((mention) => ({ ...mention, places: {} }))
    return showMentions(clickhouse, project, bare, (mention) => {
      const analysis = analysePost(mention)
      for (const query of by) {
        const places = evaluate(query, mention, analysis)
        if (places) return places
      }
      return []
    })
  }
}

function asksFields(query: Query): boolean {
  return query.kind === 'field' || branches(query).some(asksFields)
}

/** What is to be highlighted in a post that a part brings or keeps away: the part, or else what stands beside it. */
function whyOf(query: Query, path: number[]): Query[] {
  const part = partAt(query, path)
  const rest = without(query, path)
  return [part?.kind === 'not' ? part.of : part, rest].filter((one) => one !== null)
}

export function showQuality(quality: Quality): shapes.Quality {
  return { ...quality, precision: precisionOf(quality), recall: recallOf(quality) }
}
