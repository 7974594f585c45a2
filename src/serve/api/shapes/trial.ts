import { z } from '@hono/zod-openapi'
import { MatchPlace, Mention } from './mention.ts'

const Estimate = z
  .object({ estimate: z.number(), low: z.number(), high: z.number() })
  .openapi('Estimate', { description: 'With the ends of its 95 % interval; three times the same when it was counted.' })
export type Estimate = z.infer<typeof Estimate>

const isExact = z
  .boolean()
  .openapi({ description: 'False when the number is projected from a few thousand posts drawn by chance.' })

export const Mark = z
  .object({ mention: z.string().min(1).max(2000), wanted: z.boolean() })
  .openapi('Mark', { description: 'Whether a topic should find this post.' })
export type Mark = z.infer<typeof Mark>

/** One post of the golden set of a topic. */
export const GoldenMark = z
  .object({
    mention: Mention,
    wanted: z.boolean(),
    at: z.iso.datetime(),
    by: z.string().nullable(),
    isThere: z
      .boolean()
      .openapi({ description: 'False when the archive has forgotten the post and its copy stands for it.' }),
  })
  .openapi('GoldenMark')
export type GoldenMark = z.infer<typeof GoldenMark>

const Difference = z.object({ count: Estimate, isExact, sample: z.array(Mention) }).openapi('QueryDifference')
export type Difference = z.infer<typeof Difference>

export const QueryPreview = z
  .object({
    sample: z
      .array(Mention)
      .openapi({ description: 'Up to 50 posts drawn by chance from those that match, the same for the same seed.' }),
    found: Estimate,
    isExact,
    days: z.number().openapi({ description: 'How much history was looked through, 30 at most.' }),
    month: Estimate.extend({ how: z.enum(['counted', 'projected']) })
      .nullable()
      .openapi({
        description:
          'Mentions a month: counted where the history covers it, else found ÷ days × 30 with a 95 % Poisson interval, widened by how bursty the days are. Null when there is less than a day of history.',
      }),
    change: z
      .object({ added: Difference, lost: Difference })
      .nullable()
      .openapi({ description: 'Against the saved query of the topic; null when there is none or it is the same.' }),
  })
  .openapi('QueryPreview')
export type QueryPreview = z.infer<typeof QueryPreview>

export const Quality = z
  .object({
    wantedFound: z.int(),
    wantedMissed: z.int(),
    unwantedFound: z.int(),
    unwantedLeft: z.int(),
    precision: Estimate.nullable().openapi({
      description: 'wantedFound ÷ (wantedFound + unwantedFound), Wilson interval; null when no marked post is found.',
    }),
    recall: Estimate.nullable().openapi({
      description:
        'wantedFound ÷ (wantedFound + wantedMissed), Wilson interval: of the posts marked as wanted, and of no others.',
    }),
  })
  .openapi('QueryQuality')
export type Quality = z.infer<typeof Quality>

export const QueryTrial = z
  .object({
    quality: Quality.nullable().openapi({ description: 'Null without marks.' }),
    saved: Quality.nullable().openapi({ description: 'The same of the saved query of the topic.' }),
    fewMarks: z.int().openapi({ description: 'Below so many posts a share says little.' }),
    marks: z.array(
      Mark.extend({
        places: z
          .array(MatchPlace)
          .nullable()
          .openapi({ description: 'Where the query finds the post; null: it does not.' }),
      }),
    ),
  })
  .openapi('QueryTrial')
export type QueryTrial = z.infer<typeof QueryTrial>

export const Clause = z
  .object({
    path: z.array(z.int()),
    text: z.string(),
    start: z
      .int()
      .nullable()
      .openapi({ description: 'Where it is written in the query; null inside of a named list.' }),
    end: z.int().nullable(),
    effect: z
      .enum(['brings', 'excludes'])
      .openapi({ description: 'Without it the query could only find less, or only more.' }),
    inside: z.int().openapi({ description: 'How many parts under it can be looked at in turn.' }),
    wanted: z.array(z.string()).openapi({ description: 'Marked mentions that only this part brings or keeps away.' }),
    unwanted: z.array(z.string()),
    only: z.number().nullable().openapi({
      description:
        'Posts of the history that only this part brings or keeps away. Null when there are too many parts, or when the query without it would ask for every post.',
    }),
    finds: z.number().nullable().openapi({
      description:
        'Of the posts of the history that the query finds, those that hold this part; null when it excludes.',
    }),
    isExact,
  })
  .openapi('QueryClause')
export type Clause = z.infer<typeof Clause>

export const ClausePosts = z
  .object({ count: Estimate.nullable(), isExact, sample: z.array(Mention) })
  .openapi('ClausePosts')
export type ClausePosts = z.infer<typeof ClausePosts>
