import { z } from '@hono/zod-openapi'
import { playEvents, stepStates } from '../../../respond/playbooks/play.ts'
import { playbookKinds } from '../../../respond/playbooks/playbook.ts'
import { roles } from '../../../base/team/role.ts'

export const PlaybookStep = z
  .object({
    title: z.string().trim().min(1).max(200),
    help: z.string().trim().max(2000),
    minutes: z
      .int()
      .min(1)
      .max(60 * 24 * 60)
      .nullable()
      .openapi({ description: 'From the beginning of the playbook on; null: no time is set.' }),
    role: z.enum(roles).nullable(),
    member: z.string().min(1).max(100).nullable(),
    text: z
      .string()
      .trim()
      .min(1)
      .max(10_000)
      .nullable()
      .openapi({ description: 'Words that may be used as they are.' }),
  })
  .openapi('PlaybookStep')
export type PlaybookStep = z.infer<typeof PlaybookStep>

export const PlaybookInput = z
  .object({
    name: z.string().trim().min(1).max(100),
    kind: z.enum(playbookKinds),
    steps: z.array(PlaybookStep).max(40),
  })
  .openapi('PlaybookInput')
export type PlaybookInput = z.infer<typeof PlaybookInput>

export const Playbook = PlaybookInput.extend({
  id: z.int(),
  approved: z
    .object({ at: z.iso.datetime(), by: z.string() })
    .nullable()
    .openapi({ description: 'Null: nobody lets it be used as it is written now.' }),
  changedAt: z.iso.datetime(),
  changedBy: z.string().nullable(),
}).openapi('Playbook')
export type Playbook = z.infer<typeof Playbook>

export const Play = z
  .object({
    id: z.int(),
    name: z.string(),
    kind: z.enum(playbookKinds),
    ticket: z.object({ id: z.int(), title: z.string() }).nullable(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    steps: z.int(),
    settled: z.int().openapi({ description: 'Steps that are done or left out.' }),
    nextDueAt: z.iso.datetime().nullable(),
  })
  .openapi('Play')
export type Play = z.infer<typeof Play>

export const PlayDetail = z
  .object({
    play: Play,
    steps: z.array(
      z.object({
        position: z.int(),
        title: z.string(),
        help: z.string(),
        text: z.string().nullable(),
        role: z.enum(roles).nullable(),
        member: z.string().nullable(),
        dueAt: z.iso.datetime().nullable(),
        state: z.enum(stepStates),
      }),
    ),
    record: z
      .array(
        z.object({
          id: z.int(),
          at: z.iso.datetime(),
          actor: z.string().nullable(),
          kind: z.enum(playEvents),
          position: z.int().nullable(),
          note: z.string().nullable(),
        }),
      )
      .openapi({ description: 'What was done when, oldest first.' }),
  })
  .openapi('PlayDetail')
export type PlayDetail = z.infer<typeof PlayDetail>
