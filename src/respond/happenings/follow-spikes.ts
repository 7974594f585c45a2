import { sql } from 'kysely'
import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { findMentions } from '../../listen/mentions/read.ts'
import { openTicket } from '../tickets/open.ts'
import { noteHappening } from './happening.ts'
import { findSpike, type Spike } from './spike.ts'

const hourMs = 3_600_000
const readWeeks = 8
/** After so many calm hours a spike is over, and the next one is told anew. */
const calmHours = 12

export const spikeKinds = ['spike.volume', 'spike.negative'] as const
type SpikeKind = (typeof spikeKinds)[number]
type Desk = {
  db: Database
  clickhouse: Clickhouse
  announce: (ticket: { id: number; projectId: number }) => Promise<void>
}
type Topic = { id: number; name: string; projectId: number; spikeTicket: boolean }

/** Looks at every topic of the followed projects; each spike is told once, with its ticket where the project wants one. */
export async function followSpikes(desk: Desk, now: Date): Promise<void> {
  const topics = await list(
    desk.db,
    sql<Topic>`
      select t.id, t.name, t.project_id, f.spike_ticket
      from topic t
      join happening_follow f on f.project_id = t.project_id
      order by t.project_id, t.id`,
  )
  for (const [project, own] of Map.groupBy(topics, ({ projectId }) => projectId))
    for (const kind of spikeKinds) {
      const counted = await countHours(desk.clickhouse, project, kind, now)
      for (const topic of own) {
        const spike = findSpike(...(counted.get(topic.id) ?? nothing))
        if (spike) await tellSpike(desk, topic, kind, spike, now)
      }
    }
}

type Counted = [Map<number, number>, { from: number; until: number }]
const nothing: Counted = [new Map(), { from: 0, until: 0 }]

/**
 * Different texts by the hour in which each was first met in a topic, hours counted back from now so that the newest is as
 * full as the others. A topic is known from its first mention on.
 */
async function countHours(
  clickhouse: Clickhouse,
  project: number,
  kind: SpikeKind,
  now: Date,
): Promise<Map<number, Counted>> {
  const until = Math.floor(now.getTime() / hourMs)
  const rows = await clickhouse.rows<{ topic: number; ago: number; texts: number; bad: number }>(
    `select topic, intDiv(toInt64(dateDiff('millisecond', first, {now:DateTime64(3, 'UTC')})), ${hourMs}) as ago,
       count() as texts, countIf(bad) as bad
     from (
       select topic, cluster_key, min(posted_at) as first, max(has(negative_topics, topic)) as bad
       from mention
       array join topics as topic
       where project_id = {project:UInt32} and posted_at > {from:DateTime64(3, 'UTC')}
         and posted_at <= {now:DateTime64(3, 'UTC')} and not ifNull(spam, false)
       group by topic, cluster_key
     )
     group by topic, ago`,
    { project, now: moment(now), from: moment(new Date(now.getTime() - readWeeks * 7 * 24 * hourMs)) },
  )
  const counted = new Map<number, Counted>()
  for (const { topic, ago, texts, bad } of rows) {
    const [hours, span] = counted.get(topic) ?? [new Map<number, number>(), { from: until, until }]
    const hour = until - 1 - ago
    hours.set(hour, kind === 'spike.negative' ? bad : texts)
    counted.set(topic, [hours, { from: Math.min(span.from, hour), until }])
  }
  return counted
}

async function tellSpike(desk: Desk, topic: Topic, kind: SpikeKind, spike: Spike, now: Date): Promise<void> {
  const calm = new Date(now.getTime() - calmHours * hourMs)
  const [leading] = topic.spikeTicket ? await listClusters(desk.clickhouse, topic, spike.hours, now, kind) : []
  const opened = await inTransaction(desk.db, async (tx) => {
    const row = await first(
      tx,
      sql<{ since: Date }>`
        insert into spike_told as told (topic_id, kind, since, last_at)
        values (${topic.id}, ${kind}, ${now}, ${now})
        on conflict (topic_id, kind) do update
        set last_at = excluded.last_at, since = case when told.last_at < ${calm} then excluded.since else told.since end
        returning since`,
    )
    if (row?.since.getTime() !== now.getTime()) return null
    // The lock of the tickets is taken before that of what is noted, as everywhere.
    const ticket = leading ? await openAbout(desk, tx, topic, leading.mention, now) : null
    const about = { topic: topic.id, figures: { ...spike }, ...(ticket === null ? {} : { ticket }) }
    const key = `${kind} ${topic.id} ${now.toISOString()}`
    await noteHappening(tx, { project: topic.projectId, kind, key, at: now, about })
    return ticket
  })
  if (opened !== null) await desk.announce({ id: opened, projectId: topic.projectId })
}

async function openAbout(
  { clickhouse }: Desk,
  tx: Database,
  { projectId, name }: Topic,
  mention: string,
  now: Date,
): Promise<number | null> {
  const mentions = await findMentions(clickhouse, projectId, [mention])
  if (mentions.length === 0) return null
  return (await openTicket(tx, projectId, { mentions, title: `${name} ↑` }, null, now)).id
}

export type SpikeCluster = { mention: string; count: number }

/** What a spike speaks of: its most repeated texts, up to three, each by its first mention. */
export async function listClusters(
  clickhouse: Clickhouse,
  topic: Pick<Topic, 'id' | 'projectId'>,
  hours: number,
  until: Date,
  kind: SpikeKind,
): Promise<SpikeCluster[]> {
  return clickhouse.rows<SpikeCluster>(
    `select argMin(id, (posted_at, id)) as mention, uniqExact(id) as count
     from mention
     where project_id = {project:UInt32} and has(topics, {topic:UInt32})
       and posted_at > {from:DateTime64(3, 'UTC')} and posted_at <= {until:DateTime64(3, 'UTC')} and not ifNull(spam, false)
       ${kind === 'spike.negative' ? 'and has(negative_topics, {topic:UInt32})' : ''}
     group by cluster_key
     order by count desc, mention
     limit 3`,
    {
      project: topic.projectId,
      topic: topic.id,
      from: moment(new Date(until.getTime() - hours * hourMs)),
      until: moment(until),
    },
  )
}
