import { sql } from 'kysely'
import { NotFound } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import type { CategorySet } from './category-set.ts'

/** One word of a person about a mention. */
export type LabelLine = {
  at: Date
  actor: string
  /** Null: what was said before was taken back. */
  category: string | null
  reason: string | null
}

/**
 * Keeps what a person says of a mention; null takes back what holds. Saying again what one said last adds nothing. Throws
 * NotFound when the set has no such category. True when something new was said.
 */
export async function saveLabel(
  db: Database,
  set: CategorySet,
  label: { mention: string; category: number | null; reason: string | null },
  by: { actor: { id: string; name: string }; now: Date },
): Promise<boolean> {
  if (label.category !== null && !set.categories.some(({ id }) => id === label.category)) throw new NotFound()
  const added = await first(
    db,
    sql`
      insert into category_label (set_id, mention_id, category_id, reason, at, actor_id, actor)
      select ${set.id}, ${label.mention}, ${label.category}, ${label.reason}, ${by.now}, ${by.actor.id}, ${by.actor.name}
      from (select ${label.category}::int as category_id, ${by.actor.id}::text as actor_id) as said
      left join lateral (
        select category_id, actor_id from category_label
        where set_id = ${set.id} and mention_id = ${label.mention}
        order by id desc
        limit 1
      ) as last on true
      where said.category_id is distinct from last.category_id
        or (said.category_id is not null and said.actor_id is distinct from last.actor_id)
      returning id`,
  )
  return added !== null
}

/** What was said of a mention in this set, oldest first. */
export async function listLines(db: Database, set: CategorySet, mention: string): Promise<LabelLine[]> {
  return list(
    db,
    sql<LabelLine>`
      select l.at, l.actor, c.name as category, l.reason
      from category_label l
      left join category c on c.id = l.category_id
      where l.set_id = ${set.id} and l.mention_id = ${mention}
      order by l.id`,
  )
}

export type Label = { line: number; mention: string; category: number }

/** The labels that hold, each mention's newest, in the order in which they were given. Those of removed categories do not. */
export async function listLabels(db: Database, set: number): Promise<Label[]> {
  return list(
    db,
    sql<Label>`
      select holds.id as line, holds.mention_id as mention, holds.category_id as category
      from (
        select distinct on (mention_id) id, mention_id, category_id
        from category_label
        where set_id = ${set}
        order by mention_id, id desc
      ) as holds
      join category c on c.id = holds.category_id and c.removed_at is null
      order by holds.id`,
  )
}

/** How many mentions hold each category. */
export async function countLabels(db: Database, set: number): Promise<Map<number, number>> {
  const counts = new Map<number, number>()
  for (const { category } of await listLabels(db, set)) counts.set(category, (counts.get(category) ?? 0) + 1)
  return counts
}

/** For each mention of which several people have spoken, the last word of each. Programs are not asked. */
export async function listLastWords(db: Database, set: number): Promise<string[][]> {
  const rows = await list(
    db,
    sql<{ words: string[] }>`
      select array_agg(category_id::text order by actor_id) as words
      from (
        select distinct on (mention_id, actor_id) mention_id, actor_id, category_id
        from category_label
        where set_id = ${set} and actor_id not like 'key:%'
        order by mention_id, actor_id, id desc
      ) as last_words
      where category_id is not null
      group by mention_id
      having count(*) > 1`,
  )
  return rows.map(({ words }) => words)
}
