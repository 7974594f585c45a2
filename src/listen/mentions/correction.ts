import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { setCorrected, type Judged } from './change.ts'
import { judgedAs, judgedColumns, standing, valueOf, type JudgedField, type Standing } from './judged-columns.ts'
import type { Mention } from './mention.ts'
import { findMentions } from './read.ts'

/** The values that a person chooses from; a place is any country, by its two letters. */
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

export type Correction = {
  at: Date
  actor: string
  field: JudgedField
  from: string | null
  /** The same as `from`: it was confirmed. Null: it was taken back. */
  to: string | null
  reason: string | null
}

export type Corrected = { id: string; value: string | null; corrected: boolean }

/**
 * Sets a field of these mentions as a person judges it; null takes the correction back, and what the machine said
 * holds again. Every list and filter sees it at once, collecting the mention again does not undo it, and who did it,
 * when and why stays in the history. A second person who says the same is kept as a confirmation; the same person doing
 * it twice adds nothing but a reason that was not given before. Returns what stands now on those about which something
 * was added.
 */
export async function correctMentions(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  project: number,
  ids: string[],
  correction: { field: JudgedField; value: string | null; reason?: string | undefined },
  by: { actor: { id: string; name: string }; now: Date },
): Promise<Corrected[]> {
  const { field, value, reason = null } = correction
  return inTransaction(db, async (tx) => {
    // Both engines take the corrections of a project in one order, or the older of two could be what holds.
    await sql`select pg_advisory_xact_lock(72656566, ${project})`.execute(tx)
    const found = await findMentions(clickhouse, project, [...new Set(ids)])
    const said =
      value === null ? new Map<string, number>() : await alreadySaid(tx, project, field, value, found, by.actor.id)
    const touched = found.filter((mention) =>
      value === null ? mention.corrected.includes(field) : !said.has(mention.id),
    )
    if (reason !== null)
      await sql`update correction set reason = ${reason} where id = any(${[...said.values()]}::bigint[])`.execute(tx)
    const explained = reason === null ? [] : [...said.keys()].map((id) => ({ id, value, corrected: true }))
    if (touched.length === 0) return explained
    const machine = await saidByMachine(tx, project, field, touched)
    await sql`
      insert into correction (project_id, mention_id, field, from_value, to_value, reason, machine, at, actor_id, actor)
      select ${project}, mention_id, ${field}, from_value, ${value}, ${reason}, machine::jsonb, ${by.now}, ${by.actor.id}, ${by.actor.name}
      from unnest(
        ${touched.map(({ id }) => id)}::text[],
        ${touched.map((mention) => valueOf(mention, field))}::text[],
        ${machine.map((one) => JSON.stringify(one))}::text[]
      ) as given (mention_id, from_value, machine)`.execute(tx)
    const judged: Judged[] = touched.map((mention, index) =>
      value === null
        ? { id: mention.id, columns: machine[index] ?? {}, corrected: false }
        : { id: mention.id, columns: judgedAs(mention, field, value), corrected: true },
    )
    // A crash from here to the end leaves a value without its line; nobody was told that it was saved.
    await setCorrected(clickhouse, project, field, judged)
    const column = Object.keys(judgedColumns[field])[0] ?? field
    const changed = judged.map(({ id, columns, corrected }) => ({
      id,
      value: String(columns[column] ?? '') || null,
      corrected,
    }))
    return [...changed, ...explained]
  })
}

/** The corrections and confirmations of a mention, oldest first. */
export async function listCorrections(db: Database, project: number, mention: string): Promise<Correction[]> {
  return list(
    db,
    sql<Correction>`
      select at, actor, field, from_value as "from", to_value as "to", reason
      from correction
      where project_id = ${project} and mention_id = ${mention}
      order by id`,
  )
}

/** Those of the mentions on which this holds and was the last word of the person, with the line that says so. */
async function alreadySaid(
  tx: Database,
  project: number,
  field: JudgedField,
  value: string,
  mentions: Mention[],
  actor: string,
): Promise<Map<string, number>> {
  const held = mentions
    .filter((mention) => valueOf(mention, field) === value && mention.corrected.includes(field))
    .map(({ id }) => id)
  if (held.length === 0) return new Map()
  const rows = await list(
    tx,
    sql<{ id: number; mentionId: string; to: string | null }>`
      select distinct on (mention_id) id, mention_id, to_value as "to"
      from correction
      where project_id = ${project} and field = ${field} and mention_id = any(${held}::text[]) and actor_id = ${actor}
      order by mention_id, id desc`,
  )
  return new Map(rows.filter(({ to }) => to === value).map(({ id, mentionId }) => [mentionId, id]))
}

/** For each mention what stood there before the first person: on the mention itself, or kept with its corrections. */
async function saidByMachine(
  tx: Database,
  project: number,
  field: JudgedField,
  mentions: Mention[],
): Promise<Standing[]> {
  const corrected = mentions.filter((mention) => mention.corrected.includes(field)).map((mention) => mention.id)
  const rows = await list(
    tx,
    sql<{ mentionId: string; machine: Standing }>`
      select distinct on (mention_id) mention_id, machine
      from correction
      where project_id = ${project} and field = ${field} and mention_id = any(${corrected}::text[])
      order by mention_id, id desc`,
  )
  const kept = new Map(rows.map((row) => [row.mentionId, row.machine]))
  return mentions.map((mention) => kept.get(mention.id) ?? standing(mention, field))
}
