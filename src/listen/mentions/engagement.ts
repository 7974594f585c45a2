import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment, readMoment } from '../../base/clickhouse/moment.ts'
import type { Post } from '../posts/post.ts'

/** Null: the platform does not tell. */
export type Counted = { at: Date } & Pick<Post, 'likes' | 'shares' | 'comments' | 'views'>

/** Keeps what was counted at one moment; the same moment again changes nothing. Posts without any count leave no trace. */
export async function saveEngagement(clickhouse: Clickhouse, posts: Post[], at: Date): Promise<void> {
  const rows = posts
    .filter(({ likes, shares, comments, views }) => (likes ?? shares ?? comments ?? views) !== null)
    .map(({ id, likes, shares, comments, views }) => ({ id, seen_at: moment(at), likes, shares, comments, views }))
  await clickhouse.insert('engagement', rows)
}

/** The series of a post, oldest first. */
export async function listEngagement(clickhouse: Clickhouse, id: string): Promise<Counted[]> {
  const rows = await clickhouse.rows<Omit<Counted, 'at'> & { seen_at: string }>(
    `select seen_at, likes, shares, comments, views from engagement final where id = {id:String} order by seen_at`,
    { id },
  )
  return rows.map(({ seen_at, ...counts }) => ({ at: readMoment(seen_at), ...counts }))
}

export type Due = { id: string; source: number }

/** Mentions of these sources whose age passed one of the marks, in milliseconds, between two moments. */
export async function listDueForRefresh(
  clickhouse: Clickhouse,
  sources: number[],
  { after, until, ages }: { after: Date; until: Date; ages: readonly number[] },
): Promise<Due[]> {
  if (sources.length === 0) return []
  const bounds = ages.map((age) => [moment(new Date(after.getTime() - age)), moment(new Date(until.getTime() - age))])
  const passed = bounds.map(
    (_, at) => `posted_at > {after_${at}:DateTime64(3)} and posted_at <= {until_${at}:DateTime64(3)}`,
  )
  const params = Object.fromEntries(
    bounds.flatMap(([from, to], at) => [
      [`after_${at}`, from],
      [`until_${at}`, to],
    ]),
  )
  return clickhouse.rows<Due>(
    `select id, assumeNotNull(any(source_id)) as source
     from mention
     where source_id in {sources:Array(UInt32)} and (${passed.join(' or ')})
     group by id
     order by id`,
    { ...params, sources },
  )
}
