import { sql } from 'kysely'
import { publishIn } from '../../base/events/events.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'

/** What others may want to hear of, in the words of docs/webhooks.md. */
export const happeningKinds = [
  'mention.arrived',
  'ticket.opened',
  'ticket.changed',
  'ticket.solved',
  'reply.sent',
  'promise.near',
  'promise.missed',
  'promise.escalated',
  'promise.explosion',
  'source.ill',
  'source.silent',
  'spike.volume',
  'spike.negative',
  'rule.told',
  'webhook.off',
] as const
export type HappeningKind = (typeof happeningKinds)[number]

/** What people have to answer together: open screens say it at once, rules may wait for it. */
export const alarmKinds = ['spike.volume', 'spike.negative', 'promise.explosion'] as const satisfies HappeningKind[]

/** Numbers and names of things, never words of people. */
export type About = {
  ticket?: number
  /** The line of the ticket's history that tells it. */
  event?: number
  mention?: string
  source?: number
  topic?: number
  /** Of the mention, when it arrived. */
  topics?: number[]
  webhook?: number
  /** What was measured. */
  figures?: { [name: string]: number | string }
  /** What a rule says, in the words of whoever made the rule. */
  text?: string
}

export type NewHappening = { project: number; kind: HappeningKind; key: string; at: Date; about: About }
export type Happening = { id: number; projectId: number; kind: HappeningKind; at: Date; about: About }

/**
 * Notes what happened, in the transaction of its cause. Under one key it happens once: null says that it was known.
 * Until the end of the transaction nobody else notes anything of this project, so that readers who go by the number
 * never pass one by that is committed later.
 */
export async function noteHappening(
  tx: Database,
  { project, kind, key, at, about }: NewHappening,
): Promise<number | null> {
  await holdHappenings(tx, project)
  const noted = await first(
    tx,
    sql<{ id: number }>`
      insert into happening (project_id, kind, key, at, about)
      values (${project}, ${kind}, ${key}, ${at}, ${JSON.stringify(about)}::jsonb)
      on conflict (project_id, key) do nothing
      returning id`,
  )
  if (noted && isAlarm(kind)) await publishIn(tx, { project, kind: 'alarm', alarm: noted.id })
  return noted?.id ?? null
}

export function isAlarm(kind: HappeningKind): kind is (typeof alarmKinds)[number] {
  return alarmKinds.some((one) => one === kind)
}

export async function holdHappenings(tx: Database, project: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(72656566, ${project})`.execute(tx)
}

/** The next ones of these kinds after a number, in the order in which they were noted. */
export async function happeningsAfter(
  db: Database,
  project: number,
  after: number,
  kinds: readonly HappeningKind[],
  limit: number,
): Promise<Happening[]> {
  return list(
    db,
    sql<Happening>`
      select id, project_id, kind, at, about
      from happening
      where project_id = ${project} and id > ${after} and kind = any(${kinds}::text[])
      order by id
      limit ${limit}`,
  )
}

/** The number of the newest one: whoever begins to listen now begins here. */
export async function newestHappening(tx: Database, project: number): Promise<number> {
  const row = await first(
    tx,
    sql<{ id: number | null }>`select max(id) as id from happening where project_id = ${project}`,
  )
  return row?.id ?? 0
}

/**
 * From now on what happens in this project is noted; what happened before is not. `topics` are those of which every mention
 * is told; null leaves them as they are.
 */
export async function followProject(tx: Database, project: number, topics: number[] | null): Promise<void> {
  await sql`
    insert into happening_follow (project_id, ticket_event, mentions_until)
    select ${project}, coalesce(max(id), 0), now() from ticket_event where project_id = ${project}
    on conflict (project_id) do nothing`.execute(tx)
  if (topics === null) return
  await sql`
    update happening_follow
    set topics = ${topics}::int[], mentions_until = case when topics = '{}' then now() else mentions_until end
    where project_id = ${project}`.execute(tx)
}

/** Whether a spike of this project opens a ticket about the text that it speaks of most. */
export async function spikesOpenTickets(db: Database, project: number): Promise<boolean> {
  const row = await first(
    db,
    sql<{ spikeTicket: boolean }>`select spike_ticket from happening_follow where project_id = ${project}`,
  )
  return row?.spikeTicket ?? false
}

export async function letSpikesOpenTickets(tx: Database, project: number, open: boolean): Promise<void> {
  await followProject(tx, project, null)
  await sql`update happening_follow set spike_ticket = ${open} where project_id = ${project}`.execute(tx)
}

const keptDays = 30

/** What is older nobody replays any more. */
export async function forgetOldHappenings(db: Database, now: Date): Promise<void> {
  await sql`delete from happening where at < ${new Date(now.getTime() - keptDays * 86_400_000)}`.execute(db)
}
