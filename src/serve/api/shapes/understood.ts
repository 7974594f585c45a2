import { z } from '@hono/zod-openapi'
import { judgedFields } from '../../../listen/mentions/judged-columns.ts'

const Tonality = z.enum(['negative', 'neutral', 'positive'])
const Chance = z.number().min(0).max(1)

/** How far the figures about tonality can be trusted, and what was not heard. */
export const Understood = z
  .object({
    period: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
    tonality: z.object({
      shares: z
        .array(z.object({ tonality: Tonality, estimate: Chance, low: Chance, high: Chance }))
        .openapi({ description: 'With the ends of the 95 % interval; empty when there is nothing to judge by.' }),
      by: z.enum(['machine', 'people']).openapi({
        description:
          '`people`: corrected by mentions of this choice that were drawn by chance and judged. `machine`: not checked on them.',
      }),
      mentions: z.int().openapi({ description: 'What the shares stand on.' }),
      judged: z.int(),
      unsure: z.int(),
      unknown: z.int().openapi({ description: 'Left out: no chances, or a language never measured.' }),
      drawn: z.int().openapi({ description: 'Judged among the first in the order `drawn`.' }),
      neededDrawn: z.int(),
    }),
    stages: z.object({
      shares: z.array(
        z.object({
          stage: z.string().nullable().openapi({ description: 'In the order of the cycle; null, at the end: none.' }),
          found: z.int().openapi({ description: 'Mentions in it now; `stage` of the filter finds them.' }),
          share: z
            .object({ estimate: Chance, low: Chance, high: Chance })
            .nullable()
            .openapi({ description: 'With the ends of the 95 % interval; null where it was never measured.' }),
        }),
      ),
      mentions: z.int().openapi({ description: 'What the shares stand on.' }),
      judged: z.int(),
      unknown: z.int().openapi({ description: 'Left out: languages and stages never measured.' }),
    }),
    coverage: z.object({
      sources: z.int(),
      silent: z.array(
        z.object({
          id: z.int(),
          name: z.string(),
          platform: z.string(),
          why: z.enum(['new', 'waiting', 'ill', 'paused', 'gone']),
          trouble: z.string().nullable(),
          since: z.iso.datetime().nullable().openapi({ description: 'Its last post; null when none ever came.' }),
          share: Chance.openapi({ description: 'Of the period.' }),
        }),
      ),
    }),
    agreement: z.array(
      z.object({
        field: z.enum(judgedFields),
        alpha: z.number().nullable().openapi({ description: 'Null below 20 pairs.' }),
        pairs: z.int(),
      }),
    ),
    measures: z
      .record(z.string(), z.string())
      .openapi({ description: 'The formula of each figure in words, in the language of the request.' }),
  })
  .openapi('Understood')
export type Understood = z.infer<typeof Understood>
