import { z } from '@hono/zod-openapi'

const Exposure = z.object({ today: z.int(), week: z.int() }).openapi('Exposure', {
  description:
    'Different texts marked toxic that were uncovered to be read; each counts once a day and member. Today began at midnight in the time zone of the project; the week is today and the six days before.',
})

export const Limit = z
  .int()
  .min(1)
  .max(10_000)
  .nullable()
  .openapi({ description: 'How many a shift, which is a day, may hold; null: nobody is asked to rest.' })

export const Care = z
  .object({
    limit: Limit,
    mine: Exposure.openapi({ description: 'Of the one who asks, in this project.' }),
    everywhere: Exposure.openapi({ description: 'Of the one who asks, in all projects.' }),
    team: Exposure.nullable().openapi({ description: 'Of everybody together; null for those who do not manage.' }),
    tired: z
      .array(z.object({ name: z.string(), at: z.iso.datetime() }))
      .nullable()
      .openapi({ description: 'Who was asked today to swap or rest; null for those who do not manage.' }),
  })
  .openapi('Care')
export type Care = z.infer<typeof Care>

export const OwnCare = z
  .object({
    blurImages: z.boolean().openapi({
      description: 'Every picture is blurred until it is asked for, not only those beside abusive words.',
    }),
  })
  .openapi('OwnCare', { description: 'How the one who asks wants to be spared, in all projects.' })
export type OwnCare = z.infer<typeof OwnCare>

export const ToxicRead = z
  .object({
    today: z.int(),
    limit: Limit,
    tell: z.boolean().openapi({ description: 'Now is the moment to ask them to swap or rest; true once a day.' }),
  })
  .openapi('ToxicRead')
export type ToxicRead = z.infer<typeof ToxicRead>
