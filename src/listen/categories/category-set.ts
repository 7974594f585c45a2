import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'

/** Categories that exclude each other: a mention has at most one of a set. */
export type CategorySet = { id: number; projectId: number; name: string; categories: Category[] }
export type Category = { id: number; name: string }

/** More are a list that nobody can hold in mind while labelling. */
export const mostCategories = 60

export async function listSets(db: Database, project: number): Promise<CategorySet[]> {
  return list(db, sql<CategorySet>`${sets} where s.project_id = ${project} group by s.id order by lower(s.name), s.id`)
}

/** Throws NotFound when the project has no such set. */
export async function getSet(db: Database, project: number, id: number): Promise<CategorySet> {
  const found = await first(
    db,
    sql<CategorySet>`${sets} where s.project_id = ${project} and s.id = ${id} group by s.id`,
  )
  if (!found) throw new NotFound()
  return found
}

/** Throws UserError when a name is taken or fewer than two categories are left. */
export async function addSet(
  db: Database,
  project: number,
  input: { name: string; categories: string[] },
  by: string,
): Promise<CategorySet> {
  const id = await inTransaction(db, async (tx) => {
    await refuseTaken(tx, project, input.name, null)
    const set = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into category_set (project_id, name, created_by)
          values (${project}, ${input.name.trim()}, ${by})
          returning id`,
      ),
    )
    await putCategories(
      tx,
      set.id,
      input.categories.map((name) => ({ id: null, name })),
    )
    return set.id
  })
  return getSet(db, project, id)
}

/**
 * Gives a set its name and categories, in this order. A category keeps its labels under a new name as long as its id is
 * given; one that is left out is no longer offered or learnt.
 */
export async function changeSet(
  db: Database,
  set: CategorySet,
  input: { name: string; categories: { id: number | null; name: string }[] },
): Promise<CategorySet> {
  await inTransaction(db, async (tx) => {
    await refuseTaken(tx, set.projectId, input.name, set.id)
    await sql`update category_set set name = ${input.name.trim()} where id = ${set.id}`.execute(tx)
    await putCategories(tx, set.id, input.categories)
  })
  return getSet(db, set.projectId, set.id)
}

/** With all labels and what was learnt from them. */
export async function removeSet(db: Database, set: CategorySet): Promise<void> {
  await sql`delete from category_set where id = ${set.id}`.execute(db)
}

const sets = sql`
  select s.id, s.project_id, s.name,
    coalesce(json_agg(json_build_object('id', c.id, 'name', c.name) order by c.place) filter (where c.id is not null), '[]') as categories
  from category_set s
  left join category c on c.set_id = s.id and c.removed_at is null`

async function refuseTaken(tx: Database, project: number, name: string, except: number | null): Promise<void> {
  const taken = await first(
    tx,
    sql`
      select 1 from category_set
      where project_id = ${project} and lower(name) = lower(${name.trim()}) and id is distinct from ${except}`,
  )
  if (taken)
    throw new UserError('A set of this name is already there', {
      key: 'category-set-taken',
      values: { name: name.trim() },
      field: 'name',
    })
}

async function putCategories(tx: Database, set: number, given: { id: number | null; name: string }[]): Promise<void> {
  const named = given.map(({ id, name }) => ({ id, name: name.trim() })).filter(({ name }) => name !== '')
  const twice = named.find(
    ({ name }, i) => named.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) < i,
  )
  if (twice)
    throw new UserError('A category stands there twice', {
      key: 'category-twice',
      values: { name: twice.name },
      field: 'categories',
    })
  if (named.length < 2 || named.length > mostCategories)
    throw new UserError(`A set has from two to ${mostCategories} categories`, {
      key: 'category-count',
      values: { most: mostCategories },
      field: 'categories',
    })
  const kept = named.flatMap(({ id }) => (id === null ? [] : [id]))
  await sql`
    update category set removed_at = now()
    where set_id = ${set} and removed_at is null and id <> all(${kept}::int[])`.execute(tx)
  // Two may swap their names, which the index would refuse on the way.
  await sql`update category set name = id || ' ' || name where set_id = ${set} and id = any(${kept}::int[])`.execute(tx)
  for (const [place, { id, name }] of named.entries()) {
    if (id === null)
      await sql`insert into category (set_id, name, place) values (${set}, ${name}, ${place})`.execute(tx)
    else
      await sql`
        update category set name = ${name}, place = ${place}, removed_at = null
        where set_id = ${set} and id = ${id}`.execute(tx)
  }
}
