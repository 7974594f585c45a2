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
    lostTo: z.int().nullable().openapi({ description: 'The reply that was approved instead of this one.' }),
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

export const ReplyModel = z.object({ name: z.string(), host: z.string() }).nullable().openapi({
  description: 'The language model that drafts and translates, and where texts go then; null: none is set.',
})
export type ReplyModel = z.infer<typeof ReplyModel>

export const TicketReplies = z
  .object({
    items: z.array(Reply),
    accounts: z.array(ReplyAccount).openapi({ description: 'Accounts of the platforms of the ticket’s mentions.' }),
    steps: z
      .array(Role)
      .openapi({ description: 'Who approves replies of this project, in order; empty: nobody has to.' }),
    automatic: z.array(z.string()).openapi({ description: 'Platforms that Heed can answer on by itself.' }),
    model: ReplyModel,
  })
  .openapi('TicketReplies')
export type TicketReplies = z.infer<typeof TicketReplies>

export const Approver = z
  .object({
    id: z.int(),
    name: z.string(),
    email: z.string().nullable().openapi({ description: 'Null: somebody hands the link over.' }),
    lang: z.enum(['en', 'ru']).openapi({ description: 'Of the letters.' }),
  })
  .openapi('Approver')
export type Approver = z.infer<typeof Approver>

export const NewApprover = z
  .object({
    name: z.string().trim().min(1).max(100),
    email: z.email().max(254).nullable().default(null),
    lang: z.enum(['en', 'ru']),
  })
  .openapi('NewApprover')

export const ApprovalRequest = z
  .object({
    approver: z.string(),
    email: z.string().nullable().openapi({ description: 'They get a letter; null: somebody hands the link over.' }),
    link: z.string(),
  })
  .openapi('ApprovalRequest')
export type ApprovalRequest = z.infer<typeof ApprovalRequest>

const Link = z.string().max(100).openapi({ description: 'What stands at the end of the address the client got.' })

export const ApprovalLink = z.object({ link: Link }).openapi('ApprovalLink')

export const AskedApproval = z
  .object({
    project: z.string(),
    approver: z.string(),
    platform: z.string(),
    mention: z
      .object({
        title: z.string().nullable(),
        text: z.string(),
        url: z.string().nullable(),
        lang: z.string().nullable(),
      })
      .nullable()
      .openapi({ description: 'What is answered; null: it is gone from the platform.' }),
    replies: z
      .array(z.object({ id: z.int(), version: z.int(), text: z.string(), writer: z.string().nullable() }))
      .openapi({
        description: 'What waits for the client; approving one puts the others away. Empty: nothing any more.',
      }),
    endsAt: z.iso.datetime(),
  })
  .openapi('AskedApproval')
export type AskedApproval = z.infer<typeof AskedApproval>

export const LinkSettlement = z
  .object({
    link: Link,
    reply: z.int().min(1),
    version: z.int().min(1),
    approved: z.boolean(),
    text: z.string().max(20_000).optional().openapi({ description: 'The reply as the client words it.' }),
    comment: z.string().trim().max(2000).optional(),
  })
  .openapi('LinkSettlement')

export const DraftedReply = z
  .object({
    text: z.string(),
    sources: z
      .array(z.object({ article: z.int(), lang: z.string(), title: z.string() }))
      .openapi({ description: 'The articles it stands on.' }),
    unfounded: z
      .array(z.string())
      .openapi({ description: 'Numbers that neither these articles nor the question have.' }),
  })
  .openapi('DraftedReply')
export type DraftedReply = z.infer<typeof DraftedReply>

export const Translation = z
  .object({
    text: z.string(),
    lost: z
      .array(z.string())
      .openapi({ description: 'Addresses, numbers and variables that the translation has lost.' }),
  })
  .openapi('Translation')
export type Translation = z.infer<typeof Translation>
