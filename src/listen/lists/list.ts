import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { listKey, readInProject, type Surroundings } from '../query/in-project.ts'

/** A query that a project keeps under a name: slang of banks, names of competitors, what is always left out. */
export type List = {
  projectId: number
  name: string
  query: string
  updatedAt: Date
  updatedBy: string | null
}

export async function listLists(db: Database, project: number): Promise<List[]> {
  return list(
    db,
    sql<List>`
      select project_id, name, query, updated_at, updated_by
      from list
      where project_id = ${project}
      order by key`,
  )
}

/** Throws NotFound when this project has no such list. */
export async function getList(db: Database, project: number, name: string): Promise<List> {
  const found = await first(
    db,
    sql<List>`
      select project_id, name, query, updated_at, updated_by
      from list
      where project_id = ${project} and key = ${listKey(name)}`,
  )
  if (!found) throw new NotFound()
  return found
}

/** Keeps the query under the name, in place of an earlier one. Throws UserError when the query or the name is of no use. */
export async function saveList(
  db: Database,
  project: number,
  input: { name: string; query: string },
  by: string | null,
): Promise<List> {
  const name = input.name.trim()
  if (!isName(name))
    throw new UserError('A name of a list has letters, digits, hyphens and underscores, at most 60 of them', {
      key: 'list-name',
      field: 'name',
    })
  refuseBroken(name, input.query, await findSurroundings(db, project))
  return must(
    await first(
      db,
      sql<List>`
        insert into list (project_id, key, name, query, updated_by)
        values (${project}, ${listKey(name)}, ${name}, ${input.query}, ${by})
        on conflict (project_id, key) do update
        set name = excluded.name, query = excluded.query, updated_at = now(), updated_by = excluded.updated_by
        returning project_id, name, query, updated_at, updated_by`,
    ),
  )
}

export async function removeList(db: Database, project: number, name: string): Promise<void> {
  await sql`delete from list where project_id = ${project} and key = ${listKey(name)}`.execute(db)
}

/** What queries of the project mean something by. A project that is not there has nothing and lives in UTC. */
export async function findSurroundings(db: Database, project: number): Promise<Surroundings> {
  const zone = await first(db, sql<{ timeZone: string }>`select time_zone from project where id = ${project}`)
  const kept = await list(
    db,
    sql<{ key: string; query: string }>`select key, query from list where project_id = ${project}`,
  )
  return { timeZone: zone?.timeZone ?? 'UTC', lists: new Map(kept.map(({ key, query }) => [key, query])) }
}

// So that it can stand in a query as it is.
function isName(name: string): boolean {
  return /^[\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]{0,59}$/u.test(name)
}

function refuseBroken(name: string, query: string, { timeZone, lists }: Surroundings): void {
  const changed = new Map(lists).set(listKey(name), query)
  // Asked for by its name, so that a list that would contain itself is found.
  const found = [
    ...readInProject(query, { timeZone, lists: changed }).problems,
    ...readInProject(`list:${name}`, { timeZone, lists: changed }).problems,
  ].find(({ severity, key }) => severity === 'error' && !onlyExcludes.has(key))
  if (found)
    throw new UserError(found.message.en, {
      key: 'query-broken',
      values: { problem: found.key, ...found.message },
      field: 'query',
    })
}

// A list of what is left out is of use in other queries.
const onlyExcludes = new Set(['no-word', 'or-not'])
