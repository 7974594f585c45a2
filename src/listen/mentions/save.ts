import { moment, type Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { storedWords } from '../../base/text/stored-words.ts'
import { mentionColumns, toRow, type MentionRow, type NewMention } from './mention.ts'
import { saveSpellings } from './spellings.ts'

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

async function save(clickhouse: Clickhouse, table: Table, mentions: NewMention[]): Promise<Saved> {
  const added: Row[] = []
  const saved: Saved = { added: 0, changed: 0, same: 0 }
  for (const [project, ofProject] of Map.groupBy(mentions, (mention) => mention.project)) {
    // A page may hold an item twice; the later one is the newer state of it.
    const newest = new Map(ofProject.map((mention) => [mention.post.id, mention]))
    const there = await findRows(clickhouse, table, project, [...newest.keys()])
    const changed: Joined[] = []
    for (const [id, mention] of newest) {
      const fresh = toRow(mention)
      const old = there.get(id)
      const joined = old && join(old, fresh)
      if (!old) added.push(fresh)
      else if (joined) changed.push(joined)
      else saved.same++
    }
    await update(clickhouse, table, project, changed)
    saved.changed += changed.length
  }
  // A word is known before the mention that has it, so that a wildcard never misses one.
  await saveSpellings(clickhouse, added)
  await clickhouse.insertPage(table, added, added.length < mostIndexed ? [] : ['terms'])
  saved.added = added.length
  return saved
}

// Indexing a large page at once and again with each join of parts costs half of its way in; a small one is soon looked for.
const mostIndexed = 500

type Table = 'mention' | 'archive'
type Row = ReturnType<typeof toRow>
/** `reread`: the text is another one, or understood as another language. */
type Joined = { row: Row; reread: boolean }

async function findRows(
  clickhouse: Clickhouse,
  table: Table,
  project: number,
  ids: string[],
): Promise<Map<string, MentionRow>> {
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

/** What the platform may change about a mention after we saved it, with the types of its columns. */
const theirs = {
  source: 'String',
  media: 'String',
  kind: 'String',
  url: 'String',
  title: 'String',
  text: 'String',
  lang: 'String',
  parent: 'String',
  root: 'String',
  cluster: 'String',
  author_name: 'String',
  author_handle: 'String',
  author_bio: 'String',
  author_followers: 'Nullable(UInt64)',
  author_verified: 'Nullable(Bool)',
  likes: 'Nullable(UInt64)',
  shares: 'Nullable(UInt64)',
  comments: 'Nullable(UInt64)',
  views: 'Nullable(UInt64)',
  rating: 'Nullable(Float32)',
  country: 'String',
  region: 'String',
  city: 'String',
  latitude: 'Nullable(Float64)',
  longitude: 'Nullable(Float64)',
} as const

/** What follows from the topics. */
const ours = { topics: 'Array(UInt32)', places: 'String' } as const

/** What follows from the text. Written only with another text: an index knows nothing of rows that were changed in place. */
const read = {
  terms: 'Array(FixedString(8))',
  words: 'Array(UInt32)',
  word_at: 'Array(UInt16)',
  stems: 'Array(UInt32)',
  stem_at: 'Array(UInt16)',
  text_at: 'UInt16',
} as const

/** The old row with what is newly known; null when that changes nothing. Unknown never replaces known. */
function join(old: MentionRow, fresh: Row): Joined | null {
  const row: Row = { ...fresh, ...old }
  let differs = false
  for (const column of Object.keys(theirs) as (keyof typeof theirs)[]) {
    const value = fresh[column]
    if (value === '' || value === null || value === old[column] || sameRating(value, old[column])) continue
    Object.assign(row, { [column]: value })
    differs = true
  }
  row.topics = [...new Set([...old.topics, ...fresh.topics])].toSorted((a, b) => a - b)
  if (row.topics.length !== old.topics.length) differs = true
  const sameText = row.text === old.text && row.title === old.title
  row.places = JSON.stringify({
    ...(sameText && old.places !== '' ? JSON.parse(old.places) : {}),
    ...JSON.parse(fresh.places),
  })
  if (!differs) return null
  const reread = !sameText || row.lang !== old.lang
  if (reread) Object.assign(row, storedWords(analysePost(row)))
  return { row, reread }
}

// The column keeps 32 bits of a rating such as 4.7.
function sameRating(a: unknown, b: unknown): boolean {
  return typeof a === 'number' && typeof b === 'number' && Math.fround(a) === Math.fround(b)
}

/**
 * Changes only these columns, so that a tag or a ticket given at the same moment by a person is not taken back,
 * which writing the whole row anew would do.
 */
async function update(clickhouse: Clickhouse, table: Table, project: number, changed: Joined[]): Promise<void> {
  for (const [reread, some] of Map.groupBy(changed, (joined) => joined.reread)) {
    const rows = some.map(({ row }) => row)
    if (reread) await saveSpellings(clickhouse, rows)
    const columns = reread ? { ...theirs, ...ours, ...read } : { ...theirs, ...ours }
    for (let from = 0; from < rows.length; from += 200)
      await updateColumns(clickhouse, table, project, rows.slice(from, from + 200), columns)
  }
}

async function updateColumns(
  clickhouse: Clickhouse,
  table: Table,
  project: number,
  rows: Row[],
  columns: { [column: string]: string },
): Promise<void> {
  const params: { [name: string]: unknown } = { project, ids: rows.map((row) => row.id) }
  const names = Object.keys(columns) as (keyof Row)[]
  for (const name of names) params[`new_${name}`] = rows.map((row) => unpacked(row[name]))
  const sets = names.map((name) => `${name} = {new_${name}:Array(${columns[name]})}[indexOf({ids:Array(String)}, id)]`)
  await clickhouse.command(
    `update ${table} set ${sets.join(', ')} where project_id = {project:UInt32} and id in {ids:Array(String)}`,
    params,
  )
}

/** A value as a parameter is bound; bytes are keys of 8 letters. */
function unpacked(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1').match(/.{8}/g) ?? []
  return ArrayBuffer.isView(value) ? Array.from(value as Uint16Array | Uint32Array) : value
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
