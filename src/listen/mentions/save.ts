import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { moment } from '../../base/clickhouse/moment.ts'
import { decodeRow } from '../../base/clickhouse/read-row-binary.ts'
import { appendTexts, pickRows } from '../../base/clickhouse/row-binary.ts'
import { analysePost } from '../../base/text/analyse.ts'
import { storedWords } from '../../base/text/stored-words.ts'
import {
  mentionColumns,
  mentionTypes,
  pack,
  wordTypes,
  type MentionRow,
  type NewMention,
  type toRow,
} from './mention.ts'
import { PageWriter, spell, type MentionPage, type SpelledRow } from './page.ts'
import { saveSpellings } from './spellings.ts'

export type Saved = { added: number; changed: number; same: number }

/**
 * Saves mentions of any projects. Afterwards each is there exactly once, however often it is saved: a mention that is
 * already there keeps its moment, its tags, marks, ticket and corrections, takes over what the platform says anew
 * (text, counts), and is left alone when nothing differs.
 */
export async function saveMentions(clickhouse: Clickhouse, mentions: NewMention[]): Promise<Saved> {
  const writer = new PageWriter(clickhouse)
  for (const mention of mentions) writer.add(mention)
  const { page, kept } = writer.take()
  const saved = await savePage(clickhouse, 'mention', page)
  kept()
  return saved
}

/** The same for a page that is already written down; `archive` holds posts that no topic asked for, and forgets them. */
export async function savePage(clickhouse: Clickhouse, table: Table, page: MentionPage): Promise<Saved> {
  const added: number[] = []
  const all = appendTexts(page.rows, page.clusters)
  const saved: Saved = { added: 0, changed: 0, same: 0 }
  for (const [project, rows] of Map.groupBy(page.ids.keys(), (row) => page.projects[row]!)) {
    // A page may hold an item twice; the later one is the newer state of it.
    const newest = new Map(rows.map((row) => [page.ids[row]!, row]))
    const there = await findRows(clickhouse, table, project, [...newest.keys()])
    const changed: Joined[] = []
    for (const [id, row] of newest) {
      const old = there.get(id)
      const joined = old && join(old, { ...(decodeRow(mentionTypes, all, row) as Written), spelled: [] })
      if (!old) added.push(row)
      else if (joined) changed.push(joined)
      else saved.same++
    }
    await update(clickhouse, table, project, changed)
    saved.changed += changed.length
  }
  // A word is known before the mention that has it, so that a wildcard never misses one.
  await saveSpellings(clickhouse, page.spelled)
  const rows = added.length === page.ids.length ? all : pickRows(all, added)
  await clickhouse.insertRows(table, mentionTypes, rows, added.length < mostIndexed ? [] : ['terms'])
  saved.added = added.length
  return saved
}

// Indexing a large page at once and again with each join of parts costs half of its way in; a small one is soon looked for.
const mostIndexed = 500

type Table = 'mention' | 'archive'
type Row = ReturnType<typeof toRow>
type Written = Omit<Row, 'spelled'>
/** `reread`: the text is another one, or understood as another language. */
type Joined = { row: Row & { packed: string }; reread: boolean }

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

/** What the platform may change about a mention after we saved it. */
const theirs = [
  'source',
  'media',
  'kind',
  'url',
  'title',
  'text',
  'lang',
  'parent',
  'root',
  'author_name',
  'author_handle',
  'author_bio',
  'author_followers',
  'author_verified',
  'author_bot',
  'likes',
  'shares',
  'comments',
  'views',
  'rating',
  'country',
  'region',
  'city',
  'latitude',
  'longitude',
  'images',
] as const

/** What goes with the pictures, and is left alone where the platform tells nothing of them. */
const beside = ['has'] as const

/** What follows from the topics. */
const ours = ['topics', 'places', 'negative_topics', 'positive_topics', 'place_from', 'place_confidence'] as const

/** What the machine understood of the text; what a person said of it stays. */
const understood = [
  'sentiment',
  'sentiment_confidence',
  'chance_negative',
  'chance_positive',
  'stage',
  'stage_confidence',
  'emotions',
  'complaint',
  'toxic',
  'aspects',
  'quotes',
  'spam',
] as const

/** What follows from the text. Written only with another text: an index knows nothing of rows that were changed in place. */
const read = Object.keys(wordTypes) as (keyof typeof wordTypes)[]

/** The old row with what is newly known; null when that changes nothing. Unknown never replaces known. */
function join(old: MentionRow, fresh: Row): Joined | null {
  const row: Row = { ...fresh, ...old }
  let differs = false
  for (const column of theirs) {
    const value = fresh[column]
    if (value === '' || value === null || value === old[column] || sameRating(value, old[column])) continue
    if (isCorrected(old, column) || (column === 'images' && samePictures(fresh.images, old.images))) continue
    Object.assign(row, { [column]: value })
    differs = true
  }
  for (const column of ['topics', 'negative_topics', 'positive_topics'] as const)
    row[column] = [...new Set([...old[column], ...fresh[column]])].toSorted((a, b) => a - b)
  if (row.topics.length !== old.topics.length) differs = true
  const sameText = row.text === old.text && row.title === old.title
  row.places = JSON.stringify({
    ...(sameText && old.places !== '' ? JSON.parse(old.places) : {}),
    ...JSON.parse(fresh.places),
  })
  if (!differs) return null
  if (fresh.images !== '') Object.assign(row, { images: fresh.images, has: fresh.has })
  const reread = !sameText || row.lang !== old.lang
  if (reread) {
    Object.assign(row, storedWords(analysePost(row)))
    for (const column of understood) if (!isCorrected(old, column)) Object.assign(row, { [column]: fresh[column] })
  }
  return { row: { ...row, packed: pack(row) }, reread }
}

// A corrected tonality takes its chances with it.
function isCorrected({ corrected }: MentionRow, column: keyof MentionRow): boolean {
  if (column === 'country' || column === 'region' || column === 'city') return corrected.includes('place')
  if (column.startsWith('sentiment') || column.startsWith('chance')) return corrected.includes('sentiment')
  return column.startsWith('stage') && corrected.includes('stage')
}

// The column keeps 32 bits of a rating such as 4.7.
function sameRating(a: unknown, b: unknown): boolean {
  return typeof a === 'number' && typeof b === 'number' && Math.fround(a) === Math.fround(b)
}

/**
 * Platforms sign the addresses of their pictures anew with every answer, so what follows the question mark makes no difference by
 * itself; it is taken over with the next thing that does.
 */
function samePictures(fresh: string, old: string): boolean {
  const unsigned = (images: string) =>
    JSON.stringify((JSON.parse(images) as [string, string | null][]).map(([url, alt]) => [url.split('?')[0], alt]))
  return old === '' ? fresh === '[]' : unsigned(fresh) === unsigned(old)
}

/**
 * Changes only these columns, so that a tag or a ticket given at the same moment by a person is not taken back,
 * which writing the whole row anew would do.
 */
async function update(clickhouse: Clickhouse, table: Table, project: number, changed: Joined[]): Promise<void> {
  for (const [reread, some] of Map.groupBy(changed, (joined) => joined.reread)) {
    const rows = some.map(({ row }) => row)
    if (reread) await saveSpellings(clickhouse, spelledIn(rows))
    const known = ['packed', ...theirs, ...beside, ...ours] as const
    const columns = reread ? [...known, ...understood, ...read] : [...known]
    for (let from = 0; from < rows.length; from += 200)
      await updateColumns(clickhouse, table, project, rows.slice(from, from + 200), columns)
  }
}

function spelledIn(rows: Row[]): SpelledRow[] {
  return rows.flatMap((row) => row.spelled.map(spell))
}

async function updateColumns(
  clickhouse: Clickhouse,
  table: Table,
  project: number,
  rows: Joined['row'][],
  columns: (keyof typeof changeTypes)[],
): Promise<void> {
  const params: { [name: string]: unknown } = { project, ids: rows.map((row) => row.id) }
  for (const name of columns) params[`new_${name}`] = rows.map((row) => unpacked(row[name]))
  const sets = columns.map(
    (name) => `${name} = {new_${name}:Array(${changeTypes[name]})}[indexOf({ids:Array(String)}, id)]`,
  )
  await clickhouse.command(
    `update ${table} set ${sets.join(', ')} where project_id = {project:UInt32} and id in {ids:Array(String)}`,
    params,
  )
}

const changeTypes = { ...mentionTypes, packed: 'String' } as const

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
