import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { fromRow, mentionColumns, type Mention, type MentionRow } from '../mentions/mention.ts'
import type { Post } from '../posts/post.ts'

/**
 * One piece of the golden set of a topic: somebody said whether the topic should find this post. The mark belongs to
 * the id of the mention, so it follows a post that its author changes.
 */
export type GoldenMark = {
  mention: Mention
  wanted: boolean
  markedAt: Date
  markedBy: string | null
  /** False when the post has been forgotten since and only the copy made at the marking is left. */
  isThere: boolean
}

type Kept = { mentionId: string; wanted: boolean; markedAt: Date; markedBy: string | null; post: KeptPost }
/** Without its pictures: a query is judged by what is said. */
type KeptPost = Omit<Post, 'postedAt' | 'images'> & { postedAt: string }

/** All marks of a topic, the newest first, each with the post as it is now, or else as it was when it was marked. */
export async function listMarks(
  rooms: { db: Database; clickhouse: Clickhouse },
  topic: { id: number; projectId: number },
): Promise<GoldenMark[]> {
  const marks = await list(
    rooms.db,
    sql<Kept>`
      select mention_id, wanted, marked_at, marked_by, post
      from golden_mark
      where topic_id = ${topic.id}
      order by marked_at desc, mention_id`,
  )
  const there = new Map(
    (
      await findPosts(
        rooms.clickhouse,
        topic.projectId,
        marks.map((mark) => mark.mentionId),
      )
    ).map((mention) => [mention.id, mention]),
  )
  return marks.map(({ mentionId, post, ...mark }) => {
    const mention = there.get(mentionId)
    return { ...mark, mention: mention ?? remembered(post, topic.projectId), isThere: mention !== undefined }
  })
}

/** Marks posts for a topic; a second mark of a post replaces the first. */
export async function saveMarks(
  db: Database,
  topic: number,
  marks: { mention: Mention; wanted: boolean }[],
  by: string | null,
): Promise<void> {
  for (const { mention, wanted } of marks) {
    await sql`
      insert into golden_mark (topic_id, mention_id, wanted, marked_by, post)
      values (${topic}, ${mention.id}, ${wanted}, ${by}, ${JSON.stringify(published(mention))}::json)
      on conflict (topic_id, mention_id) do update
        set wanted = excluded.wanted, marked_at = now(), marked_by = excluded.marked_by, post = excluded.post`.execute(
      db,
    )
  }
}

export async function dropMark(db: Database, topic: number, mention: string): Promise<void> {
  await sql`delete from golden_mark where topic_id = ${topic} and mention_id = ${mention}`.execute(db)
}

/** What topics of the project say about one mention. */
export async function marksOfMention(
  db: Database,
  project: number,
  mention: string,
): Promise<{ topic: number; wanted: boolean; by: string | null }[]> {
  return list(
    db,
    sql<{ topic: number; wanted: boolean; by: string | null }>`
      select g.topic_id as topic, g.wanted, g.marked_by as by
      from golden_mark g
      join topic t on t.id = g.topic_id
      where t.project_id = ${project} and g.mention_id = ${mention}`,
  )
}

/** Posts by their id: the project's mentions, and what lies in the archive. */
export async function findPosts(clickhouse: Clickhouse, project: number, ids: string[]): Promise<Mention[]> {
  if (ids.length === 0) return []
  const pages = await Promise.all(
    ['archive', 'mention'].map((table) =>
      clickhouse.rows<MentionRow>(
        `select ${mentionColumns}
         from ${table} final
         where project_id in (0, {project:UInt32}) and id in {ids:Array(String)}`,
        { project, ids },
      ),
    ),
  )
  // The project's own mention comes last and stands for its twin in the archive.
  return [...new Map(pages.flat().map((row) => [row.id, fromRow(row)])).values()]
}

/** The copy that was made when a topic of the project marked the post; null when none has. */
export async function findMarked(db: Database, project: number, mention: string): Promise<Mention | null> {
  const mark = await first(
    db,
    sql<Pick<Kept, 'post'>>`
      select g.post
      from golden_mark g
      join topic t on t.id = g.topic_id
      where t.project_id = ${project} and g.mention_id = ${mention}
      order by g.marked_at desc
      limit 1`,
  )
  return mark && remembered(mark.post, project)
}

function published(mention: Mention): KeptPost {
  const { id, platform, source, media, kind, url, title, text, lang, author } = mention
  const { likes, shares, comments, views, rating, parent, root, place, links, has, tags } = mention
  return {
    ...{ id, platform, source, media, kind, url, title, text, lang, author },
    ...{ likes, shares, comments, views, rating, parent, root, place, links, has, tags },
    postedAt: mention.postedAt.toISOString(),
  }
}

function remembered(kept: KeptPost, project: number): Mention {
  const postedAt = new Date(kept.postedAt)
  return {
    ...kept,
    images: null,
    postedAt,
    projectId: project,
    collectedAt: postedAt,
    version: 1,
    langConfidence: null,
    cluster: '',
    topics: [],
    places: {},
    sentiment: null,
    sentimentConfidence: null,
    chanceNegative: null,
    chancePositive: null,
    negativeTopics: [],
    positiveTopics: [],
    stage: null,
    stageConfidence: null,
    emotions: [],
    complaint: null,
    spam: null,
    toxic: null,
    placeFrom: null,
    placeConfidence: null,
    quotes: [],
    categories: [],
    read: false,
    important: false,
    ticket: null,
    status: null,
    assignee: null,
    dueAt: null,
    aspects: [],
    corrected: [],
  }
}
