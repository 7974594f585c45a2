import { z } from '@hono/zod-openapi'
import { must } from '../../base/errors.ts'
import { setRole } from '../../measure/authors/set-role.ts'
import { decide } from '../../respond/customers/decision.ts'
import { joinAccounts, separateAccount } from '../../respond/customers/link.ts'
import { findCalled, type Account } from '../../respond/customers/look-alike.ts'
import { listProposals } from '../../respond/customers/proposal.ts'
import { forgetPerson } from '../../respond/people/forget.ts'
import { getPerson } from '../../respond/people/person.ts'
import type { Scope } from '../../base/team/scope.ts'
import type { House } from '../house.ts'
import { showAccount, showAuthorCard } from './author-shape.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithTextId, type Api } from './door.ts'
import * as shapes from './shapes/author.ts'

const tags = ['authors']
const at = '/api/projects/{project}/authors/{id}'
const AuthorId = z.string().min(1).max(2000)

/** The people who write: what is known of them, which accounts are theirs, and what they may ask of us. */
export function serveAuthors(api: Api, house: House): void {
  const { clickhouse } = house
  const { db } = house.postgres
  const engines = { db, clickhouse }

  const card = async (scope: Scope, author: string, locale: 'en' | 'ru') =>
    showAuthorCard(house, scope, await getPerson(engines, scope.project.id, author), locale)

  api.openapi(
    operation(
      {
        en: 'The card of an author, over all accounts joined by people',
        ru: 'Карточка автора по всем объединённым аккаунтам',
      },
      { method: 'get', path: at, tags, request: { params: WithTextId } },
      shapes.AuthorCard,
    ),
    async (c) => c.json(await card(allowed(c, 'read'), c.req.valid('param').id, c.var.locale), 200),
  )

  api.openapi(
    operation(
      {
        en: 'Authors by words of their name and handle, those that wrote most first',
        ru: 'Авторы по словам имени и ника: сначала те, кто писал больше',
      },
      {
        method: 'get',
        path: '/api/projects/{project}/authors',
        tags,
        request: { params: InProject, query: z.object({ called: z.string().trim().min(2).max(200) }) },
      },
      items(shapes.CalledAuthor),
    ),
    async (c) => {
      const found = await findCalled(clickhouse, allowed(c, 'read').project.id, c.req.valid('query').called)
      return c.json({ items: found.map((account) => ({ ...showAccount(account), mentions: account.mentions })) }, 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Which other accounts may be the same person’s, and why',
        ru: 'Какие ещё аккаунты могут принадлежать тому же человеку и почему',
      },
      { method: 'get', path: `${at}/proposals`, tags, request: { params: WithTextId } },
      items(shapes.AuthorProposal),
    ),
    async (c) => {
      const { project } = allowed(c, 'read')
      const { accounts, written } = await getPerson(engines, project.id, c.req.valid('param').id)
      const proposals = await listProposals(engines, project.id, accounts, written)
      return c.json(
        {
          items: proposals.map(({ account, reasons }) => ({
            account: { ...showAccount(account), mentions: account.mentions },
            reasons,
          })),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Call another account the same person’s', ru: 'Объединить с другим аккаунтом того же человека' },
      {
        method: 'post',
        path: `${at}/links`,
        tags,
        request: { params: WithTextId, body: body(z.object({ author: AuthorId })) },
      },
      shapes.AuthorCard,
    ),
    async (c) => {
      const { author } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const { project, who } = scope
      const { id } = c.req.valid('param')
      const { accounts, written } = await getPerson(engines, project.id, id)
      const other = await getAccount(project.id, author)
      const proposals = await listProposals(engines, project.id, accounts, written)
      const reasons = proposals.find(({ account }) => account.id === other.id)?.reasons ?? []
      const pair = { one: asCustomer(must(accounts[0])), other: asCustomer(other) }
      if (id !== author) await joinAccounts(db, project.id, pair, reasons, { who, now: house.now() })
      await house.events.publish({ project: project.id, kind: 'mentions', added: 0 })
      return c.json(await card(scope, id, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Give an account its own person again', ru: 'Отделить аккаунт: снова сам по себе' },
      { method: 'delete', path: `${at}/links`, tags, request: { params: WithTextId } },
      shapes.AuthorCard,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      await getAccount(scope.project.id, id)
      await separateAccount(db, scope.project.id, id, { who: scope.who, now: house.now() })
      await house.events.publish({ project: scope.project.id, kind: 'mentions', added: 0 })
      return c.json(await card(scope, id, c.var.locale), 200)
    },
  )

  for (const [method, decision, said] of [
    ['put', 'different', { en: 'Refuse a proposal for good', ru: 'Отклонить предложение: больше не предлагать' }],
    ['delete', 'open', { en: 'Take a refusal back', ru: 'Снять отказ: снова можно предлагать' }],
  ] as const) {
    api.openapi(
      silentOperation(said, {
        method,
        path: `${at}/refusals/{other}`,
        tags,
        request: { params: WithTextId.extend({ other: AuthorId }) },
      }),
      async (c) => {
        const { project, who } = allowed(c, 'ticket')
        const { id, other } = c.req.valid('param')
        const pair = [(await getAccount(project.id, id)).id, (await getAccount(project.id, other)).id] as const
        if (id !== other) await decide(db, project.id, pair, decision, [], { who, now: house.now() })
        return c.body(null, 204)
      },
    )
  }

  api.openapi(
    operation(
      { en: 'Say what an author is, or take it back', ru: 'Задать роль автора или снять её' },
      {
        method: 'put',
        path: `${at}/role`,
        tags,
        request: { params: WithTextId, body: body(z.object({ role: shapes.AuthorRole.nullable() })) },
      },
      shapes.AuthorCard,
    ),
    async (c) => {
      const { role } = c.req.valid('json')
      const scope = allowed(c, 'tag')
      const { project, who } = scope
      const { id } = await getAccount(project.id, c.req.valid('param').id)
      const actor = { id: who.kind === 'key' ? `key:${who.id}` : who.id, name: who.name }
      await setRole(db, project.id, id, role, { actor, now: house.now() })
      return c.json(await card(scope, id, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Remove everything this person published and what was noted about them; for heads',
        ru: 'Удалить всё, что опубликовал этот человек и что о нём записано; для руководителей',
      },
      { method: 'delete', path: at, tags, request: { params: WithTextId } },
      shapes.Forgotten,
    ),
    async (c) => {
      const { project, who } = allowed(c, 'forget-person')
      const { accounts } = await getPerson(engines, project.id, c.req.valid('param').id)
      const forgotten = await forgetPerson(
        engines,
        project.id,
        accounts.map(({ id }) => id),
        who,
      )
      await house.events.publish({ project: project.id, kind: 'mentions', added: 0 })
      return c.json(forgotten, 200)
    },
  )

  /** The account itself, without those joined to it. Throws NotFound. */
  async function getAccount(project: number, author: string): Promise<Account> {
    return must((await getPerson(engines, project, author)).accounts[0])
  }
}

function asCustomer({ id, platform, name, handle }: Account) {
  return { authorId: id, platform, name, handle }
}
