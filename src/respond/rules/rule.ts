import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { readQuery } from '../../listen/topics/topic.ts'
import { followProject } from '../happenings/happening.ts'
import type { RuleAction } from './action.ts'
import type { Condition } from './condition.ts'
import { beginAt } from './cursor.ts'

export const triggers = [
  'mention-arrived',
  'ticket-opened',
  'ticket-changed',
  'customer-wrote',
  'promise-near',
  'promise-missed',
  'alarm-raised',
] as const
/** What has to happen. Near: a step of the promise's ladder rang before its end. Alarm: see raised.ts. */
export type Trigger = (typeof triggers)[number]

/** When this happens, and the mention and the work are so, then do that. */
export type Rule = {
  id: number
  projectId: number
  name: string
  trigger: Trigger
  /** Of the mention, of the newest mention of the ticket, or of what a spike speaks of most; empty asks nothing. */
  query: string
  conditions: Condition[]
  actions: RuleAction[]
  /** Since when it is on; null: off. */
  onSince: Date | null
  changedAt: Date
  changedBy: string | null
}
export type RuleInput = Pick<Rule, 'name' | 'trigger' | 'query' | 'conditions' | 'actions'>

/** In the order in which they run. */
export async function listRules(db: Database, project: number): Promise<Rule[]> {
  return list(db, sql<Rule>`${columns} where project_id = ${project} and not retired order by position, id`)
}

/** Throws NotFound when this project has no such rule. */
export async function getRule(db: Database, project: number, id: number): Promise<Rule> {
  const rule = await first(db, sql<Rule>`${columns} where project_id = ${project} and id = ${id} and not retired`)
  if (!rule) throw new NotFound()
  return rule
}

/** Adds a rule behind the others, switched off. Throws UserError for what could never work. */
export async function addRule(tx: Database, project: number, input: RuleInput, by: string | null): Promise<Rule> {
  await refuseNonsense(tx, project, input)
  const { name, trigger, query } = input
  const { id } = must(
    await first(
      tx,
      sql<{ id: number }>`
        insert into rule (project_id, position, name, trigger, query, conditions, actions, changed_by)
        values (${project}, (select coalesce(max(position), 0) + 1 from rule where project_id = ${project}), ${name},
          ${trigger}, ${query}, ${JSON.stringify(input.conditions)}::jsonb, ${JSON.stringify(input.actions)}::jsonb, ${by})
        returning id`,
    ),
  )
  return getRule(tx, project, id)
}

/** A rule that is changed is off until somebody has looked at what it would do and switches it on. Throws UserError. */
export async function changeRule(
  tx: Database,
  project: number,
  id: number,
  input: RuleInput,
  by: string | null,
): Promise<Rule> {
  const before = await getRule(tx, project, id)
  await refuseNonsense(tx, project, input)
  const { name, trigger, query } = input
  const same = JSON.stringify(meaningOf(before)) === JSON.stringify(meaningOf(input))
  await sql`
    update rule
    set name = ${name}, trigger = ${trigger}, query = ${query}, conditions = ${JSON.stringify(input.conditions)}::jsonb,
      actions = ${JSON.stringify(input.actions)}::jsonb, changed_at = now(), changed_by = ${by},
      on_since = case when ${same} then on_since end
    where id = ${id}`.execute(tx)
  return getRule(tx, project, id)
}

/** It acts on what happens from now on. Switching on what is on changes nothing. */
export async function switchOn(tx: Database, project: number, id: number, now: Date): Promise<Rule> {
  const { trigger } = await getRule(tx, project, id)
  if (trigger === 'alarm-raised') await followProject(tx, project, null)
  await beginAt(tx, project, now)
  await sql`update rule set on_since = coalesce(on_since, ${now}) where id = ${id}`.execute(tx)
  return getRule(tx, project, id)
}

export async function switchOff(tx: Database, project: number, id: number): Promise<Rule> {
  await getRule(tx, project, id)
  await sql`update rule set on_since = null where id = ${id}`.execute(tx)
  return getRule(tx, project, id)
}

/** Off and out of the list, or back into it, still off. What it did stays in the history. */
export async function retireRule(tx: Database, project: number, id: number, retired: boolean): Promise<void> {
  const found = await first(
    tx,
    sql`update rule set retired = ${retired}, on_since = null where project_id = ${project} and id = ${id} returning id`,
  )
  if (!found) throw new NotFound()
}

/** The rules run in this order. Throws NotFound unless all of them are named. */
export async function orderRules(tx: Database, project: number, ids: number[]): Promise<void> {
  const known = (await listRules(tx, project)).map(({ id }) => id)
  if (known.length !== new Set(ids).size || known.some((id) => !ids.includes(id))) throw new NotFound()
  await sql`
    update rule r set position = o.position
    from unnest(${ids}::int[]) with ordinality as o (id, position)
    where r.project_id = ${project} and r.id = o.id`.execute(tx)
}

/** Everything but the name: another one of these is another rule. */
function meaningOf({ trigger, query, conditions, actions }: RuleInput): unknown {
  return [
    trigger,
    query,
    conditions.map(({ about, field, is, values }) => [about, field ?? null, is, values]),
    actions.map((action) => Object.entries(action).toSorted(([one], [other]) => (one < other ? -1 : 1))),
  ]
}

async function refuseNonsense(tx: Database, project: number, { trigger, query, actions }: RuleInput): Promise<void> {
  if (query.trim() !== '') await readQuery(tx, project, query)
  if (actions.length === 0)
    throw new UserError('Say what is to be done', { key: 'rule-does-nothing', field: 'actions' })
  if (!opens.includes(trigger) && actions.some((action) => action.do === 'open-ticket'))
    throw new UserError('There is a ticket already when this happens', { key: 'rule-ticket-there', field: 'actions' })
}

const opens: Trigger[] = ['mention-arrived', 'alarm-raised']

const columns = sql`
  select id, project_id, name, trigger, query, conditions, actions, on_since, changed_at, changed_by
  from rule`
