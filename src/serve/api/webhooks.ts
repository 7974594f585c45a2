import { z } from '@hono/zod-openapi'
import { UserError } from '../../base/errors.ts'
import { given } from '../../base/given.ts'
import { audit } from '../../base/team/audit.ts'
import { happeningKinds } from '../../respond/happenings/happening.ts'
import { bodyOf, listDeliveries, replayOne, replaySpan, type Delivery } from '../../respond/webhooks/log.ts'
import { post } from '../../respond/webhooks/post.ts'
import {
  addWebhook,
  changeWebhook,
  getWebhook,
  listWebhooks,
  removeWebhook,
  rotateSecret,
  signingSecrets,
  type Webhook,
} from '../../respond/webhooks/webhook.ts'
import type { House } from '../house.ts'
import { readCursor } from './cursor.ts'
import { allowed, body, InProject, items, operation, silentOperation, WithId, type Api } from './door.ts'
import * as shapes from './shapes/webhook.ts'

const tags = ['webhooks']
const at = '/api/projects/{project}/webhooks'
const pageSize = 50
// A webhook that is off cannot be told so; people are.
const forPrograms = happeningKinds.filter((kind) => kind !== 'webhook.off')

/** Programs that want to hear what happens, and what they were told. For managers: what goes out leaves the house. */
export function serveWebhooks(api: Api, house: House): void {
  const { db } = house.postgres
  const world = { db, secrets: house.secrets }

  api.openapi(
    operation(
      { en: 'Webhooks of the project', ru: 'Вебхуки проекта' },
      { method: 'get', path: at, tags, request: { params: InProject } },
      shapes.Webhooks,
    ),
    async (c) => {
      const { project } = allowed(c, 'key')
      return c.json({ items: (await listWebhooks(db, project.id)).map(show), kinds: forPrograms }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Post to an address what happens from now on', ru: 'Сообщать по адресу о том, что происходит' },
      { method: 'post', path: at, tags, request: { params: InProject, body: body(shapes.WebhookInput) } },
      shapes.NewWebhook,
    ),
    async (c) => {
      const input = c.req.valid('json')
      const { project, who } = allowed(c, 'key')
      const { webhook, secret } = await addWebhook(world, project.id, input, who.name)
      await audit(db, { project: project.id, who, action: 'webhook-changed', subject: webhook.name })
      return c.json({ webhook: show(webhook), secret }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Change a webhook, or switch it on again', ru: 'Изменить вебхук или включить его снова' },
      { method: 'patch', path: `${at}/{id}`, tags, request: { params: WithId, body: body(shapes.WebhookChange) } },
      shapes.Webhook,
    ),
    async (c) => {
      const { project, who } = allowed(c, 'key')
      const change = given(c.req.valid('json'))
      const webhook = await changeWebhook(db, project.id, c.req.valid('param').id, change, house.now())
      await audit(db, { project: project.id, who, action: 'webhook-changed', subject: webhook.name })
      return c.json(show(webhook), 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Remove a webhook with its log', ru: 'Удалить вебхук вместе с журналом' },
      { method: 'delete', path: `${at}/{id}`, tags, request: { params: WithId } },
    ),
    async (c) => {
      const { project, who } = allowed(c, 'key')
      const { id } = c.req.valid('param')
      const { name } = await getWebhook(db, project.id, id)
      await removeWebhook(db, project.id, id)
      await audit(db, { project: project.id, who, action: 'webhook-changed', subject: name })
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Make a new secret; for a day the old one signs beside it',
        ru: 'Выпустить новый секрет; сутки подписывает и старый',
      },
      { method: 'post', path: `${at}/{id}/secret`, tags, request: { params: WithId } },
      z.object({ secret: z.string() }),
    ),
    async (c) => {
      const { project, who } = allowed(c, 'key')
      const { id } = c.req.valid('param')
      const { name } = await getWebhook(db, project.id, id)
      const secret = await rotateSecret(world, project.id, id, house.now())
      await audit(db, { project: project.id, who, action: 'webhook-changed', subject: name })
      return c.json({ secret }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'Post a test message now', ru: 'Отправить пробное сообщение' },
      { method: 'post', path: `${at}/{id}/ping`, tags, request: { params: WithId } },
      shapes.WebhookTry,
    ),
    async (c) => {
      const { project } = allowed(c, 'key')
      const { id } = c.req.valid('param')
      const { url } = await getWebhook(db, project.id, id)
      const secrets = await signingSecrets(world, project.id, id)
      if (!secrets) throw new UserError('The secret cannot be read', { key: 'webhook-secret-lost' })
      const now = house.now()
      const data = {
        project: { id: project.id, name: project.name },
        url: `${house.config.publicUrl}/projects/${project.id}`,
      }
      const message = {
        id: `ping_${project.id}_${id}_${now.getTime()}`,
        body: JSON.stringify({ type: 'ping', timestamp: now, data }),
      }
      const { status, problem, tookMs } = await post({ ...house, signal: c.req.raw.signal }, { url, secrets }, message)
      return c.json({ status, problem, tookMs }, 200)
    },
  )

  api.openapi(
    operation(
      { en: 'What the webhook was told, newest first', ru: 'Что было сообщено вебхуку, новое сверху' },
      {
        method: 'get',
        path: `${at}/{id}/deliveries`,
        tags,
        request: { params: WithId, query: z.object({ cursor: z.string().max(100).optional() }) },
      },
      items(shapes.Delivery).extend({ next: z.string().nullable() }),
    ),
    async (c) => {
      const { project } = allowed(c, 'key')
      const page = { before: readCursor(c.req.valid('query').cursor), limit: pageSize }
      const found = await listDeliveries(db, project.id, c.req.valid('param').id, page)
      const last = found.at(-1)
      const next = last && found.length === pageSize ? String(last.id) : null
      return c.json({ items: found.map(showDelivery), next }, 200)
    },
  )

  api.openapi(
    operation(
      {
        en: 'The message as it would go out now; null: what it is about is gone',
        ru: 'Сообщение, каким оно ушло бы сейчас; null — того, о чём оно, больше нет',
      },
      { method: 'get', path: `${at}/{id}/deliveries/{delivery}`, tags, request: { params: WithDelivery } },
      z.object({ body: z.string().nullable() }),
    ),
    async (c) => {
      const { project } = allowed(c, 'key')
      const { id, delivery } = c.req.valid('param')
      const desk = { db, clickhouse: house.clickhouse, config: house.config }
      return c.json({ body: await bodyOf(desk, project.id, id, delivery) }, 200)
    },
  )

  api.openapi(
    silentOperation(
      { en: 'Send one message again', ru: 'Отправить одно сообщение ещё раз' },
      { method: 'post', path: `${at}/{id}/deliveries/{delivery}`, tags, request: { params: WithDelivery } },
    ),
    async (c) => {
      const { project } = allowed(c, 'key')
      const { id, delivery } = c.req.valid('param')
      await replayOne(db, project.id, id, delivery, house.now())
      return c.body(null, 204)
    },
  )

  api.openapi(
    operation(
      {
        en: 'Send everything of a span again that the webhook wants to hear; 30 days are kept',
        ru: 'Отправить ещё раз всё за отрезок времени; хранится 30 дней',
      },
      { method: 'post', path: `${at}/{id}/replay`, tags, request: { params: WithId, body: body(shapes.Span) } },
      z.object({ count: z.int() }),
    ),
    async (c) => {
      const { project } = allowed(c, 'key')
      const { from, to } = c.req.valid('json')
      const span = { from: new Date(from), to: new Date(to) }
      return c.json({ count: await replaySpan(db, project.id, c.req.valid('param').id, span, house.now()) }, 200)
    },
  )
}

const WithDelivery = z.object({
  ...WithId.shape,
  delivery: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number)
    .openapi({ type: 'integer', minimum: 1 }),
})

function show({ projectId: _, madeAt, lastSuccessAt, ...webhook }: Webhook): shapes.Webhook {
  return { ...webhook, madeAt: madeAt.toISOString(), lastSuccessAt: lastSuccessAt?.toISOString() ?? null }
}

function showDelivery({ happenedAt, dueAt, attempts, ...delivery }: Delivery): shapes.Delivery {
  return {
    ...delivery,
    happenedAt: happenedAt.toISOString(),
    dueAt: dueAt.toISOString(),
    attempts: attempts.map((one) => ({ ...one, at: one.at.toISOString() })),
  }
}
