import type { Clickhouse, SqlParams } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { UserError } from '../../base/errors.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { evaluate } from '../match/evaluate.ts'
import { nowhere, readInProject, type Surroundings } from '../query/in-project.ts'
import { asksFor, type Query } from '../query/query.ts'
import { compileSql } from '../query/sql.ts'
import { fromRow, mentionColumns, type MentionRow } from './mention.ts'
import { clusterSizes } from './read.ts'

export const marks = ['unread', 'important', 'judged', 'unsure'] as const
export type Mark = (typeof marks)[number]

/** What a post is besides its tonality; the columns are called so. */
export const signs = ['complaint', 'toxic', 'spam'] as const
export type Sign = (typeof signs)[number]

/** An SQL array of those that hold; where nobody found out, a sign does not hold. */
export const signsHere = `arrayFilter(sign -> sign != '', [${signs.map((sign) => `if(ifNull(${sign}, false), '${sign}', '')`).join(', ')}])`

const marked: { [mark in Mark]: string } = {
  unread: 'not read',
  important: 'important',
  judged: "has(corrected, 'sentiment')",
  unsure: "sentiment = '' and sentiment_confidence is not null",
}

/** What people narrow every list, count and chart by. Lists mean "any of these"; null and absent mean "all". */
export type MentionFilter = {
  q?: string | undefined
  /** What `q` means something by; without it outside of any project. */
  surroundings?: Surroundings | undefined
  from?: Date | undefined
  to?: Date | undefined
  topic?: number[] | undefined
  media?: string[] | undefined
  platform?: string[] | undefined
  source?: string[] | undefined
  sourceId?: number[] | undefined
  lang?: string[] | undefined
  kind?: string[] | undefined
  tag?: string[] | undefined
  author?: string | undefined
  cluster?: string | undefined
  status?: string[] | undefined
  sentiment?: string[] | undefined
  stage?: string[] | undefined
  emotion?: string[] | undefined
  /** Categories of the project, by name. */
  category?: string[] | undefined
  sign?: Sign[] | undefined
  /** Leaves out mentions of which one of these is known to hold; what nobody found out stays. */
  without?: Sign[] | undefined
  /** Also `judged`: by a person, and `unsure`: left to one. */
  mark?: Mark | undefined
}

/**
 * An SQL condition over `mention final` that selects exactly the wanted mentions of one project. `scan` selects the same
 * over `mention` without `final`, which would read the words of every row: there a mention that two processes saved at
 * the same moment comes twice, so whoever uses it counts ids and not rows. `positional`: it is worth asking only once.
 */
export type Condition = { where: string; params: SqlParams; scan?: string; positional?: boolean }

/**
 * Turns a filter into a condition that is exact: what SQL cannot decide by itself is decided here by the matcher
 * on the mentions that SQL leaves over. Throws UserError when the query has an error.
 */
export async function resolveFilter(
  clickhouse: Clickhouse,
  project: number,
  filter: MentionFilter,
): Promise<Condition> {
  const plain = plainCondition(project, filter)
  const query = queryOf(filter)
  if (!query) return plain
  const compiled = compileSql(query)
  const scan = `${plain.where} and (${compiled.where})`
  const params = { ...plain.params, ...compiled.params }
  const narrowed = {
    where: `${plain.where} and (posted_at, id) in (select posted_at, id from mention where ${scan})`,
    params,
    scan,
    positional: compiled.positional,
  }
  if (compiled.exact) return narrowed
  const ids: string[] = []
  for await (const rows of pages(clickhouse, 'mention', narrowed)) {
    const sizes = asksFor(query, 'cluster_size') ? await clusterSizes(clickhouse, project, clustersOf(rows)) : null
    for (const row of rows) if (matches(query, row, sizes)) ids.push(row.id)
  }
  return { where: `${plain.where} and id in {f_ids:Array(String)}`, params: { ...plain.params, f_ids: ids } }
}

/** The filter without its query. */
export function plainCondition(project: number, filter: MentionFilter): Condition {
  const parts = ['project_id = {f_project:UInt32}']
  const params: SqlParams = { f_project: project }
  const add = (part: string, name: string, value: unknown) => {
    parts.push(part)
    params[name] = value
  }
  if (filter.from) add('posted_at >= {f_from:DateTime64(3)}', 'f_from', moment(filter.from))
  if (filter.to) add('posted_at < {f_to:DateTime64(3)}', 'f_to', moment(filter.to))
  if (filter.topic) add('hasAny(topics, {f_topic:Array(UInt32)})', 'f_topic', filter.topic)
  for (const column of ['media', 'platform', 'source', 'lang', 'kind', 'sentiment', 'stage'] as const) {
    const values = filter[column]
    if (values)
      add(
        `${column} in {f_${column}:Array(String)}`,
        `f_${column}`,
        values.map((value) => (value === 'unknown' ? '' : value)),
      )
  }
  if (filter.sourceId) add('source_id in {f_source_id:Array(UInt32)}', 'f_source_id', filter.sourceId)
  if (filter.tag) add('hasAny(tags, {f_tag:Array(String)})', 'f_tag', filter.tag)
  if (filter.emotion) add('hasAny(emotions, {f_emotion:Array(String)})', 'f_emotion', filter.emotion)
  if (filter.category) add('hasAny(categories, {f_category:Array(String)})', 'f_category', filter.category)
  if (filter.sign) parts.push(`(${filter.sign.map((sign) => `ifNull(${sign}, false)`).join(' or ')})`)
  for (const sign of filter.without ?? []) parts.push(`not ifNull(${sign}, false)`)
  if (filter.author) add('author_id = {f_author:String}', 'f_author', filter.author)
  if (filter.cluster) add('cluster = {f_cluster:String}', 'f_cluster', filter.cluster)
  if (filter.status)
    add(
      'status in {f_status:Array(String)}',
      'f_status',
      filter.status.map((value) => (value === 'none' ? '' : value)),
    )
  if (filter.mark) parts.push(marked[filter.mark])
  return { where: parts.join(' and '), params }
}

/** The filter's query as a tree; null when it has none. Throws UserError when it has an error. */
export function queryOf(filter: MentionFilter): Query | null {
  if (!filter.q?.trim()) return null
  const { query, problems } = readInProject(filter.q, filter.surroundings ?? nowhere)
  const broken = problems.find((problem) => problem.severity === 'error')
  if (broken)
    throw new UserError(broken.message.en, {
      key: 'query-broken',
      values: { problem: broken.key, ...broken.message },
      field: 'q',
    })
  return query
}

/** Whether a stored mention matches, decided by the same code that decides about arriving posts. */
function clustersOf(rows: MentionRow[]): string[] {
  return rows.map(({ cluster }) => cluster)
}

function matches(query: Query, row: MentionRow, sizes: Map<string, number> | null): boolean {
  const mention = { ...fromRow(row), ...(sizes && { clusterSize: sizes.get(row.cluster) ?? null }) }
  return evaluate(query, mention, analysePost(mention)) !== null
}

const pageSize = 5_000

/** All rows of a condition, newest first, page by page and by key, so that a long answer is never held whole. */
export async function* pages(
  clickhouse: Clickhouse,
  table: 'mention' | 'archive',
  condition: Condition,
): AsyncGenerator<MentionRow[]> {
  let after: { at: string; id: string } | null = null
  for (;;) {
    const rows: MentionRow[] = await clickhouse.rows<MentionRow>(
      `select ${mentionColumns}
       from ${table} final
       where ${condition.where} ${after ? 'and (posted_at, id) < ({after_at:DateTime64(3)}, {after_id:String})' : ''}
       order by posted_at desc, id desc
       limit ${pageSize}`,
      { ...condition.params, ...(after ? { after_at: after.at, after_id: after.id } : {}) },
    )
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (rows.length < pageSize || !last) return
    after = { at: last.posted_at, id: last.id }
  }
}
