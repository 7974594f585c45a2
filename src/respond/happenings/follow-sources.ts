import { sql } from 'kysely'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { healthOf } from '../../listen/collect/health.ts'
import { listSources, type Source } from '../../listen/collect/source.ts'
import { noteHappening } from './happening.ts'

/** Tells of every source of a followed project that has become ill or silent, once until it is well again. */
export async function followSources(db: Database, now: Date): Promise<void> {
  const followed = await list(db, sql<{ projectId: number }>`select project_id from happening_follow`)
  for (const { projectId } of followed)
    for (const source of await listSources(db, projectId))
      if (source.state === 'active') await followSource(db, projectId, source, now)
}

async function followSource(db: Database, project: number, source: Source, now: Date): Promise<void> {
  const { health, trouble } = healthOf(source, now)
  if (health === 'well') {
    await sql`delete from source_told where source_id = ${source.id} and project_id = ${project}`.execute(db)
    return
  }
  if (health !== 'ill') return
  const isSilent = trouble?.key === 'source-quiet' || trouble?.key === 'source-silent'
  const kind = isSilent ? 'source.silent' : 'source.ill'
  await inTransaction(db, async (tx) => {
    const fresh = await first(
      tx,
      sql`
        insert into source_told (source_id, project_id, trouble, since)
        values (${source.id}, ${project}, ${kind}, ${now})
        on conflict (source_id, project_id) do update set trouble = excluded.trouble, since = excluded.since
        where source_told.trouble <> excluded.trouble
        returning source_id`,
    )
    if (!fresh) return
    const key = `source ${source.id} ${kind} ${now.toISOString()}`
    const figures = { ...trouble?.values, trouble: trouble?.hint ?? '' }
    await noteHappening(tx, { project, kind, key, at: now, about: { source: source.id, figures } })
  })
}
