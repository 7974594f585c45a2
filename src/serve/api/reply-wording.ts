import { z } from '@hono/zod-openapi'
import { NotFound, UserError } from '../../base/errors.ts'
import type { Model } from '../../base/model/model.ts'
import { detectLanguage } from '../../listen/enrich/language.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { findArticles } from '../../respond/knowledge/article.ts'
import type { KnowledgeIndex } from '../../respond/knowledge/project-index.ts'
import { suggest } from '../../respond/knowledge/suggest.ts'
import { openAccount } from '../../respond/replies/account.ts'
import { findReplyChannel } from '../../respond/replies/channel.ts'
import { longestText } from '../../respond/replies/draft.ts'
import { getReply, type Reply } from '../../respond/replies/reply.ts'
import { draftReply, type Ground } from '../../respond/replies/wording/draft.ts'
import { translateText } from '../../respond/replies/wording/translate.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, operation, WithId, type Api } from './door.ts'
import * as shapes from './shapes/reply.ts'

const tags = ['replies']
/** More articles than these only blur what the answer stands on. */
const mostGrounds = 4

/** Words of a language model for a person who goes on with them; nothing of it is kept or sent. */
export function serveReplyWording(api: Api, house: House, index: KnowledgeIndex): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      {
        en: 'A draft that stands on articles, named with it; not kept and not sent',
        ru: 'Черновик по статьям базы знаний, они названы рядом; не сохраняется и не отправляется',
      },
      { method: 'post', path: '/api/projects/{project}/replies/{id}/drafting', tags, request: { params: WithId } },
      shapes.DraftedReply,
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const reply = await getReply(db, project.id, c.req.valid('param').id)
      const model = needModel()
      const [mention] = await findMentions(house.clickhouse, project.id, [reply.mentionId])
      if (!mention) throw new NotFound()
      const text = [mention.title, mention.text].filter(Boolean).join('\n')
      const lang = mention.lang ?? detectLanguage(text).code ?? c.var.locale
      const drafted = await draftReply(
        model,
        {
          question: { title: mention.title, text: mention.text },
          grounds: await findGrounds(project.id, text, lang),
          language: languageName(lang),
          mostLetters: await mostLetters(reply),
        },
        c.req.raw.signal,
      )
      if (drafted.kind === 'no-ground')
        throw new UserError('No article answers this; ask an expert, or write it yourself', { key: 'draft-no-ground' })
      if (drafted.kind === 'failed') throw modelFailed(model, drafted.reason)
      const { sources, unfounded } = drafted
      return c.json(
        {
          ...{ text: drafted.text, unfounded },
          sources: sources.map(({ articleId, lang: of, title }) => ({ article: articleId, lang: of, title })),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'A text in another language; not kept', ru: 'Текст на другом языке; не сохраняется' },
      {
        method: 'post',
        path: '/api/projects/{project}/translation',
        tags,
        request: {
          params: InProject,
          body: body(z.object({ text: z.string().trim().min(1).max(longestText), to: z.string().min(1).max(3) })),
        },
      },
      shapes.Translation,
    ),
    async (c) => {
      allowed(c, 'ticket')
      const { text, to } = c.req.valid('json')
      const model = needModel()
      const translated = await translateText(model, { text, language: languageName(to) }, c.req.raw.signal)
      if (translated.kind === 'failed') throw modelFailed(model, translated.reason)
      return c.json({ text: translated.text, lost: translated.lost }, 200)
    },
  )

  function needModel(): Model {
    if (house.model) return house.model
    throw new UserError('No language model is set; whoever runs this copy names one in HEED_LLM_URL', {
      key: 'model-none',
    })
  }

  async function findGrounds(project: number, text: string, lang: string): Promise<Ground[]> {
    const found = await suggest(db, index, project, { text, lang, limit: mostGrounds, byMeaning: true })
    const articles = await findArticles(
      db,
      project,
      found.map(({ articleId }) => articleId),
    )
    return found.flatMap((one) => {
      const words = articles.find(({ id }) => id === one.articleId)?.texts.find((of) => of.lang === one.lang)
      return words ? [{ articleId: one.articleId, lang: one.lang, title: words.title, body: words.body }] : []
    })
  }

  async function mostLetters(reply: Reply): Promise<number | null> {
    const account = await openAccount(db, house.secrets, reply)
    return account === null ? null : (findReplyChannel(db, reply.platform)?.limits(account).length?.most ?? null)
  }
}

function modelFailed({ host }: Model, reason: string): UserError {
  return new UserError('The language model gave no usable answer', { key: 'model-failed', values: { host, reason } })
}

function languageName(code: string): string {
  if (!/^[a-z]{2,3}$/.test(code))
    throw new UserError('There is no such language', { key: 'model-language', field: 'to' })
  return new Intl.DisplayNames('en', { type: 'language', fallback: 'code' }).of(code) ?? code
}
