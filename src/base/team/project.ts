import { sql } from 'kysely'
import { must } from '../errors.ts'
import { first, inTransaction, type Database } from '../postgres/postgres.ts'
import { audit } from './audit.ts'
import type { Project, Scope, Who } from './scope.ts'

const columns = sql.raw('id, name, time_zone, is_sample, created_at')

export async function addProject(
  db: Database,
  who: Who,
  input: { name: string; timeZone: string; isSample?: boolean },
): Promise<Project> {
  return inTransaction(db, async (tx) => {
    const project = must(
      await first(
        tx,
        sql<Project>`
          insert into project (name, time_zone, is_sample)
          values (${input.name}, ${input.timeZone}, ${input.isSample ?? false})
          returning ${columns}`,
      ),
    )
    await audit(tx, { project: project.id, who, action: 'project-created', subject: project.name })
    return project
  })
}

export async function changeProject(
  db: Database,
  scope: Scope,
  change: { name?: string | undefined; timeZone?: string | undefined },
): Promise<Project> {
  return inTransaction(db, async (tx) => {
    const project = must(
      await first(
        tx,
        sql<Project>`
          update project
          set name = coalesce(${change.name ?? null}, name), time_zone = coalesce(${change.timeZone ?? null}, time_zone)
          where id = ${scope.project.id}
          returning ${columns}`,
      ),
      'project',
    )
    await audit(tx, {
      project: project.id,
      who: scope.who,
      action: 'project-changed',
      subject: project.name,
      details: { ...change },
    })
    return project
  })
}

/** Takes everything of the project that lives in PostgreSQL with it; what happened stays in the audit. */
export async function removeProject(db: Database, scope: Scope): Promise<void> {
  await inTransaction(db, async (tx) => {
    await sql`delete from project where id = ${scope.project.id}`.execute(tx)
    await audit(tx, {
      project: null,
      who: scope.who,
      action: 'project-removed',
      subject: scope.project.name,
      details: { project: scope.project.id },
    })
  })
}
