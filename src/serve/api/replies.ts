import { z } from '@hono/zod-openapi'
import { NotFound } from '../../base/errors.ts'
import { audit } from '../../base/team/audit.ts'
import { may } from '../../base/team/role.ts'
import type { Scope } from '../../base/team/scope.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { listAccounts } from '../../respond/replies/account.ts'
import { editPublished, removePublished, settleByHand } from '../../respond/replies/after-sending.ts'
import { getPolicy, settleStep, submitReply } from '../../respond/replies/approval.ts'
import { findReplyChannel, replyChannels } from '../../respond/replies/channel.ts'
import { acknowledgeChanges, beginDraft, dropDraft, longestText, writeDraft } from '../../respond/replies/draft.ts'
import { wakeUp } from '../../respond/replies/keep-sending.ts'
import { queueReply, sentByHand, takeBack } from '../../respond/replies/queue.ts'
import { checkReply, refuseImpossible, refuseUnread } from '../../respond/replies/read-draft.ts'
import { getReply, listReplies, type Reply } from '../../respond/replies/reply.ts'
import { tellStream } from '../../respond/replies/tell-stream.ts'
import { getTicket } from '../../respond/tickets/ticket.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import { showAccount, showModel, showReply, showWarning } from './reply-shape.ts'
import * as shapes from './shapes/reply.ts'

const tags = ['replies']
const at = '/api/projects/{project}/replies'

const Text = z.string().max(longestText)
const Version = z.int().min(1).openapi({ description: 'Of the text that was read.' })
const Despite = z
  .array(z.string().max(40))
  .max(20)
  .default([])
  .openapi({ description: 'Checks whose warnings were read.' })
const Address = z.string().max(2000).nullable()

/** What goes out to customers: written, checked, approved, sent once, edited and removed. */
export function serveReplies(api: Api, house: House): void {
  const { db } = house.postgres
  const desk = { ...house, db }

  api.openapi(
    operation(
      {
        en: 'Replies of a ticket, oldest first, and what they can go out from',
        ru: 'Ответы обращения по порядку и аккаунты, с которых можно ответить',
      },
      { method: 'get', path: '/api/projects/{project}/tickets/{id}/replies', tags, request: { params: WithId } },
      shapes.TicketReplies,
    ),
    async (c) => {
      const scope = allowed(c, 'read')
      const { id: project } = scope.project
      const ticket = await getTicket(db, project, c.req.valid('param').id)
      const works = may(scope.role, 'ticket')
      const replies = (await listReplies(db, project, ticket.id)).filter(({ state }) => works || seenByAll.has(state))
      const accounts = works ? await listAccounts(db, project) : []
      const shown = await Promise.all(replies.map((reply) => showReply(db, reply, c.var.locale)))
      return c.json(
        {
          items: works ? shown : shown.map((reply) => ({ ...reply, changes: [] })),
          accounts: await Promise.all(accounts.map((account) => showAccount(db, house.secrets, project, account))),
          steps: await getPolicy(db, project),
          automatic: replyChannels(db).map(({ platform }) => platform),
          model: works ? showModel(house.model) : null,
        },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'Begin a reply to a mention, or go on with the draft one has',
        ru: 'Начать ответ на упоминание или продолжить свой черновик',
      },
      {
        method: 'post',
        path: at,
        tags,
        request: {
          params: InProject,
          body: body(
            z.object({ ticket: z.int().min(1), mention: z.string().min(1).max(2000), account: z.int().nullable() }),
          ),
        },
      },
      shapes.Reply,
    ),
    async (c) => {
      const { ticket, mention, account } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const [found] = await findMentions(house.clickhouse, scope.project.id, [mention])
      if (!found) throw new NotFound()
      await findAccount(scope, found.platform, account)
      const begun = await beginDraft(db, scope.project.id, { ticket, mention: found, channel: account }, actorOf(scope))
      return c.json(await showReply(db, begun, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Keep what was typed', ru: 'Сохранить набранное' },
      {
        method: 'put',
        path: `${at}/{id}/text`,
        tags,
        request: {
          params: WithId,
          body: body(z.object({ text: Text, account: z.int().nullable().optional(), version: Version })),
        },
      },
      shapes.Reply,
    ),
    async (c) => {
      const { text, account, version } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      if (account !== undefined) await findAccount(scope, (await getReply(db, scope.project.id, id)).platform, account)
      const written = await writeDraft(db, scope.project.id, id, { text, version, channel: account })
      return c.json(await showReply(db, written, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'What a careful colleague would say about this text; it is not kept',
        ru: 'Что сказал бы об этом тексте внимательный коллега; текст не сохраняется',
      },
      {
        method: 'post',
        path: `${at}/{id}/checks`,
        tags,
        request: { params: WithId, body: body(z.object({ text: Text })) },
      },
      items(shapes.ReplyWarning),
    ),
    async (c) => {
      const { text } = c.req.valid('json')
      const { project } = allowed(c, 'ticket')
      const warnings = await checkReply(desk, await getReply(db, project.id, c.req.valid('param').id), text)
      return c.json({ items: warnings.map((warning) => showWarning(warning, c.var.locale)) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Say that what changed in the ticket was seen', ru: 'Отметить, что изменения в обращении просмотрены' },
      {
        method: 'put',
        path: `${at}/{id}/seen`,
        tags,
        request: { params: WithId, body: body(z.object({ event: z.int().min(0) })) },
      },
      shapes.Reply,
    ),
    async (c) => {
      const { event } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      return c.json(
        await changed(scope, acknowledgeChanges(db, scope.project.id, c.req.valid('param').id, event), c.var.locale),
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Hand the reply to the approvers', ru: 'Отдать ответ на согласование' },
      {
        method: 'post',
        path: `${at}/{id}/submission`,
        tags,
        request: { params: WithId, body: body(z.object({ version: Version })) },
      },
      shapes.Reply,
    ),
    async (c) => {
      const { version } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const submitted = submitReply(db, scope.project.id, c.req.valid('param').id, version, actorOf(scope))
      return c.json(await changed(scope, submitted, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Approve one step, in own words if need be, or give the reply back',
        ru: 'Согласовать шаг, при желании поправив текст, или вернуть ответ',
      },
      {
        method: 'put',
        path: `${at}/{id}/approval`,
        tags,
        request: {
          params: WithId,
          body: body(
            z.object({
              step: z.int().min(0).max(20),
              version: Version,
              approved: z.boolean(),
              text: Text.optional(),
              comment: z.string().trim().max(2000).optional(),
            }),
          ),
        },
      },
      shapes.Reply,
    ),
    async (c) => {
      const settlement = c.req.valid('json')
      const scope = allowed(c, 'read')
      const by = { ...actorOf(scope), role: scope.role }
      return c.json(
        await changed(scope, settleStep(db, scope.project.id, c.req.valid('param').id, settlement, by), c.var.locale),
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Send the reply once, now or at a time', ru: 'Отправить ответ — сразу или в назначенное время' },
      {
        method: 'post',
        path: `${at}/{id}/sending`,
        tags,
        request: {
          params: WithId,
          body: body(
            z.object({ version: Version, sendAt: z.iso.datetime().nullable().default(null), despite: Despite }),
          ),
        },
      },
      shapes.Reply,
    ),
    async (c) => {
      const { version, sendAt, despite } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      const due = sendAt === null ? null : new Date(sendAt)
      await refuseUnread(desk, await getReply(db, scope.project.id, id), despite)
      const queued = await queueReply(
        db,
        scope.project.id,
        id,
        { version, sendAt: due, despite },
        actorOf(scope),
        house.now(),
      )
      await audit(db, {
        project: scope.project.id,
        who: scope.who,
        action: 'reply-sent',
        subject: queued.channelName ?? '',
        details: { reply: id, ticket: queued.ticketId, despite },
      })
      await wakeUp(house.jobs, due ?? house.now())
      return c.json(await changed(scope, queued, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Take a reply back that has not gone out yet', ru: 'Снять с отправки ответ, который ещё не ушёл' },
      { method: 'delete', path: `${at}/{id}/sending`, tags, request: { params: WithId } },
      shapes.Reply,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      return c.json(
        await changed(scope, takeBack(db, scope.project.id, c.req.valid('param').id, actorOf(scope)), c.var.locale),
        200,
      )
    },
  )

  api.openapi(
    operation(
      { en: 'Note that a person has posted the reply themselves', ru: 'Отметить, что ответ опубликован вручную' },
      {
        method: 'post',
        path: `${at}/{id}/posting`,
        tags,
        request: { params: WithId, body: body(z.object({ version: Version, url: Address, despite: Despite })) },
      },
      shapes.Reply,
    ),
    async (c) => {
      const { version, url, despite } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      await refuseUnread(desk, await getReply(db, scope.project.id, id), despite)
      const posted = await sentByHand(db, scope.project.id, id, { version, url, despite }, actorOf(scope))
      await tellStream(db, house.clickhouse)
      return c.json(await changed(scope, posted, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Say whether a reply is there that nobody could find',
        ru: 'Сказать, есть ли на площадке ответ, судьба которого неизвестна',
      },
      {
        method: 'put',
        path: `${at}/{id}/outcome`,
        tags,
        request: { params: WithId, body: body(z.object({ there: z.boolean(), url: Address.default(null) })) },
      },
      shapes.Reply,
    ),
    async (c) => {
      const { there, url } = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const saw = there ? ({ there, url } as const) : ({ there } as const)
      const settled = await settleByHand(db, scope.project.id, c.req.valid('param').id, saw, actorOf(scope))
      await tellStream(db, house.clickhouse)
      return c.json(await changed(scope, settled, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Edit a reply where it stands', ru: 'Исправить опубликованный ответ' },
      {
        method: 'put',
        path: `${at}/{id}/published`,
        tags,
        request: { params: WithId, body: body(z.object({ text: Text.min(1), version: Version })) },
      },
      shapes.Reply,
    ),
    async (c) => {
      const change = c.req.valid('json')
      const scope = allowed(c, 'ticket')
      const { id } = c.req.valid('param')
      await refuseImpossible(desk, await getReply(db, scope.project.id, id), change.text)
      const edited = await editPublished(reach(c.req.raw.signal), scope.project.id, id, change, actorOf(scope))
      await note(scope, 'reply-edited', edited)
      return c.json(await changed(scope, edited, c.var.locale), 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Remove a reply from the platform', ru: 'Удалить опубликованный ответ с площадки' },
      { method: 'delete', path: `${at}/{id}/published`, tags, request: { params: WithId } },
      shapes.Reply,
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      const removed = await removePublished(
        reach(c.req.raw.signal),
        scope.project.id,
        c.req.valid('param').id,
        actorOf(scope),
      )
      await note(scope, 'reply-removed', removed)
      return c.json(await changed(scope, removed, c.var.locale), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Put a reply away that never went out', ru: 'Убрать ответ, который так и не ушёл' },
      { method: 'delete', path: `${at}/{id}`, tags, request: { params: WithId } },
    ),
    async (c) => {
      const scope = allowed(c, 'ticket')
      await dropDraft(db, scope.project.id, c.req.valid('param').id)
      return c.body(null, 204)
    },
  )

  async function changed(scope: Scope, reply: Reply | Promise<Reply>, locale: 'en' | 'ru'): Promise<shapes.Reply> {
    const shown = await reply
    await house.events.publish({ project: scope.project.id, kind: 'ticket', ticket: shown.ticketId })
    return showReply(db, shown, locale)
  }

  async function note({ project, who }: Scope, action: 'reply-edited' | 'reply-removed', reply: Reply): Promise<void> {
    await audit(db, {
      project: project.id,
      who,
      action,
      subject: reply.channelName ?? '',
      details: { reply: reply.id, ticket: reply.ticketId },
    })
  }

  async function findAccount({ project }: Scope, platform: string, id: number | null): Promise<void> {
    if (id === null) return
    const accounts = await listAccounts(db, project.id)
    if (!accounts.some((one) => one.id === id && one.platform === platform)) throw new NotFound()
  }

  function reach(signal: AbortSignal) {
    const io = {
      request: house.request,
      allows: house.allows,
      now: house.now,
      signal: AbortSignal.any([signal, AbortSignal.timeout(45_000)]),
    }
    return { db, secrets: house.secrets, channelOf: (platform: string) => findReplyChannel(db, platform), io }
  }
}

// What a client of the team reads: what went out, and what waits for their approval.
const seenByAll = new Set<Reply['state']>(['waiting', 'approved', 'queued', 'sending', 'sent'])

function actorOf({ who }: Scope): { id: string; name: string } {
  return { id: who.kind === 'key' ? `key:${who.id}` : who.id, name: who.name }
}
