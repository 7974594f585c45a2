import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { listClusters } from '../happenings/follow-spikes.ts'
import { alarmKinds, happeningsAfter, type Happening, type HappeningKind } from '../happenings/happening.ts'

/** An alarm that rules wait for. What rules tell is none, or two of them could call each other for ever. */
export type Raised = {
  id: number
  kind: HappeningKind
  at: Date
  topic: number | null
  ticket: number | null
  /** How many hours a spike is long; 0: it is none. */
  hours: number
}

const perTurn = 100

/** The next alarms behind a number, in the order in which they were noted. */
export async function raisedAfter(db: Database, project: number, after: number): Promise<Raised[]> {
  return (await happeningsAfter(db, project, after, alarmKinds, perTurn)).map(asRaised)
}

/** The alarms between two moments, newest first; as far back as they are kept. */
export async function listRaised(db: Database, project: number, from: Date, to: Date): Promise<Raised[]> {
  const rows = await list(
    db,
    sql<Happening>`
      select id, project_id, kind, at, about
      from happening
      where project_id = ${project} and at >= ${from} and at < ${to} and kind = any(${alarmKinds}::text[])
      order by id desc`,
  )
  return rows.map(asRaised)
}

/** What a spike speaks of most, by its first mention. Null: nothing that is still there, or no spike. */
export async function leadingMention(
  clickhouse: Clickhouse,
  project: number,
  { kind, topic, hours, at }: Raised,
): Promise<Mention | null> {
  if (topic === null || (kind !== 'spike.volume' && kind !== 'spike.negative')) return null
  const [leading] = await listClusters(clickhouse, { id: topic, projectId: project }, hours, at, kind)
  return leading ? ((await findMentions(clickhouse, project, [leading.mention]))[0] ?? null) : null
}

function asRaised({ id, kind, at, about }: Happening): Raised {
  return {
    id,
    kind,
    at,
    topic: about.topic ?? null,
    ticket: about.ticket ?? null,
    hours: Number(about.figures?.['hours'] ?? 0),
  }
}
