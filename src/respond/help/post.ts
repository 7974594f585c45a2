import { sql } from 'kysely'
import { NotFound } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'

export const topicKinds = ['question', 'idea', 'problem', 'praise'] as const
export type TopicKind = (typeof topicKinds)[number]
export const topicStatuses = ['open', 'planned', 'solved', 'declined'] as const
export type TopicStatus = (typeof topicStatuses)[number]
export const postStates = ['held', 'public', 'rejected'] as const
export type PostState = (typeof postStates)[number]

/** Something on a page: a topic, what a visitor added to one, or what we answered. */
export type HelpPost = {
  id: number
  projectId: number
  /** Null: it is a topic itself. */
  topicId: number | null
  kind: TopicKind | 'comment' | 'answer'
  /** Null: it is ours. */
  visitorId: number | null
  /** As they sign; null: without a name. */
  name: string | null
  title: string | null
  text: string
  lang: string | null
  state: PostState
  heldFor: HeldFor[]
  reason: string | null
  decidedBy: string | null
  status: TopicStatus
  mergedInto: number | null
  votes: number
  madeAt: Date
  changedAt: Date
}

export const heldReasons = ['trap', 'spam', 'toxic', 'links', 'fast', 'first', 'all'] as const
/** Why a post waits: first of its visitor, all of the page wait, or what it looks like. `trap`: only a program sees that field. */
export type HeldFor = (typeof heldReasons)[number]

export type HelpTopic = HelpPost & { kind: TopicKind; topicId: null; title: string }
export type ListedTopic = HelpTopic & { comments: number; isAnswered: boolean }

export type TopicFilter = { kind: TopicKind | null; status: TopicStatus | null; order: 'top' | 'new' }

/** The public topics of one page of `limit`, and whether more follow. */
export async function listTopics(
  db: Database,
  project: number,
  { kind, status, order }: TopicFilter,
  { from, limit }: { from: number; limit: number },
): Promise<{ topics: ListedTopic[]; more: boolean }> {
  const found = await list(
    db,
    sql<ListedTopic>`
      ${listed}
      where p.project_id = ${project} and p.topic_id is null and p.state = 'public' and p.merged_into is null
        and (${kind}::text is null or p.kind = ${kind}) and (${status}::text is null or p.status = ${status})
      order by ${order === 'top' ? sql`p.votes desc,` : sql``} p.id desc
      limit ${limit + 1} offset ${from}`,
  )
  return { topics: found.slice(0, limit), more: found.length > limit }
}

/** Those of these topics that everybody may read, in their order. */
export async function findTopics(db: Database, project: number, ids: number[]): Promise<ListedTopic[]> {
  const found = await list(
    db,
    sql<ListedTopic>`
      ${listed}
      where p.project_id = ${project} and p.id = any(${ids}::int[]) and p.topic_id is null and p.state = 'public'
        and p.merged_into is null`,
  )
  return ids.flatMap((id) => found.find((topic) => topic.id === id) ?? [])
}

/** Null where the project has no such topic, whatever its state. */
export async function findTopic(db: Database, project: number, id: number): Promise<HelpTopic | null> {
  return first(db, sql<HelpTopic>`${whole} where p.project_id = ${project} and p.id = ${id} and p.topic_id is null`)
}

/** Throws NotFound where the project has no such post. */
export async function getPost(db: Database, project: number, id: number): Promise<HelpPost> {
  const post = await first(db, sql<HelpPost>`${whole} where p.project_id = ${project} and p.id = ${id}`)
  if (!post) throw new NotFound()
  return post
}

/** What was said beneath a topic, oldest first: what is public, and what this visitor wrote. */
export async function listBeneath(db: Database, topic: number, visitor: number | null): Promise<HelpPost[]> {
  return list(
    db,
    sql<HelpPost>`
      ${whole}
      where p.topic_id = ${topic} and (p.state = 'public' or p.visitor_id = ${visitor})
      order by p.id
      limit 500`,
  )
}

/** What moderators look at: what waits oldest first, everything else newest first. */
export async function listPosts(
  db: Database,
  project: number,
  state: PostState,
  page: { after: number | null; limit: number },
): Promise<(HelpPost & { topicTitle: string | null; ticketId: number | null })[]> {
  const older = state === 'held' ? sql`p.id > ${page.after}` : sql`p.id < ${page.after}`
  return list(
    db,
    sql<HelpPost & { topicTitle: string | null; ticketId: number | null }>`
      select ${columns}, topic.title as topic_title,
        (
          select max(m.ticket_id) from ticket_mention m
          where m.project_id = p.project_id and m.mention_id = 'help:' || p.id
        ) as ticket_id
      from help_post p
      left join help_post topic on topic.id = p.topic_id
      where p.project_id = ${project} and p.state = ${state} and p.kind <> 'answer' and p.text <> ''
        and (${page.after}::int is null or ${older})
      order by ${state === 'held' ? sql`p.id` : sql`p.id desc`}
      limit ${page.limit}`,
  )
}

/** How many posts wait for a moderator. */
export async function countHeld(db: Database, project: number): Promise<number> {
  const counted = await first(
    db,
    sql<{ count: number }>`
      select count(*) as count from help_post where project_id = ${project} and state = 'held'`,
  )
  return counted?.count ?? 0
}

const columns = sql`
  p.id, p.project_id, p.topic_id, p.kind, p.visitor_id, p.name, p.title, p.text, p.lang, p.state, p.held_for, p.reason,
  p.decided_by, p.status, p.merged_into, p.votes, p.made_at, p.changed_at`
const whole = sql`select ${columns} from help_post p`
const listed = sql`
  select ${columns},
    (select count(*) from help_post c where c.topic_id = p.id and c.state = 'public' and c.kind = 'comment') as comments,
    exists (select from help_post a where a.topic_id = p.id and a.kind = 'answer') as is_answered
  from help_post p`
