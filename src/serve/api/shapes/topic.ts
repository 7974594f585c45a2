import { z } from '@hono/zod-openapi'
import { Mark, Quality } from './trial.ts'

export const Topic = z
  .object({
    id: z.int(),
    name: z.string(),
    group: z
      .string()
      .nullable()
      .openapi({ description: 'Topics of one group are compared with each other: brand, competitors.' }),
    competitor: z.boolean().openapi({
      description: 'It watches a competitor: who asks about it makes a competitor request.',
    }),
    query: z.string(),
    color: z.int().openapi({ description: 'Index in the palette; the same topic has the same colour everywhere.' }),
    version: z.int(),
    mentions: z.int(),
    updatedAt: z.iso.datetime(),
    updatedBy: z.string().nullable(),
    backfill: z
      .string()
      .nullable()
      .openapi({ description: 'Id of the running backfill, for /progress; null without.' }),
    searched: z.boolean().openapi({ description: 'Whether the query in force has gone through the whole archive.' }),
  })
  .openapi('Topic')
export type Topic = z.infer<typeof Topic>

export const List = z
  .object({
    name: z.string(),
    query: z.string(),
    users: z.array(z.string()).openapi({ description: 'Names of the topics and lists that ask for it.' }),
    updatedAt: z.iso.datetime(),
    updatedBy: z.string().nullable(),
  })
  .openapi('List')
export type List = z.infer<typeof List>

export const TopicInput = z
  .object({
    name: z.string().trim().min(1).max(120),
    group: z.string().trim().max(60).nullable().optional(),
    competitor: z.boolean().optional().openapi({ description: 'Absent: as it is; of a new topic, no.' }),
    query: z.string().max(200_000),
  })
  .openapi('TopicInput')
export type TopicInput = z.infer<typeof TopicInput>

export const NewTopic = TopicInput.extend({
  marks: z
    .array(Mark)
    .max(1000)
    .optional()
    .openapi({ description: 'Posts marked while the query was written; they become its golden set.' }),
}).openapi('NewTopic')
export type NewTopic = z.infer<typeof NewTopic>

export const ChangedTopic = TopicInput.extend({
  from: z.int().positive().optional().openapi({
    description: 'The version whose text was taken back; remembered when the query is still that text.',
  }),
}).openapi('ChangedTopic')
export type ChangedTopic = z.infer<typeof ChangedTopic>

export const TopicVersion = z
  .object({
    version: z.int(),
    query: z.string(),
    name: z.string(),
    at: z.iso.datetime(),
    by: z.string().nullable(),
    from: z.int().nullable().openapi({ description: 'The version whose text was taken back.' }),
    quality: Quality.nullable().openapi({ description: 'On the marks there were when it was saved; null without.' }),
  })
  .openapi('TopicVersion')
export type TopicVersion = z.infer<typeof TopicVersion>

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
  .object({
    problems: z.array(QueryProblem),
    printed: z.string(),
    explanation: z.string(),
    cost: z.object({
      looks: z
        .int()
        .openapi({ description: 'Posts of a million that are looked at for it, broad patterns counted in.' }),
      limit: z.int(),
      counted: z
        .int()
        .nullable()
        .openapi({ description: 'In how many posts the words were counted; null: too few, shares are guessed.' }),
      parts: z
        .array(z.object({ start: z.int(), end: z.int(), postsPerMillion: z.int(), broad: z.int(), words: z.string() }))
        .openapi({ description: 'The costliest first.' }),
    }),
  })
  .openapi('QueryCheck')
export type QueryCheck = z.infer<typeof QueryCheck>

/** Why a mention matches a query or does not, part by part; the whole query stands first. */
export const Explanation = z
  .object({
    truth: z.enum(['yes', 'no', 'unknown']),
    parts: z.array(
      z.object({
        depth: z.int().openapi({ description: 'Below how many other parts it stands.' }),
        text: z.string(),
        truth: z.enum(['yes', 'no', 'unknown']),
        decides: z.boolean().openapi({ description: 'The answer of the whole hangs on it.' }),
        words: z.string(),
        places: z.array(z.object({ field: z.enum(['title', 'text']), start: z.int(), end: z.int() })),
      }),
    ),
  })
  .openapi('Explanation')
export type Explanation = z.infer<typeof Explanation>

/** Operators and fields of the query language, for autocomplete and the reference. */
export const QueryReference = z
  .object({
    operators: z.array(
      z.object({
        form: z.string(),
        also: z.array(z.string()),
        insert: z.string(),
        meaning: z.string(),
        example: z.string(),
      }),
    ),
    fields: z.array(
      z.object({
        name: z.string(),
        also: z.array(z.string()),
        meaning: z.string(),
        values: z.array(z.string()),
        example: z.string(),
      }),
    ),
  })
  .openapi('QueryReference')
export type QueryReference = z.infer<typeof QueryReference>

export const RussianNames = z
  .object({ cities: z.record(z.string(), z.string()), regions: z.record(z.string(), z.string()) })
  .openapi('RussianNames', { description: 'By the names under which mentions keep them.' })
export type RussianNames = z.infer<typeof RussianNames>
