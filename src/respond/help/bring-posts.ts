import { sql } from 'kysely'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { bringIn } from '../../listen/bring-in.ts'
import { withLease } from '../../listen/collect/lease.ts'
import type { CollectWorld } from '../../listen/collect/world.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { barePost, type Post } from '../../listen/posts/post.ts'
import { addMentions, openTicket } from '../tickets/open.ts'
import { findHelpPage, type HelpPage } from './page.ts'
import { getPost, type HelpPost } from './post.ts'
import { addressOf, authorOf, tellSubscribers } from './tell-subscribers.ts'

export type BringWorld = Pick<
  CollectWorld,
  'db' | 'clickhouse' | 'events' | 'topics' | 'categories' | 'threads' | 'clusters' | 'secrets' | 'now'
> & { publicUrl: string }

const perTurn = 100

/**
 * What became public on a help page goes the way of every post: through the pipeline, into a mention, into a ticket with its
 * clocks. Of an answer the subscribers hear. A post is marked when all of it is done, so after a crash it is done again,
 * which changes nothing: a mention is saved once, a ticket opened once, a letter written once.
 */
export async function bringPosts(world: BringWorld, signal: AbortSignal): Promise<void> {
  const { db } = world
  const projects = await list(
    db,
    sql<{ id: number }>`
      select distinct project_id as id from help_post where state = 'public' and brought_at is null`,
  )
  for (const { id } of projects) {
    if (signal.aborted) return
    // Two who save the same post at once would both find it new.
    await withLease(db, `help:${id}`, () => bringProject(world, id))
  }
}

async function bringProject(world: BringWorld, project: number): Promise<void> {
  const { db, now } = world
  const page = await findHelpPage(db, project)
  const ids = await list(
    db,
    sql<{ id: number }>`
      select id from help_post
      where project_id = ${project} and state = 'public' and brought_at is null
      order by id
      limit ${perTurn}`,
  )
  if (!page) return
  const posts = await Promise.all(ids.map(({ id }) => getPost(db, project, id)))
  const written = posts.filter(({ kind }) => kind !== 'answer')
  if (written.length > 0) {
    const { clickhouse, topics, categories, threads, clusters } = world
    const flow = { clickhouse, topics, categories, threads, clusters, project, sourceId: null, keepAll: true }
    const { added } = await bringIn(
      written.map((post) => asPost(world, page, post)),
      { ...flow, collectedAt: now() },
    )
    if (added > 0) await world.events.publish({ project, kind: 'mentions', added })
  }
  for (const post of posts) {
    const ticket = post.kind === 'answer' ? await tellAnswer(world, post) : await putInTicket(world, post)
    await sql`update help_post set brought_at = ${now()} where id = ${post.id}`.execute(db)
    if (ticket !== null) await world.events.publish({ project, kind: 'ticket', ticket })
  }
}

function asPost(world: BringWorld, page: HelpPage, post: HelpPost): Post {
  const { id, topicId, kind, visitorId, name, title, text, lang, madeAt } = post
  return barePost({
    id: `help:${id}`,
    platform: 'help',
    source: page.title,
    media: 'forum',
    kind: kind === 'question' || kind === 'comment' ? kind : 'post',
    url: addressOf(world, page, topicId === null ? `${id}` : `${topicId}#${id}`),
    title,
    text,
    lang,
    postedAt: madeAt,
    author:
      visitorId === null
        ? null
        : { id: authorOf(visitorId), name, handle: null, bio: null, followers: null, verified: null },
    parent: topicId === null ? null : `help:${topicId}`,
    root: topicId === null ? null : `help:${topicId}`,
  })
}

/** A topic begins a ticket, unless it says thanks; what belongs to a topic joins the ticket of that topic while it lives. */
async function putInTicket(
  { db, clickhouse, now }: BringWorld,
  { id, projectId, topicId, kind, mergedInto }: HelpPost,
): Promise<number | null> {
  const mention = `help:${id}`
  const [found] = await findMentions(clickhouse, projectId, [mention])
  // It is in a ticket already, or somebody took the mention away meanwhile.
  if (!found || (await ticketOf(db, projectId, mention)) !== null) return null
  const belongsTo = mergedInto ?? topicId
  const live = belongsTo === null ? null : await ticketOf(db, projectId, `help:${belongsTo}`, { live: true })
  if (live !== null) return (await addMentions(db, projectId, live, [found], null, now())).id
  if (kind === 'praise' || mergedInto !== null) return null
  if (topicId !== null && (await getPost(db, projectId, topicId)).kind === 'praise') return null
  return (await openTicket(db, projectId, { mentions: [found] }, null, now())).id
}

async function ticketOf(db: Database, project: number, mention: string, { live = false } = {}): Promise<number | null> {
  const found = await first(
    db,
    sql<{ ticketId: number }>`
      select ticket_id from ticket_mention
      where project_id = ${project} and mention_id = ${mention} and (live or not ${live})
      order by ticket_id desc
      limit 1`,
  )
  return found?.ticketId ?? null
}

async function tellAnswer(world: BringWorld, { id, projectId, topicId, text }: HelpPost): Promise<null> {
  if (topicId !== null)
    await tellSubscribers(world, await getPost(world.db, projectId, topicId), { kind: 'answer', post: id, text })
  return null
}
