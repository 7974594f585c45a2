import { z } from '@hono/zod-openapi'
import { UserError } from '../../base/errors.ts'
import { audit } from '../../base/team/audit.ts'
import { payer } from '../../listen/collect/budget.ts'
import { connectAccount, disconnectAccount, getAccount, listAccounts } from '../../respond/replies/account.ts'
import { getPolicy, setPolicy } from '../../respond/replies/approval.ts'
import { findReplyChannel } from '../../respond/replies/channel.ts'
import type { House } from '../house.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import { showAccount, showModel } from './reply-shape.ts'
import * as shapes from './shapes/reply.ts'

const tags = ['replies']
const at = '/api/projects/{project}/reply-accounts'

const Policy = z.object({
  steps: z
    .array(z.enum(['head', 'manager', 'copywriter', 'moderator', 'client']))
    .max(5)
    .openapi({ description: 'The role each step asks for, in order; empty: replies go out without approval.' }),
})

/** The official accounts that replies go out from, and who approves them. */
export function serveReplyAccounts(api: Api, house: House): void {
  const { db } = house.postgres

  api.openapi(
    operation(
      { en: 'Accounts that replies go out from', ru: 'Аккаунты, с которых уходят ответы' },
      { method: 'get', path: at, tags, request: { params: InProject } },
      items(shapes.ReplyAccount),
    ),
    async (c) => {
      const { project } = allowed(c, 'ticket')
      const accounts = await listAccounts(db, project.id)
      return c.json(
        { items: await Promise.all(accounts.map((account) => showAccount(db, house.secrets, project.id, account))) },
        200,
      )
    },
  )

  api.openapi(
    operation(
      {
        en: 'Connect an account, after asking the platform who it is',
        ru: 'Подключить аккаунт, проверив его на площадке',
      },
      {
        method: 'post',
        path: at,
        tags,
        request: {
          params: InProject,
          body: body(
            z.object({
              platform: z.string().max(40),
              settings: z
                .record(z.string().max(40), z.string().max(4000))
                .openapi({ description: 'What docs/sources asks for, by name. Kept sealed and never shown again.' }),
            }),
          ),
        },
      },
      shapes.ReplyAccount,
    ),
    async (c) => {
      const { platform, settings } = c.req.valid('json')
      const { project, who } = allowed(c, 'source')
      const channel = findReplyChannel(db, platform)
      if (!channel)
        throw new UserError('Replies on this platform are posted by hand', { key: 'reply-by-hand', field: 'platform' })
      const signal = AbortSignal.any([c.req.raw.signal, AbortSignal.timeout(45_000)])
      const pay = payer(db, { project: project.id, platform, credential: 'replies' }, house.now)
      const io = { request: house.request, allows: house.allows, now: house.now, signal, pay }
      const account = await connectAccount(db, house.secrets, project.id, { channel, settings, by: who.name }, io)
      await audit(db, {
        project: project.id,
        who,
        action: 'account-connected',
        subject: account.name,
        details: { platform, account: account.id },
      })
      return c.json(await showAccount(db, house.secrets, project.id, account), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Disconnect an account', ru: 'Отключить аккаунт' },
      { method: 'delete', path: `${at}/{id}`, tags, request: { params: WithId } },
    ),
    async (c) => {
      const { project, who } = allowed(c, 'source')
      const account = await getAccount(db, project.id, c.req.valid('param').id)
      await disconnectAccount(db, project.id, account.id)
      await audit(db, {
        project: project.id,
        who,
        action: 'account-disconnected',
        subject: account.name,
        details: { platform: account.platform },
      })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      { en: 'The language model that helps with replies', ru: 'Языковая модель, которая помогает отвечать' },
      { method: 'get', path: '/api/projects/{project}/reply-model', tags, request: { params: InProject } },
      z.object({ model: shapes.ReplyModel }),
    ),
    async (c) => {
      allowed(c, 'ticket')
      return c.json({ model: showModel(house.model) }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Who approves replies', ru: 'Кто согласует ответы' },
      { method: 'get', path: '/api/projects/{project}/reply-policy', tags, request: { params: InProject } },
      Policy,
    ),
    async (c) => c.json({ steps: await getPolicy(db, allowed(c, 'ticket').project.id) }, 200),
  )

  api.openapi(
    operation(
      { en: 'Set who approves replies', ru: 'Задать, кто согласует ответы' },
      {
        method: 'put',
        path: '/api/projects/{project}/reply-policy',
        tags,
        request: { params: InProject, body: body(Policy) },
      },
      Policy,
    ),
    async (c) => {
      const { steps } = c.req.valid('json')
      const { project, who } = allowed(c, 'project')
      await setPolicy(db, project.id, steps)
      await audit(db, { project: project.id, who, action: 'reply-policy-set', details: { steps } })
      return c.json({ steps }, 200)
    },
  )
}
