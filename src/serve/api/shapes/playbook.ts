import { z } from '@hono/zod-openapi'
import { answerableKinds } from '../../../respond/playbooks/alarm.ts'
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
    aroundTheClock: z.boolean().openapi({ description: 'False: in the working hours of the project.' }),
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

const TicketName = z.object({ id: z.int(), title: z.string() })

export const Alarm = z
  .object({
    id: z.int(),
    kind: z.enum(answerableKinds),
    at: z.iso.datetime(),
    topic: z
      .object({ id: z.int().nullable().openapi({ description: 'Null: it is gone.' }), name: z.string() })
      .nullable(),
    ticket: TicketName.nullable(),
    figures: z.record(z.string(), z.union([z.number(), z.string()])).nullable(),
    text: z.string().nullable().openapi({ description: 'What a rule said.' }),
  })
  .openapi('Alarm')
export type Alarm = z.infer<typeof Alarm>

export const RaisedAlarm = Alarm.extend({
  mention: z.string().nullable(),
  plays: z
    .array(z.object({ id: z.int(), name: z.string(), endedAt: z.iso.datetime().nullable() }))
    .openapi({ description: 'What answers it.' }),
}).openapi('RaisedAlarm')
export type RaisedAlarm = z.infer<typeof RaisedAlarm>

export const PlayStart = z
  .object({
    playbook: z.int().min(1),
    ticket: z.int().min(1).nullable(),
    alarm: z
      .int()
      .min(1)
      .nullable()
      .default(null)
      .openapi({ description: 'The alarm that it answers; its ticket is taken where none is named.' }),
  })
  .openapi('PlayStart')

export const Play = z
  .object({
    id: z.int(),
    name: z.string(),
    kind: z.enum(playbookKinds),
    ticket: TicketName.nullable(),
    alarms: z
      .array(z.object({ id: z.int(), kind: z.enum(answerableKinds), topic: z.string().nullable() }))
      .openapi({ description: 'What it answers.' }),
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
    alarms: z.array(Alarm),
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
