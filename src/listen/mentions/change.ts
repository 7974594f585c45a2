import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { judgedColumns, type JudgedField, type Standing } from './judged-columns.ts'

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

export type Judged = { id: string; columns: Standing; corrected: boolean }

/** Writes what people judged into the columns of a field; `corrected` says whether it is a person's word from now on. */
export async function setCorrected(
  clickhouse: Clickhouse,
  project: number,
  field: JudgedField,
  judged: Judged[],
): Promise<void> {
  const at = 'indexOf({ids:Array(String)}, id)'
  const columns = Object.entries(judgedColumns[field])
  const sets = columns.map(([column, type]) => `${column} = {new_${column}:Array(${type})}[${at}]`)
  sets.push(
    `corrected = if({persons:Array(Bool)}[${at}], arrayDistinct(arrayPushBack(corrected, '${field}')), arrayFilter(name -> name != '${field}', corrected))`,
  )
  await updateMentions(
    clickhouse,
    project,
    judged.map(({ id }) => id),
    sets.join(', '),
    {
      persons: judged.map(({ corrected }) => corrected),
      ...Object.fromEntries(
        columns.map(([column]) => [`new_${column}`, judged.map((one) => one.columns[column] ?? null)]),
      ),
    },
  )
}

/** Replaces the project's own categories of these mentions. */
export async function setCategories(
  clickhouse: Clickhouse,
  project: number,
  given: { id: string; categories: string[] }[],
): Promise<void> {
  const ids = given.map(({ id }) => id)
  const set = 'categories = {given:Array(Array(String))}[indexOf({ids:Array(String)}, id)]'
  if (ids.length > 0)
    await updateMentions(clickhouse, project, ids, set, { given: given.map(({ categories }) => categories) })
}

/** The small copy of the work state that lists and filters need; PostgreSQL holds the truth. */
export async function copyWorkState(
  clickhouse: Clickhouse,
  project: number,
  ids: string[],
  state: { ticket: number | null; status: string | null; assignee: string | null; dueAt: Date | null },
): Promise<void> {
  if (ids.length === 0) return
  await updateMentions(
    clickhouse,
    project,
    ids,
    "ticket = {ticket:Nullable(UInt32)}, status = {status:String}, assignee = {assignee:String}, due_at = {due:Nullable(DateTime64(3, 'UTC'))}",
    {
      ticket: state.ticket,
      status: state.status ?? '',
      assignee: state.assignee ?? '',
      due: state.dueAt === null ? null : moment(state.dueAt),
    },
  )
}

/** When these mentions were first answered by us; an earlier answer stays the first. */
export async function setFirstAnswer(
  clickhouse: Clickhouse,
  project: number,
  answered: { id: string; at: Date }[],
): Promise<void> {
  if (answered.length === 0) return
  const ids = answered.map(({ id }) => id)
  const at = '{at:Array(DateTime64(3))}[indexOf({ids:Array(String)}, id)]'
  await updateMentions(clickhouse, project, ids, `first_answer_at = least(coalesce(first_answer_at, ${at}), ${at})`, {
    at: answered.map((one) => moment(one.at)),
  })
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
