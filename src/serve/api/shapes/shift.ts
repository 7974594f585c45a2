import { z } from '@hono/zod-openapi'

const Name = z.string().trim().min(1).max(60)

export const Shift = z
  .object({
    since: z.iso.datetime().nullable().openapi({ description: 'Null: I do not work now.' }),
    handovers: z
      .array(
        z.object({
          id: z.int(),
          project: z.object({ id: z.int(), name: z.string() }),
          author: z.string(),
          writtenAt: z.iso.datetime(),
          text: z.string(),
        }),
      )
      .openapi({ description: 'What was handed over in my projects in the last 24 hours, newest first.' }),
  })
  .openapi('Shift')
export type Shift = z.infer<typeof Shift>

export const Aptitude = z
  .object({
    capacity: z
      .int()
      .min(0)
      .max(1000)
      .nullable()
      .openapi({ description: 'Open tickets at once; null: as many as come.' }),
    languages: z
      .array(z.string().regex(/^[a-z]{2}$/))
      .max(20)
      .openapi({ description: 'ISO 639-1; empty: any.' }),
    skills: z.array(Name).max(50).openapi({ description: 'Names of queues or tags; empty: any.' }),
  })
  .openapi('Aptitude')
export type Aptitude = z.infer<typeof Aptitude>

export const Colleague = Aptitude.extend({
  member: z.object({ id: z.string(), name: z.string() }),
  since: z.iso.datetime().nullable().openapi({ description: 'Null: they do not work now.' }),
  open: z.int().openapi({ description: 'Open tickets of this project that they have.' }),
}).openapi('Colleague')
export type Colleague = z.infer<typeof Colleague>
