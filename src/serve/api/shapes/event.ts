import { z } from '@hono/zod-openapi'
import type { HeedEvent as Published } from '../../../base/events/events.ts'

const about = { project: z.int() }

/** Something changed that an open screen may show. It says where to look, never what is there. */
export const HeedEvent = z
  .discriminatedUnion('kind', [
    z.object({ ...about, kind: z.literal('mentions'), added: z.int() }),
    z.object({ ...about, kind: z.literal('progress'), job: z.string() }),
    z.object({ ...about, kind: z.literal('ticket'), ticket: z.int() }),
    z.object({ ...about, kind: z.literal('presence'), ticket: z.int() }),
    z.object({ ...about, kind: z.literal('source'), source: z.int() }),
    z.object({ ...about, kind: z.literal('topic'), topic: z.int() }),
    z.object({ ...about, kind: z.literal('category'), set: z.int() }),
    z.object({ ...about, kind: z.literal('alarm'), alarm: z.int() }),
    z.object({ ...about, kind: z.literal('help') }),
    z.object({ ...about, kind: z.literal('language') }),
  ])
  .openapi('HeedEvent') satisfies z.ZodType<Published>
export type HeedEvent = z.infer<typeof HeedEvent>
