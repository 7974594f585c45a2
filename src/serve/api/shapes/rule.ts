import { z } from '@hono/zod-openapi'
import { actionKinds } from '../../../respond/rules/action.ts'
import { subjects } from '../../../respond/rules/condition.ts'
import { triggers } from '../../../respond/rules/rule.ts'
import { MatchPlace, Mention } from './mention.ts'
import { Priority } from './ticket.ts'

const Id = z.int().min(1)
const MemberId = z.string().min(1).max(100)
const Tags = z.array(z.string().trim().min(1).max(60)).max(50)
const Text = z.string().trim().min(1).max(2000)

export const RuleCondition = z
  .object({
    about: z.enum(subjects),
    field: Id.optional(),
    is: z.boolean(),
    values: z.array(z.string().min(1).max(200)).min(1).max(50),
  })
  .openapi('RuleCondition', {
    description: 'Holds when one of the values is so; with `is` false, when none is. `none` is nothing of the kind.',
  })
export type RuleCondition = z.infer<typeof RuleCondition>

export const RuleAction = z
  .discriminatedUnion('do', [
    z.object({ do: z.literal('open-ticket') }),
    z.object({ do: z.literal('priority'), priority: Priority }),
    z.object({ do: z.literal('queue'), queue: Id.nullable() }),
    z.object({ do: z.literal('assign'), member: MemberId.nullable() }),
    z.object({ do: z.literal('tags'), add: Tags, remove: Tags }),
    z.object({
      do: z.literal('field'),
      field: Id,
      value: z.union([z.string().max(2000), z.number(), z.boolean()]).nullable(),
    }),
    z.object({ do: z.literal('watch'), member: MemberId }),
    z.object({ do: z.literal('incident'), incident: Id }),
    z.object({ do: z.literal('note'), text: Text }),
    z.object({ do: z.literal('tell'), members: z.array(MemberId).min(1).max(50), text: Text }),
    z.object({ do: z.literal('playbook'), playbook: Id }),
    z.object({ do: z.literal('mark'), tags: Tags.min(1) }),
  ])
  .openapi('RuleAction')
export type RuleAction = z.infer<typeof RuleAction>

export const RuleInput = z
  .object({
    name: z.string().trim().min(1).max(100),
    trigger: z.enum(triggers),
    query: z.string().max(100_000).openapi({ description: 'Of the mention; empty asks nothing.' }),
    conditions: z.array(RuleCondition).max(20),
    actions: z.array(RuleAction).max(20),
  })
  .openapi('RuleInput')
export type RuleInput = z.infer<typeof RuleInput>

export const Rule = RuleInput.extend({
  id: z.int(),
  onSince: z.iso.datetime().nullable().openapi({ description: 'Null: it is off.' }),
  changedAt: z.iso.datetime(),
  changedBy: z.string().nullable(),
  lately: z
    .object({ runs: z.int(), failed: z.int(), lastAt: z.iso.datetime() })
    .nullable()
    .openapi({ description: 'In the last 30 days; null: it never ran.' }),
}).openapi('Rule')
export type Rule = z.infer<typeof Rule>

const RuleName = z.object({ id: z.int(), name: z.string() })
const TicketName = z.object({ id: z.int(), title: z.string() })

export const DryRun = z
  .object({
    days: z.int(),
    acted: z.int().openapi({ description: 'Mentions or steps in tickets that it would have acted on.' }),
    opened: z
      .int()
      .nullable()
      .openapi({ description: 'Tickets it would have opened; the rest would have joined them or are copies.' }),
    looked: z.int(),
    isAll: z.boolean().openapi({ description: 'False: only the newest were looked at, so it is at least so many.' }),
    sample: z.array(
      z.object({
        at: z.iso.datetime(),
        mention: Mention.nullable(),
        places: z.array(MatchPlace),
        ticket: TicketName.nullable(),
      }),
    ),
    conflicts: z
      .array(z.object({ earlier: RuleName, later: RuleName, about: z.string(), times: z.int() }))
      .openapi({ description: 'A later rule puts something else where an earlier one had put something.' }),
  })
  .openapi('RuleDryRun')
export type DryRun = z.infer<typeof DryRun>

export const RuleRun = z
  .object({
    id: z.int(),
    rule: RuleName,
    at: z.iso.datetime(),
    outcome: z.enum(['done', 'copy', 'failed', 'stopped']),
    did: z.array(z.object({ do: z.enum(actionKinds), what: z.string() })),
    problem: z.string().nullable(),
    mention: z.string().nullable(),
    ticket: TicketName.nullable(),
    alarm: z.int().nullable().openapi({ description: 'The alarm that it ran for.' }),
    byRule: z.boolean().openapi({ description: 'Another rule had caused what it ran for.' }),
  })
  .openapi('RuleRun')
export type RuleRun = z.infer<typeof RuleRun>
