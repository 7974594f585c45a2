import { z } from '@hono/zod-openapi'
import { Mention } from './mention.ts'

export const TicketStatus = z.enum(['open', 'pending', 'solved', 'closed']).openapi('TicketStatus')
export type TicketStatus = z.infer<typeof TicketStatus>

export const Ticket = z
  .object({
    id: z.int(),
    title: z.string(),
    status: TicketStatus,
    assignee: z.object({ id: z.string(), name: z.string() }).nullable(),
    customer: z.object({ id: z.int(), name: z.string() }).nullable(),
    mentionCount: z.int(),
    openedAt: z.iso.datetime(),
    openedBy: z.string().nullable(),
    updatedAt: z.iso.datetime(),
    firstMentionAt: z.iso.datetime().nullable(),
  })
  .openapi('Ticket')
export type Ticket = z.infer<typeof Ticket>

export const TicketEvent = z
  .object({
    id: z.int(),
    at: z.iso.datetime(),
    actor: z.string().nullable(),
    kind: z.enum(['opened', 'mention-added', 'status-changed', 'assigned', 'note-added', 'title-changed']),
    from: z.string().nullable(),
    to: z.string().nullable(),
    note: z.string().nullable(),
  })
  .openapi('TicketEvent')
export type TicketEvent = z.infer<typeof TicketEvent>

export const TicketDetail = z
  .object({
    ticket: Ticket,
    mentions: z.array(Mention).openapi({ description: 'The mentions of the ticket, oldest first.' }),
    customerMentions: z
      .array(Mention)
      .openapi({ description: 'What else the customer wrote, newest first, up to 50.' }),
    customerAuthors: z.array(
      z.object({
        platform: z.string(),
        authorId: z.string(),
        name: z.string().nullable(),
        handle: z.string().nullable(),
      }),
    ),
    history: z.array(TicketEvent),
  })
  .openapi('TicketDetail')
export type TicketDetail = z.infer<typeof TicketDetail>

export const TicketPage = z
  .object({
    items: z.array(Ticket),
    next: z.string().nullable(),
    counts: z.object({ open: z.int(), pending: z.int(), solved: z.int(), closed: z.int() }),
  })
  .openapi('TicketPage')
export type TicketPage = z.infer<typeof TicketPage>
