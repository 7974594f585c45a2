import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Tonality } from '../enrich/understanding.ts'

/** What the machine said of the tonality of judged mentions before the first person; those are absent of which it said nothing. */
export async function findMachineWords(
  db: Database,
  project: number,
  ids: string[],
): Promise<Map<string, { [tonality in Tonality]: number }>> {
  if (ids.length === 0) return new Map()
  const rows = await list(
    db,
    sql<{ mentionId: string; negative: number; positive: number }>`
      select mention_id, (machine ->> 'chance_negative')::real as negative, (machine ->> 'chance_positive')::real as positive
      from (
        select distinct on (mention_id) mention_id, machine
        from correction
        where project_id = ${project} and field = 'sentiment' and mention_id = any(${ids}::text[])
        order by mention_id, id desc
      ) as newest
      where machine ->> 'chance_negative' is not null and machine ->> 'chance_positive' is not null`,
  )
  return new Map(
    rows.map(({ mentionId, negative, positive }) => [
      mentionId,
      { negative, neutral: Math.max(0, 1 - negative - positive), positive },
    ]),
  )
}
