import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { setCorrected, type Judged } from './change.ts'
import type { Mention } from './mention.ts'
import { findMentions } from './read.ts'

/** What a person may judge otherwise, with the values it has. */
export const corrigible = {
  sentiment: ['negative', 'neutral', 'positive'],
  stage: [
    'general-request',
    'competitor-request',
    'product-request',
    'first-review',
    'praise',
    'negative',
    'support',
    'leaving',
    'awkward-question',
  ],
} as const
export type CorrectedField = keyof typeof corrigible

export type Correction = {
  at: Date
  actor: string
  field: CorrectedField
  from: string | null
  /** Null: it was taken back. */
  to: string | null
}

/**
 * Sets a field of these mentions as a person judges it; null takes the correction back, and what the machine said
 * holds again. Every list and filter sees it at once, collecting the mention again does not undo it, and who did it
 * when stays in the history. Doing it twice adds nothing. Returns
 * what stands now on those that changed.
 */
export async function correctMentions(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  project: number,
  ids: string[],
  correction: { field: CorrectedField; value: string | null },
  by: { actor: { id: string; name: string }; now: Date },
): Promise<Judged[]> {
  const { field, value } = correction
  return inTransaction(db, async (tx) => {
    // Both engines take the corrections of a project in one order, or the older of two could be what holds.
    await sql`select pg_advisory_xact_lock(72656566, ${project})`.execute(tx)
    const touched = (await findMentions(clickhouse, project, [...new Set(ids)])).filter((mention) =>
      value === null ? mention.corrected.includes(field) : !holds(mention, field, value),
    )
    if (touched.length === 0) return []
    const said = await saidByMachine(tx, project, field, touched)
    await sql`
      insert into correction (project_id, mention_id, field, from_value, to_value, machine_value, machine_confidence, at, actor_id, actor)
      select ${project}, mention_id, ${field}, from_value, ${value}, machine_value, machine_confidence, ${by.now}, ${by.actor.id}, ${by.actor.name}
      from unnest(
        ${touched.map((mention) => mention.id)}::text[],
        ${touched.map((mention) => mention[field])}::text[],
        ${said.map((one) => one.value)}::text[],
        ${said.map((one) => one.confidence)}::real[]
      ) as given (mention_id, from_value, machine_value, machine_confidence)`.execute(tx)
    const judged = touched.map(({ id }, index) =>
      value === null
        ? { id, value: said[index]?.value ?? null, confidence: said[index]?.confidence ?? null, corrected: false }
        : { id, value, confidence: 1, corrected: true },
    )
    // A crash from here to the end leaves a value without its line; nobody was told that it was saved.
    await setCorrected(clickhouse, project, field, judged)
    return judged
  })
}

/** The corrections of a mention, oldest first. */
export async function listCorrections(db: Database, project: number, mention: string): Promise<Correction[]> {
  return list(
    db,
    sql<Correction>`
      select at, actor, field, from_value as "from", to_value as "to"
      from correction
      where project_id = ${project} and mention_id = ${mention}
      order by id`,
  )
}

function holds(mention: Mention, field: CorrectedField, value: string): boolean {
  return mention[field] === value && mention.corrected.includes(field)
}

type Said = { value: string | null; confidence: number | null }

/** For each mention what stood there before the first person: on the mention itself, or kept with its corrections. */
async function saidByMachine(
  tx: Database,
  project: number,
  field: CorrectedField,
  mentions: Mention[],
): Promise<Said[]> {
  const corrected = mentions.filter((mention) => mention.corrected.includes(field)).map((mention) => mention.id)
  const rows = await list(
    tx,
    sql<Said & { mentionId: string }>`
      select distinct on (mention_id) mention_id, machine_value as value, machine_confidence as confidence
      from correction
      where project_id = ${project} and field = ${field} and mention_id = any(${corrected}::text[])
      order by mention_id, id desc`,
  )
  const kept = new Map(rows.map((row) => [row.mentionId, row]))
  return mentions.map(
    (mention) =>
      kept.get(mention.id) ?? {
        value: mention[field],
        confidence: field === 'sentiment' ? mention.sentimentConfidence : null,
      },
  )
}
