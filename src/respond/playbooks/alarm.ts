import { sql } from 'kysely'
import { NotFound } from '../../base/errors.ts'
import { first, list, type Database } from '../../base/postgres/postgres.ts'
import { alarmKinds } from '../happenings/happening.ts'

/** What a playbook may answer: alarms, and what rules tell people. */
export const answerableKinds = [...alarmKinds, 'rule.told'] as const
export type AlarmKind = (typeof answerableKinds)[number]

/** Something that was raised. `id` is the number under which it was noted. */
export type Alarm = {
  id: number
  kind: AlarmKind
  at: Date
  /** Null with a name: the topic is gone. */
  topicId: number | null
  topic: string | null
  ticketId: number | null
  ticketTitle: string | null
  /** What was measured of a spike. */
  figures: { [name: string]: number | string } | null
  /** What a rule says. */
  text: string | null
}

export type RaisedAlarm = Alarm & {
  mentionId: string | null
  /** What answers it, the first begun first. */
  plays: { id: number; name: string; endedAt: Date | null }[]
}

const shown = 50

/** What was raised in this project and is still kept (a month), newest first, up to 50, each with what answers it. */
export async function listAlarms(db: Database, project: number): Promise<RaisedAlarm[]> {
  const alarms = await list(
    db,
    sql<Omit<RaisedAlarm, 'plays'>>`
      ${raised} where h.project_id = ${project} and ${isAnswerable}
      order by h.id desc
      limit ${shown}`,
  )
  const answers = await list(
    db,
    sql<RaisedAlarm['plays'][number] & { alarmId: number }>`
      select a.alarm_id, p.id, p.name, p.ended_at
      from play_alarm a
      join play p on p.id = a.play_id
      where p.project_id = ${project} and a.alarm_id = any(${alarms.map(({ id }) => id)}::bigint[])
      order by p.id`,
  )
  const ofAlarm = Map.groupBy(answers, ({ alarmId }) => alarmId)
  return alarms.map((alarm) => ({
    ...alarm,
    plays: (ofAlarm.get(alarm.id) ?? []).map(({ alarmId: _, ...play }) => play),
  }))
}

/** Throws NotFound for what is no alarm of this project, or is not kept any more. */
export async function getAlarm(db: Database, project: number, id: number): Promise<Alarm> {
  const alarm = await first(
    db,
    sql<Alarm>`${raised} where h.project_id = ${project} and h.id = ${id} and ${isAnswerable}`,
  )
  if (!alarm) throw new NotFound()
  return alarm
}

/** The alarms that a play answers, in the order in which they were raised. */
export async function listAnswered(db: Database, play: number): Promise<Alarm[]> {
  return list(
    db,
    sql<Alarm>`
      select a.alarm_id as id, a.kind, a.at, o.id as topic_id, a.topic, a.ticket_id, case when t.title_of is null then t.title end as ticket_title, a.figures, a.text
      from play_alarm a
      left join topic o on o.id = a.topic_id
      left join ticket t on t.id = a.ticket_id
      where a.play_id = ${play}
      order by a.alarm_id`,
  )
}

/** False: the play answers it already. */
export async function addAnswered(tx: Database, play: number, alarm: Alarm): Promise<boolean> {
  const { id, kind, at, topicId, topic, ticketId, figures, text } = alarm
  const added = await first(
    tx,
    sql`
      insert into play_alarm (play_id, alarm_id, kind, at, topic_id, topic, ticket_id, figures, text)
      values (${play}, ${id}, ${kind}, ${at}, ${topicId}, ${topic}, ${ticketId}, ${figures && JSON.stringify(figures)}::jsonb, ${text})
      on conflict do nothing
      returning play_id`,
  )
  return added !== null
}

const isAnswerable = sql`h.kind = any(${answerableKinds}::text[])`
// A ticket and a topic of the same project, or none: what is gone is not named.
const raised = sql`
  select h.id, h.kind, h.at, o.id as topic_id, o.name as topic, t.id as ticket_id, case when t.title_of is null then t.title end as ticket_title,
    h.about ->> 'mention' as mention_id, h.about -> 'figures' as figures, h.about ->> 'text' as text
  from happening h
  left join topic o on o.project_id = h.project_id and o.id = (h.about ->> 'topic')::int
  left join ticket t on t.project_id = h.project_id and t.id = (h.about ->> 'ticket')::int`
