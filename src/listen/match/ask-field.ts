import { analyse, type Analysis } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'
import { findField } from '../query/fields.ts'
import type { FieldValue } from '../query/query.ts'
import { begin, end } from '../query/moments.ts'
import { isLike, isTerm, termsOf } from '../query/terms.ts'

/** What is known of a mention only after it was saved; absent on a post that just arrives. */
export type LateFields = {
  topics?: number[]
  sentiment?: string | null
  stage?: string | null
  spam?: boolean | null
  read?: boolean
  important?: boolean
  ticket?: number | null
  status?: string | null
  assignee?: string | null
}

/** Whether a field has the value; null when the field is not known for this mention. */
export function askField(name: string, value: FieldValue, post: Post & LateFields, analysis: Analysis): boolean | null {
  const field = findField(name)
  const known = field && readField(field.name, post, analysis)
  if (!field || known === null || known === undefined) return null
  switch (field.kind) {
    case 'number':
      return typeof known === 'number' ? compare(known, value, Number) : null
    case 'moment':
      return known instanceof Date ? askMoment(known.getTime(), value) : null
    case 'flag':
      return 'is' in value ? (value.is === 'yes') === known : null
    case 'words':
      return 'is' in value && typeof known === 'string' ? hasWords(known, value.is) : null
    case 'address':
      return 'is' in value ? listed(known).some((address) => isAddress(field.name, address, value.is)) : null
    case 'place':
      return null
    case 'name':
    case 'choice':
    case 'set':
      return 'is' in value ? listed(known).some((one) => isName(value.is, one)) : null
  }
}

/** The value of a field; null and undefined are unknown. */
function readField(
  name: string,
  post: Post & LateFields,
  analysis: Analysis,
): string | number | boolean | Date | string[] | null | undefined {
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
    case 'site':
    case 'url':
      return post.url
    case 'link':
      return post.links
    case 'country':
      return post.place?.country
    case 'region':
      return post.place?.region
    case 'city':
      return post.place?.city
    case 'posted':
      return post.postedAt
    case 'weekday':
      return post.postedAt && weekdays[post.postedAt.getUTCDay()]
    case 'hour':
      return post.postedAt?.getUTCHours()
    case 'engagement':
      return engagement(post)
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
    case 'sentiment':
    case 'stage':
    case 'spam':
    case 'status':
    case 'read':
    case 'important':
      return post[name]
    default:
      return null
  }
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

function engagement({ likes, shares, comments }: Post): number | null {
  return likes === null && shares === null && comments === null ? null : (likes ?? 0) + (shares ?? 0) + (comments ?? 0)
}

function named(analysis: Analysis, sign: string): string[] {
  return analysis.words.filter(({ folded }) => folded.startsWith(sign)).map(({ folded }) => folded.slice(1))
}

function listed(known: string | number | boolean | Date | string[]): string[] {
  return Array.isArray(known) ? known : [String(known)]
}

/** The whole value, in any case; `*` and `?` as in words. */
export function isName(asked: string, value: string): boolean {
  return isLike(asked.toLowerCase(), value.toLowerCase())
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

function hasWords(text: string, asked: string): boolean {
  const terms = termsOf(asked, 'any', 'forms')
  if (terms.length === 0) return false
  const { words, positions } = analyse(text)
  return words.some((_, start) =>
    terms.every((term, i) =>
      words.some((word, token) => positions[token] === positions[start]! + i && isTerm(term, word)),
    ),
  )
}

function compare(known: number, value: FieldValue, read: (text: string) => number): boolean {
  if ('is' in value) return known === read(value.is)
  if ('from' in value) return known >= read(value.from) && known <= read(value.to)
  const bound = read(value.value)
  return value.than === '>'
    ? known > bound
    : value.than === '>='
      ? known >= bound
      : value.than === '<'
        ? known < bound
        : known <= bound
}

function askMoment(known: number, value: FieldValue): boolean {
  if ('is' in value) return known >= begin(value.is) && known < end(value.is)
  if ('from' in value) return known >= begin(value.from) && known < end(value.to)
  switch (value.than) {
    case '>':
      return known >= end(value.value)
    case '>=':
      return known >= begin(value.value)
    case '<':
      return known < begin(value.value)
    case '<=':
      return known < end(value.value)
  }
}
