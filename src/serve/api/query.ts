import { z } from '@hono/zod-openapi'
import { explainQuery } from '../../listen/query/explain.ts'
import { parseQuery } from '../../listen/query/parse.ts'
import { printQuery } from '../../listen/query/print.ts'
import type { Problem } from '../../listen/query/problems.ts'
import { previewQuery } from '../../listen/topics/preview.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, operation, type Api } from './door.ts'
import { showMentions } from './mention-shape.ts'
import { showReference } from './query-reference.ts'
import * as shapes from './shapes/topic.ts'

const tags = ['query']
const Written = z.object({ query: z.string().max(200_000) })
type Locale = 'en' | 'ru'

/** Help for whoever writes a query: what is wrong with it, how it was read, what it would find. */
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
    (c) => {
      const { query } = c.req.valid('json')
      allowed(c, 'read')
      return c.json(check(query, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'What a query would have found in the last days', ru: 'Что запрос нашёл бы за последние дни' },
      {
        method: 'post',
        path: '/api/projects/{project}/query/preview',
        tags,
        request: { params: InProject, body: body(Written) },
      },
      shapes.QueryPreview,
    ),
    async (c) => {
      const { query: text } = c.req.valid('json')
      const { project } = allowed(c, 'read')
      const { query, problems } = parseQuery(text)
      const checked = check(text, c.var.locale)
      if (problems.some(({ severity }) => severity === 'error')) {
        return c.json({ check: checked, latest: [], found: 0, days: 0, expectedPerMonth: null }, 200)
      }
      const { latest, ...preview } = await previewQuery(house.clickhouse, project.id, query, house.now())
      return c.json(
        { check: checked, ...preview, latest: await showMentions(house.clickhouse, project.id, latest) },
        200,
      )
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
}

function check(text: string, locale: Locale): shapes.QueryCheck {
  const { query, problems } = parseQuery(text)
  return {
    problems: problems.map((problem) => showProblem(problem, locale)),
    printed: printQuery(query),
    explanation: explainQuery(query, locale),
  }
}

function showProblem({ start, end, severity, key, message, repair }: Problem, locale: Locale): shapes.QueryProblem {
  return {
    ...{ start, end, severity, key, message: message[locale] },
    repair: repair && { label: repair.text, start: repair.start, end: repair.end, replacement: repair.text },
  }
}
