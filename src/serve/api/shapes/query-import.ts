import { z } from '@hono/zod-openapi'
import { tools } from '../../../listen/query/dialects/import-query.ts'

export const QueryImport = z
  .object({
    printed: z.string().openapi({ description: 'The query in our language; empty when nothing to look for is left.' }),
    notes: z.array(
      z.object({
        start: z.int().openapi({ description: 'Where in the original, in UTF-16 units.' }),
        end: z.int(),
        severity: z.enum(['kept', 'changed', 'lost']),
        key: z.string(),
        times: z.int().openapi({ description: 'How many places of the original it is about.' }),
        message: z.string().openapi({ description: 'In the language of the request.' }),
      }),
    ),
  })
  .openapi('QueryImport')
export type QueryImport = z.infer<typeof QueryImport>

export const QueryToImport = z.object({ query: z.string().max(200_000), from: z.enum(tools) }).openapi('QueryToImport')
export type QueryToImport = z.infer<typeof QueryToImport>
