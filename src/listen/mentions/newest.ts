import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { listParts, type Part } from './parts.ts'

/** When the newest mention of a project was saved, in milliseconds; 0 when there is none. Parts of the table never change, so each is read once. */
export async function newestSavedAt(clickhouse: Clickhouse, parts: Part[], project: number): Promise<number> {
  const before = known.get(clickhouse)
  const now: Known = new Map()
  for (const { name } of parts) now.set(name, before?.get(name) ?? new Map())
  const fresh = parts.flatMap(({ name }) => (before?.has(name) ? [] : [name]))
  if (fresh.length > 0) {
    const rows = await clickhouse.rows<{ name: string; project: number; at: number }>(
      `select _part as name, project_id as project, toUnixTimestamp64Milli(max(saved_at)) as at
       from mention
       where _part in {fresh:Array(String)}
       group by name, project`,
      { fresh },
    )
    for (const row of rows) now.get(row.name)?.set(row.project, row.at)
    // The engine joins parts at any moment: what was in one that is gone is in another now.
    const empty = fresh.filter((name) => now.get(name)?.size === 0)
    if (empty.length > 0) {
      const there = await listParts(clickhouse)
      const names = new Set(there.map(({ name }) => name))
      if (empty.some((name) => !names.has(name))) return newestSavedAt(clickhouse, there, project)
    }
  }
  known.set(clickhouse, now)
  let newest = 0
  for (const ofPart of now.values()) newest = Math.max(newest, ofPart.get(project) ?? 0)
  return newest
}

type Known = Map<string, Map<number, number>>
const known = new WeakMap<Clickhouse, Known>()
