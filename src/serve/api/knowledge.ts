import { z } from '@hono/zod-openapi'
import { NotFound, UserError } from '../../base/errors.ts'
import type { Scope } from '../../base/team/scope.ts'
import { dayIn } from '../../base/time/day.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import {
  countOverdue,
  findArticles,
  getArticle,
  listArticles,
  listVersions,
  type Article,
} from '../../respond/knowledge/article.ts'
import type { KnowledgeIndex } from '../../respond/knowledge/project-index.ts'
import { suggest } from '../../respond/knowledge/suggest.ts'
import { useArticle } from '../../respond/knowledge/use.ts'
import { unknownVariables } from '../../respond/knowledge/variables.ts'
import { addArticle, changeArticle, writeText } from '../../respond/knowledge/write.ts'
import { listMentionIds } from '../../respond/tickets/ticket.ts'
import type { House } from '../house.ts'
import { readCursor } from './cursor.ts'
import { allowed, body, InProject, items, operation, WithId, type Api } from './door.ts'
import { serveExperts } from './knowledge-experts.ts'
import { serveGaps } from './knowledge-gaps.ts'
import { questionAddress } from './outcome-question.ts'
import * as shapes from './shapes/knowledge.ts'
import { colleagueFor } from './ticket-desk.ts'

const tags = ['knowledge']
const at = '/api/projects/{project}/knowledge'
const pageSize = 50
const suggested = 5
const searched = 30
/** Of the mentions of a ticket the newest say what is asked now. */
const mentionsAsked = 3

const TicketId = z.string().regex(/^[1-9]\d{0,8}$/)

/** Articles, agreed answers and canned parts: written, found, and suggested beside the question they answer. */
export function serveKnowledge(api: Api, house: House, index: KnowledgeIndex): void {
  const { db } = house.postgres
  serveExperts(api, house)
  serveGaps(api, house, index)

  api.openapi(
    operation(
      {
        en: 'Articles, agreed answers and canned parts, last changed first',
        ru: 'Статьи, согласованные ответы и заготовки; недавно изменённые сверху',
      },
      {
        method: 'get',
        path: `${at}/articles`,
        tags,
        request: {
          params: InProject,
          query: z.object({
            kind: shapes.ArticleKind.optional(),
            state: shapes.ArticleState.optional(),
            overdue: z.enum(['yes']).optional().openapi({ description: 'Only those whose review is due.' }),
            q: z
              .string()
              .max(500)
              .optional()
              .openapi({ description: 'Words to look for; the nearest come first, on one page.' }),
            cursor: z.string().max(40).optional(),
          }),
        },
      },
      shapes.ArticlePage,
    ),
    async (c) => {
      const { kind = null, state = null, overdue, q, cursor } = c.req.valid('query')
      const scope = allowed(c, 'read')
      const { project } = scope
      const today = dayIn(house.now(), project.timeZone)
      const publicOnly = seesPublicOnly(scope)
      const filter = { kind, state, publicOnly, reviewBy: overdue ? today : null }
      const page = await listArticles(db, project.id, filter, { before: readCursor(cursor), limit: pageSize })
      const found = q?.trim() ? await search(scope, q) : null
      const fits = (article: Article) =>
        (kind === null || article.kind === kind) &&
        (state === null || article.state === state) &&
        (!overdue || (article.reviewOn !== null && article.reviewOn <= today))
      return c.json(
        {
          items: (found?.filter(fits) ?? page.items).map(showArticle),
          next: found || page.next === null ? null : String(page.next),
          counts: page.counts,
          overdue: publicOnly ? 0 : await countOverdue(db, project.id, today),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'Begin an article, an agreed answer or a canned part, as a draft',
        ru: 'Начать статью, согласованный ответ или заготовку — черновиком',
      },
      { method: 'post', path: `${at}/articles`, tags, request: { params: InProject, body: body(shapes.NewArticle) } },
      shapes.Article,
    ),
    async (c) => {
      const { isPublic = false, ownerId = null, reviewOn = null, ...writing } = c.req.valid('json')
      const scope = allowed(c, 'write')
      await refuseStranger(scope, ownerId)
      refuseUnknownVariables(writing.kind, writing.body)
      const added = await addArticle(db, scope.project.id, { ...writing, isPublic, ownerId, reviewOn }, scope.who.name)
      return c.json(showArticle(added), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'One article with the current text of each language', ru: 'Одна статья: нынешний текст на каждом языке' },
      { method: 'get', path: `${at}/articles/{id}`, tags, request: { params: WithId } },
      shapes.Article,
    ),
    async (c) => c.json(showArticle(await visible(allowed(c, 'read'), c.req.valid('param').id)), 200),
  )

  api.openapi(
    operation(
      {
        en: 'Change what an article is: state, who may read it, owner, day of review',
        ru: 'Сменить состояние, видимость, ответственного или день проверки статьи',
      },
      {
        method: 'patch',
        path: `${at}/articles/{id}`,
        tags,
        request: { params: WithId, body: body(shapes.ArticleChange) },
      },
      shapes.Article,
    ),
    async (c) => {
      const change = c.req.valid('json')
      const scope = allowed(c, 'write')
      await getArticle(db, scope.project.id, c.req.valid('param').id)
      await refuseStranger(scope, change.ownerId ?? null)
      return c.json(showArticle(await changeArticle(db, scope.project.id, c.req.valid('param').id, change)), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Write a new version of a text, or a new language; `was` is the version one began from',
        ru: 'Записать новую версию текста или новый язык; `was` — версия, с которой начали',
      },
      {
        method: 'put',
        path: `${at}/articles/{id}/text`,
        tags,
        request: { params: WithId, body: body(shapes.ArticleWriting) },
      },
      shapes.Article,
    ),
    async (c) => {
      const writing = c.req.valid('json')
      const { project, who } = allowed(c, 'write')
      const { id, kind } = await getArticle(db, project.id, c.req.valid('param').id)
      refuseUnknownVariables(kind, writing.body)
      return c.json(showArticle(await writeText(db, project.id, id, writing, who.name)), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Versions of one language of an article, newest first', ru: 'Версии статьи на одном языке, новые сверху' },
      {
        method: 'get',
        path: `${at}/articles/{id}/versions`,
        tags,
        request: {
          params: WithId,
          query: z.object({
            lang: z.string().max(3).optional().openapi({ description: 'The first one unless told.' }),
          }),
        },
      },
      shapes.ArticleVersions,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      const { id, texts } = await getArticle(db, scope.project.id, c.req.valid('param').id)
      const lang = c.req.valid('query').lang ?? texts[0]?.lang ?? ''
      const versions = await listVersions(db, scope.project.id, id, lang)
      return c.json(
        { items: versions.map((version) => ({ ...version, writtenAt: version.writtenAt.toISOString() })) },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'What may answer a ticket, a mention or a question, with the reasons',
        ru: 'Что может ответить на обращение, упоминание или вопрос — с причинами',
      },
      {
        method: 'get',
        path: `${at}/suggestions`,
        tags,
        request: {
          params: InProject,
          query: z.object({
            ticket: TicketId.optional(),
            mention: z.string().max(2000).optional(),
            text: z.string().max(2000).optional(),
          }),
        },
      },
      items(shapes.Suggestion),
    ),
    async (c) => {
      const scope = allowed(c, 'read')
      const question = await readQuestion(scope.project.id, c.req.valid('query'))
      const found = await suggest(db, index, scope.project.id, {
        ...question,
        limit: suggested,
        publicOnly: seesPublicOnly(scope),
        byMeaning: true,
      })
      return c.json({ items: found }, 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Take a text into an answer: its variables filled for the ticket, and the use is kept',
        ru: 'Взять текст в ответ: переменные заполнены под обращение, использование учтено',
      },
      {
        method: 'post',
        path: `${at}/articles/{id}/uses`,
        tags,
        request: {
          params: WithId,
          body: body(
            z.object({
              lang: z.string().max(3),
              ticket: z
                .int()
                .min(1)
                .max(2 ** 31 - 1)
                .optional(),
              mention: z
                .string()
                .max(2000)
                .optional()
                .openapi({ description: 'The one that is answered; names its author.' }),
            }),
          ),
        },
      },
      shapes.Filled,
    ),
    async (c) => {
      const { lang, ticket = null, mention } = c.req.valid('json')
      const { project, who } = allowed(c, 'ticket')
      const id = c.req.valid('param').id
      await getArticle(db, project.id, id)
      const [answered] = mention === undefined ? [] : await findMentions(house.clickhouse, project.id, [mention])
      const handle = answered?.author?.handle ?? null
      // Whoever reads a public thread could answer in the customer's place.
      const isPrivate = answered !== undefined && (answered.platform === 'email' || answered.kind === 'message')
      const question = ticket !== null && isPrivate ? questionAddress(house, ticket) : null
      return c.json(await useArticle(db, project, id, { lang, ticket, handle, by: who.name, question }), 200)
    },
  )

  async function visible(scope: Scope, id: number): Promise<Article> {
    const article = await getArticle(db, scope.project.id, id)
    if (seesPublicOnly(scope) && !(article.isPublic && article.state === 'ready')) throw new NotFound()
    return article
  }

  async function search(scope: Scope, text: string): Promise<Article[]> {
    const asked = { text, lang: null, limit: searched, draftsToo: true, publicOnly: seesPublicOnly(scope) }
    const found = await suggest(db, index, scope.project.id, asked)
    return findArticles(
      db,
      scope.project.id,
      found.map(({ articleId }) => articleId),
    )
  }

  async function readQuestion(
    project: number,
    asked: { ticket?: string | undefined; mention?: string | undefined; text?: string | undefined },
  ): Promise<{ text: string; lang: string | null }> {
    const ids =
      asked.mention !== undefined
        ? [asked.mention]
        : asked.ticket !== undefined
          ? (await listMentionIds(db, project, Number(asked.ticket))).slice(-mentionsAsked)
          : []
    const mentions = await findMentions(house.clickhouse, project, ids)
    const texts = mentions.map(({ title, text }) => [title, text].filter(Boolean).join('\n'))
    return {
      text: [asked.text ?? '', ...texts.toReversed()].join('\n').trim(),
      lang: mentions.at(-1)?.lang ?? null,
    }
  }

  async function refuseStranger(scope: Scope, owner: string | null): Promise<void> {
    if (owner === null || (await colleagueFor(scope)(db, owner))) return
    throw new UserError('Only members of the project can own its articles', {
      key: 'article-owner-unknown',
      field: 'ownerId',
    })
  }
}

/** A client reads what everybody may read; how the team works is the team's. */
export function seesPublicOnly({ role }: Scope): boolean {
  return role === 'client'
}

/** A gap that nothing can ever fill is a slip of the writer, not of whoever sends it. */
function refuseUnknownVariables(kind: shapes.ArticleKind, text: string): void {
  const [name] = kind === 'article' ? [] : unknownVariables(text)
  if (name === undefined) return
  throw new UserError(`There is no variable {{${name}}}`, {
    key: 'variable-unknown',
    values: { name: `{{${name}}}` },
    field: 'body',
  })
}

function showArticle({
  ownerId,
  ownerName,
  madeAt,
  texts,
  projectId: _,
  revision: __,
  ...rest
}: Article): shapes.Article {
  return {
    ...rest,
    owner: ownerId === null ? null : { id: ownerId, name: ownerName ?? '' },
    madeAt: madeAt.toISOString(),
    texts: texts.map((text) => ({ ...text, writtenAt: text.writtenAt.toISOString() })),
  }
}
