import { listConsents, setConsent } from '../../respond/customers/consent.ts'
import type { KnowledgeIndex } from '../../respond/knowledge/project-index.ts'
import { findHelpful } from '../../respond/people/can-help.ts'
import { getPerson } from '../../respond/people/person.ts'
import { listPromised, promisedWords } from '../../respond/people/promised.ts'
import type { Scope } from '../../base/team/scope.ts'
import type { House } from '../house.ts'
import { allowed, body, operation, WithTextId, type Api } from './door.ts'
import * as shapes from './shapes/author.ts'

const tags = ['authors']
const at = '/api/projects/{project}/authors/{id}'

/** How we serve a person: what they were promised, what they agreed to, what else can help. */
export function serveAuthorService(api: Api, house: House, index: KnowledgeIndex): void {
  const { clickhouse } = house
  const { db } = house.postgres

  api.openapi(
    operation(
      {
        en: 'What a person was promised and agreed to, and what else can help them',
        ru: 'Что человеку обещали, на что он согласен и что ещё ему поможет',
      },
      { method: 'get', path: `${at}/service`, tags, request: { params: WithTextId } },
      shapes.AuthorService,
    ),
    async (c) => c.json(await show(allowed(c, 'ticket'), c.req.valid('param').id, c.var.locale), 200),
  )

  api.openapi(
    operation(
      {
        en: 'Note what a person agreed to or refused',
        ru: 'Записать, на что человек согласился или от чего отказался',
      },
      {
        method: 'post',
        path: `${at}/consents`,
        tags,
        request: { params: WithTextId, body: body(shapes.NewConsent) },
      },
      shapes.AuthorService,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      await getPerson({ db, clickhouse }, scope.project.id, id)
      await setConsent(db, scope.project.id, id, c.req.valid('json'), { who: scope.who, now: house.now() })
      return c.json(await show(scope, id, c.var.locale), 200)
    },
  )

  async function show({ project }: Scope, author: string, locale: 'en' | 'ru'): Promise<shapes.AuthorService> {
    const { accounts, latest } = await getPerson({ db, clickhouse }, project.id, author)
    const ids = accounts.map(({ id }) => id)
    const tickets = [...new Set(latest.flatMap(({ ticket }) => ticket ?? []))]
    const [promises, consents, helpful] = await Promise.all([
      listPromised(db, project.id, ids),
      listConsents(db, project.id, ids),
      findHelpful(db, index, project.id, latest, tickets),
    ])
    return {
      promises: promises.map(({ ticketId, at: saidAt, dueAt, ...rest }) => ({
        ...rest,
        ticket: ticketId,
        at: saidAt.toISOString(),
        dueAt: dueAt?.toISOString() ?? null,
      })),
      promisesFormula: promisedWords[locale],
      consents: consents.map((consent) => ({ ...consent, at: consent.at.toISOString() })),
      helpful: helpful.map(({ found, mention }) => ({
        article: found.articleId,
        lang: found.lang,
        title: found.title,
        words: found.why.words,
        mention: mention.id,
      })),
    }
  }
}
