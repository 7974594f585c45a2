import { sql } from 'kysely'
import { analyse, type Analysis } from '../../base/text/analyse.ts'
import { list, type Database } from '../../base/postgres/postgres.ts'
import type { ArticleKind } from './article.ts'
import { rankByFullText, searchConfig } from './full-text.ts'
import { nearest, type Embeds } from './meaning.ts'
import type { Entry, KnowledgeIndex } from './project-index.ts'

/** What may answer a question, and why we think so. */
export type Suggestion<Kind extends string = ArticleKind> = {
  articleId: number
  lang: string
  kind: Kind
  isPublic: boolean
  title: string
  /** From 0 to 1: how much of what the question says the article says too; of one found by meaning alone its nearness. */
  score: number
  /** The part of the article that has most of the words of the question. */
  excerpt: string
  /** The words they share: in the question as they are written there, and where they stand in the excerpt and the title. */
  why: {
    words: string[]
    inExcerpt: Place[]
    inTitle: Place[]
    /** How near they are in meaning, from 0 to 1, where that stands out; null: it does not, or no model compares. */
    meaning: number | null
  }
}
type Place = { start: number; end: number }

export type Asked = {
  text: string
  /** Null: unknown; the letters tell enough for finding words. */
  lang: string | null
  limit: number
  /** Only what everybody may read. */
  publicOnly?: boolean
  /** Also asks the model, where one is set: for one question of a member, never for strangers or for many at once. */
  byMeaning?: boolean
  /** Drafts too, for whoever searches to edit. */
  draftsToo?: boolean
}

/**
 * The articles, agreed answers and canned parts that are nearest to a question, best first. An article that shares no
 * telling word with it, or too little of all it says, is left out, unless a model finds it near in meaning; of one article
 * the language that fits best stays.
 */
export async function suggest<Kind extends string>(
  db: Database,
  index: KnowledgeIndex<Kind>,
  project: number,
  asked: Asked,
): Promise<Suggestion<Kind>[]> {
  const lang = asked.lang ?? (/\p{Script=Cyrillic}/u.test(asked.text) ? 'ru' : 'en')
  const question = analyse(asked.text.slice(0, longestQuestion), { lang })
  const { words, entries, keyOf, vectors } = await index.of(project)
  if (words.size === 0 || question.words.length === 0) return []
  const telling = await tellingStems(db, question, lang)
  if (telling.size === 0) return []

  const similar = words.find(question, candidates)
  const rarest = [...telling].toSorted((one, other) => words.rarityOf(other[0]) - words.rarityOf(one[0]))
  const ranked = await rankByFullText(
    db,
    index.shelf.searchable(project),
    { words: rarest.slice(0, mostWords).map(([, folded]) => folded), lang },
    candidates,
  )
  const atLeast = words.size < fewest ? 0 : least
  const scores = new Map(similar.filter(({ score }) => score >= atLeast).map(({ id, score }) => [id, score]))
  const bestRank = ranked[0]?.rank ?? 0
  for (const { articleId, lang: of, rank } of ranked) {
    const key = keyOf.get(`${articleId} ${of}`)
    const score = key === undefined ? undefined : scores.get(key)
    if (key === undefined || score === undefined) continue
    scores.set(key, score + (fullTextWeight * rank) / bestRank)
  }

  const byWords = [...scores].toSorted(([, one], [, other]) => other - one).map(([key]) => key)
  const near = await nearInMeaning(asked.byMeaning ? index.model : null, vectors, asked.text, keyOf)
  const inLetters = [...telling.keys()].filter((stem) => /\p{L}/u.test(stem)).length
  const fewestShared = words.size < fewest ? Math.min(mostAsked, Math.ceil(inLetters / 4)) : 0
  const found: Suggestion<Kind>[] = []
  for (const key of fuse(byWords, [...near.keys()])) {
    if (found.length === asked.limit) break
    const entry = entries.get(key)
    if (!entry || (entry.state === 'draft' && !asked.draftsToo)) continue
    if (asked.publicOnly && !(entry.isPublic && entry.state === 'ready')) continue
    if (found.some(({ articleId }) => articleId === entry.articleId)) continue
    const explained = explain(entry, question, telling)
    const meaning = near.get(key) ?? null
    const shared = explained.why.words.filter((word) => /\p{L}/u.test(word)).length
    if ((explained.why.words.length === 0 || shared < fewestShared) && meaning === null) continue
    const { articleId, kind, isPublic } = entry
    found.push({
      ...{ articleId, lang: entry.lang, kind, isPublic },
      ...explained,
      why: { ...explained.why, meaning },
      score: scores.has(key) ? scores.get(key)! / (1 + fullTextWeight) : (meaning ?? 0),
    })
  }
  return found
}

/** The texts that are near in meaning, nearest first; none where no model is set or it does not answer at once. */
async function nearInMeaning(
  model: Embeds | null,
  vectors: Map<string, Float32Array>,
  text: string,
  keyOf: Map<string, number>,
): Promise<Map<number, number>> {
  if (model === null || vectors.size === 0) return new Map()
  const embedded = await model.embed([text.slice(0, longestQuestion).toWellFormed()], patienceMs)
  const question = embedded?.[0]
  if (!question) return new Map()
  return new Map(
    nearest(vectors, question)
      .slice(0, candidates)
      .flatMap(({ name, cosine }) => {
        const key = keyOf.get(name)
        return key === undefined ? [] : [[key, Math.max(0, cosine)] as const]
      }),
  )
}

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): what both find stands first, and neither's scale matters. */
function fuse(one: number[], other: number[]): number[] {
  const points = new Map<number, number>()
  for (const ranked of [one, other])
    for (const [at, key] of ranked.entries()) points.set(key, (points.get(key) ?? 0) + 1 / (60 + at + 1))
  return [...points].toSorted(([, a], [, b]) => b - a).map(([key]) => key)
}

/** A person waits for suggestions; without the model they come by words at once. */
const patienceMs = 400
const longestQuestion = 2000
const candidates = 40
/**
 * What is less similar is no answer. Of questions of banking customers 98 % are nearer to their article, and of tweets to
 * airlines 95 % are farther from every one of those articles (docs/measured/suggestions.md).
 */
const least = 0.1
/**
 * Of fewer texts chance decides which words are rare, so that the measure says little: there a quarter of the telling words
 * has to be shared, and of a long question this many. Figures share too easily to count.
 */
const fewest = 50
const mostAsked = 4
/** Words that PostgreSQL is asked for; more of them would rank nearly every article. */
const mostWords = 8
/** How much PostgreSQL's rank says beside the similarity of our own, which goes from 0 to 1 (bench/suggestions.ts). */
const fullTextWeight = 0.1

/** The word forms of a question that say something, with the word as it is looked for; PostgreSQL knows which ones never do. */
async function tellingStems(db: Database, { words }: Analysis, lang: string): Promise<Map<string, string>> {
  const stems = new Map<string, string>()
  for (const { stems: all, folded } of words) if (/[\p{L}\p{N}]/u.test(folded)) stems.set(all[0] ?? folded, folded)
  const kept = await list(
    db,
    sql<{ word: string }>`
      select word from unnest(${[...new Set(stems.values())]}::text[]) word
      where to_tsvector(${searchConfig(lang)}::regconfig, word) <> ''`,
  )
  const known = new Set(kept.map(({ word }) => word))
  return new Map([...stems].filter(([, folded]) => known.has(folded)))
}

type Explained = Pick<Suggestion, 'title' | 'excerpt'> & { why: Omit<Suggestion['why'], 'meaning'> }

function explain(
  { title, plain, lang }: Pick<Entry, 'title' | 'plain' | 'lang'>,
  question: Analysis,
  telling: Map<string, string>,
): Explained {
  const inTitle = placesOf(title, lang, telling)
  const lines = plain.split('\n')
  const read = lines.map((line) => placesOf(line, lang, telling))
  const counts = read.map((places) => new Set(places.map(({ stem }) => stem)).size)
  const best = Math.max(0, counts.indexOf(Math.max(...counts)))
  const { excerpt, places } = shorten(lines[best] ?? '', read[best] ?? [])
  const shared = new Set([...inTitle, ...read.flat()].map(({ stem }) => stem))
  const words = new Map<string, string>()
  for (const { stems, written, folded } of question.words) {
    const stem = stems[0] ?? folded
    if (shared.has(stem) && !words.has(stem)) words.set(stem, written)
  }
  return {
    title,
    excerpt,
    why: { words: [...words.values()], inExcerpt: places.map(place), inTitle: inTitle.map(place) },
  }
}

type Lit = Place & { stem: string }

function placesOf(text: string, lang: string, telling: Map<string, string>): Lit[] {
  const { words, starts, ends } = analyse(text, { lang })
  return words.flatMap(({ stems, folded }, at) => {
    const stem = stems[0] ?? folded
    return telling.has(stem) ? [{ start: starts[at]!, end: ends[at]!, stem }] : []
  })
}

/** A piece around the first shared word, cut at blanks. */
function shorten(line: string, places: Lit[]): { excerpt: string; places: Lit[] } {
  if (line.length <= longestExcerpt) return { excerpt: line, places }
  const first = places[0]?.start ?? 0
  const blank = first > 80 ? line.indexOf(' ', first - 80) : -1
  const from = blank >= 0 && blank < first ? blank + 1 : first > 80 ? first : 0
  const cut = line.lastIndexOf(' ', from + longestExcerpt)
  const to = from + longestExcerpt >= line.length ? line.length : cut > from ? cut : from + longestExcerpt
  const [head, tail] = [from > 0 ? '… ' : '', to < line.length ? ' …' : '']
  const move = head.length - from
  return {
    excerpt: head + line.slice(from, to) + tail,
    places: places
      .filter(({ start, end }) => start >= from && end <= to)
      .map((lit) => ({ ...lit, start: lit.start + move, end: lit.end + move })),
  }
}

const longestExcerpt = 280

function place({ start, end }: Place): Place {
  return { start, end }
}
