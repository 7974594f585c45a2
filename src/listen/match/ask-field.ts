import { analyse, type Analysis } from '../../base/text/analyse.ts'
import type { Word } from '../../base/text/word.ts'
import type { Place, Point, Post } from '../posts/post.ts'
import { findField, type Field } from '../query/fields.ts'
import { begin, clockTime, end } from '../query/moments.ts'
import { kmBetween, readCircle } from '../query/near.ts'
import type { FieldValue, Query } from '../query/query.ts'
import { foldPattern, isLike, isTerm, termsOf } from '../query/terms.ts'

/** What is known of a mention only after it was saved; absent on a post that just arrives. */
export type LateFields = {
  topics?: number[]
  read?: boolean
  important?: boolean
  ticket?: number | null
  status?: string | null
  assignee?: string | null
  clusterSize?: number | null
  /** When the next promise of its ticket ends; below zero minutes are left once it is missed. */
  dueAt?: Date | null
  /** What the project has taught. */
  categories?: string[]
} & FoundOut & {
    /** Finds out of a post that just arrives what the machine understands of it; called by queries that ask for it. */
    findOut?: () => FoundOut & { place: Place | null }
  }

/** What the machine understands. */
export type FoundOut = {
  sentiment?: string | null
  stage?: string | null
  spam?: boolean | null
  complaint?: boolean | null
  toxic?: boolean | null
  /** `price:negative`; empty when nobody looked for aspects. */
  aspects?: string[]
  /** `none` alone when there is none; empty when nobody looked. */
  emotions?: string[]
}

type AskedField = Pick<Query & { kind: 'field' }, 'field' | 'value' | 'timeZone'>

/** The question whether a field has the value, made ready once; the answer is null when the field is not known for a mention. */
export function compileField(asked: AskedField): (post: Post & LateFields, analysis: Analysis) => boolean | null {
  const field = findField(asked.field)
  const timeZone = asked.timeZone ?? 'UTC'
  const holds = field && questionOf(field, asked.value, timeZone)
  if (!field || !holds) return () => null
  return (post, analysis) => {
    const known = readField(field.name, post, analysis, timeZone)
    return known === null || known === undefined ? null : holds(known)
  }
}

type Known = string | number | boolean | Date | string[] | Point

function questionOf(field: Field, value: FieldValue, timeZone: string): ((known: Known) => boolean | null) | null {
  switch (field.kind) {
    case 'number':
      return (known) => (typeof known === 'number' ? compare(known, value) : null)
    case 'moment':
      return (known) => (known instanceof Date ? askMoment(known.getTime(), value, timeZone) : null)
    default:
  }
  if (!('is' in value)) return null
  const asked = value.is
  switch (field.kind) {
    case 'place': {
      const circle = readCircle(asked)
      return (known) =>
        typeof known === 'object' && 'latitude' in known ? kmBetween(circle.center, known) <= circle.km : null
    }
    case 'flag':
      return (known) => (asked === 'yes') === known
    case 'words': {
      const wanted = /[*?]/.test(asked) ? asked.split(/\s+/).flatMap(askPiece) : askPiece(asked)
      return (known) => (typeof known === 'string' ? hasWords(known, wanted) : null)
    }
    case 'address':
      return (known) => listed(known).some((address) => isAddress(field.name, address, asked))
    case 'name':
    case 'choice':
    case 'set': {
      const sign = field.name === 'hashtag' || field.name === 'mentions'
      const pattern = sign ? foldPattern(asked.replace(/^[#@]/, ''), 'forms').folded : asked.toLowerCase()
      const isOne = /[*?]/.test(pattern)
        ? (one: string) => isLike(pattern, one.toLowerCase())
        : (one: string) => one.toLowerCase() === pattern
      return (known) => listed(known).some(isOne)
    }
  }
}

/** The value of a field; null and undefined are unknown. */
function readField(
  name: string,
  post: Post & LateFields,
  analysis: Analysis,
  timeZone: string,
): Known | null | undefined {
  const found = () => post.findOut?.() ?? post
  switch (name) {
    case 'author':
      return post.author?.name
    case 'handle':
      return post.author?.handle
    case 'author_id':
      return post.author?.id || null
    case 'bio':
      return post.author?.bio
    case 'followers':
      return post.author?.followers
    case 'verified':
      return post.author?.verified
    case 'bot':
      return post.author?.bot
    case 'site':
    case 'url':
      return post.url
    case 'link':
      return post.links
    case 'country':
      return found().place?.country
    case 'region':
      return found().place?.region
    case 'city':
      return found().place?.city
    case 'posted':
      return post.postedAt
    case 'weekday':
      return post.postedAt && clockTime(post.postedAt, timeZone).weekday
    case 'hour':
      return post.postedAt && clockTime(post.postedAt, timeZone).hour
    case 'near':
      return post.place?.point
    case 'aspect': {
      const { aspects } = found()
      return aspects?.length ? withoutTone(aspects) : null
    }
    case 'emotion': {
      const { emotions } = found()
      return emotions?.length ? emotions : null
    }
    case 'category':
      return post.categories
    case 'cluster_size':
      return post.clusterSize
    case 'sla_left':
      return post.dueAt ? (post.dueAt.getTime() - Date.now()) / 60_000 : null
    case 'engagement':
      return engagement(post)
    case 'reach':
      return reach(post)
    case 'has':
      return post.text.includes('?') ? [...post.has, 'question'] : post.has
    case 'thread':
      return [post.id, ...(post.root === null ? [] : [post.root])]
    case 'hashtag':
      return named(analysis, '#')
    case 'mentions':
      return named(analysis, '@')
    case 'topic':
      return post.topics?.map(String)
    case 'tag':
      return post.tags
    case 'ticket':
      return post.ticket === undefined ? null : post.ticket === null ? ['none'] : [String(post.ticket), 'any']
    case 'assignee':
      return post.assignee === undefined ? null : post.assignee === null ? ['none'] : [post.assignee, 'any']
    case 'sentiment':
    case 'stage':
    case 'spam':
    case 'complaint':
    case 'toxic':
      return found()[name]
    case 'platform':
    case 'source':
    case 'media':
    case 'kind':
    case 'lang':
    case 'likes':
    case 'shares':
    case 'comments':
    case 'views':
    case 'rating':
    case 'id':
    case 'parent':
    case 'root':
    case 'status':
    case 'read':
    case 'important':
      return post[name]
    default:
      return null
  }
}

// Who asks for an aspect means it in any tone.
function withoutTone(aspects: string[]): string[] {
  return [...aspects, ...aspects.map((aspect) => aspect.replace(/:[^:]*$/, ''))]
}

/** How many could see it: whoever follows the author, or has seen it where that is more. */
function reach({ author, views }: Post): number | null {
  const followers = author?.followers ?? null
  return followers === null || views === null ? (followers ?? views) : Math.max(followers, views)
}

function engagement({ likes, shares, comments }: Post): number | null {
  return likes === null && shares === null && comments === null ? null : (likes ?? 0) + (shares ?? 0) + (comments ?? 0)
}

function named(analysis: Analysis, sign: string): string[] {
  return analysis.words.filter(({ folded }) => folded.startsWith(sign)).map(({ folded }) => folded.slice(1))
}

function listed(known: Known): string[] {
  return Array.isArray(known) ? known : [String(known)]
}

function isAddress(name: string, address: string, asked: string): boolean {
  const wanted = asked
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?|^www\./, '')
    .replace(/\/$/, '')
  const bare = address.toLowerCase().replace(/^https?:\/\/(www\.)?/, '')
  if (name === 'url') return wanted.includes('*') ? isLike(wanted, bare) : bare.startsWith(wanted)
  const host = bare.split(/[/?#]/)[0]!.replace(/:\d+$/, '')
  if (wanted.includes('/')) return bare.startsWith(wanted)
  return host === wanted || host.endsWith(`.${wanted}`) || (wanted.includes('*') && isLike(wanted, host))
}

type AskWord = (word: Word) => boolean

/** A pattern is one word; anything else is as many words as it has. */
function askPiece(piece: string): AskWord[] {
  if (!/[*?]/.test(piece)) return termsOf(piece, 'any', 'forms').map((term) => (word) => isTerm(term, word))
  const { folded } = foldPattern(piece, 'forms')
  return [(word) => isLike(folded, word.folded)]
}

/** Whether the words stand in the text next to each other. */
function hasWords(text: string, wanted: AskWord[]): boolean {
  if (wanted.length === 0) return false
  const { words, positions } = analyse(text)
  return words.some((_, start) =>
    wanted.every((isWanted, i) =>
      words.some((word, token) => positions[token] === positions[start]! + i && isWanted(word)),
    ),
  )
}

function compare(known: number, value: FieldValue): boolean {
  if ('is' in value) return known === Number(value.is)
  if ('from' in value) return known >= Number(value.from) && known <= Number(value.to)
  const bound = Number(value.value)
  switch (value.than) {
    case '>':
      return known > bound
    case '>=':
      return known >= bound
    case '<':
      return known < bound
    case '<=':
      return known <= bound
  }
}

function askMoment(known: number, value: FieldValue, timeZone: string): boolean {
  if ('is' in value) return known >= begin(value.is, timeZone) && known < end(value.is, timeZone)
  if ('from' in value) return known >= begin(value.from, timeZone) && known < end(value.to, timeZone)
  switch (value.than) {
    case '>':
      return known >= end(value.value, timeZone)
    case '>=':
      return known >= begin(value.value, timeZone)
    case '<':
      return known < begin(value.value, timeZone)
    case '<=':
      return known < end(value.value, timeZone)
  }
}
