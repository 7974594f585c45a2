import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'

export type Marks = { addTags?: string[]; removeTags?: string[]; read?: boolean; important?: boolean }

/** What people do with mentions in the stream. Seen by the next query; doing it twice changes nothing. */
export async function changeMentions(
  clickhouse: Clickhouse,
  project: number,
  ids: string[],
  marks: Marks,
): Promise<void> {
  const sets: string[] = []
  if (marks.addTags || marks.removeTags) {
    sets.push(
      'tags = arrayDistinct(arrayFilter(tag -> not has({removed:Array(String)}, tag), arrayConcat(tags, {added:Array(String)})))',
    )
  }
  if (marks.read !== undefined) sets.push('read = {read:Bool}')
  if (marks.important !== undefined) sets.push('important = {important:Bool}')
  if (sets.length === 0 || ids.length === 0) return
  await updateMentions(clickhouse, project, ids, sets.join(', '), {
    added: marks.addTags ?? [],
    removed: marks.removeTags ?? [],
    read: marks.read ?? false,
    important: marks.important ?? false,
  })
}

/** The small copy of the work state that lists and filters need; PostgreSQL holds the truth. */
export async function copyWorkState(
  clickhouse: Clickhouse,
  project: number,
  ids: string[],
  state: { ticket: number | null; status: string | null; assignee: string | null },
): Promise<void> {
  if (ids.length === 0) return
  await updateMentions(
    clickhouse,
    project,
    ids,
    'ticket = {ticket:Nullable(UInt32)}, status = {status:String}, assignee = {assignee:String}',
    {
      ticket: state.ticket,
      status: state.status ?? '',
      assignee: state.assignee ?? '',
    },
  )
}

async function updateMentions(
  clickhouse: Clickhouse,
  project: number,
  ids: string[],
  set: string,
  params: { [name: string]: unknown },
): Promise<void> {
  await clickhouse.command(
    `update mention set ${set} where project_id = {project:UInt32} and id in {ids:Array(String)}`,
    { project, ids, ...params },
  )
}
