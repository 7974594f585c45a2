import { z } from '@hono/zod-openapi'
import { happeningKinds } from '../../../respond/happenings/happening.ts'
import { postProblems } from '../../../respond/webhooks/post.ts'

const Moment = z.iso.datetime()
export const Kind = z.enum(happeningKinds).openapi('HappeningKind')
export type Kind = z.infer<typeof Kind>
export const Kinds = z.array(Kind).min(1).max(happeningKinds.length)

export const WebhookInput = z
  .object({
    name: z.string().trim().min(1).max(80),
    url: z
      .string()
      .trim()
      .min(1)
      .max(2000)
      .openapi({ description: 'Where Heed posts to. Only public addresses are asked.' }),
    kinds: Kinds,
    topics: z.array(z.int().min(1)).max(500).openapi({
      description: 'Of mentions and spikes only those of these topics; empty: no mentions, and all spikes.',
    }),
  })
  .openapi('WebhookInput')
export const WebhookChange = WebhookInput.extend({ isOn: z.boolean() }).partial().openapi('WebhookChange')

export const Webhook = WebhookInput.extend({
  id: z.int(),
  isOn: z.boolean(),
  offBecause: z
    .enum(['gone', 'failing'])
    .nullable()
    .openapi({ description: 'Why Heed switched it off: its receiver said 410, or has not answered for three days.' }),
  madeAt: Moment,
  lastSuccessAt: Moment.nullable(),
  waiting: z.int().openapi({ description: 'How many wait to be delivered.' }),
}).openapi('Webhook')
export type Webhook = z.infer<typeof Webhook>

export const Webhooks = z
  .object({
    items: z.array(Webhook),
    kinds: z
      .array(Kind)
      .openapi({ description: 'What a webhook can be told, in the order in which it grows to trouble.' }),
  })
  .openapi('Webhooks')
export type Webhooks = z.infer<typeof Webhooks>

export const NewWebhook = z
  .object({ webhook: Webhook, secret: z.string().openapi({ description: 'whsec_…; it is not shown again.' }) })
  .openapi('NewWebhook')
export type NewWebhook = z.infer<typeof NewWebhook>

const Problem = z.enum(postProblems).nullable().openapi({ description: 'Null: it was delivered.' })

export const WebhookTry = z
  .object({ status: z.int().nullable(), problem: Problem, tookMs: z.int() })
  .openapi('WebhookTry')
export type WebhookTry = z.infer<typeof WebhookTry>

export const Delivery = z
  .object({
    id: z.int(),
    kind: Kind,
    happenedAt: Moment,
    state: z.enum(['waiting', 'done', 'failed', 'gone']),
    dueAt: Moment.openapi({ description: 'The next try, of one that waits.' }),
    attempts: z.array(WebhookTry.extend({ at: Moment })),
  })
  .openapi('Delivery')
export type Delivery = z.infer<typeof Delivery>

export const Span = z.object({ from: Moment, to: Moment }).openapi('Span')
