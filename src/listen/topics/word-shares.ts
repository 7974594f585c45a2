import type { Clickhouse } from '../../base/clickhouse/clickhouse.ts'
import { guessedShareOf, type ShareOf, type WordPart } from '../query/cost.ts'
import { lettersApart } from '../query/fields.ts'
import { askedFor } from '../query/sql-words.ts'
import { foldPattern, isLike, termsOf } from '../query/terms.ts'

/** How common words are in what reaches a project. `posts`: counted in so many; null when there are too few, and shares are guessed. */
export type WordShares = { shareOf: ShareOf; posts: number | null }

/** Of each table. More would hardly move the share of a word that makes a query dear, and take longer than somebody types. */
const mostPosts = 10_000
/** With fewer, a word that one post in a hundred has may be missing by chance. */
const fewestPosts = 1_000
/** Seen less often, a share says little more than that the word is rare. */
const fewestSeen = 3
const freshMs = 3_600_000
/** An installation may have hundreds of projects, and few write queries at once; one takes some 3 MB. */
const mostKnown = 8
/** Patterns without a beginning, and misspellings, are compared with every counted word; of a query with more, the rest is guessed. */
const mostScans = 32

type Counted = {
  posts: number
  /** Shares of words and stems by their terms. */
  terms: ReadonlyMap<string, number>
  /** Words as written, sorted, and their shares. */
  words: readonly (readonly [string, number])[]
}
type Known = Map<number, { at: number; counted: Promise<Counted> }>
const known = new WeakMap<Clickhouse, Known>()

/**
 * Counted in the newest posts that the project's queries can find, its own mentions and the archive, at most an hour ago: what
 * other projects have says nothing here. What stands in fewer than three of them counts as that rare, or as rarer where its length
 * lets one guess so. For one query.
 */
export async function wordSharesOf(clickhouse: Clickhouse, project: number, now: Date): Promise<WordShares> {
  const counted = await countedFor(clickhouse, project, now)
  if (counted.posts < fewestPosts) return { shareOf: guessedShareOf, posts: null }
  const scans = { left: mostScans }
  return { shareOf: (part) => shareOf(part, counted, scans), posts: counted.posts }
}

function countedFor(clickhouse: Clickhouse, project: number, now: Date): Promise<Counted> {
  const projects = known.get(clickhouse) ?? (new Map() as Known)
  known.set(clickhouse, projects)
  const before = projects.get(project)
  if (before && now.getTime() - before.at < freshMs) return before.counted
  const counted = count(clickhouse, project)
  projects.delete(project)
  projects.set(project, { at: now.getTime(), counted })
  counted.catch(() => projects.delete(project))
  if (projects.size > mostKnown) projects.delete(projects.keys().next().value!)
  return counted
}

async function count(clickhouse: Clickhouse, project: number): Promise<Counted> {
  const newest = (table: string, of: string) =>
    `select * from (select id, terms from ${table} where project_id = ${of} order by posted_at desc limit ${mostPosts})`
  // The term of no letters is in every post. Stems have no spelling.
  const rows = await clickhouse.rows<{ term: string; posts: number; word: string }>(
    `select counted.term as term, counted.posts as posts, word.word as word
     from word
     right join (
       select arrayJoin(arrayPushBack(arrayDistinct(terms), toFixedString('', 8))) as term, count() as posts
       from (
         select id, terms
         from (${newest('mention', '{project:UInt32}')} union all ${newest('archive', '0')})
         limit 1 by id
       )
       group by term
       having posts >= ${fewestSeen}
     ) as counted on word.term = counted.term`,
    { project },
  )
  const posts = rows.find(({ term }) => term.startsWith('\0'))?.posts ?? 0
  const words = new Map(rows.flatMap((row) => (row.word === '' ? [] : [[row.word, row.posts / posts] as const])))
  return {
    posts,
    terms: new Map(rows.map((row) => [row.term, row.posts / posts])),
    words: [...words].toSorted(([a], [b]) => (a < b ? -1 : 1)),
  }
}

function shareOf(part: WordPart, { posts, terms, words }: Counted, scans: { left: number }): number {
  const counted = (share: number) =>
    share > 0 ? Math.min(1, share) : Math.min(fewestSeen / posts, guessedShareOf(part))
  if (part.kind === 'wildcard') {
    const { folded } = foldPattern(part.pattern, 'forms')
    const beginning = /^[^*?]*/.exec(folded)![0]
    if (beginning === '' && scans.left-- <= 0) return guessedShareOf(part)
    return counted(sumOf(words, beginning, (word) => isLike(folded, word)))
  }
  if (part.kind === 'fuzzy') {
    const { folded } = foldPattern(part.text, 'forms')
    if (scans.left-- <= 0) return guessedShareOf(part)
    return counted(sumOf(words, '', (word) => lettersApart(folded, word, part.letters) <= part.letters))
  }
  const form = part.kind === 'word' ? part.form : part.kind === 'phrase' ? part.forms : 'any'
  const each = termsOf(part.text, form, 'forms').map((term) =>
    askedFor(term).keys.reduce((sum, key) => sum + (terms.get(key.term) ?? 0), 0),
  )
  return counted(Math.min(1, ...each))
}

/** Of the words that begin so and fit; as if no two of them were in one post. */
function sumOf(words: Counted['words'], beginning: string, fits: (word: string) => boolean): number {
  let [from, to] = [0, words.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (words[middle]![0] < beginning) from = middle + 1
    else to = middle
  }
  let sum = 0
  for (; from < words.length && sum < 1 && words[from]![0].startsWith(beginning); from++) {
    const [word, share] = words[from]!
    if (fits(word)) sum += share
  }
  return sum
}
