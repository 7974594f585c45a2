import { sql } from 'kysely'
import type { Events } from '../../base/events/events.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { createCategories, unpack, type PackedSet, type ProjectCategories, type Taught } from './project-categories.ts'

/** Follows what is learnt, also by another process. */
export async function watchCategories(db: Database, events: Events): Promise<ProjectCategories & Disposable> {
  const categories = createCategories()
  for (const taught of await read(db, null)) categories.take({ set: taught.id, taught })
  const stop = events.subscribe((event) => {
    if (event.kind === 'category')
      void read(db, event.set).then(([taught = null]) => categories.take({ set: event.set, taught }))
  })
  return { ...categories, [Symbol.dispose]: stop }
}

export async function findTaught(db: Database, set: number): Promise<Taught | null> {
  const [taught] = await read(db, set)
  return taught ? unpack(taught) : null
}

/** The sets that have been learnt: one of them, or all. */
async function read(db: Database, only: number | null): Promise<PackedSet[]> {
  const rows = await list(
    db,
    sql<{ id: number; projectId: number; names: { [id: string]: string } | null; model: Buffer }>`
      select s.id, s.project_id, m.model,
        (select json_object_agg(c.id, c.name) from category c where c.set_id = s.id and c.removed_at is null) as names
      from category_set s
      join category_model m on m.set_id = s.id
      where ${only}::int is null or s.id = ${only}
      order by s.id`,
  )
  return rows.map(({ id, projectId, names, model }) => ({
    id,
    projectId,
    names: new Map(Object.entries(names ?? {}).map(([category, name]) => [Number(category), name])),
    model: new Uint8Array(model),
  }))
}
