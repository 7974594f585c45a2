import { z } from '@hono/zod-openapi'
import { NotFound } from '../../base/errors.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { russianNamesIn } from '../../listen/enrich/place/russian-names.ts'
import { findSurroundings } from '../../listen/lists/list.ts'
import { importQuery } from '../../listen/query/dialects/import-query.ts'
import { explainMatch, verdict, type PartExplained } from '../../listen/match/explain-match.ts'
import { clusterSizes } from '../../listen/mentions/read.ts'
import type { Post } from '../../listen/posts/post.ts'
import { costOf, costWords, tooCostly } from '../../listen/query/cost.ts'
import { explainQuery } from '../../listen/query/explain.ts'
import { readInProject, type Surroundings } from '../../listen/query/in-project.ts'
import { parseQuery } from '../../listen/query/parse.ts'
import { printQuery } from '../../listen/query/print.ts'
import type { Problem } from '../../listen/query/problems.ts'
import { findMarked, findPosts } from '../../listen/topics/golden.ts'
import { asJudged } from '../../listen/topics/look.ts'
import { wordSharesOf, type WordShares } from '../../listen/topics/word-shares.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, operation, type Api } from './door.ts'
import { showReference } from './query-reference.ts'
import { QueryImport, QueryToImport } from './shapes/query-import.ts'
import * as shapes from './shapes/topic.ts'

const tags = ['query']
const Written = z.object({ query: z.string().max(200_000) })
type Locale = 'en' | 'ru'

/** Help for whoever writes a query: what is wrong with it, how it was read. */
export function serveQuery(api: Api, house: House): void {
  api.openapi(
    operation(
      {
        en: 'Check a query: problems, canonical form, explanation',
        ru: 'Проверить запрос: ошибки, единый вид, объяснение',
      },
      {
        method: 'post',
        path: '/api/projects/{project}/query/check',
        tags,
        request: { params: InProject, body: body(Written) },
      },
      shapes.QueryCheck,
    ),
    async (c) => {
      const { query } = c.req.valid('json')
      const { project } = allowed(c, 'read')
      const [surroundings, shares] = await Promise.all([
        findSurroundings(house.postgres.db, project.id),
        wordSharesOf(house.clickhouse, project.id, house.now()),
      ])
      return c.json(check(query, { surroundings, shares, limit: house.config.limits.queryLooks }, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Why a mention matches a query, or which part failed',
        ru: 'Почему упоминание подходит под запрос или что не совпало',
      },
      {
        method: 'post',
        path: '/api/projects/{project}/query/explain',
        tags,
        request: { params: InProject, body: body(Written.extend({ mention: z.string().max(2000) })) },
      },
      shapes.Explanation,
    ),
    async (c) => {
      const { query: text, mention: id } = c.req.valid('json')
      const { project } = allowed(c, 'read')
      const { db } = house.postgres
      const [stored] = await findPosts(house.clickhouse, project.id, [id])
      const mention = stored ?? (await findMarked(db, project.id, id))
      if (!mention) throw new NotFound()
      const { query } = readInProject(text, await findSurroundings(db, project.id))
      const sizes = await clusterSizes(house.clickhouse, project.id, [mention.cluster])
      const analysis = analysePost(mention)
      const sized = { ...asJudged(mention, analysis), clusterSize: sizes.get(mention.cluster) ?? null }
      const explained = explainMatch(query, sized, analysis)
      return c.json({ truth: truths(explained), parts: showParts(explained, mention, c.var.locale, 0) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Operators and fields of the query language', ru: 'Операторы и поля языка запросов' },
      { method: 'get', path: '/api/query/reference', tags },
      shapes.QueryReference,
    ),
    (c) => c.json(showReference(c.var.locale), 200),
  )

  api.openapi(
    operation(
      {
        en: 'What cities and regions of a country are called in Russian; those that are missing are not known for certain',
        ru: 'Как города и регионы страны называются по-русски; чего здесь нет, того мы не знаем наверняка',
      },
      {
        method: 'get',
        path: '/api/places/{country}/russian',
        tags,
        request: { params: z.object({ country: z.string().regex(/^[A-Z]{2}$/) }) },
      },
      shapes.RussianNames,
    ),
    (c) => {
      const { cities, regions } = russianNamesIn(c.req.valid('param').country)
      return c.json({ cities: Object.fromEntries(cities), regions: Object.fromEntries(regions) }, 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Bring a query from another tool: how it is written here, what changed, what is lost',
        ru: 'Перенести запрос из другой системы: как он пишется здесь, что изменилось, что потеряно',
      },
      { method: 'post', path: '/api/query/import', tags, request: { body: body(QueryToImport) } },
      QueryImport,
    ),
    (c) => {
      const { query, from } = c.req.valid('json')
      return c.json(bring(query, from, c.var.locale), 200)
    },
  )
}

function bring(text: string, from: QueryToImport['from'], locale: Locale): QueryImport {
  const { printed, notes } = importQuery(text, from)
  return { printed, notes: notes.map(({ values: _, message, ...note }) => ({ ...note, message: message[locale] })) }
}

type Checking = { surroundings: Surroundings; shares: WordShares; limit: number }

function check(text: string, { surroundings, shares, limit }: Checking, locale: Locale): shapes.QueryCheck {
  const meant = readInProject(text, surroundings)
  const cost = costOf(meant.query, meant.places, shares.shareOf)
  const costly = tooCostly(cost, limit)
  // As it was written: a list by its name.
  const { query } = parseQuery(text)
  return {
    problems: [...meant.problems, ...(costly ? [costly] : [])].map((problem) => showProblem(problem, locale)),
    printed: printQuery(query),
    explanation: explainQuery(query, locale),
    cost: {
      looks: cost.looks,
      limit,
      counted: shares.posts,
      parts: cost.parts.map((part) => ({
        ...part.place,
        postsPerMillion: part.postsPerMillion,
        broad: part.broad,
        words: costWords(part)[locale],
      })),
    },
  }
}

// A list of a thousand words says no more than the words that were found and the line above them.
const mostShown = 200

function showParts(part: PartExplained, mention: Post, locale: Locale, depth: number): shapes.Explanation['parts'] {
  const { text, decides, places, parts } = part
  const shown = { depth, text, truth: truths(part), decides, words: verdict(part, mention, locale), places }
  const below = parts.toSorted((a, b) => Number(b.decides) - Number(a.decides))
  return [shown, ...below.flatMap((one) => showParts(one, mention, locale, depth + 1))].slice(0, mostShown)
}

function truths({ truth }: PartExplained): 'yes' | 'no' | 'unknown' {
  return truth === null ? 'unknown' : truth ? 'yes' : 'no'
}

function showProblem({ start, end, severity, key, message, repair }: Problem, locale: Locale): shapes.QueryProblem {
  return {
    ...{ start, end, severity, key, message: message[locale] },
    repair: repair && { label: repair.text, start: repair.start, end: repair.end, replacement: repair.text },
  }
}
