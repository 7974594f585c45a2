import { sql } from 'kysely'
import type { Clickhouse, SqlParams } from '../../base/clickhouse/clickhouse.ts'
import type { Events } from '../../base/events/events.ts'
import type { Jobs } from '../../base/jobs/jobs.ts'
import { first, type Database } from '../../base/postgres/postgres.ts'
import { endProgress, findProgress, reportProgress, startProgress, type Progress } from '../../base/progress/progress.ts'
import { analysePost, storedWords } from '../../base/text/analyse.ts'
import { evaluate } from '../match/matcher.ts'
import { fromRow, type MentionRow, type NewMention } from '../mentions/mention.ts'
import { pages, type Condition } from '../mentions/filter.ts'
import { saveMentions } from '../mentions/save.ts'
import { parseQuery } from '../query/parse.ts'
import { compileSql } from '../query/sql.ts'
import { dropTopic } from '../mentions/drop-topic.ts'
import type { Topic } from './topic.ts'

/**
 * Runs a topic over everything already collected: posts in the archive that match become mentions, mentions that match
 * get the topic, and mentions that no longer match lose it. Doing it twice changes nothing, so a crash only costs time.
 */
export async function startBackfill(db: Database, jobs: Jobs, topic: Topic): Promise<Progress> {
  const progress = await startProgress(db, topic.projectId, { kind: 'backfill', title: topic.name })
  await sql`update topic set backfill = ${progress.id} where id = ${topic.id}`.execute(db)
  await jobs.send<BackfillJob>('backfill', { project: topic.projectId, topic: topic.id, progress: progress.id })
  return progress
}

export type BackfillJob = { project: number; topic: number; progress: string }

type Rooms = { db: Database; clickhouse: Clickhouse; events: Events }

export async function runBackfill(rooms: Rooms, job: BackfillJob): Promise<void> {
  const { db, events } = rooms
  const progress = await findProgress(db, job.project, job.progress)
  if (!progress || progress.endedAt) return
  const topic = await first(db, sql<Topic>`select * from topic where id = ${job.topic} and project_id = ${job.project}`)
  const cancelled = topic ? await runOver(rooms, topic, job.progress) : true
  await sql`update topic set backfill = null where id = ${job.topic} and backfill = ${job.progress}`.execute(db)
  await endProgress(db, events, job.progress, { state: cancelled ? 'cancelled' : 'done' })
  await events.publish({ project: job.project, kind: 'mentions', added: 0 })
}

/** True when somebody asked to stop. */
async function runOver({ db, clickhouse, events }: Rooms, topic: Topic, progress: string): Promise<boolean> {
  const { query } = parseQuery(topic.query)
  const compiled = compileSql(query)
  const params: SqlParams = { ...compiled.params, b_project: topic.projectId, b_topic: topic.id }
  const inArchive: Condition = { where: `project_id in (0, {b_project:UInt32}) and (${compiled.where})`, params }
  const inMentions: Condition = { where: `project_id = {b_project:UInt32} and ((${compiled.where}) or has(topics, {b_topic:UInt32}))`, params }
  const total = (await countRows(clickhouse, 'archive', inArchive)) + (await countRows(clickhouse, 'mention', inMentions))
  if (await reportProgress(db, events, progress, { step: 'match', total })) return true

  for (const [table, condition] of [['archive', inArchive], ['mention', inMentions]] as const) {
    for await (const rows of pages(clickhouse, table, condition)) {
      const found: NewMention[] = []
      const lost: string[] = []
      for (const row of rows) {
        const mention = fromRow(row)
        const analysis = analysePost(mention)
        const places = evaluate(query, mention, analysis)
        if (places) found.push(withTopic(row, topic, places, analysis))
        else if (row.topics.includes(topic.id)) lost.push(row.id)
      }
      const saved = await saveMentions(clickhouse, found)
      await dropTopic(clickhouse, topic.projectId, topic.id, lost)
      const stop = await reportProgress(db, events, progress, { step: 'save', done: rows.length, saved: saved.added + saved.changed })
      if (stop) return true
    }
  }
  return false
}

function withTopic(row: MentionRow, topic: Topic, places: NewMention['places'][string], analysis: ReturnType<typeof analysePost>): NewMention {
  const mention = fromRow(row)
  return {
    post: mention,
    project: topic.projectId,
    sourceId: row.source_id,
    collectedAt: mention.collectedAt,
    langConfidence: row.lang_confidence,
    cluster: row.cluster,
    topics: [topic.id],
    places: { [topic.id]: places },
    words: storedWords(analysis),
  }
}

async function countRows(clickhouse: Clickhouse, table: string, condition: Condition): Promise<number> {
  const row = await clickhouse.row<{ rows: number }>(`select count() as rows from ${table} final where ${condition.where}`, condition.params)
  return row?.rows ?? 0
}
