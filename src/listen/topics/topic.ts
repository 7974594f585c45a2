import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { findSurroundings } from '../lists/list.ts'
import { readInProject } from '../query/in-project.ts'
import type { Parsed } from '../query/parse.ts'
import type { Quality } from './quality.ts'

/** What a team watches: a name and a query; earlier versions of the query stay. */
export type Topic = {
  id: number
  projectId: number
  name: string
  topicGroup: string | null
  /** It watches a competitor of the brand. */
  isCompetitor: boolean
  color: number
  version: number
  query: string
  updatedAt: Date
  updatedBy: string | null
  /** Id of the progress of its run over the archive; null when none goes on. */
  backfill: string | null
  /** The newest version that has gone through the whole archive; null when none has. */
  searchedVersion: number | null
}

export type TopicInput = {
  name: string
  group: string | null
  query: string
  /** Absent: as it is; of a new topic, no. */
  isCompetitor?: boolean
}

/** What is known of a version besides its text. */
export type VersionFacts = {
  /** How the query does on the marks there are; null when there are none. */
  quality: Quality | null
  /** The version whose text was taken back. */
  from: number | null
}
const nothingKnown: VersionFacts = { quality: null, from: null }

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

/** Remembers the progress of the topic's run over the archive, in place of an earlier one. */
export async function saveBackfill(db: Database, id: number, progress: string): Promise<void> {
  await sql`update topic set backfill = ${progress} where id = ${id}`.execute(db)
}

/** Nothing that was collected before has to be looked through for it. */
export async function markSearched(db: Database, topic: Pick<Topic, 'id' | 'version'>): Promise<void> {
  await sql`update topic set searched_version = ${topic.version} where id = ${topic.id}`.execute(db)
}

/** The run is over; `searched` is the version it took through the whole archive, null when it did not get that far. */
export async function endBackfill(
  db: Database,
  id: number,
  { progress, searched }: { progress: string; searched: number | null },
): Promise<void> {
  // A newer run may have taken its place.
  await sql`
    update topic
    set backfill = nullif(backfill, ${progress}::uuid), searched_version = coalesce(${searched}, searched_version)
    where id = ${id}`.execute(db)
}

/** Throws UserError when the query has an error or the name is taken. */
export async function addTopic(
  db: Database,
  project: number,
  input: TopicInput,
  by: string | null,
  facts: VersionFacts = nothingKnown,
): Promise<Topic> {
  await readQuery(db, project, input.query)
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
          insert into topic (project_id, name, topic_group, is_competitor, color, query, updated_by)
          values (${project}, ${input.name}, ${input.group}, ${input.isCompetitor ?? false}, ${color}, ${input.query}, ${by})
          returning *`,
      ),
    )
    await keepVersion(tx, topic, facts)
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
  facts: VersionFacts = nothingKnown,
): Promise<Topic> {
  await readQuery(db, project, input.query)
  return inTransaction(db, async (tx) => {
    await refuseTakenName(tx, project, input.name, id)
    const topic = await first(
      tx,
      sql<Topic>`
        update topic
        set name = ${input.name}, topic_group = ${input.group}, query = ${input.query}, version = version + 1,
          is_competitor = coalesce(${input.isCompetitor ?? null}::boolean, is_competitor),
          updated_at = now(), updated_by = ${by}
        where id = ${id} and project_id = ${project}
        returning *`,
    )
    if (!topic) throw new NotFound()
    await keepVersion(tx, topic, facts)
    return topic
  })
}

export async function removeTopic(db: Database, project: number, id: number): Promise<void> {
  await sql`delete from topic where id = ${id} and project_id = ${project}`.execute(db)
}

export type TopicVersion = VersionFacts & {
  version: number
  name: string
  query: string
  savedAt: Date
  savedBy: string | null
}

/** Newest first. */
export async function listVersions(db: Database, topic: number): Promise<TopicVersion[]> {
  const rows = await list(
    db,
    sql<
      Omit<TopicVersion, 'quality' | 'from'> & { [count in keyof Quality]: number | null } & {
        fromVersion: number | null
      }
    >`
      select version, name, query, saved_at, saved_by, from_version,
        wanted_found, wanted_missed, unwanted_found, unwanted_left
      from topic_version
      where topic_id = ${topic}
      order by version desc`,
  )
  return rows.map(({ fromVersion, wantedFound, wantedMissed, unwantedFound, unwantedLeft, ...version }) => ({
    ...version,
    from: fromVersion,
    quality:
      wantedFound === null || wantedMissed === null || unwantedFound === null || unwantedLeft === null
        ? null
        : { wantedFound, wantedMissed, unwantedFound, unwantedLeft },
  }))
}

async function keepVersion(tx: Database, topic: Topic, { quality, from }: VersionFacts): Promise<void> {
  await sql`
    insert into topic_version
      (topic_id, version, name, query, saved_by, from_version,
        wanted_found, wanted_missed, unwanted_found, unwanted_left)
    values
      (${topic.id}, ${topic.version}, ${topic.name}, ${topic.query}, ${topic.updatedBy}, ${from},
        ${quality?.wantedFound ?? null}, ${quality?.wantedMissed ?? null},
        ${quality?.unwantedFound ?? null}, ${quality?.unwantedLeft ?? null})`.execute(tx)
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

/** The query as the project means it. Throws UserError when it has an error. */
export async function readQuery(db: Database, project: number, text: string): Promise<Parsed> {
  const parsed = readInProject(text, await findSurroundings(db, project))
  const broken = parsed.problems.find((found) => found.severity === 'error')
  if (broken)
    throw new UserError(broken.message.en, {
      key: 'query-broken',
      values: { problem: broken.key, ...broken.message },
      field: 'query',
    })
  return parsed
}
