import { z } from '@hono/zod-openapi'
import { parts } from '../../../measure/service/figures.ts'
import { Mention, TitleOf } from './mention.ts'
import { Estimate, OutcomeResult } from './outcome.ts'

const Id = z.string().regex(/^[1-9]\d{0,8}$/)

export const ServiceFilter = z.object({
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  platform: z.string().min(1).max(60).optional(),
  topic: Id.optional(),
  queue: Id.optional(),
  member: z.string().min(1).max(100).optional(),
})
export type ServiceFilter = z.infer<typeof ServiceFilter>

export const ServicePart = z.enum(parts).openapi('ServicePart', { description: 'What a figure counts.' })
export type ServicePart = z.infer<typeof ServicePart>

const Ms = z.number().nullable()
const Times = z.object({ median: Ms, p90: Ms }).openapi({ description: 'Milliseconds; null when there is none.' })

const Figures = z.object({
  counts: z.record(z.enum(parts), z.int()).openapi({ description: 'Tickets of each part.' }),
  mentions: z.int(),
  answeredMentions: z.int(),
  shareAnswered: z.number().nullable(),
  breaches: z.int().openapi({ description: 'Promises that were missed.' }),
  first: Times,
  firstWork: Times,
  firstInTarget: z.number().nullable(),
  solution: Times,
  solutionWork: Times,
  solutionInTarget: z.number().nullable(),
  satisfied: Estimate.nullable(),
})
export type ServiceFigures = z.infer<typeof Figures>

const Hours = z.object({
  minutes: z.int(),
  unpricedMinutes: z.int().openapi({ description: 'Of days without a rate.' }),
  costs: z
    .array(z.object({ currency: z.string(), cents: z.int() }))
    .nullable()
    .openapi({ description: 'Null: not for this role.' }),
})
export type ServiceHours = z.infer<typeof Hours>

const Period = z.object({ from: z.iso.datetime(), to: z.iso.datetime() })

export const Service = z
  .object({
    period: Period,
    before: Period.openapi({ description: 'The one of the same length just before.' }),
    figures: Figures,
    figuresBefore: Figures,
    hours: Hours,
    hoursBefore: Hours,
    load: z.array(
      z.object({
        member: z.object({ id: z.string(), name: z.string() }).nullable(),
        tickets: z.int(),
        solved: z.int(),
        unsolved: z.int(),
        firstMs: Ms,
        minutes: z.int(),
      }),
    ),
    worksAroundTheClock: z.boolean().openapi({ description: 'Working hours are all hours then.' }),
    measures: z.record(z.string(), z.string()).openapi({ description: 'The formula of each figure in words.' }),
  })
  .openapi('Service')
export type Service = z.infer<typeof Service>

const Tonality = z.object({ positive: z.int(), negative: z.int() })

export const ServicePeople = z
  .object({
    reach: z.object({ reach: z.int().nullable(), threads: z.int(), known: z.int() }),
    authors: z.int(),
    before: Tonality,
    after: Tonality,
    ratioBefore: z.number().nullable().openapi({ description: 'Positive ÷ negative; null without a negative one.' }),
    ratioAfter: z.number().nullable(),
    turnedCount: z.int(),
    turned: z
      .array(z.object({ author: z.string(), before: Mention, after: Mention }))
      .openapi({ description: 'The newest 20.' }),
  })
  .openapi('ServicePeople')
export type ServicePeople = z.infer<typeof ServicePeople>

export const ServiceTickets = z
  .object({
    items: z.array(
      z.object({
        id: z.int(),
        title: z.string(),
        titleOf: TitleOf,
        status: z.enum(['open', 'pending', 'solved', 'closed']),
        assignee: z.string().nullable(),
        openedAt: z.iso.datetime(),
        firstMs: Ms,
        firstWorkMs: Ms,
        solutionMs: Ms,
        solutionWorkMs: Ms,
        breaches: z.int(),
        outcome: OutcomeResult.nullable(),
        minutes: z.int().nullable().openapi({ description: 'Only in the list of hours.' }),
      }),
    ),
    next: z.string().nullable(),
  })
  .openapi('ServiceTickets')
export type ServiceTickets = z.infer<typeof ServiceTickets>

export const ServiceBoard = z
  .object({
    period: Period,
    items: z.array(
      z.object({
        project: z.object({ id: z.int(), name: z.string() }),
        figures: Figures,
        figuresBefore: Figures,
        hours: Hours,
      }),
    ),
    measures: z.record(z.string(), z.string()),
  })
  .openapi('ServiceBoard')
export type ServiceBoard = z.infer<typeof ServiceBoard>

export const Day = z.iso.date()

export const ServiceRate = z
  .object({
    fromDay: Day,
    cents: z.int().min(0).max(100_000_000).openapi({ description: 'An hour, in hundredths of the currency.' }),
    currency: z
      .string()
      .length(3)
      .toUpperCase()
      .regex(/^[A-Z]{3}$/),
  })
  .openapi('ServiceRate')
export type ServiceRate = z.infer<typeof ServiceRate>

export const WorkMinutes = z
  .object({
    id: z.int(),
    member: z.object({ id: z.string(), name: z.string() }),
    minutes: z.int(),
    day: Day,
    notedAt: z.iso.datetime(),
  })
  .openapi('WorkMinutes')
export type WorkMinutes = z.infer<typeof WorkMinutes>

export const NewWorkMinutes = z
  .object({
    minutes: z.int().min(1).max(1440),
    day: Day.optional().openapi({ description: 'Today in the time zone of the project unless told.' }),
  })
  .openapi('NewWorkMinutes')
