import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Role } from '../../base/team/role.ts'
import { getTicket } from '../tickets/ticket.ts'
import { getPlaybook, type PlaybookKind } from './playbook.ts'

/** A playbook at work. */
export type Play = {
  id: number
  playbookId: number
  name: string
  kind: PlaybookKind
  ticketId: number | null
  ticketTitle: string | null
  startedAt: Date
  endedAt: Date | null
  steps: number
  /** Done or left out. */
  settled: number
  /** When the next open step is due; in the past it is late. */
  nextDueAt: Date | null
}

export const stepStates = ['open', 'done', 'skipped'] as const
export type StepState = (typeof stepStates)[number]
export type PlayStep = {
  position: number
  title: string
  help: string
  text: string | null
  role: Role | null
  memberName: string | null
  dueAt: Date | null
  state: StepState
}

export const playEvents = ['started', 'done', 'skipped', 'reopened', 'late', 'note', 'ended'] as const
export type PlayEvent = {
  id: number
  at: Date
  actor: string | null
  kind: (typeof playEvents)[number]
  /** The step it is about. */
  position: number | null
  note: string | null
}

/** Those at work first, newest first, up to 100; of one ticket where it is named. */
export async function listPlays(db: Database, project: number, ticket: number | null): Promise<Play[]> {
  return list(
    db,
    sql<Play>`
      ${plays}
      where p.project_id = ${project} and (${ticket}::int is null or p.ticket_id = ${ticket})
      order by p.ended_at is not null, p.id desc
      limit 100`,
  )
}

export async function getPlay(
  db: Database,
  project: number,
  id: number,
): Promise<{ play: Play; steps: PlayStep[]; record: PlayEvent[] }> {
  const play = await first(db, sql<Play>`${plays} where p.project_id = ${project} and p.id = ${id}`)
  if (!play) throw new NotFound()
  const steps = await list(
    db,
    sql<PlayStep>`
      select s.position, s.title, s.help, s.text, s.role, m.name as member_name, s.due_at, s.state
      from play_step s
      left join member m on m.id = s.member_id
      where s.play_id = ${id}
      order by s.position`,
  )
  const record = await list(
    db,
    sql<PlayEvent>`
      select id, at, actor, kind, position, note from play_event where play_id = ${id} order by id`,
  )
  return { play, steps, record }
}

/**
 * Begins a playbook, for a ticket where one is named; its times run from now. One that works at the ticket already goes on.
 * Throws UserError for a playbook that nobody has approved.
 */
export async function startPlay(
  db: Database,
  project: number,
  { playbook: id, ticket }: { playbook: number; ticket: number | null },
  { actor, now }: { actor: string | null; now: Date },
): Promise<number> {
  return inTransaction(db, async (tx) => {
    const playbook = await getPlaybook(tx, project, id)
    if (playbook.approvedAt === null)
      throw new UserError(`“${playbook.name}” has not been approved yet`, {
        key: 'playbook-not-approved',
        values: { name: playbook.name },
      })
    if (ticket !== null) await getTicket(tx, project, ticket)
    const started = await first(
      tx,
      sql<{ id: number }>`
        insert into play (project_id, playbook_id, name, kind, ticket_id, started_at)
        values (${project}, ${id}, ${playbook.name}, ${playbook.kind}, ${ticket}, ${now})
        on conflict do nothing
        returning id`,
    )
    if (!started) {
      const there = await first(
        tx,
        sql<{ id: number }>`
          select id from play where playbook_id = ${id} and ticket_id = ${ticket} and ended_at is null`,
      )
      return must(there, 'play').id
    }
    for (const [position, step] of playbook.steps.entries()) {
      const dueAt = step.minutes === null ? null : new Date(now.getTime() + step.minutes * 60_000)
      await sql`
        insert into play_step (play_id, position, title, help, text, role, member_id, due_at)
        values (${started.id}, ${position}, ${step.title}, ${step.help}, ${step.text}, ${step.role}, ${step.member}, ${dueAt})`.execute(
        tx,
      )
    }
    await record(tx, started.id, { actor, at: now, kind: 'started' })
    return started.id
  })
}

/** A step is done, left out, or open again. Setting what it is already changes nothing. Throws UserError once all is over. */
export async function setStep(
  db: Database,
  project: number,
  { play: id, position, state, note }: { play: number; position: number; state: StepState; note: string | null },
  { actor, now }: { actor: string; now: Date },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockPlay(tx, project, id)
    const there = await first(
      tx,
      sql<{ state: StepState }>`select state from play_step where play_id = ${id} and position = ${position}`,
    )
    if (!there) throw new NotFound()
    if (there.state === state) return
    await sql`update play_step set state = ${state} where play_id = ${id} and position = ${position}`.execute(tx)
    await record(tx, id, { actor, at: now, kind: state === 'open' ? 'reopened' : state, position, note })
  })
}

/** Something to remember about it, beside its steps. */
export async function notePlay(
  db: Database,
  project: number,
  id: number,
  note: string,
  { actor, now }: { actor: string; now: Date },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockPlay(tx, project, id)
    await record(tx, id, { actor, at: now, kind: 'note', note })
  })
}

/** It is over, whatever is open stays open in the record. `note`: how it went. Ending twice throws UserError. */
export async function endPlay(
  db: Database,
  project: number,
  id: number,
  note: string | null,
  { actor, now }: { actor: string; now: Date },
): Promise<void> {
  await inTransaction(db, async (tx) => {
    await lockPlay(tx, project, id)
    await sql`update play set ended_at = ${now} where id = ${id}`.execute(tx)
    await record(tx, id, { actor, at: now, kind: 'ended', note })
  })
}

async function lockPlay(tx: Database, project: number, id: number): Promise<void> {
  const play = await first(
    tx,
    sql<{ endedAt: Date | null }>`
      select ended_at from play where project_id = ${project} and id = ${id} for no key update`,
  )
  if (!play) throw new NotFound()
  if (play.endedAt !== null) throw new UserError('This playbook is over', { key: 'play-over' })
}

/** A line of the record, in the transaction of what it tells. */
export async function record(
  tx: Database,
  play: number,
  line: Omit<PlayEvent, 'id' | 'position' | 'note'> & { position?: number; note?: string | null },
): Promise<void> {
  await sql`
    insert into play_event (play_id, at, actor, kind, position, note)
    values (${play}, ${line.at}, ${line.actor}, ${line.kind}, ${line.position ?? null}, ${line.note ?? null})`.execute(
    tx,
  )
}

const plays = sql`
  select p.id, p.playbook_id, p.name, p.kind, p.ticket_id, t.title as ticket_title, p.started_at, p.ended_at,
    (select count(*)::int from play_step where play_id = p.id) as steps,
    (select count(*)::int from play_step where play_id = p.id and state <> 'open') as settled,
    (select min(due_at) from play_step where play_id = p.id and state = 'open' and p.ended_at is null) as next_due_at
  from play p
  left join ticket t on t.id = p.ticket_id`
