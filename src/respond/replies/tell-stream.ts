import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import { setFirstAnswer } from '../../listen/mentions/change.ts'

const perTurn = 200

/** Tells the mentions that they are answered. Doing it twice changes nothing, so what a crash left is done again. */
export async function tellStream(db: Database, clickhouse: Clickhouse): Promise<void> {
  for (;;) {
    const untold = await list(
      db,
      sql<{ id: number; projectId: number; mentionId: string; sentAt: Date }>`
        select id, project_id, mention_id, sent_at
        from reply
        where state = 'sent' and not told
        order by id
        limit ${perTurn}`,
    )
    for (const [project, answered] of Map.groupBy(untold, ({ projectId }) => projectId))
      await setFirstAnswer(
        clickhouse,
        project,
        answered.map(({ mentionId, sentAt }) => ({ id: mentionId, at: sentAt })),
      )
    await sql`update reply set told = true where id = any(${untold.map(({ id }) => id)}::int[])`.execute(db)
    if (untold.length < perTurn) return
  }
}
