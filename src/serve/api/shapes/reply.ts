import { z } from '@hono/zod-openapi'
import { TicketEvent } from './ticket.ts'

const Role = z.enum(['head', 'manager', 'copywriter', 'moderator', 'client'])

export const ReplyWarning = z
  .object({
    check: z.string().openapi({ description: 'Names the check; `despite` of a sending lists those that were read.' }),
    blocks: z.boolean().openapi({ description: 'Such a reply cannot go out at all.' }),
    reason: z.string(),
    words: z.string().nullable().openapi({ description: 'The words it is about; null: the whole.' }),
  })
  .openapi('ReplyWarning')
export type ReplyWarning = z.infer<typeof ReplyWarning>

const Approval = z.object({
  step: z.int(),
  approved: z.boolean(),
  comment: z.string().nullable(),
  member: z.string(),
  memberId: z.string(),
})

export const Reply = z
  .object({
    id: z.int(),
    ticket: z.int(),
    mention: z.string(),
    platform: z.string(),
    account: z
      .object({ id: z.int(), name: z.string() })
      .nullable()
      .openapi({ description: 'Null: a person copies it and posts it at the platform.' }),
    state: z.enum([
      'draft',
      'waiting',
      'approved',
      'queued',
      'sending',
      'sent',
      'refused',
      'unsure',
      'removed',
      'dropped',
    ]),
    text: z.string(),
    version: z.int().openapi({ description: 'Grows with every change of the text; what is done to a reply names it.' }),
    steps: z.array(Role),
    approvals: z.array(Approval),
    returned: Approval.nullable(),
    writer: z.object({ id: z.string(), name: z.string() }).nullable(),
    begunAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
    sendAt: z.iso.datetime().nullable(),
    despite: z.array(z.string()),
    problem: z.string().nullable().openapi({ description: 'Why it is not sent, or what is not known about it.' }),
    changes: z
      .array(TicketEvent)
      .openapi({ description: 'What others did with the ticket since; sending is stopped until it was acknowledged.' }),
    url: z.string().nullable(),
    sentAt: z.iso.datetime().nullable(),
    sentBy: z.string().nullable(),
    canEdit: z.boolean(),
    canRemove: z.boolean(),
  })
  .openapi('Reply')
export type Reply = z.infer<typeof Reply>

export const ReplyAccount = z
  .object({
    id: z.int(),
    platform: z.string(),
    name: z.string(),
    connectedAt: z.iso.datetime(),
    connectedBy: z.string().nullable(),
    limit: z
      .object({
        most: z.int(),
        unit: z.enum(['characters', 'graphemes', 'bytes', 'utf16', 'mastodon', 'x', 'threads']),
      })
      .nullable()
      .openapi({ description: 'How long a reply may be, in the unit of the platform; null: as long as one likes.' }),
  })
  .openapi('ReplyAccount')
export type ReplyAccount = z.infer<typeof ReplyAccount>

export const TicketReplies = z
  .object({
    items: z.array(Reply),
    accounts: z.array(ReplyAccount).openapi({ description: 'Accounts of the platforms of the ticket’s mentions.' }),
    steps: z
      .array(Role)
      .openapi({ description: 'Who approves replies of this project, in order; empty: nobody has to.' }),
    automatic: z.array(z.string()).openapi({ description: 'Platforms that Heed can answer on by itself.' }),
  })
  .openapi('TicketReplies')
export type TicketReplies = z.infer<typeof TicketReplies>
