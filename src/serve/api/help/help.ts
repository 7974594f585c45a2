import { z } from '@hono/zod-openapi'
import { audit } from '../../../base/team/audit.ts'
import type { Scope } from '../../../base/team/scope.ts'
import { mergeTopic, publishPost, rejectPost, setTopicStatus } from '../../../respond/help/moderate.ts'
import { findHelpPage, saveHelpPage, type HelpPage } from '../../../respond/help/page.ts'
import { countHeld, getPost, listPosts, type HelpPost } from '../../../respond/help/post.ts'
import { findSimilar, type HelpIndex } from '../../../respond/help/similar.ts'
import { addressOf } from '../../../respond/help/tell-subscribers.ts'
import { connectPage } from '../../help-account.ts'
import type { House } from '../../house.ts'
import { readCursor } from '../cursor.ts'
import { allowed, body, InProject, items, operation, WithId, type Api } from '../door.ts'
import * as shapes from '../shapes/help.ts'

const tags = ['help']
const at = '/api/projects/{project}/help'
const pageSize = 50
const shownSimilar = 5

/** The team's side of the public help page: switched on and off, and what is written there let through, merged, decided. */
export function serveHelp(api: Api, house: House, index: HelpIndex): void {
  const { db } = house.postgres
  const desk = { db, secrets: house.secrets, publicUrl: house.config.publicUrl }

  api.openapi(
    operation(
      {
        en: 'The help page, and how much waits for a moderator',
        ru: 'Страница помощи и сколько записей ждёт модератора',
      },
      { method: 'get', path: at, tags, request: { params: InProject } },
      shapes.HelpState,
    ),
    async (c) => c.json(await showState(allowed(c, 'ticket').project.id), 200),
  )

  api.openapi(
    operation(
      {
        en: 'Set the help page up, switch it on or off',
        ru: 'Настроить страницу помощи, включить её или выключить',
      },
      { method: 'put', path: at, tags, request: { params: InProject, body: body(shapes.HelpPageInput) } },
      shapes.HelpState,
    ),
    async (c) => {
      const page = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      await saveHelpPage(db, project.id, page)
      await connectPage(house, project.id, page.title, who.name)
      await audit(db, {
        project: project.id,
        who,
        action: 'help-page-changed',
        subject: page.slug,
        details: { isOn: page.isOn, isListed: page.isListed, moderation: page.moderation },
      })
      return c.json(await showState(project.id), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'What visitors wrote: what waits oldest first, the rest newest first',
        ru: 'Что написали посетители: ожидающее — старое сверху, остальное — новое',
      },
      {
        method: 'get',
        path: `${at}/posts`,
        tags,
        request: {
          params: InProject,
          query: z.object({ state: shapes.HelpPostState.default('held'), cursor: z.string().max(40).optional() }),
        },
      },
      shapes.HelpPosts,
    ),
    async (c) => {
      const { state, cursor } = c.req.valid('query')
      const { project } = allowed(c, 'ticket')
      const page = await findHelpPage(db, project.id)
      const found = await listPosts(db, project.id, state, { after: readCursor(cursor), limit: pageSize + 1 })
      const shown = found.slice(0, pageSize)
      return c.json(
        {
          items: shown.map(({ topicTitle, ticketId, ...post }) => showPost(post, page, { topicTitle, ticketId })),
          next: found.length > pageSize ? String(shown.at(-1)?.id) : null,
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'Public topics that ask something similar, with the reasons',
        ru: 'Похожие темы страницы помощи — с причинами',
      },
      { method: 'get', path: `${at}/posts/{id}/similar`, tags, request: { params: WithId } },
      items(shapes.SimilarTopic),
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const { id, title, text } = await getPost(db, project.id, c.req.valid('param').id)
      const page = await findHelpPage(db, project.id)
      // One more, because a public topic is most similar to itself.
      const found = await findSimilar(index, project.id, `${title ?? ''}\n${text}`, shownSimilar + 1)
      const others = found.flatMap((one) => (one.is === 'topic' && one.topic.id !== id ? [one] : []))
      return c.json(
        {
          items: others.slice(0, shownSimilar).map(({ topic, found: { excerpt, why } }) => ({
            ...{ id: topic.id, title: topic.title, excerpt, votes: topic.votes, words: why.words },
            url: urlOf(page, topic.id),
          })),
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'Let a post be read by everybody, or not, with the reason that its visitor sees',
        ru: 'Показать запись всем или отклонить с причиной, которую увидит автор',
      },
      {
        method: 'put',
        path: `${at}/posts/{id}/decision`,
        tags,
        request: {
          params: WithId,
          body: body(
            z.discriminatedUnion('publish', [
              z.object({ publish: z.literal(false), reason: z.string().trim().min(1).max(300) }),
              z.object({ publish: z.literal(true) }),
            ]),
          ),
        },
      },
      shapes.HelpPost,
    ),
    async (c) => {
      const decision = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      const [project, by, now] = [scope.project.id, scope.who.name, house.now()]
      const decided = decision.publish
        ? await publishPost(db, project, id, by, now)
        : await rejectPost(db, project, id, decision.reason, by, now)
      return c.json(await answered(scope, decided), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'The same was asked before: votes, subscribers and comments move to the other topic',
        ru: 'Об этом уже спрашивали: голоса, подписчики и комментарии переходят к другой теме',
      },
      {
        method: 'put',
        path: `${at}/posts/{id}/merge`,
        tags,
        request: {
          params: WithId,
          body: body(
            z.object({
              into: z
                .int()
                .min(1)
                .max(2 ** 31 - 1),
            }),
          ),
        },
      },
      shapes.HelpPost,
    ),
    async (c) => {
      const { into } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      const merged = await mergeTopic(desk, scope.project.id, id, into, scope.who.name, house.now())
      return c.json(await answered(scope, merged), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'What becomes of a topic; its subscribers hear of it',
        ru: 'Решение по теме; подписчики о нём узнают',
      },
      {
        method: 'put',
        path: `${at}/posts/{id}/status`,
        tags,
        request: { params: WithId, body: body(z.object({ status: shapes.TopicStatus })) },
      },
      shapes.HelpPost,
    ),
    async (c) => {
      const { status } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const changed = await setTopicStatus(desk, scope.project.id, c.req.valid('param').id, status, house.now())
      return c.json(await answered(scope, changed), 200)
    },
  )

  async function showState(project: number): Promise<shapes.HelpState> {
    const page = await findHelpPage(db, project)
    const held = await countHeld(db, project)
    if (!page) return { page: null, held }
    const { projectId: _, timeZone: __, ...shown } = page
    return { page: { ...shown, url: addressOf(desk, page) }, held }
  }

  async function answered({ project }: Scope, post: HelpPost): Promise<shapes.HelpPost> {
    await house.events.publish({ project: project.id, kind: 'help' })
    const topic = post.topicId === null ? null : await getPost(db, project.id, post.topicId)
    return showPost(post, await findHelpPage(db, project.id), { topicTitle: topic?.title ?? null, ticketId: null })
  }

  function showPost(
    post: HelpPost,
    page: HelpPage | null,
    more: { topicTitle: string | null; ticketId: number | null },
  ): shapes.HelpPost {
    const { projectId: _, visitorId: __, lang: ___, changedAt: ____, topicId, madeAt, ...shown } = post
    return {
      ...shown,
      topic: topicId === null ? null : { id: topicId, title: more.topicTitle ?? '' },
      ticket: more.ticketId,
      madeAt: madeAt.toISOString(),
      url: urlOf(page, topicId ?? post.id, topicId === null ? null : post.id),
    }
  }

  function urlOf(page: HelpPage | null, topic: number, post: number | null = null): string {
    return page ? addressOf(desk, page, `${topic}${post === null ? '' : `#${post}`}`) : ''
  }
}
