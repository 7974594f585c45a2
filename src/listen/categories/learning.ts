import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Labelled, Measured } from '../../base/learn/classifier.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { findMentions } from '../mentions/read.ts'
import { listLabels, type Label } from './label.ts'
import { learnInThread } from './learn-in-thread.ts'

/** With fewer labelled mentions, or one category only, nothing is learnt: it would be guessing. */
export const leastLabels = 20
/** The newest so many are learnt from. */
const mostLabels = 20_000
const milestones = [20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]

/** What was learnt last, and how good it is; labels of categories that have been renamed since count on. */
export type Learning = { learntAt: Date; labels: number; tookMs: number; measured: Measured | null }

export type CurvePoint = { labels: number; accuracy: number; macroF1: number; at: Date }

/**
 * Learns a set anew from the labels that hold, on mentions that are still there, and keeps the model and the points of the
 * learning curve that were reached. What was there stays when there is nothing to learn or nothing new. True when it learnt.
 */
export async function learnSet(
  { db, clickhouse }: { db: Database; clickhouse: Clickhouse },
  set: { id: number; projectId: number },
  { now, signal }: { now: Date; signal: AbortSignal },
): Promise<boolean> {
  const labels = (await listLabels(db, set.id)).slice(-mostLabels)
  const rows = await readRows(clickhouse, set.projectId, labels)
  if (rows.length < leastLabels || new Set(rows.map(({ label }) => label)).size < 2) return false
  const reached = new Set((await listCurve(db, set.id)).map((point) => point.labels))
  const sizes = milestones.filter((size) => size <= rows.length && !reached.has(size))
  const { model, measured, curve, tookMs } = await learnInThread({ rows, sizes }, signal)
  await inTransaction(db, async (tx) => {
    // The set may have been removed while it was learnt.
    const there = await first(tx, sql`select 1 from category_set where id = ${set.id} for update`)
    if (!there) return
    await sql`
      insert into category_model (set_id, learnt_at, labels, last_label, took_ms, model, measured)
      values (${set.id}, ${now}, ${rows.length}, ${labels.at(-1)!.line}, ${tookMs}, ${Buffer.from(model)}, ${JSON.stringify(measured)}::jsonb)
      on conflict (set_id) do update
        set learnt_at = excluded.learnt_at, labels = excluded.labels, last_label = excluded.last_label,
          took_ms = excluded.took_ms, model = excluded.model, measured = excluded.measured`.execute(tx)
    for (const point of curve)
      await sql`
        insert into category_curve (set_id, labels, accuracy, macro_f1, at)
        values (${set.id}, ${point.labels}, ${point.accuracy}, ${point.macroF1}, ${now})
        on conflict do nothing`.execute(tx)
  })
  return true
}

export async function findLearning(db: Database, set: number): Promise<Learning | null> {
  return first(db, sql<Learning>`select learnt_at, labels, took_ms, measured from category_model where set_id = ${set}`)
}

/** The learning curve, from few labels to many. */
export async function listCurve(db: Database, set: number): Promise<CurvePoint[]> {
  return list(
    db,
    sql<CurvePoint>`select labels, accuracy, macro_f1, at from category_curve where set_id = ${set} order by labels`,
  )
}

async function readRows(clickhouse: Clickhouse, project: number, labels: Label[]): Promise<Labelled[]> {
  const rows: Labelled[] = []
  for (let from = 0; from < labels.length; from += 1000) {
    const some = labels.slice(from, from + 1000)
    const found = await findMentions(
      clickhouse,
      project,
      some.map(({ mention }) => mention),
    )
    const texts = new Map(found.map((mention) => [mention.id, mention]))
    for (const { mention, category } of some) {
      const there = texts.get(mention)
      if (there) rows.push({ title: there.title, text: there.text, label: String(category) })
    }
  }
  return rows
}
