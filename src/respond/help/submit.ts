import { sql } from 'kysely'
import { must } from '../../base/errors.ts'
import { first, inTransaction, type Database } from '../../base/postgres/postgres.ts'
import { searchVector } from '../knowledge/full-text.ts'
import { nextRevision } from '../knowledge/write.ts'
import type { Judged } from './judge.ts'
import { getPost, type HelpPost, type TopicKind } from './post.ts'
import type { Visitor } from './visitor.ts'

export const longestTitle = 200
export const longestText = 10_000
export const longestName = 60

export type Submission = {
  /** What a comment is about; null for a topic. */
  topic: number | null
  kind: TopicKind | 'comment'
  name: string | null
  title: string | null
  text: string
}

/** Two presses of one button are one post. */
const sameMs = 10 * 60_000

/**
 * Writes down what a visitor says. What nothing speaks against is public at once; else it waits for a moderator, and what a
 * program has typed into a field that no person sees is put away without one. The same again within minutes is the same post.
 */
export async function submitPost(
  db: Database,
  project: number,
  submission: Submission,
  visitor: Visitor,
  { lang, heldFor }: Judged,
  now: Date,
): Promise<HelpPost> {
  const { topic, kind, name, title, text } = submission
  const state = heldFor.includes('trap') ? 'rejected' : heldFor.length > 0 ? 'held' : 'public'
  return inTransaction(db, async (tx) => {
    await sql`select from help_visitor where id = ${visitor.id} for no key update`.execute(tx)
    const same = await first(
      tx,
      sql<{ id: number }>`
        select id from help_post
        where visitor_id = ${visitor.id} and text = ${text} and title is not distinct from ${title}
          and topic_id is not distinct from ${topic} and made_at > ${new Date(now.getTime() - sameMs)}`,
    )
    if (same) return getPost(tx, project, same.id)
    const revision = topic === null && state === 'public' ? await nextRevision(tx, project) : 0
    const { id } = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into help_post
            (project_id, topic_id, kind, visitor_id, name, title, text, lang, state, held_for, made_at, changed_at, revision, search)
          values (${project}, ${topic}, ${kind}, ${visitor.id}, ${name}, ${title}, ${text}, ${lang}, ${state},
            ${heldFor}::text[], ${now}, ${now}, ${revision},
            ${topic === null ? searchVector({ lang, title: title ?? '', plain: text }) : sql`''`})
          returning id`,
      ),
    )
    return getPost(tx, project, id)
  })
}
