import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'

/** A part of the table of mentions, as the engine wrote it and never changes it; its times are in seconds, the last one excluded. */
export type Part = { name: string; from: number; to: number }

export async function listParts(clickhouse: Clickhouse): Promise<Part[]> {
  return clickhouse.rows<Part>(
    `select name, toUnixTimestamp(min_time) as from, toUnixTimestamp(max_time) + 1 as to
     from system.parts
     where active and database = currentDatabase() and table = 'mention' and partition_id not like 'patch-%'
     order by from`,
  )
}
