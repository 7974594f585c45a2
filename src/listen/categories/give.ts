import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { setCategories } from '../mentions/change.ts'
import { pages } from '../mentions/filter.ts'
import type { MentionRow } from '../mentions/mention.ts'
import { listSets } from './category-set.ts'
import { sureCategory, type Taught } from './project-categories.ts'
import { findTaught } from './watch-categories.ts'

/**
 * Gives the mentions of a project the categories that hold now: of each set what a person said last, and else what its model
 * is sure of. All mentions, or only those in `only`. Doing it twice changes nothing; returns how many changed.
 */
export async function giveCategories(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  project: number,
  only: string[] | null,
  signal: AbortSignal | null = null,
): Promise<number> {
  const sets: { id: number; taught: Taught | null }[] = []
  for (const { id } of await listSets(db, project)) sets.push({ id, taught: await findTaught(db, id) })
  const where = `project_id = {project:UInt32}${only ? ' and id in {only:Array(String)}' : ''}`
  let changed = 0
  for await (const rows of pages(clickhouse, 'mention', { where, params: { project, only: only ?? [] } })) {
    if (signal?.aborted) break
    changed += await inTransaction(db, async (tx) => {
      // What a person says while a page is in hand comes after it, or the page would take it back.
      await sql`select pg_advisory_xact_lock(72656567, ${project})`.execute(tx)
      const given = changedOf(rows, sets, await saidOf(tx, project, rows))
      await setCategories(clickhouse, project, given)
      return given.length
    })
  }
  return changed
}

type Given = { id: string; categories: string[] }
/** By set and mention. */
type Said = Map<string, string>

function changedOf(rows: MentionRow[], sets: { id: number; taught: Taught | null }[], said: Said): Given[] {
  return rows.flatMap((row) => {
    const analysis = sets.some(({ taught }) => taught) ? analysePost(row) : null
    const categories = sets.flatMap(({ id, taught }) => {
      const name = said.get(`${id} ${row.id}`) ?? (taught && analysis && sureCategory(taught, analysis)?.name)
      return name ?? []
    })
    const same =
      categories.length === row.categories.length && categories.every((name, i) => name === row.categories[i])
    return same ? [] : { id: row.id, categories }
  })
}

async function saidOf(tx: Database, project: number, rows: MentionRow[]): Promise<Said> {
  const said = await list(
    tx,
    sql<{ set: number; mention: string; name: string | null }>`
      select distinct on (l.set_id, l.mention_id) l.set_id as set, l.mention_id as mention, c.name
      from category_label l
      join category_set s on s.id = l.set_id
      left join category c on c.id = l.category_id and c.removed_at is null
      where s.project_id = ${project} and l.mention_id = any(${rows.map(({ id }) => id)}::text[])
      order by l.set_id, l.mention_id, l.id desc`,
  )
  return new Map(said.flatMap(({ set, mention, name }) => (name === null ? [] : [[`${set} ${mention}`, name]])))
}
