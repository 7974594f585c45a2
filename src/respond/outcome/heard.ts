import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import type { Mention } from '../../listen/mentions/mention.ts'
import { lockTickets } from '../tickets/lock.ts'
import { addMentions } from '../tickets/open.ts'
import { addEvidence, settleOutcome } from './evidence.ts'
import { judge } from './judge.ts'

type Engines = { db: Database; clickhouse: Clickhouse }

const perTurn = 2_000
/** A page that is being saved may carry an earlier moment than one that is there already. */
const overlapMs = 120_000

/**
 * What the authors of answered tickets have written since we last looked: it is judged and noted, in the thread it joins the
 * ticket, and unless it is a plain thanks the ticket is open again. Whoever is interrupted looks again and notes nothing twice.
 * Returns the tickets that changed.
 */
export async function hearAuthors({ db, clickhouse }: Engines, project: number, now: Date): Promise<number[]> {
  const oldest = await oldestListening(db, project, now)
  if (oldest === null) return []
  const lookedAt = await lookedUntil(db, project)
  const changed = new Set<number>()
  let after = { saved: lookedAt === null ? 0 : lookedAt.getTime() - overlapMs, id: '' }
  for (;;) {
    const saved = await listSaved(clickhouse, project, { after, postedAfter: oldest })
    const chosen = choose(saved, await listListening(db, project, saved, now))
    for (const mention of await findMentions(clickhouse, project, [...chosen.keys()])) {
      const to = chosen.get(mention.id)
      if (to && (await note(db, project, mention, to, now))) changed.add(to.ticketId)
    }
    after = saved.at(-1) ?? after
    if (saved.length < perTurn) break
  }
  if (after.id !== '')
    await sql`
      update desk_followed set looked_at = ${new Date(after.saved)} where project_id = ${project}`.execute(db)
  return [...changed]
}

type Saved = { id: string; author: string; parent: string; root: string; posted: number; saved: number }
type Listening = { ticketId: number; author: string; beganAt: Date; until: Date; thread: string[] }
type Chosen = Listening & { inThread: boolean }

async function oldestListening(db: Database, project: number, now: Date): Promise<Date | null> {
  const row = await first(
    db,
    sql<{ at: Date | null }>`
      select min(began_at) as at from ticket_outcome where project_id = ${project} and until > ${now}`,
  )
  return row?.at ?? null
}

async function lookedUntil(db: Database, project: number): Promise<Date | null> {
  const row = await first(
    db,
    sql<{ at: Date | null }>`select looked_at as at from desk_followed where project_id = ${project}`,
  )
  return row?.at ?? null
}

async function listSaved(
  clickhouse: Clickhouse,
  project: number,
  { after, postedAfter }: { after: { saved: number; id: string }; postedAfter: Date },
): Promise<Saved[]> {
  return clickhouse.rows<Saved>(
    `select id, author_id as author, parent, root, toUnixTimestamp64Milli(posted_at) as posted, toUnixTimestamp64Milli(saved_at) as saved
     from mention
     where project_id = {project:UInt32} and posted_at > {posted:DateTime64(3)} and author_id != ''
       and (saved_at, id) > ({saved:DateTime64(3)}, {id:String})
     order by saved_at, id
     limit ${perTurn}`,
    { project, posted: moment(postedAfter), saved: moment(new Date(after.saved)), id: after.id },
  )
}

/** The tickets in which one of these authors is listened for, with everything that makes up their threads. */
async function listListening(db: Database, project: number, saved: Saved[], now: Date): Promise<Listening[]> {
  const authors = [...new Set(saved.map(({ author }) => author))]
  if (authors.length === 0) return []
  return list(
    db,
    sql<Listening>`
      select o.ticket_id, a.author_id as author, o.began_at, o.until,
        array(select mention_id from ticket_mention where ticket_id = t.id)
          || array(select r.answers ->> 'root' from reply r where r.ticket_id = t.id and r.answers ->> 'root' is not null)
          || array(select r.published_as from reply r where r.ticket_id = t.id and r.published_as is not null) as thread
      from customer_author a
      join customer written on written.id = a.customer_id
      join customer c on coalesce(c.joined_to, c.id) = coalesce(written.joined_to, written.id)
      join ticket t on t.customer_id = c.id
      join ticket_outcome o on o.ticket_id = t.id
      where a.project_id = ${project} and a.author_id = any(${authors}::text[]) and o.until > ${now} and t.merged_into is null
      order by o.began_at desc`,
  )
}

/** Each mention speaks for one ticket: the one whose thread it stands in, else the one that was answered last before it. */
function choose(saved: Saved[], listening: Listening[]): Map<string, Chosen> {
  const of = Map.groupBy(listening, ({ author }) => author)
  const chosen = new Map<string, Chosen>()
  for (const { id, author, parent, root, posted } of saved) {
    const possible = (of.get(author) ?? []).filter(
      ({ beganAt, until }) => posted > beganAt.getTime() && posted <= until.getTime(),
    )
    const inThread = possible.find(({ thread }) => [id, parent, root].some((key) => key !== '' && thread.includes(key)))
    const [to] = inThread ? [inThread] : possible
    if (to) chosen.set(id, { ...to, inThread: inThread !== undefined })
  }
  return chosen
}

async function note(db: Database, project: number, mention: Mention, to: Chosen, now: Date): Promise<boolean> {
  const ticket = { id: to.ticketId, projectId: project }
  const { kind, verdict } = judge(mention)
  return inTransaction(db, async (tx) => {
    await lockTickets(tx, project)
    const known = await first(
      tx,
      sql`select id from outcome_evidence where ticket_id = ${ticket.id} and mention_id = ${mention.id} limit 1`,
    )
    // Understood otherwise since, it is a person's turn to say so.
    if (known) return false
    if (to.inThread) await join(tx, project, ticket.id, mention, verdict === 'satisfied', now)
    await addEvidence(tx, ticket, { kind, verdict, at: mention.postedAt, mentionId: mention.id }, null, now)
    await settleOutcome(tx, ticket, null, now)
    return true
  })
}

/** A closed ticket is put away, and a mention that has a ticket of its own stays there. */
async function join(
  tx: Database,
  project: number,
  ticket: number,
  mention: Mention,
  isThanks: boolean,
  now: Date,
): Promise<void> {
  const elsewhere = await first(
    tx,
    sql`
      select ticket_id from ticket_mention
      where project_id = ${project} and mention_id = ${mention.id} and live and ticket_id <> ${ticket}`,
  )
  const closed = await first(tx, sql`select id from ticket where id = ${ticket} and status = 'closed'`)
  if (elsewhere || closed) return
  await addMentions(tx, project, ticket, [mention], null, now, { reopens: !isThanks })
}
