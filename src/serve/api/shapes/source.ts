import { z } from '@hono/zod-openapi'
import { Mention } from './mention.ts'

export const Source = z
  .object({
    id: z.int(),
    platform: z.string(),
    name: z.string(),
    url: z.string().nullable(),
    state: z.enum(['active', 'paused', 'gone']),
    health: z
      .enum(['new', 'well', 'waiting', 'ill'])
      .openapi({ description: 'By freshness and by the last answer, not by status 200 alone.' }),
    lastCheckedAt: z.iso.datetime().nullable(),
    lastItemAt: z.iso.datetime().nullable(),
    nextCheckAt: z.iso.datetime().nullable(),
    lastError: z.string().nullable(),
    mentions: z.int(),
    latency: z
      .object({ medianMs: z.int().nullable(), p95Ms: z.int().nullable() })
      .openapi({ description: 'From posted to saved, of the last posts; null while fewer than twenty are known.' }),
    catchingUp: z.boolean().openapi({ description: 'More of its past waits to be read.' }),
    secrets: z.array(z.string()).openapi({ description: 'The names of the secrets that are kept for it.' }),
  })
  .openapi('Source')
export type Source = z.infer<typeof Source>

/** Where a program posts to a source, and what it signs with. */
export const SourceAddress = z
  .object({
    url: z.string(),
    secret: z.string().openapi({ description: 'whsec_…, of Standard Webhooks.' }),
    curl: z.string().openapi({ description: 'Lines for a shell that post one item.' }),
  })
  .openapi('SourceAddress')
export type SourceAddress = z.infer<typeof SourceAddress>

export const SourceCheck = z
  .object({
    ok: z.boolean(),
    title: z.string().nullable(),
    hint: z.string().nullable(),
    movedTo: z.string().nullable(),
    items: z.array(
      Mention.pick({ id: true, url: true, title: true, text: true, postedAt: true }).extend({
        postedAt: z.iso.datetime().nullable(),
      }),
    ),
  })
  .openapi('SourceCheck')
export type SourceCheck = z.infer<typeof SourceCheck>

export const CatalogueEntry = z
  .object({
    platform: z.string(),
    name: z.string(),
    brings: z.string(),
    asks: z.string().openapi({ description: 'What a person writes to say what to collect.' }),
    asksHelp: z.string(),
    example: z.string(),
    needs: z.enum(['nothing', 'free-key', 'approval', 'paid']),
    collects: z.array(z.enum(['poll', 'stream', 'push'])),
    replies: z.boolean(),
    follows: z.object({ edits: z.boolean(), deletions: z.boolean() }),
    cost: z
      .object({ perRequest: z.number(), perItem: z.number(), currency: z.string() })
      .nullable()
      .openapi({ description: 'What the platform bills; null where it does not.' }),
    fields: z
      .array(
        z.object({
          name: z.string(),
          secret: z.boolean(),
          required: z.boolean(),
          example: z.string(),
          link: z.string().nullable(),
          label: z.string(),
          help: z.string(),
        }),
      )
      .openapi({ description: 'What is asked for besides.' }),
  })
  .openapi('CatalogueEntry')
export type CatalogueEntry = z.infer<typeof CatalogueEntry>

export const Budget = z
  .object({
    platform: z.string(),
    currency: z.string().openapi({ description: 'ISO 4217, as the platform bills.' }),
    monthly: z.number().openapi({ description: 'What it may cost in a month (UTC).' }),
    spent: z.number().openapi({ description: 'This month, with what is reserved for requests under way.' }),
    forecast: z.number().nullable().openapi({
      description:
        'What the month would cost if it went on like the last seven days; null while a day of them is not over.',
    }),
    state: z
      .enum(['fine', 'near', 'spent'])
      .openapi({ description: 'near: 80 % are spent; spent: its sources rest until `until` or until there is more.' }),
    until: z.iso.datetime(),
  })
  .openapi('Budget')
export type Budget = z.infer<typeof Budget>

/** What was found in an uploaded file, before anything is saved. */
export const ImportPreview = z
  .object({
    id: z.int(),
    file: z.string(),
    bytes: z.int(),
    format: z.enum(['csv', 'xlsx', 'jsonl']),
    encoding: z.string().nullable(),
    delimiter: z.string().nullable(),
    columns: z.array(
      z.object({ index: z.int(), name: z.string(), samples: z.array(z.string()), field: z.string().nullable() }),
    ),
    fields: z.array(z.string()).openapi({ description: 'Fields of a mention that a column can be mapped to.' }),
    rows: z.array(
      z.object({ row: z.int(), post: z.record(z.string(), z.unknown()).nullable(), reason: z.string().nullable() }),
    ),
    keepAll: z.boolean().openapi({ description: 'Rows that match no topic become mentions too.' }),
    missing: z.array(z.string()).openapi({ description: 'Required fields no column was found for.' }),
  })
  .openapi('ImportPreview')
export type ImportPreview = z.infer<typeof ImportPreview>

export const ImportMapping = z
  .object({
    columns: z.array(z.object({ index: z.int(), field: z.string().nullable() })),
    keepAll: z.boolean().openapi({ description: 'Keep rows that match no topic as mentions too.' }),
  })
  .openapi('ImportMapping')
export type ImportMapping = z.infer<typeof ImportMapping>
