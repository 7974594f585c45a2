import { z } from '@hono/zod-openapi'
import { Mention } from './mention.ts'

export const Topic = z
  .object({
    id: z.int(),
    name: z.string(),
    group: z
      .string()
      .nullable()
      .openapi({ description: 'Topics of one group are compared with each other: brand, competitors.' }),
    query: z.string(),
    color: z.int().openapi({ description: 'Index in the palette; the same topic has the same colour everywhere.' }),
    version: z.int(),
    mentions: z.int(),
    updatedAt: z.iso.datetime(),
    updatedBy: z.string().nullable(),
    /** Null when the topic has been run over the whole archive. */
    backfill: z.string().nullable().openapi({ description: 'Id of the running backfill, for /progress.' }),
  })
  .openapi('Topic')
export type Topic = z.infer<typeof Topic>

export const TopicInput = z
  .object({
    name: z.string().trim().min(1).max(120),
    group: z.string().trim().max(60).nullable().optional(),
    query: z.string().max(200_000),
  })
  .openapi('TopicInput')
export type TopicInput = z.infer<typeof TopicInput>

export const QueryProblem = z
  .object({
    start: z.int(),
    end: z.int(),
    severity: z.enum(['error', 'warning', 'hint']),
    key: z.string(),
    message: z.string().openapi({ description: 'In the language of the request.' }),
    repair: z.object({ label: z.string(), start: z.int(), end: z.int(), replacement: z.string() }).nullable(),
  })
  .openapi('QueryProblem')
export type QueryProblem = z.infer<typeof QueryProblem>

export const QueryCheck = z
  .object({ problems: z.array(QueryProblem), printed: z.string(), explanation: z.string() })
  .openapi('QueryCheck')
export type QueryCheck = z.infer<typeof QueryCheck>

export const QueryPreview = z
  .object({
    check: QueryCheck,
    latest: z.array(Mention).openapi({ description: 'Up to 20 newest posts that match, from mentions and archive.' }),
    found: z.int(),
    days: z.number().openapi({ description: 'How much history was looked through.' }),
    expectedPerMonth: z.object({ low: z.number(), high: z.number(), estimate: z.number() }).nullable().openapi({
      description: 'found ÷ days × 30 with a 95 % Poisson interval; null when there is less than a day of history.',
    }),
  })
  .openapi('QueryPreview')
export type QueryPreview = z.infer<typeof QueryPreview>

/** Operators and fields of the query language, for autocomplete and the reference. */
export const QueryReference = z
  .object({
    operators: z.array(z.object({ form: z.string(), insert: z.string(), meaning: z.string(), example: z.string() })),
    fields: z.array(
      z.object({ name: z.string(), meaning: z.string(), values: z.array(z.string()), example: z.string() }),
    ),
  })
  .openapi('QueryReference')
export type QueryReference = z.infer<typeof QueryReference>
