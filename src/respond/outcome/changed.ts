import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { lockTickets } from '../tickets/lock.ts'
import { addEvidence, settleOutcome, type NewEvidence } from './evidence.ts'

type Engines = { db: Database; clickhouse: Clickhouse }

/** A mention as it was when it was last looked at. */
type Look = { sentiment: string; rating: number | null; words: string }
type Looks = { [mention: string]: Look }

const perTurn = 200
const againMs = 10 * 60_000

/**
 * Whether authors have changed what they wrote before we answered: a new rating or other words. Each ticket that is listened
 * for is looked at every ten minutes; what a mention was like is kept as its tonality, rating and a hash of its words.
 * Returns the tickets that changed.
 */
export async function lookAtChanges({ db, clickhouse }: Engines, project: number, now: Date): Promise<number[]> {
  const changed: number[] = []
  for (;;) {
    const due = await list(
      db,
      sql<{ ticketId: number; seen: Looks | null; mentions: string[] }>`
        select o.ticket_id, o.seen, array(select mention_id from ticket_mention where ticket_id = o.ticket_id) as mentions
        from ticket_outcome o
        where o.project_id = ${project} and o.until > ${now}
          and (o.checked_at is null or o.checked_at <= ${new Date(now.getTime() - againMs)})
        order by o.checked_at nulls first
        limit ${perTurn}`,
    )
    const looks = await lookAt(
      clickhouse,
      project,
      due.flatMap(({ mentions }) => mentions),
    )
    for (const { ticketId, seen, mentions } of due) {
      const isNew = await inTransaction(db, async (tx) => {
        await lockTickets(tx, project)
        const ticket = { id: ticketId, projectId: project }
        const found = mentions.flatMap((id) => differences(id, seen?.[id], looks.get(id), now))
        for (const one of found) await addEvidence(tx, ticket, one, null, now)
        // Of what is gone meanwhile the last look is kept: that it was a complaint says what its removal means.
        const all = {
          ...seen,
          ...Object.fromEntries(mentions.flatMap((id) => (looks.has(id) ? [[id, looks.get(id)]] : []))),
        }
        await sql`
          update ticket_outcome set seen = ${JSON.stringify(all)}::jsonb, checked_at = ${now} where ticket_id = ${ticketId}`.execute(
          tx,
        )
        if (found.length > 0) await settleOutcome(tx, ticket, null, now)
        return found.length > 0
      })
      if (isNew) changed.push(ticketId)
    }
    if (due.length < perTurn) return changed
  }
}

/** Posts of answered tickets that were taken away where they were published. Returns the tickets that changed. */
export async function lookForRemovals(db: Database, project: number, now: Date): Promise<number[]> {
  const gone = await list(
    db,
    sql<{ ticketId: number; mentionId: string; at: Date; sentiment: string | null; tonality: string | null }>`
      select o.ticket_id, r.mention_id, r.removed_at as at, o.seen -> r.mention_id ->> 'sentiment' as sentiment, t.tonality
      from removed_mention r
      join ticket_mention m on m.project_id = r.project_id and m.mention_id = r.mention_id
      join ticket_outcome o on o.ticket_id = m.ticket_id
      join ticket t on t.id = o.ticket_id
      where r.project_id = ${project} and o.until > ${now} and r.removed_at > o.began_at
        and not exists (
          select from outcome_evidence e
          where e.ticket_id = o.ticket_id and e.mention_id = r.mention_id and e.kind = 'deleted'
        )
      limit 1000`,
  )
  for (const { ticketId, mentionId, at, sentiment, tonality } of gone) {
    const ticket = { id: ticketId, projectId: project }
    // Whoever takes a complaint back after an answer has made their peace; of anything else it says nothing.
    const verdict = (sentiment ?? tonality) === 'negative' ? 'satisfied' : null
    await inTransaction(db, async (tx) => {
      await lockTickets(tx, project)
      await addEvidence(tx, ticket, { kind: 'deleted', verdict, at, mentionId }, null, now)
      await settleOutcome(tx, ticket, null, now)
    })
  }
  return gone.map(({ ticketId }) => ticketId)
}

async function lookAt(clickhouse: Clickhouse, project: number, ids: string[]): Promise<Map<string, Look>> {
  if (ids.length === 0) return new Map()
  const rows = await clickhouse.rows<Look & { id: string }>(
    `select id, sentiment, rating, toString(cityHash64(title, text)) as words
     from mention final
     where project_id = {project:UInt32} and id in {ids:Array(String)}`,
    { project, ids },
  )
  return new Map(rows.map(({ id, ...look }) => [id, look]))
}

function differences(mentionId: string, before: Look | undefined, now: Look | undefined, at: Date): NewEvidence[] {
  if (!before || !now) return []
  const found: NewEvidence[] = []
  if (before.rating !== null && now.rating !== null && before.rating !== now.rating) {
    const isUp = now.rating > before.rating
    const details = { from: before.rating, to: now.rating }
    // From one star to two is no satisfaction, and from five to four no complaint.
    const verdict = isUp ? (now.rating >= 4 ? 'satisfied' : null) : now.rating <= 3 ? 'unsatisfied' : null
    found.push({ kind: isUp ? 'rating-up' : 'rating-down', verdict, at, mentionId, details })
  }
  if (before.words !== now.words) {
    const turned = before.sentiment === now.sentiment ? '' : now.sentiment
    const verdict = turned === 'positive' ? 'satisfied' : turned === 'negative' ? 'unsatisfied' : null
    found.push({ kind: 'edited', verdict, at, mentionId })
  }
  return found
}
