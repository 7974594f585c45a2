import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { parseQuery } from '../query/parse.ts'

/** What a team watches: a name and a query; earlier versions of the query stay. */
export type Topic = {
  id: number
  projectId: number
  name: string
  topicGroup: string | null
  color: number
  version: number
  query: string
  updatedAt: Date
  updatedBy: string | null
  /** Id of the progress of its run over the archive; null when that is done. */
  backfill: string | null
}

export type TopicInput = { name: string; group: string | null; query: string }

const paletteSize = 12

export async function listTopics(db: Database, project: number): Promise<Topic[]> {
  return list(db, sql<Topic>`select * from topic where project_id = ${project} order by topic_group nulls last, id`)
}

export async function listAllTopics(db: Database): Promise<Topic[]> {
  return list(db, sql<Topic>`select * from topic order by id`)
}

/** Throws NotFound when this project has no such topic. */
export async function getTopic(db: Database, project: number, id: number): Promise<Topic> {
  const topic = await first(db, sql<Topic>`select * from topic where id = ${id} and project_id = ${project}`)
  if (!topic) throw new NotFound()
  return topic
}

export async function findTopic(db: Database, id: number): Promise<Topic | null> {
  return first(db, sql<Topic>`select * from topic where id = ${id}`)
}

/** Remembers the progress of the topic's run over the archive; null when that is over. */
export async function saveBackfill(db: Database, id: number, progress: string | null): Promise<void> {
  await sql`update topic set backfill = ${progress} where id = ${id}`.execute(db)
}

/** Throws UserError when the query has an error or the name is taken. */
export async function addTopic(db: Database, project: number, input: TopicInput, by: string | null): Promise<Topic> {
  refuseBrokenQuery(input.query)
  return inTransaction(db, async (tx) => {
    await refuseTakenName(tx, project, input.name, null)
    const { color } = must(
      await first(
        tx,
        sql<{
          color: number
        }>`select count(*)::int % ${paletteSize}::int as color from topic where project_id = ${project}`,
      ),
    )
    const topic = must(
      await first(
        tx,
        sql<Topic>`
          insert into topic (project_id, name, topic_group, color, query, updated_by)
          values (${project}, ${input.name}, ${input.group}, ${color}, ${input.query}, ${by})
          returning *`,
      ),
    )
    await keepVersion(tx, topic)
    return topic
  })
}

/** Saves a new version. Throws UserError when the query has an error or the name is taken. */
export async function changeTopic(
  db: Database,
  project: number,
  id: number,
  input: TopicInput,
  by: string | null,
): Promise<Topic> {
  refuseBrokenQuery(input.query)
  return inTransaction(db, async (tx) => {
    await refuseTakenName(tx, project, input.name, id)
    const topic = await first(
      tx,
      sql<Topic>`
        update topic
        set name = ${input.name}, topic_group = ${input.group}, query = ${input.query}, version = version + 1,
          updated_at = now(), updated_by = ${by}
        where id = ${id} and project_id = ${project}
        returning *`,
    )
    if (!topic) throw new NotFound()
    await keepVersion(tx, topic)
    return topic
  })
}

export async function removeTopic(db: Database, project: number, id: number): Promise<void> {
  await sql`delete from topic where id = ${id} and project_id = ${project}`.execute(db)
}

export type TopicVersion = { version: number; name: string; query: string; savedAt: Date; savedBy: string | null }

/** Newest first. */
export async function listVersions(db: Database, topic: number): Promise<TopicVersion[]> {
  return list(
    db,
    sql<TopicVersion>`
      select version, name, query, saved_at, saved_by
      from topic_version
      where topic_id = ${topic}
      order by version desc`,
  )
}

async function keepVersion(tx: Database, topic: Topic): Promise<void> {
  await sql`
    insert into topic_version (topic_id, version, name, query, saved_by)
    values (${topic.id}, ${topic.version}, ${topic.name}, ${topic.query}, ${topic.updatedBy})`.execute(tx)
}

async function refuseTakenName(tx: Database, project: number, name: string, except: number | null): Promise<void> {
  const taken = await first(
    tx,
    sql`select 1 from topic where project_id = ${project} and name = ${name} and id is distinct from ${except}::int`,
  )
  if (taken)
    throw new UserError('A topic of this name is already there', {
      key: 'topic-name-taken',
      values: { name },
      field: 'name',
    })
}

function refuseBrokenQuery(query: string): void {
  const problem = parseQuery(query).problems.find((found) => found.severity === 'error')
  if (problem)
    throw new UserError(problem.message.en, {
      key: 'query-broken',
      values: { problem: problem.key, ...problem.message },
      field: 'query',
    })
}
