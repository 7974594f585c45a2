import { z } from '@hono/zod-openapi'

/** What customers praise and blame, in their own words. */
export const Phrasebook = z
  .object({
    period: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }),
    texts: z.int().openapi({ description: 'In which something is praised or blamed; copies once.' }),
    aspects: z.array(
      z.object({
        aspect: z.string(),
        polarity: z.enum(['negative', 'positive']),
        kind: z.enum(['functional', 'emotional']).nullable(),
        texts: z.int(),
        before: z
          .int()
          .nullable()
          .openapi({ description: 'In the period of the same length just before; null where collecting began later.' }),
        quotes: z.array(
          z.object({
            mention: z.string(),
            text: z.string(),
            start: z.int().openapi({ description: 'UTF-16 offsets of the words about the aspect; end is exclusive.' }),
            end: z.int(),
            author: z.string().nullable(),
            platform: z.string(),
            source: z.string().nullable(),
            lang: z.string().nullable(),
            postedAt: z.iso.datetime(),
          }),
        ),
      }),
    ),
    measures: z
      .record(z.string(), z.string())
      .openapi({ description: 'The formula of each figure in words, in the language of the request.' }),
  })
  .openapi('Phrasebook')
export type Phrasebook = z.infer<typeof Phrasebook>
