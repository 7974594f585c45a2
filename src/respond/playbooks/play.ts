import { sql } from 'kysely'
import { must, NotFound, UserError } from '../../base/errors.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import type { Role } from '../../base/team/role.ts'
import { findCalendar } from '../clocks/calendar.ts'
import { addWorkingTime, type Calendar } from '../clocks/working-time.ts'
import { getTicket } from '../tickets/ticket.ts'
import { addAnswered, getAlarm, listAnswered, type Alarm } from './alarm.ts'
import { getPlaybook, type PlaybookKind, type PlaybookStep } from './playbook.ts'

/** A playbook at work. */
export type Play = {
  id: number
  playbookId: number
  name: string
  kind: PlaybookKind
  ticketId: number | null
  ticketTitle: string | null
  /** What it answers, in the order in which it was raised. */
  alarms: Pick<Alarm, 'id' | 'kind' | 'topic'>[]
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

export const playEvents = ['started', 'alarm', 'done', 'skipped', 'reopened', 'late', 'note', 'ended'] as const
export type PlayEvent = {
  id: number
  at: Date
  actor: string | null
  kind: (typeof playEvents)[number]
  /** The step it is about. */
  position: number | null
  note: string | null
}

/** Those at work first, newest first, up to 100; where a ticket is named, those that work at it or answer an alarm about it. */
export async function listPlays(db: Database, project: number, ticket: number | null): Promise<Play[]> {
  return list(
    db,
    sql<Play>`
      ${plays}
      where p.project_id = ${project} and (
        ${ticket}::int is null or p.ticket_id = ${ticket}
        or p.id in (select play_id from play_alarm where ticket_id = ${ticket})
      )
      order by p.ended_at is not null, p.id desc
      limit 100`,
  )
}

export async function getPlay(
  db: Database,
  project: number,
  id: number,
): Promise<{ play: Play; alarms: Alarm[]; steps: PlayStep[]; record: PlayEvent[] }> {
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
  return { play, alarms: await listAnswered(db, id), steps, record }
}

/**
 * Begins a playbook, for a ticket and as the answer to an alarm where they are named; its times run from now. One that works
 * at the ticket already, or answers an alarm about the same ticket or topic, goes on and answers this one, too: a spike of
 * mentions and one of negativity are one fire. Throws UserError for a playbook that nobody has approved, NotFound for an
 * alarm that is not kept any more.
 */
export async function startPlay(
  db: Database,
  project: number,
  { playbook: id, ...asked }: { playbook: number; ticket: number | null; alarm?: number | null },
  { actor, now }: { actor: string | null; now: Date },
): Promise<number> {
  return inTransaction(db, async (tx) => {
    // Whoever begins it at the same time waits here, and finds it at work.
    await sql`select from playbook where project_id = ${project} and id = ${id} for no key update`.execute(tx)
    const playbook = await getPlaybook(tx, project, id)
    if (playbook.approvedAt === null)
      throw new UserError(`“${playbook.name}” has not been approved yet`, {
        key: 'playbook-not-approved',
        values: { name: playbook.name },
      })
    const alarm = asked.alarm == null ? null : await getAlarm(tx, project, asked.alarm)
    const ticket = asked.ticket ?? alarm?.ticketId ?? null
    if (ticket !== null) await getTicket(tx, project, ticket)
    const atWork = await findAtWork(tx, id, ticket, alarm)
    if (atWork !== null) {
      if (alarm !== null && (await addAnswered(tx, atWork, alarm)))
        await record(tx, atWork, { actor, at: now, kind: 'alarm' })
      return atWork
    }
    const { id: started } = must(
      await first(
        tx,
        sql<{ id: number }>`
          insert into play (project_id, playbook_id, name, kind, ticket_id, started_at)
          values (${project}, ${id}, ${playbook.name}, ${playbook.kind}, ${ticket}, ${now})
          returning id`,
      ),
    )
    const calendar = await findCalendar(tx, project)
    for (const [position, step] of playbook.steps.entries())
      await sql`
        insert into play_step (play_id, position, title, help, text, role, member_id, due_at)
        values (${started}, ${position}, ${step.title}, ${step.help}, ${step.text}, ${step.role}, ${step.member},
          ${dueOf(step, now, calendar)})`.execute(tx)
    await record(tx, started, { actor, at: now, kind: 'started' })
    if (alarm !== null) await addAnswered(tx, started, alarm)
    return started
  })
}

async function findAtWork(
  tx: Database,
  playbook: number,
  ticket: number | null,
  alarm: Alarm | null,
): Promise<number | null> {
  const found = await first(
    tx,
    sql<{ id: number }>`
      select p.id
      from play p
      where p.playbook_id = ${playbook} and p.ended_at is null and (
        p.ticket_id = ${ticket}
        or exists (
          select from play_alarm a
          where a.play_id = p.id and (a.alarm_id = ${alarm?.id ?? null} or a.topic_id = ${alarm?.topicId ?? null})
        )
      )
      order by p.ticket_id is distinct from ${ticket}, p.id
      limit 1`,
  )
  return found?.id ?? null
}

/** Null: no time is set, or the project has not so much working time in years. */
function dueOf({ minutes, aroundTheClock }: PlaybookStep, from: Date, calendar: Calendar | null): Date | null {
  if (minutes === null) return null
  const ms = minutes * 60_000
  return aroundTheClock || calendar === null ? new Date(from.getTime() + ms) : addWorkingTime(calendar, from, ms)
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
  select p.id, p.playbook_id, p.name, p.kind, p.ticket_id, case when t.title_of is null then t.title end as ticket_title, p.started_at, p.ended_at,
    (
      select coalesce(jsonb_agg(jsonb_build_object('id', alarm_id, 'kind', kind, 'topic', topic) order by alarm_id), '[]')
      from play_alarm where play_id = p.id
    ) as alarms,
    (select count(*)::int from play_step where play_id = p.id) as steps,
    (select count(*)::int from play_step where play_id = p.id and state <> 'open') as settled,
    (select min(due_at) from play_step where play_id = p.id and state = 'open' and p.ended_at is null) as next_due_at
  from play p
  left join ticket t on t.id = p.ticket_id`
