import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment, readMoment } from '../../base/clickhouse/moment.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { holdHappenings } from './happening.ts'

const perTurn = 1000
// A page is seen some moments after the time that stands in its rows, and clocks of machines differ.
const overlapMs = 2 * 60_000
// What is brought in from the past is no news.
const newsMs = 48 * 3_600_000

type Follow = { projectId: number; mentionsUntil: Date; topics: number[] }
type Arrived = { id: string; saved: string; topics: number[] }

/** Tells every new mention of the topics that somebody wants to hear of one by one, each once. */
export async function followMentions(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  now: Date,
): Promise<void> {
  const follows = await list(
    db,
    sql<Follow>`select project_id, mentions_until, topics from happening_follow where topics <> '{}'`,
  )
  for (const follow of follows) {
    let after = { saved: moment(new Date(follow.mentionsUntil.getTime() - overlapMs)), id: '' }
    for (;;) {
      const arrived = await findArrived(clickhouse, follow, after, now)
      const last = arrived.at(-1)
      if (!last) break
      await noteMentions(db, follow.projectId, arrived)
      after = last
      if (arrived.length < perTurn) break
    }
  }
}

function findArrived(
  clickhouse: Clickhouse,
  { projectId, topics }: Follow,
  after: { saved: string; id: string },
  now: Date,
): Promise<Arrived[]> {
  return clickhouse.rows<Arrived>(
    `select id, toString(saved_at) as saved, topics
     from mention
     where project_id = {project:UInt32} and posted_at > {news:DateTime64(3, 'UTC')} and hasAny(topics, {topics:Array(UInt32)})
       and (saved_at, id) > ({saved:DateTime64(3, 'UTC')}, {id:String})
     order by saved_at, id
     limit ${perTurn}`,
    { project: projectId, topics, news: moment(new Date(now.getTime() - newsMs)), ...after },
  )
}

async function noteMentions(db: Database, project: number, arrived: Arrived[]): Promise<void> {
  await inTransaction(db, async (tx) => {
    await holdHappenings(tx, project)
    const about = arrived.map(({ id, topics }) => JSON.stringify({ mention: id, topics }))
    await sql`
      insert into happening (project_id, kind, key, at, about)
      select ${project}, 'mention.arrived', 'mention ' || a.id, a.at, a.about::jsonb
      from unnest(${arrived.map(({ id }) => id)}::text[], ${arrived.map(({ saved }) => readMoment(saved))}::timestamptz[],
        ${about}::text[]) with ordinality as a (id, at, about, place)
      order by a.place
      on conflict (project_id, key) do nothing`.execute(tx)
    const until = readMoment(arrived.at(-1)?.saved ?? '')
    await sql`
      update happening_follow set mentions_until = greatest(mentions_until, ${until}::timestamptz)
      where project_id = ${project}`.execute(tx)
  })
}
