import { sql } from 'kysely'
import { toWall } from '../../base/time/zone.ts'
import { first, inTransaction, list, type Database } from '../../base/postgres/postgres.ts'
import { happeningsAfter, happeningKinds, type HappeningKind } from '../happenings/happening.ts'

const perTurn = 500
/** After a message the next one waits so long, and whatever comes meanwhile is joined into it. */
export const joinMs = 60_000
/** What wakes people: quiet hours do not hold it back. */
const urgent: HappeningKind = 'promise.explosion'

/**
 * Makes messages of what happened since: one per channel, about everything that waits. Message and place to go on from
 * move in one transaction, so each happening is in one message at most, and in one at all.
 */
export async function gatherAlarms(db: Database, now: Date): Promise<void> {
  const channels = await list(
    db,
    sql<{ id: number }>`
      select c.id
      from alarm_channel c
      where c.is_on and c.next_at <= ${now}
        and exists (select from happening h where h.project_id = c.project_id and h.id > c.after_id)
      order by c.id`,
  )
  for (const { id } of channels) while (await gatherFor(db, id, now));
}

type Waiting = {
  projectId: number
  kinds: string[]
  afterId: number
  quietFrom: number | null
  quietTo: number | null
  timeZone: string
}

/** True when there may be more to look at at once. */
async function gatherFor(db: Database, id: number, now: Date): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const channel = await first(
      tx,
      sql<Waiting>`
        select c.project_id, c.kinds, c.after_id, c.quiet_from, c.quiet_to, p.time_zone
        from alarm_channel c
        join project p on p.id = c.project_id
        where c.id = ${id} and c.is_on and c.next_at <= ${now}
        for update of c`,
    )
    if (!channel) return false
    const happened = await happeningsAfter(tx, channel.projectId, channel.afterId, happeningKinds, perTurn)
    const last = happened.at(-1)
    if (!last) return false
    const wanted = happened.filter(({ kind }) => channel.kinds.includes(kind))
    if (wanted.length > 0 && isQuiet(channel, now) && !wanted.some(({ kind }) => kind === urgent)) return false
    if (wanted.length > 0)
      await sql`
        insert into alarm_message (channel_id, happenings, made_at, due_at)
        values (${id}, ${wanted.map((one) => one.id)}::bigint[], ${now}, ${now})`.execute(tx)
    const nextAt = new Date(now.getTime() + joinMs)
    await sql`
      update alarm_channel
      set after_id = ${last.id}, next_at = case when ${wanted.length > 0} then ${nextAt}::timestamptz else next_at end
      where id = ${id}`.execute(tx)
    return wanted.length === 0 && happened.length === perTurn
  })
}

/** Whether the clocks of the project show an hour in which the channel keeps quiet; the end is not quiet any more. */
export function isQuiet(
  { quietFrom, quietTo, timeZone }: Pick<Waiting, 'quietFrom' | 'quietTo' | 'timeZone'>,
  now: Date,
): boolean {
  if (quietFrom === null || quietTo === null || quietFrom === quietTo) return false
  const wall = new Date(toWall(now.getTime(), timeZone))
  const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes()
  return quietFrom < quietTo ? minute >= quietFrom && minute < quietTo : minute >= quietFrom || minute < quietTo
}
