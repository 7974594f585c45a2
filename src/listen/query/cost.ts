import { problem, type Place, type Problem } from './problems.ts'
import { branches, type Query } from './query.ts'

/** The parts of a query that words of a post answer. */
export type WordPart = Extract<Query, { kind: 'word' | 'phrase' | 'within' | 'wildcard' | 'fuzzy' }>

/** Share of posts that probably have the part; of several words, the rarest one's. */
export type ShareOf = (part: WordPart) => number

/** The share of posts with a word of this many letters, where nothing was counted yet: words become rarer with their length. */
export function guessedShare(written: string): number {
  const letters = written.replace(/[*?]/g, '').length
  return Math.min(1, 2 ** (-Math.min(letters, 14) / 1.5) * (letters < written.length ? 6 : 2))
}

/** The same for a part of a query. */
export function guessedShareOf(part: WordPart): number {
  const written = part.kind === 'wildcard' ? [part.pattern] : part.text.split(/\s+/)
  return Math.min(1, ...written.map(guessedShare))
}

/** One part of a query and what it costs. */
export type PartCost = {
  place: Place
  /** Of a million posts, those that have to be looked at for this part. */
  postsPerMillion: number
  /** Patterns without three letters in a row, which every new word of every post is compared with. */
  broad: number
}

/**
 * What a query costs, in looks: how many of a million posts have to be looked at for it. A post is looked at when it has one of
 * the query's rarest necessary words; of an AND the rarest branch decides, of an OR all of them add up, and what only excludes
 * or asks for fields looks at every post. A broad pattern is compared with the words of all posts, which takes as long as
 * `looksPerBroad` looks more.
 */
export type Cost = {
  looks: number
  /** The costliest first. */
  parts: PartCost[]
}

const everyPost = 1_000_000
// Measured on posts of 32 words: a look 0.05 µs, a broad or misspelled word 1 µs a post, characters that no word leads to 25 µs.
const looksPerBroad = 20 * everyPost
const broadsPerRaw = 25

/** `places` tells where the parts of the query were written; parts that were not written count with the one around them. */
export function costOf(query: Query, places: ReadonlyMap<Query, Place>, shareOf: ShareOf): Cost {
  const alone = shareNeeded(query, shareOf) === null
  const parts = clausesOf(query).flatMap((part) => {
    const place = places.get(part)
    const postsPerMillion = Math.round((shareNeeded(part, shareOf) ?? 1) * everyPost)
    return place ? [{ place, postsPerMillion, broad: broadIn(part, alone) }] : []
  })
  const looks = Math.round((shareNeeded(query, shareOf) ?? 1) * everyPost) + broadIn(query, alone) * looksPerBroad
  return { looks, parts: parts.toSorted((a, b) => looksOf(b) - looksOf(a)).slice(0, mostParts) }
}

/** A problem at the costliest part when the query costs more than `limit` looks; it is refused whole, never cut. */
export function tooCostly({ looks, parts: [worst] }: Cost, limit: number): Problem | null {
  return looks > limit && worst
    ? problem('too-costly', worst.place, { looks: Math.ceil(looks / 1e6), limit: limit / 1e6 })
    : null
}

// The costliest parts are what somebody may want to change.
const mostParts = 50

function looksOf({ postsPerMillion, broad }: PartCost): number {
  return postsPerMillion + broad * looksPerBroad
}

export function costWords({ postsPerMillion, broad }: PartCost): { en: string; ru: string } {
  const number = (locale: string) => postsPerMillion.toLocaleString(locale)
  const every = postsPerMillion >= everyPost
  return {
    en: [
      every ? 'every post is looked at' : `${number('en')} of a million posts are looked at`,
      ...(broad > 0 ? [`it is as much work as ${broad} broad ${broad === 1 ? 'pattern' : 'patterns'}`] : []),
    ].join('; '),
    ru: [
      every ? 'просматривается каждая запись' : `из миллиона записей просматривается ${number('ru')}`,
      ...(broad > 0 ? [`работы столько, сколько с широкими шаблонами: ${broad}`] : []),
    ].join('; '),
  }
}

// The operands of the query, and of the ANDs and ORs that it is made of.
function clausesOf(query: Query): Query[] {
  const nested = query.kind === 'and' || query.kind === 'or' ? query.of : []
  return nested.length === 0 ? [query] : nested.flatMap((part) => (isGroup(part) ? clausesOf(part) : [part]))
}

function isGroup(query: Query): boolean {
  return query.kind === 'and' || (query.kind === 'or' && query.of.some((part) => branches(part).length > 0))
}

/** The share of posts that have what the query cannot do without; null when it can do without anything. */
function shareNeeded(query: Query, shareOf: ShareOf): number | null {
  switch (query.kind) {
    case 'word':
    case 'phrase':
    case 'within':
    case 'fuzzy':
    case 'wildcard':
      return shareOf(query)
    case 'and':
    case 'near':
    case 'same':
      return rarest(branches(query).map((part) => shareNeeded(part, shareOf)))
    case 'or':
    case 'at-least':
      return sum(query.of.map((part) => shareNeeded(part, shareOf)))
    case 'not-near':
    case 'outside':
      return shareNeeded(query.left, shareOf)
    case 'in':
      return shareNeeded(query.of, shareOf)
    case 'times':
      return query.from > 0 ? shareNeeded(query.of, shareOf) : null
    case 'raw':
    case 'not':
    case 'field':
    case 'list':
    case 'all':
      return null
  }
}

function rarest(shares: (number | null)[]): number | null {
  return shares.reduce<number | null>((least, share) => (least === null ? share : Math.min(least, share ?? 1)), null)
}

function sum(shares: (number | null)[]): number | null {
  return shares.reduce<number | null>(
    (all, share) => (all === null || share === null ? null : Math.min(1, all + share)),
    0,
  )
}

// Characters as written are looked for in every text, unless a word leads to it. `alone`: none does.
function broadIn(query: Query, alone: boolean): number {
  if (query.kind === 'raw') return alone ? broadsPerRaw : 0
  if (query.kind === 'fuzzy') return 1
  if (query.kind === 'wildcard') return /^[^*?]+\*$|^\*[^*?]+$|[^*?]{3}/.test(query.pattern) ? 0 : 1
  return branches(query).reduce((all, part) => all + broadIn(part, alone), 0)
}
