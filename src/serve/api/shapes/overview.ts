import { z } from '@hono/zod-openapi'

const Series = z.object({ key: z.string(), label: z.string(), total: z.int(), counts: z.array(z.int()) })

/** One request brings every widget of the overview, all counted from the same mentions. */
export const Overview = z
  .object({
    period: z.object({
      from: z.iso.datetime(),
      to: z.iso.datetime(),
      bucket: z.enum(['hour', 'day', 'week', 'month']),
    }),
    total: z.int(),
    before: z.int().nullable().openapi({
      description: 'Volume of the period of the same length just before; null where collecting began later.',
    }),
    unique: z.int().openapi({ description: 'Near-duplicates counted once.' }),
    authors: z.int(),
    reach: z
      .int()
      .nullable()
      .openapi({ description: 'Sum over authors of the largest known follower count; null when none is known.' }),
    engagement: z
      .int()
      .nullable()
      .openapi({ description: 'Reactions + comments + shares where known; null when none is known.' }),
    buckets: z.array(z.iso.datetime()),
    byTopic: z.array(Series),
    byMedia: z.array(Series),
    bySource: z.array(Series).openapi({ description: 'The 8 largest, and the rest as one.' }),
    shareOfVoice: z
      .array(
        z.object({
          topic: z.int(),
          name: z.string(),
          group: z.string().nullable(),
          count: z.int(),
          share: z.number().nullable(),
        }),
      )
      .openapi({
        description:
          'Mentions of the topic ÷ mentions of all topics of its group, near-duplicates once; null when nothing was mentioned.',
      }),
    topSources: z.array(
      z.object({
        platform: z.string(),
        source: z.string(),
        media: z.string().nullable(),
        count: z.int(),
        authors: z.int(),
      }),
    ),
    topAuthors: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        handle: z.string().nullable(),
        platform: z.string(),
        followers: z.int().nullable(),
        count: z.int(),
      }),
    ),
    topClusters: z.array(
      z.object({
        cluster: z.string(),
        text: z.string(),
        count: z.int(),
        authors: z.int(),
        firstAt: z.iso.datetime(),
        firstSource: z.string().nullable(),
      }),
    ),
    languages: z.array(z.object({ lang: z.string().nullable(), count: z.int() })),
    measures: z
      .record(z.string(), z.string())
      .openapi({ description: 'The formula of each figure in words, in the language of the request.' }),
  })
  .openapi('Overview')
export type Overview = z.infer<typeof Overview>
