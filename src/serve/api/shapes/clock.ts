import { z } from '@hono/zod-openapi'
import { clockKinds, rungs } from '../../../respond/clocks/policy.ts'

const Block = z
  .object({ from: z.int().min(0).max(1440), to: z.int().min(0).max(1440) })
  .openapi({ description: 'Minutes of the day: 540 to 1080 is from nine to six.' })

export const Calendar = z
  .object({
    timeZone: z.string().max(60),
    week: z.array(z.array(Block).max(12)).min(7).max(7).openapi({ description: 'Monday first.' }),
    exceptions: z
      .array(z.object({ day: z.iso.date(), blocks: z.array(Block).max(12) }))
      .max(500)
      .openapi({ description: 'Days unlike others; a holiday has no blocks.' }),
  })
  .openapi('Calendar')
export type Calendar = z.infer<typeof Calendar>

const Minutes = z.int().min(1).max(527_040).nullable().openapi({ description: 'Null promises nothing.' })
const Step = z
  .object({ share: z.number().min(0.05).max(20), to: z.enum(rungs) })
  .openapi({ description: 'Who is told at this share of the time; 1 is its end.' })
const Values = z.array(z.string().min(1).max(60)).max(50)

const Times = {
  firstMinutes: Minutes,
  nextMinutes: Minutes,
  solutionMinutes: Minutes,
  aroundTheClock: z.boolean(),
  steps: z.array(Step).max(12),
}

export const Ladder = z.object(Times).openapi('Ladder')
export type Ladder = z.infer<typeof Ladder>

export const PolicyInput = z
  .object({
    name: z.string().trim().min(1).max(100),
    platforms: Values,
    priorities: z.array(z.enum(['low', 'normal', 'high', 'urgent'])),
    stages: Values,
    tonalities: z.array(z.enum(['negative', 'neutral', 'positive'])),
    ...Times,
  })
  .openapi('PolicyInput')
export type PolicyInput = z.infer<typeof PolicyInput>

export const Policy = z
  .object({
    id: z.int(),
    name: z.string(),
    platforms: z.array(z.string()),
    priorities: z.array(z.string()),
    stages: z.array(z.string()),
    tonalities: z.array(z.string()),
    ...Times,
  })
  .openapi('Policy')
export type Policy = z.infer<typeof Policy>

export const Clock = z
  .object({
    id: z.int(),
    kind: z.enum(clockKinds),
    minutes: z.int().openapi({ description: 'Promised, in working time unless the promise goes around the clock.' }),
    beganAt: z.iso.datetime(),
    dueAt: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'Null while it waits for the customer and when it has ended.' }),
    missedAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    outcome: z.enum(['kept', 'missed', 'dropped']).nullable(),
  })
  .openapi('Clock')
export type Clock = z.infer<typeof Clock>

export const ReplyWindows = z
  .object({
    windows: z
      .array(
        z.object({
          platform: z.string().trim().min(1).max(60),
          minutes: z
            .int()
            .min(5)
            .max(527_040)
            .openapi({ description: 'After what they wrote last, around the clock.' }),
        }),
      )
      .max(50),
  })
  .openapi('ReplyWindows')
export type ReplyWindows = z.infer<typeof ReplyWindows>

export const Forecast = z
  .object({
    pace: z.number().openapi({ description: 'Answers given per hour.' }),
    lookBackHours: z.int(),
    hours: z.array(z.object({ from: z.iso.datetime(), due: z.int(), late: z.int() })),
  })
  .openapi('Forecast')
export type Forecast = z.infer<typeof Forecast>
