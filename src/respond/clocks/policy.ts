import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'

const promiseKinds = ['first', 'next', 'solution'] as const
/** The first answer, every further one, and the end of the matter. */
export type PromiseKind = (typeof promiseKinds)[number]

export const clockKinds = [...promiseKinds, 'window'] as const
/** What is promised, and until when the platform takes a reply. */
export type ClockKind = (typeof clockKinds)[number]

export const rungs = ['assignee', 'manager', 'head', 'alarm'] as const
/** Who is told; alarm: an information explosion threatens, and everybody is. */
export type Rung = (typeof rungs)[number]

/** At this share of the promised time: 0.5 is half of it, 1 the end, 2 as long again. */
export type Step = { share: number; to: Rung }

/** What a project promises customers, and which tickets it is for; an empty list is any. */
export type Policy = {
  id: number
  name: string
  platforms: string[]
  priorities: string[]
  stages: string[]
  tonalities: string[]
  /** Minutes; null promises nothing. */
  firstMinutes: number | null
  nextMinutes: number | null
  solutionMinutes: number | null
  aroundTheClock: boolean
  steps: Step[]
}
export type PolicyInput = Omit<Policy, 'id'>

/** What a policy is chosen by; null is unknown and fits only where anything does. */
export type TicketFacts = { platform: string | null; priority: string; stage: string | null; tonality: string | null }

/** The promise that holds for a ticket: the first in order that fits; null: nothing is promised. */
export function choosePolicy(policies: Policy[], facts: TicketFacts): Policy | null {
  const fits = (wanted: string[], value: string | null) =>
    wanted.length === 0 || (value !== null && wanted.includes(value))
  return (
    policies.find(
      ({ platforms, priorities, stages, tonalities }) =>
        fits(platforms, facts.platform) &&
        fits(priorities, facts.priority) &&
        fits(stages, facts.stage) &&
        fits(tonalities, facts.tonality),
    ) ?? null
  )
}

export function minutesOf(policy: Policy, kind: PromiseKind): number | null {
  switch (kind) {
    case 'first':
      return policy.firstMinutes
    case 'next':
      return policy.nextMinutes
    case 'solution':
      return policy.solutionMinutes
  }
}

/** In the order in which they are asked. */
export async function listPolicies(db: Database, project: number): Promise<Policy[]> {
  return list(db, sql<Policy>`${columns} where project_id = ${project} and not retired order by position, id`)
}

/** Adds a policy behind the others, or changes one. Throws UserError where it promises nothing. */
export async function savePolicy(
  tx: Database,
  project: number,
  id: number | null,
  input: PolicyInput,
): Promise<Policy> {
  if (promiseKinds.every((kind) => minutesOf({ ...input, id: 0 }, kind) === null))
    throw new UserError('Promise at least one time', { key: 'policy-promises-nothing', field: 'firstMinutes' })
  const steps = JSON.stringify(input.steps.toSorted((one, other) => one.share - other.share))
  const { name, platforms, priorities, stages, tonalities, firstMinutes, nextMinutes, solutionMinutes } = input
  const saved = await first(
    tx,
    id === null
      ? sql<{ id: number }>`
          insert into sla_policy (project_id, position, name, platforms, priorities, stages, tonalities, first_minutes,
            next_minutes, solution_minutes, around_the_clock, steps)
          values (${project}, (select coalesce(max(position), 0) + 1 from sla_policy where project_id = ${project}), ${name},
            ${platforms}::text[], ${priorities}::text[], ${stages}::text[], ${tonalities}::text[], ${firstMinutes},
            ${nextMinutes}, ${solutionMinutes}, ${input.aroundTheClock}, ${steps}::jsonb)
          returning id`
      : sql<{ id: number }>`
          update sla_policy
          set name = ${name}, platforms = ${platforms}::text[], priorities = ${priorities}::text[], stages = ${stages}::text[],
            tonalities = ${tonalities}::text[], first_minutes = ${firstMinutes}, next_minutes = ${nextMinutes},
            solution_minutes = ${solutionMinutes}, around_the_clock = ${input.aroundTheClock}, steps = ${steps}::jsonb
          where project_id = ${project} and id = ${id} and not retired
          returning id`,
  )
  if (!saved) throw new NotFound()
  return must(await first(tx, sql<Policy>`${columns} where id = ${saved.id}`))
}

/** Promised to new tickets no more, or again; clocks that run go on. */
export async function retirePolicy(tx: Database, project: number, id: number, retired: boolean): Promise<void> {
  const changed = await first(
    tx,
    sql`update sla_policy set retired = ${retired} where project_id = ${project} and id = ${id} returning id`,
  )
  if (!changed) throw new NotFound()
}

/** The policies are asked in this order. Throws NotFound unless all of them are named. */
export async function orderPolicies(tx: Database, project: number, ids: number[]): Promise<void> {
  const known = (await listPolicies(tx, project)).map(({ id }) => id)
  if (known.length !== ids.length || known.some((id) => !ids.includes(id))) throw new NotFound()
  await sql`
    update sla_policy p set position = o.position
    from unnest(${ids}::int[]) with ordinality as o (id, position)
    where p.project_id = ${project} and p.id = o.id`.execute(tx)
}

const columns = sql`
  select id, name, platforms, priorities, stages, tonalities, first_minutes, next_minutes, solution_minutes,
    around_the_clock, steps
  from sla_policy`
