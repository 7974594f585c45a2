import { barePost, type Attachment, type Author, type Place, type Post, type PostImage } from '../../posts/post.ts'
import { isPlausible, parseExcelSerial, parseMoment } from '../dates.ts'
import { absolute, tidy } from '../html-to-text.ts'
import { imagesOf, type Shown } from '../images.ts'
import { twoLetterLanguage } from '../languages.ts'
import { platformNamed, platformOf, platformOfHost } from '../platform-of.ts'
import { postId, withPlatform } from '../post-id.ts'
import { problem, type Problem } from '../problems.ts'
import type { FileLimits } from './limits.ts'
import { isEmpty, type FieldValues, type Mapping } from './mapping.ts'
import { parseCount, parseRating } from './numbers.ts'
import { attachmentOf, mediaTypeOf, postKindOf, yesOrNo } from './words.ts'

export type RowContext = { defaults: Mapping['defaults']; timeZone: string; now: Date; limits: FileLimits }

export type MappedRow = { post: Post; problems: Problem[] } | { reason: Problem }

/**
 * The values of one row as a post. Without text, or with a date that cannot be read, the row stays out: a mention at
 * the wrong time spoils every number. A single count or word that cannot be read stays unknown and is reported.
 */
export function rowToPost(values: FieldValues, context: RowContext): MappedRow {
  const problems: Problem[] = []
  for (const column in values) {
    const value = values[column as keyof FieldValues]
    if (typeof value !== 'number' && asText(value).length > context.limits.maxCellLength)
      return { reason: problem('row.cell-too-long', { column, limit: context.limits.maxCellLength }) }
  }
  const title = line(values.title)
  const text = tidy(asText(values.text)) || title
  if (text === null) return { reason: problem('row.no-text') }

  const posted = momentOf(values.posted_at, context, problems)
  if (posted === 'unreadable') return { reason: problem('row.date', { value: asText(values.posted_at) }) }

  const url = addressOf(values.url)
  if (url === null && !isEmpty(values.url)) problems.push(problem('cell.url', { value: asText(values.url) }))
  const source = line(values.source) ?? context.defaults.source
  const where = whereOf(values, url, source, context.defaults.platform)
  const author = authorOf(values, problems)
  const nativeId = line(values.id)
  const related = (value: unknown): string | null => {
    const id = line(value)
    return id === null ? null : withPlatform(where.name, id)
  }
  return {
    post: barePost({
      id: postId({ platform: where.name, nativeId, url, author: author?.id ?? null, postedAt: posted, text }),
      platform: where.name,
      source,
      media: word(values.media, mediaTypeOf, 'media', problems) ?? context.defaults.media ?? where.media,
      kind: word(values.kind, postKindOf, 'kind', problems),
      url,
      title,
      text,
      lang: twoLetterLanguage(line(values.lang)) ?? context.defaults.lang,
      postedAt: posted,
      author,
      likes: count(values.likes, 'likes', problems),
      shares: count(values.shares, 'shares', problems),
      comments: count(values.comments, 'comments', problems),
      views: count(values.views, 'views', problems),
      rating: rating(values.rating, problems),
      parent: related(values.parent),
      root: related(values.root),
      place: placeOf(values),
      links: list(values.links).flatMap((one) => absolute(one, null) ?? []),
      has: attachmentsOf(values),
      images: picturesOf(values),
      tags: [...new Set(list(values.tags))],
    }),
    problems,
  }
}

/** A value of a cell or of JSON as text; objects and arrays have none. */
export function asText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'object':
      if (value === null) return ''
      if ('serial' in value) return String(value.serial)
      if ('text' in value) return String(value.text)
      if (Array.isArray(value)) return value.map(asText).join(', ')
      return ''
    default:
      return ''
  }
}

function line(value: unknown): string | null {
  if (isEmpty(value)) return null
  return tidy(asText(value)).replace(/\s+/g, ' ') || null
}

function momentOf(value: unknown, context: RowContext, problems: Problem[]): Date | null | 'unreadable' {
  if (isEmpty(value)) return null
  const text = asText(value).trim()
  if (text === '' || text === '-') return null
  const moment = readMoment(value, text, context.timeZone)
  if (moment === null) return 'unreadable'
  if (isPlausible(moment, context.now)) return moment
  problems.push(problem('cell.date-implausible', { value: text }))
  return null
}

function readMoment(value: unknown, text: string, timeZone: string): Date | null {
  if (typeof value === 'object' && value !== null && 'serial' in value && 'from1904' in value)
    return parseExcelSerial(Number(value.serial), { timeZone, from1904: value.from1904 === true })
  // A spreadsheet saved as text leaves its days as numbers.
  if (/^\d{5}([.,]\d+)?$/.test(text)) return parseExcelSerial(Number(text.replace(',', '.')), { timeZone })
  return parseMoment(typeof value === 'number' ? value : text, { timeZone })
}

function addressOf(value: unknown): string | null {
  const linked =
    typeof value === 'object' && value !== null && 'link' in value ? absolute(String(value.link), null) : null
  const text = asText(value).trim()
  return (
    linked ?? absolute(text, null) ?? (/^[\w-]+(\.[\w-]+)+\/\S*$/.test(text) ? absolute(`https://${text}`, null) : null)
  )
}

function whereOf(values: FieldValues, url: string | null, source: string | null, otherwise: string | null) {
  const named = line(values.platform)
  const byUrl = platformOf(url)
  if (named !== null) {
    const platform = platformNamed(named)
    return { name: platform.name, media: platform.media ?? byUrl.media }
  }
  if (byUrl.name !== 'web') return byUrl
  const site = platformOfHost(line(values.site) ?? source ?? '')
  return site.name !== 'web' ? site : { name: otherwise ?? 'web', media: null }
}

function authorOf(values: FieldValues, problems: Problem[]): Author | null {
  const name = line(values['author.name'])
  const handle = line(values['author.handle'])?.replace(/^@/, '') ?? null
  const id = line(values['author.id']) ?? handle ?? name
  if (id === null) return null
  return {
    id,
    name,
    handle,
    bio: tidy(asText(values['author.bio'])) || null,
    followers: count(values['author.followers'], 'author.followers', problems),
    verified: yesOrNo(asText(values['author.verified'])),
  }
}

function placeOf(values: FieldValues): Place | null {
  const place = {
    country: line(values['place.country']),
    region: line(values['place.region']),
    city: line(values['place.city']),
  }
  return (place.country ?? place.region ?? place.city) ? place : null
}

function count(value: unknown, column: string, problems: Problem[]): number | null {
  const text = asText(value).trim()
  if (text === '' || text === '-' || text === '—') return null
  const found =
    typeof value === 'number'
      ? value >= 0 && Number.isSafeInteger(Math.round(value))
        ? Math.round(value)
        : null
      : parseCount(text)
  if (found === null) problems.push(problem('cell.number', { value: text, column }))
  return found
}

function rating(value: unknown, problems: Problem[]): number | null {
  const text = asText(value).trim()
  if (text === '' || text === '-') return null
  const found = parseRating(text)
  if (found === null) problems.push(problem('cell.rating', { value: text }))
  return found
}

function word<T>(
  value: unknown,
  find: (text: string) => T | null | 'unknown-word',
  column: string,
  problems: Problem[],
): T | null {
  const text = line(value)
  if (text === null) return null
  const found = find(text)
  if (found !== 'unknown-word') return found
  problems.push(problem('cell.word', { value: text, column }))
  return null
}

function attachmentsOf(values: FieldValues): Attachment[] {
  const has = new Set<Attachment>()
  for (const one of list(values.has)) {
    const found = attachmentOf(one)
    if (found !== null && found !== 'unknown-word') has.add(found)
  }
  // The picture beside a video is a still of it.
  if (!isEmpty(values.images) && !has.has('video')) has.add('image')
  return [...has]
}

/** Addresses as people write lists; our export writes a list of objects where pictures are described. */
function picturesOf({ images }: FieldValues): PostImage[] | null {
  if (isEmpty(images)) return null
  const parts = Array.isArray(images) ? images : jsonOf(asText(images))
  const shown = Array.isArray(parts) ? parts.map(pictureIn) : list(images).map((url) => ({ url }))
  const found = imagesOf(shown)
  return found.length === 0 ? null : found
}

function pictureIn(part: unknown): Shown {
  if (typeof part !== 'object' || part === null) return { url: asText(part) }
  return { url: 'url' in part ? asText(part.url) : null, alt: 'alt' in part ? asText(part.alt) : null }
}

function list(value: unknown): string[] {
  if (isEmpty(value)) return []
  const parts = Array.isArray(value) ? value.map(asText) : (jsonList(asText(value)) ?? asText(value).split(/[,;|\n]/))
  return parts
    .map((part) => tidy(part))
    .filter((part) => part !== '')
    .slice(0, 200)
}

/** Our export writes a list as JSON where a value of it holds a comma. */
function jsonList(text: string): string[] | null {
  const parsed = text.startsWith('["') ? jsonOf(text) : null
  return Array.isArray(parsed) ? parsed.map(asText) : null
}

/** Null for what is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
