import type { Clickhouse, SqlParams } from '../../base/clickhouse/clickhouse.ts'
import type { Events } from '../../base/events/events.ts'
import type { Database } from '../../base/postgres/postgres.ts'
import { reportProgress, restartProgress } from '../../base/progress/progress.ts'
import { analysePost, type Analysis } from '../../base/text/analyse.ts'
import { storedWords } from '../../base/text/stored-words.ts'
import type { ProjectCategories } from '../categories/project-categories.ts'
import { understandPost, understandTowards } from '../enrich/understand.ts'
import { nothingUnderstood, type Understanding } from '../enrich/understanding.ts'
import { evaluate } from '../match/evaluate.ts'
import { fromRow, type MentionRow, type NewMention } from '../mentions/mention.ts'
import { pages, type Condition } from '../mentions/filter.ts'
import { saveMentions } from '../mentions/save.ts'
import { findSurroundings } from '../lists/list.ts'
import { readInProject } from '../query/in-project.ts'
import { compileSql } from '../query/sql.ts'
import { dropTopic, dropTopicEverywhere } from '../mentions/drop-topic.ts'
import type { TopicMatcher } from './topic-matcher.ts'
import { endBackfill, findTopic, type Topic } from './topic.ts'

export type Backfilled = 'done' | 'cancelled' | 'stopped'

/**
 * Runs a topic over everything already collected: posts in the archive that match become mentions, mentions that match
 * get the topic, and mentions that no longer match lose it. Doing it twice changes nothing, so a crash only costs time.
 */
export async function runBackfill(
  rooms: Rooms,
  job: { project: number; topic: number; progress: string },
  signal: AbortSignal,
): Promise<Backfilled> {
  const topic = await findTopic(rooms.db, job.topic)
  // Killed between its end and the note of it.
  if (topic?.backfill === null && topic.searchedVersion === topic.version) return 'done'
  // A newer run has been asked for, with the query as it is now: two at once would undo each other's work.
  const isLatest = topic !== null && topic.backfill === job.progress
  const end = isLatest ? await runOver(rooms, topic, job.progress, signal) : 'cancelled'
  if (end === 'stopped') return end
  // A topic that was removed meanwhile keeps nothing of what the last page gave it.
  if ((await findTopic(rooms.db, job.topic)) === null)
    await dropTopicEverywhere(rooms.clickhouse, job.project, job.topic)
  await endBackfill(rooms.db, job.topic, {
    progress: job.progress,
    searched: end === 'done' && topic ? topic.version : null,
  })
  await rooms.events.publish({ project: job.project, kind: 'topic', topic: job.topic })
  await rooms.events.publish({ project: job.project, kind: 'mentions', added: 0 })
  return end
}

type Rooms = {
  db: Database
  clickhouse: Clickhouse
  events: Events
  topics: TopicMatcher
  categories: ProjectCategories
}

async function runOver(
  { db, clickhouse, events, topics, categories }: Rooms,
  topic: Topic,
  progress: string,
  signal: AbortSignal,
): Promise<Backfilled> {
  // From here on arriving posts meet this version too, so that none slips through between the archive and the stream.
  const surroundings = await findSurroundings(db, topic.projectId)
  topics.set(topic, surroundings)
  await topics.settled()
  await restartProgress(db, progress)
  const { query } = readInProject(topic.query, surroundings)
  const compiled = compileSql(query)
  // Nobody looked at what lies in the archive.
  const unread = compileSql(query, { understood: false })
  const own = { b_project: topic.projectId, b_topic: topic.id }
  const params: SqlParams = { ...compiled.params, ...own }
  const inArchive: Condition = {
    where: `project_id in (0, {b_project:UInt32}) and (${unread.where})`,
    params: { ...unread.params, ...own },
  }
  const inMentions: Condition = {
    where: `project_id = {b_project:UInt32} and ((${compiled.where}) or has(topics, {b_topic:UInt32}))`,
    params,
  }
  const total =
    (await countRows(clickhouse, 'archive', inArchive)) + (await countRows(clickhouse, 'mention', inMentions))
  if (await reportProgress(db, events, progress, { step: 'match', total })) return 'cancelled'

  // What comes out of the archive needs no second look as a mention.
  for (const [table, condition] of [
    ['mention', inMentions],
    ['archive', inArchive],
  ] as const) {
    for await (const rows of pages(clickhouse, table, condition)) {
      const found: NewMention[] = []
      const lost: string[] = []
      for (const row of rows) {
        const mention = fromRow(row)
        const analysis = analysePost(mention)
        let understood: Understanding | null = null
        const findOut = () => (understood ??= understandPost(mention, analysis))
        const nowUnderstood = () => ({
          ...findOut(),
          categories: categories.find(topic.projectId, analysis).map(({ name }) => name),
        })
        const places = evaluate(query, table === 'archive' ? { ...mention, findOut } : mention, analysis)
        if (places)
          found.push(withTopic(row, topic, places, analysis, table === 'archive' ? nowUnderstood() : nothingUnderstood))
        else if (row.topics.includes(topic.id)) lost.push(row.id)
      }
      const saved = await saveMentions(clickhouse, found)
      await dropTopic(clickhouse, topic.projectId, topic.id, lost)
      const stop = await reportProgress(db, events, progress, {
        step: 'save',
        done: rows.length,
        saved: saved.added + saved.changed,
      })
      if (stop) return 'cancelled'
      if (signal.aborted) return 'stopped'
    }
  }
  return 'done'
}

function withTopic(
  row: MentionRow,
  topic: Topic,
  places: NewMention['places'][string],
  analysis: Analysis,
  understood: Understanding,
): NewMention {
  const mention = fromRow(row)
  const competitors = topic.isCompetitor ? [topic.id] : []
  return {
    post: mention,
    project: topic.projectId,
    sourceId: row.source_id,
    collectedAt: mention.collectedAt,
    langConfidence: row.lang_confidence,
    cluster: row.cluster,
    topics: [topic.id],
    places: { [topic.id]: places },
    understood: { ...understood, ...understandTowards(mention, analysis, { [topic.id]: places }, competitors) },
    words: storedWords(analysis),
  }
}

async function countRows(clickhouse: Clickhouse, table: string, condition: Condition): Promise<number> {
  const row = await clickhouse.row<{ rows: number }>(
    `select count() as rows from ${table} final where ${condition.where}`,
    condition.params,
  )
  return row?.rows ?? 0
}
