import { z } from '@hono/zod-openapi'
import { eventKinds } from '../../../respond/tickets/history.ts'
import { fieldKinds } from '../../../respond/tickets/field-value.ts'
import { Clock } from './clock.ts'
import { Mention, TitleOf } from './mention.ts'

export const TicketStatus = z.enum(['open', 'pending', 'solved', 'closed']).openapi('TicketStatus')
export type TicketStatus = z.infer<typeof TicketStatus>

export const Priority = z.enum(['low', 'normal', 'high', 'urgent']).openapi('Priority')
export type Priority = z.infer<typeof Priority>

const FieldValue = z.union([z.string().max(2000), z.number(), z.boolean()])
const FieldValues = z.record(z.string().regex(/^[1-9]\d{0,9}$/), FieldValue)
const Tags = z.array(z.string().trim().min(1).max(60)).max(50)
const Title = z.string().trim().min(1).max(200)

export const TicketName = z
  .object({ id: z.int(), title: z.string(), titleOf: TitleOf, status: TicketStatus })
  .openapi('TicketName')
export type TicketName = z.infer<typeof TicketName>

export const Ticket = z
  .object({
    id: z.int(),
    title: z.string(),
    titleOf: TitleOf,
    status: TicketStatus,
    priority: Priority,
    queue: z.object({ id: z.int(), name: z.string() }).nullable(),
    tags: z.array(z.string()),
    fields: FieldValues.openapi({ description: 'Values of the project’s own fields, by the id of the field.' }),
    incident: z.object({ id: z.int(), title: z.string() }).nullable(),
    mergedInto: z.int().nullable().openapi({ description: 'The ticket that has its mentions now.' }),
    nextDueAt: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'When the next promise ends that runs; in the past it is missed.' }),
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
    kind: z.enum(eventKinds),
    about: z.string().nullable().openapi({ description: 'Where the kind does not say it: the name of a field.' }),
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
    removedMentions: z
      .array(
        z.object({
          mentionId: z.string(),
          platform: z.string(),
          postedAt: z.iso.datetime(),
          removedAt: z.iso.datetime(),
        }),
      )
      .openapi({ description: 'Those that were deleted at their platform; nothing else of them is kept.' }),
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
    clocks: z.array(Clock).openapi({ description: 'What was promised, oldest first.' }),
    watchers: z.array(z.object({ id: z.string(), name: z.string() })),
    links: z.array(TicketName).openapi({ description: 'Tickets that belong together and stay apart.' }),
    incidentTickets: z
      .array(TicketName)
      .openapi({ description: 'All tickets of the same cause, this one among them.' }),
    moves: z
      .array(z.object({ id: z.int(), kind: z.enum(['merge', 'split']), fromTicket: z.int(), intoTicket: z.int() }))
      .openapi({ description: 'Merges and splits that stand, newest first; each can be taken back.' }),
  })
  .openapi('TicketDetail')
export type TicketDetail = z.infer<typeof TicketDetail>

export const TicketChange = z
  .object({
    title: Title.optional(),
    priority: Priority.optional(),
    queue: z.int().nullable().optional(),
    addTags: Tags.optional(),
    removeTags: Tags.optional(),
    fields: z.record(z.string().regex(/^[1-9]\d{0,9}$/), FieldValue.nullable()).optional(),
    was: z
      .object({
        title: z.string().optional(),
        priority: Priority.optional(),
        queue: z.int().nullable().optional(),
        fields: z.record(z.string(), FieldValue.nullable()).optional(),
      })
      .optional()
      .openapi({
        description: 'What somebody saw when they decided; where it is not so any more, nothing is changed.',
      }),
  })
  .openapi('TicketChange')
export type TicketChange = z.infer<typeof TicketChange>

export const TicketQueue = z
  .object({ id: z.int(), name: z.string(), retired: z.boolean(), open: z.int() })
  .openapi('TicketQueue')
export type TicketQueue = z.infer<typeof TicketQueue>

export const TicketField = z
  .object({
    id: z.int(),
    name: z.string(),
    kind: z.enum(fieldKinds),
    choices: z.array(z.string()),
    retired: z.boolean(),
  })
  .openapi('TicketField')
export type TicketField = z.infer<typeof TicketField>

export const Incident = z
  .object({
    id: z.int(),
    title: z.string(),
    openedAt: z.iso.datetime(),
    openedBy: z.string().nullable(),
    solvedAt: z.iso.datetime().nullable(),
    tickets: z.int(),
  })
  .openapi('Incident')
export type Incident = z.infer<typeof Incident>

export const ShiftPage = z
  .object({
    items: z.array(Ticket.extend({ project: z.object({ id: z.int(), name: z.string() }) })),
    next: z.string().nullable(),
    late: z.int().openapi({ description: 'Open tickets whose promise has ended.' }),
  })
  .openapi('ShiftPage')
export type ShiftPage = z.infer<typeof ShiftPage>

export const Presence = z
  .object({
    items: z.array(
      z.object({ id: z.string(), name: z.string(), writes: z.boolean() }).openapi({ description: 'Who has it open.' }),
    ),
    leaseMs: z.int().openapi({ description: 'A lease ends after this time unless it is renewed.' }),
  })
  .openapi('Presence')
export type Presence = z.infer<typeof Presence>

export const TicketPage = z
  .object({
    items: z.array(Ticket),
    next: z.string().nullable(),
    counts: z.object({ open: z.int(), pending: z.int(), solved: z.int(), closed: z.int() }),
  })
  .openapi('TicketPage')
export type TicketPage = z.infer<typeof TicketPage>
