import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import type { Role } from '../../base/team/role.ts'
import { followProject } from '../happenings/happening.ts'

export const playbookKinds = ['natural', 'directed'] as const
/** Natural: people are angry for a reason, so it is solved and the solution shown. Directed: somebody makes them angry. */
export type PlaybookKind = (typeof playbookKinds)[number]

export type PlaybookStep = {
  title: string
  /** How it is done; may be empty. */
  help: string
  /** From the beginning of the playbook on; null: no time is set. */
  minutes: number | null
  /** Else in the working hours of the project. */
  aroundTheClock: boolean
  /** Who does it: one member, or whoever has the role; both null: whoever works at it. */
  role: Role | null
  member: string | null
  /** Words that may be used as they are; null: none. */
  text: string | null
}

/** A prepared scheme. */
export type Playbook = {
  id: number
  name: string
  kind: PlaybookKind
  steps: PlaybookStep[]
  /** Null: nobody lets it be used yet. */
  approvedAt: Date | null
  approvedBy: string | null
  changedAt: Date
  changedBy: string | null
}
export type PlaybookInput = Pick<Playbook, 'name' | 'kind' | 'steps'>

export async function listPlaybooks(db: Database, project: number): Promise<Playbook[]> {
  return list(db, sql<Playbook>`${columns} where project_id = ${project} and not retired order by lower(name), id`)
}

/** Throws NotFound when this project has no such playbook. */
export async function getPlaybook(db: Database, project: number, id: number): Promise<Playbook> {
  const found = await first(db, sql<Playbook>`${columns} where project_id = ${project} and id = ${id} and not retired`)
  if (!found) throw new NotFound()
  return found
}

/** Whether the project has a playbook that may be begun. */
export async function mayPlay(db: Database, project: number): Promise<boolean> {
  const found = await first(
    db,
    sql`select from playbook where project_id = ${project} and not retired and approved_at is not null limit 1`,
  )
  return found !== null
}

/** Other steps or texts have to be approved anew. Throws UserError where there is nothing to do. */
export async function savePlaybook(
  tx: Database,
  project: number,
  id: number | null,
  { name, kind, steps }: PlaybookInput,
  by: string,
): Promise<Playbook> {
  if (id !== null) await getPlaybook(tx, project, id)
  if (steps.length === 0)
    throw new UserError('A playbook has at least one step', { key: 'playbook-empty', field: 'steps' })
  const written = JSON.stringify(steps)
  const saved = await first(
    tx,
    id === null
      ? sql<{ id: number }>`
          insert into playbook (project_id, name, kind, steps, changed_by)
          values (${project}, ${name}, ${kind}, ${written}::jsonb, ${by})
          returning id`
      : sql<{ id: number }>`
          update playbook
          set name = ${name}, kind = ${kind}, steps = ${written}::jsonb, changed_at = now(), changed_by = ${by},
            approved_at = case when steps = ${written}::jsonb then approved_at end,
            approved_by = case when steps = ${written}::jsonb then approved_by end
          where project_id = ${project} and id = ${id} and not retired
          returning id`,
  )
  return getPlaybook(tx, project, must(saved).id)
}

/** From now on it may be used as it is written, and what it may answer is noted as it happens. */
export async function approvePlaybook(
  tx: Database,
  project: number,
  id: number,
  { by, now }: { by: string; now: Date },
): Promise<Playbook> {
  await getPlaybook(tx, project, id)
  await sql`update playbook set approved_at = ${now}, approved_by = ${by} where id = ${id}`.execute(tx)
  await followProject(tx, project, null)
  return getPlaybook(tx, project, id)
}

/** Offered no more, or again; what works already goes on. */
export async function retirePlaybook(tx: Database, project: number, id: number, retired: boolean): Promise<void> {
  const found = await first(
    tx,
    sql<{ id: number }>`
      update playbook set retired = ${retired} where project_id = ${project} and id = ${id} returning id`,
  )
  if (!found) throw new NotFound()
}

const columns = sql`
  select id, name, kind, steps, approved_at, approved_by, changed_at, changed_by
  from playbook`
