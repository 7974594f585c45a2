import { moment, type Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { mentionColumns, toRow, type MentionRow, type NewMention } from './mention.ts'

export type Saved = { added: number; changed: number; same: number }

/**
 * Saves mentions of any projects. Afterwards each is there exactly once, however often it is saved: a mention that is
 * already there keeps its moment, its tags, marks, ticket and corrections, takes over what the platform says anew
 * (text, counts), and is left alone when nothing differs.
 */
export async function saveMentions(clickhouse: Clickhouse, mentions: NewMention[]): Promise<Saved> {
  return save(clickhouse, 'mention', mentions)
}

/** Saves posts that no topic asked for. They forget themselves after the configured number of days. */
export async function saveToArchive(clickhouse: Clickhouse, posts: NewMention[]): Promise<Saved> {
  return save(clickhouse, 'archive', posts)
}

async function save(clickhouse: Clickhouse, table: 'mention' | 'archive', mentions: NewMention[]): Promise<Saved> {
  const rows: object[] = []
  const saved: Saved = { added: 0, changed: 0, same: 0 }
  for (const [project, ofProject] of Map.groupBy(mentions, (mention) => mention.project)) {
    // A page may hold an item twice; the later one is the newer state of it.
    const newest = new Map(ofProject.map((mention) => [mention.post.id, mention]))
    const there = await findRows(clickhouse, table, project, [...newest.keys()])
    for (const [id, mention] of newest) {
      const fresh = toRow(mention)
      const old = there.get(id)
      if (!old) {
        rows.push(fresh)
        saved.added++
        continue
      }
      const joined = join(old, fresh)
      if (!joined) {
        saved.same++
        continue
      }
      rows.push(joined)
      saved.changed++
    }
  }
  await clickhouse.insert(table, rows)
  return saved
}

async function findRows(clickhouse: Clickhouse, table: string, project: number, ids: string[]): Promise<Map<string, MentionRow>> {
  const rows = await clickhouse.rows<MentionRow>(
    `select ${mentionColumns}
     from ${table}
     where project_id = {project:UInt32} and id in {ids:Array(String)}
     order by version desc
     limit 1 by id`,
    { project, ids },
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** What the platform may change about a mention after we saved it. */
const theirs = [
  'source', 'media', 'kind', 'url', 'title', 'text', 'lang', 'parent', 'root', 'cluster',
  'author_name', 'author_handle', 'author_bio', 'author_followers', 'author_verified',
  'likes', 'shares', 'comments', 'views', 'rating', 'country', 'region', 'city',
] as const

/** The old row with what is newly known; null when that changes nothing. Unknown never replaces known. */
function join(old: MentionRow, fresh: ReturnType<typeof toRow>): object | null {
  const joined: MentionRow = { ...fresh, ...work(old), posted_at: old.posted_at, collected_at: old.collected_at, version: old.version + 1 }
  let differs = false
  for (const column of theirs) {
    if (fresh[column] === '' || fresh[column] === null) Object.assign(joined, { [column]: old[column] })
    else if (fresh[column] !== old[column] && !sameNumber(fresh[column], old[column])) differs = true
  }
  joined.topics = [...new Set([...old.topics, ...fresh.topics])].toSorted((a, b) => a - b)
  if (joined.topics.length !== old.topics.length) differs = true
  if (differs && old.places !== '' && old.places !== fresh.places) {
    joined.places = JSON.stringify({ ...(fresh.text === old.text ? JSON.parse(old.places) : {}), ...JSON.parse(fresh.places) })
  }
  return differs ? joined : null
}

/** What people and our own understanding have added, which a repeated page must not take away. */
function work(old: MentionRow) {
  const { sentiment, sentiment_confidence, stage, aspects, spam, tags, read, important, ticket, status, assignee, first_answer_at } = old
  return { sentiment, sentiment_confidence, stage, aspects, spam, tags, read, important, ticket, status, assignee, first_answer_at }
}

// The column keeps 32 bits of a rating such as 4.7.
function sameNumber(a: unknown, b: unknown): boolean {
  return typeof a === 'number' && typeof b === 'number' && Math.fround(a) === Math.fround(b)
}

/** Takes mentions out for good, from both tables. */
export async function forgetMentions(clickhouse: Clickhouse, project: number, since: Date | null): Promise<void> {
  for (const table of ['mention', 'archive']) {
    await clickhouse.command(
      `delete from ${table} where project_id = {project:UInt32} ${since ? 'and posted_at >= {since:DateTime64(3)}' : ''}`,
      { project, ...(since ? { since: moment(since) } : {}) },
    )
  }
}
