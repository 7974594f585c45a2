import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import type { Post } from '../posts/post.ts'
import { lightly } from './removal.ts'

export type Asked = { project: number; id: string }

/**
 * Takes the topics off mentions whose text is another one now, so that saving them gives the topics of the new text
 * alone. `project` is that of the source, null for a source of all. Returns those that are mentions because a topic asked
 * for them, also where it was interrupted after taking the topics; what somebody imported is kept without any.
 */
export async function decideTopicsAnew(
  clickhouse: Clickhouse,
  project: number | null,
  ids: string[],
): Promise<Asked[]> {
  if (ids.length === 0) return []
  const where = `id in {ids:Array(String)} ${project === null ? '' : 'and project_id = {project:UInt32}'}`
  const params = { ids, project: project ?? 0 }
  const asked = await clickhouse.rows<Asked>(
    `select project_id as project, id from mention final where ${where} and (notEmpty(topics) or source_id is not null)`,
    params,
  )
  if (asked.length > 0)
    await clickhouse.command(
      `update mention set topics = [], negative_topics = [], positive_topics = [] where ${where} and notEmpty(topics)`,
      params,
    )
  return asked
}

/**
 * After they were saved: those that no topic asks for any more leave the mentions, for the archive has them now. Returns
 * the ones that stay because somebody has worked on them; their text still has to be told.
 */
export async function dropUnasked(clickhouse: Clickhouse, asked: Asked[]): Promise<Asked[]> {
  if (asked.length === 0) return []
  const params = { ids: asked.map(({ id }) => id), projects: asked.map(({ project }) => project) }
  const where = 'project_id in {projects:Array(UInt32)} and id in {ids:Array(String)} and empty(topics)'
  const untouched = 'ticket is null and empty(tags) and not important and empty(corrected)'
  const left = await clickhouse.rows<Asked & { isUntouched: boolean }>(
    `select project_id as project, id, ${untouched} as isUntouched from mention final where ${where}`,
    params,
  )
  if (left.some(({ isUntouched }) => isUntouched))
    await clickhouse.command(`delete from mention where ${where} and ${untouched} ${lightly}`, params)
  return left.flatMap(({ project, id, isUntouched }) => (isUntouched ? [] : [{ project, id }]))
}

/** Of edited posts that are mentions now, the copy in the archive is taken out, for it says what nobody says any more. */
export async function leaveArchive(clickhouse: Clickhouse, project: number | null, ids: string[]): Promise<void> {
  if (ids.length === 0) return
  const params = { ids, project: project ?? 0 }
  const where = 'id in {ids:Array(String)} and project_id = {project:UInt32}'
  const both = await clickhouse.rows<{ id: string }>(
    `select distinct id from archive where ${where} and id in (select id from mention where id in {ids:Array(String)})`,
    params,
  )
  if (both.length > 0)
    await clickhouse.command(`delete from archive where ${where} ${lightly}`, {
      ...params,
      ids: both.map(({ id }) => id),
    })
}

/** The ids of those posts that are mentions with another text or title. */
export async function findChanged(clickhouse: Clickhouse, posts: Post[]): Promise<string[]> {
  if (posts.length === 0) return []
  const rows = await clickhouse.rows<{ id: string; title: string; text: string }>(
    'select distinct id, title, text from mention final where id in {ids:Array(String)}',
    { ids: posts.map(({ id }) => id) },
  )
  const saved = new Map(rows.map((row) => [row.id, row]))
  return posts.flatMap(({ id, title, text }) => {
    const row = saved.get(id)
    return row && (row.text !== text.trim() || row.title !== (title ?? '').trim()) ? [id] : []
  })
}
