import { sql } from 'kysely'
import { UserError } from '../../base/errors.ts'
import { inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { nextRevision } from '../knowledge/write.ts'
import { getPost, type HelpPost, type TopicStatus } from './post.ts'
import { tellSubscribers, type LetterDesk } from './tell-subscribers.ts'
import { recount } from './vote.ts'

/** Lets a post be read by everybody, whatever it was before. Its visitor is known from now on. */
export async function publishPost(db: Database, project: number, id: number, by: string, now: Date): Promise<HelpPost> {
  return changePost(db, project, id, async (tx, post) => {
    if (post.state === 'public') return
    await sql`
      update help_post
      set state = 'public', reason = null, decided_by = ${by}, changed_at = ${now}
      where id = ${id}`.execute(tx)
    await sql`update help_visitor set approved = approved + 1 where id = ${post.visitorId}`.execute(tx)
  })
}

/** Nobody but its visitor sees the post any more, and they see the reason. */
export async function rejectPost(
  db: Database,
  project: number,
  id: number,
  reason: string,
  by: string,
  now: Date,
): Promise<HelpPost> {
  return changePost(db, project, id, async (tx) => {
    await sql`
      update help_post
      set state = 'rejected', reason = ${reason}, decided_by = ${by}, changed_at = ${now}
      where id = ${id}`.execute(tx)
  })
}

/** What becomes of a topic; its subscribers hear of it. */
export async function setTopicStatus(
  desk: LetterDesk,
  project: number,
  id: number,
  status: TopicStatus,
  now: Date,
): Promise<HelpPost> {
  return inTransaction(desk.db, async (tx) => {
    await lockPost(tx, id)
    const topic = await getPost(tx, project, id)
    refuseComment(topic)
    if (topic.status === status) return topic
    await sql`update help_post set status = ${status}, changed_at = ${now} where id = ${id}`.execute(tx)
    await tellSubscribers({ ...desk, db: tx }, topic, { kind: 'status', status, at: now })
    return getPost(tx, project, id)
  })
}

/**
 * The same was asked before: votes, subscribers and what was said beneath move to the other topic, whose author now stands
 * for both; the address of this one leads there from now on, and so does its author's voice.
 */
export async function mergeTopic(
  desk: LetterDesk,
  project: number,
  id: number,
  into: number,
  by: string,
  now: Date,
): Promise<HelpPost> {
  return inTransaction(desk.db, async (tx) => {
    // In one order, so that two merges at once wait for each other instead of stopping each other.
    for (const one of [id, into].toSorted((a, b) => a - b)) await lockPost(tx, one)
    const [topic, other] = [await getPost(tx, project, id), await getPost(tx, project, into)]
    refuseComment(topic)
    if (other.topicId !== null || other.state !== 'public' || other.mergedInto !== null || id === into)
      throw new UserError('Choose another topic that everybody can read', { key: 'help-merge-target', field: 'into' })
    await tellSubscribers({ ...desk, db: tx }, topic, { kind: 'merged', into: other })
    await sql`
      insert into help_vote (topic_id, visitor_id, voted_at)
      select ${into}, visitor_id, min(voted_at) from (
        select visitor_id, voted_at from help_vote where topic_id = ${id}
        union all
        select id, ${now}::timestamptz from help_visitor where id = ${topic.visitorId}
      ) voice
      group by visitor_id
      on conflict do nothing`.execute(tx)
    await sql`delete from help_vote where topic_id = ${id}`.execute(tx)
    await recount(tx, [id, into])
    await sql`
      insert into help_subscription (topic_id, visitor_id, email, asked_at, confirmed_at)
      select ${into}, visitor_id, email, asked_at, confirmed_at from help_subscription where topic_id = ${id}
      on conflict (topic_id, email) do update
        set confirmed_at = coalesce(help_subscription.confirmed_at, excluded.confirmed_at)`.execute(tx)
    // Links in letters that were sent before go on working: whoever wants no more letters says so once.
    await sql`update help_post set topic_id = ${into} where topic_id = ${id}`.execute(tx)
    await sql`
      update help_post
      set merged_into = ${into}, state = 'public', decided_by = ${by}, changed_at = ${now}, revision = ${await nextRevision(tx, project)}
      where id = ${id} or merged_into = ${id}`.execute(tx)
    return getPost(tx, project, id)
  })
}

/** A topic has a new revision with each change of its state, which is how search follows. */
async function changePost(
  db: Database,
  project: number,
  id: number,
  change: (tx: Database, post: HelpPost) => Promise<void>,
): Promise<HelpPost> {
  return inTransaction(db, async (tx) => {
    await lockPost(tx, id)
    const post = await getPost(tx, project, id)
    if (post.kind === 'answer')
      throw new UserError('Answers are changed beside their ticket', { key: 'help-answer-elsewhere' })
    await change(tx, post)
    if (post.topicId === null)
      await sql`update help_post set revision = ${await nextRevision(tx, project)} where id = ${id}`.execute(tx)
    return getPost(tx, project, id)
  })
}

async function lockPost(tx: Database, id: number): Promise<void> {
  await sql`select from help_post where id = ${id} for no key update`.execute(tx)
}

function refuseComment({ topicId }: HelpPost): void {
  if (topicId !== null) throw new UserError('Only a topic can be this', { key: 'help-topic-only' })
}
