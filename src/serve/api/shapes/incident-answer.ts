import { z } from '@hono/zod-openapi'
import { Reply, ReplyWarning } from './reply.ts'

export const IncidentAnswer = z
  .object({
    reply: Reply,
    author: z.string().nullable().openapi({ description: 'Who is answered, by the name that the platform tells.' }),
    warnings: z.array(ReplyWarning),
  })
  .openapi('IncidentAnswer')
export type IncidentAnswer = z.infer<typeof IncidentAnswer>
