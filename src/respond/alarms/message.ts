import { sql } from 'kysely'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { AlarmProblem } from './service.ts'

/** What a channel was told, or was to be told. */
export type AlarmMessage = {
  id: number
  channelId: number
  /** How many happenings it is about. */
  count: number
  madeAt: Date
  state: 'waiting' | 'sent' | 'refused' | 'unsure' | 'gone'
  problem: AlarmProblem | null
  /** What the service said, in its words. */
  reason: string | null
}

/** The newest messages of all channels of a project. */
export async function listMessages(db: Database, project: number, limit: number): Promise<AlarmMessage[]> {
  return list(
    db,
    sql<AlarmMessage>`
      select m.id, m.channel_id, cardinality(m.happenings) as count, m.made_at, m.state, m.problem, m.reason
      from alarm_message m
      join alarm_channel c on c.id = m.channel_id
      where c.project_id = ${project}
      order by m.id desc
      limit ${limit}`,
  )
}
