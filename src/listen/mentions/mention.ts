import { moment, readMoment } from '../../base/clickhouse/moment.ts'
import type { StoredWords } from '../../base/text/stored-words.ts'
import type { MatchPlace } from '../match/evaluate.ts'
import {
  nothingUnderstood,
  type FoundPlace,
  type Quote,
  type Tonality,
  type Understanding,
} from '../enrich/understanding.ts'
import type { Attachment, MediaType, Place, Post, PostImage, PostKind } from '../posts/post.ts'

/** A post that a project asked for, with what we understood and what people did with it. */
export type Mention = Post & {
  projectId: number
  postedAt: Date
  collectedAt: Date
  version: number
  langConfidence: number | null
  cluster: string
  topics: number[]
  places: { [topic: string]: MatchPlace[] }
  /** Null beside a confidence: unsure. */
  sentiment: Tonality | null
  sentimentConfidence: number | null
  chanceNegative: number | null
  chancePositive: number | null
  /** The topics of `topics` towards which it is so. */
  negativeTopics: number[]
  positiveTopics: number[]
  stage: string | null
  stageConfidence: number | null
  emotions: string[]
  complaint: boolean | null
  toxic: boolean | null
  placeFrom: FoundPlace['from'] | null
  placeConfidence: number | null
  /** `price:negative`. */
  aspects: string[]
  quotes: Quote[]
  categories: string[]
  spam: boolean | null
  read: boolean
  important: boolean
  ticket: number | null
  status: string | null
  assignee: string | null
  /** When the next promise of its ticket ends; null: none runs. */
  dueAt: Date | null
  /** The fields that hold a person's word instead of the machine's. */
  corrected: ('sentiment' | 'stage' | 'place')[]
}

/** A row of the table as JSONEachRow reads and writes it; an empty string is "unknown". */
export type MentionRow = {
  project_id: number
  id: string
  posted_at: string
  collected_at: string
  version: number
  source_id: number | null
  platform: string
  source: string
  media: string
  kind: string
  url: string
  title: string
  text: string
  lang: string
  lang_confidence: number | null
  parent: string
  root: string
  cluster: string
  links: string[]
  has: string[]
  /** `[[address, description or null], …]`; an empty string: not told. */
  images: string
  author_id: string
  author_name: string
  author_handle: string
  author_bio: string
  author_followers: number | null
  author_verified: boolean | null
  author_bot: boolean | null
  likes: number | null
  shares: number | null
  comments: number | null
  views: number | null
  rating: number | null
  country: string
  region: string
  city: string
  latitude: number | null
  longitude: number | null
  place_from: string
  place_confidence: number | null
  topics: number[]
  places: string
  sentiment: string
  sentiment_confidence: number | null
  chance_negative: number | null
  chance_positive: number | null
  negative_topics: number[]
  positive_topics: number[]
  stage: string
  stage_confidence: number | null
  emotions: string[]
  complaint: boolean | null
  toxic: boolean | null
  aspects: string[]
  quotes: string
  categories: string[]
  spam: boolean | null
  tags: string[]
  read: boolean
  important: boolean
  ticket: number | null
  status: string
  assignee: string
  due_at: string | null
  first_answer_at: string | null
  corrected: string[]
}

/** The columns that are read and written, with their types in the engine. */
const readTypes = {
  project_id: 'UInt32',
  id: 'String',
  posted_at: 'DateTime64(3)',
  collected_at: 'DateTime64(3)',
  version: 'UInt64',
  source_id: 'Nullable(UInt32)',
  platform: 'String',
  source: 'String',
  media: 'String',
  kind: 'String',
  url: 'String',
  title: 'String',
  text: 'String',
  lang: 'String',
  lang_confidence: 'Nullable(Float32)',
  parent: 'String',
  root: 'String',
  links: 'Array(String)',
  has: 'Array(String)',
  images: 'String',
  author_id: 'String',
  author_name: 'String',
  author_handle: 'String',
  author_bio: 'String',
  author_followers: 'Nullable(UInt64)',
  author_verified: 'Nullable(Bool)',
  author_bot: 'Nullable(Bool)',
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
  place_from: 'String',
  place_confidence: 'Nullable(Float32)',
  topics: 'Array(UInt32)',
  places: 'String',
  sentiment: 'String',
  sentiment_confidence: 'Nullable(Float32)',
  chance_negative: 'Nullable(Float32)',
  chance_positive: 'Nullable(Float32)',
  negative_topics: 'Array(UInt32)',
  positive_topics: 'Array(UInt32)',
  stage: 'String',
  stage_confidence: 'Nullable(Float32)',
  emotions: 'Array(String)',
  complaint: 'Nullable(Bool)',
  toxic: 'Nullable(Bool)',
  aspects: 'Array(String)',
  quotes: 'String',
  categories: 'Array(String)',
  spam: 'Nullable(Bool)',
  tags: 'Array(String)',
  read: 'Bool',
  important: 'Bool',
  ticket: 'Nullable(UInt32)',
  status: 'String',
  assignee: 'String',
  due_at: 'Nullable(DateTime64(3))',
  first_answer_at: 'Nullable(DateTime64(3))',
  corrected: 'Array(String)',
} as const satisfies { [column in Exclude<keyof MentionRow, 'cluster'>]: string }

/**
 * The columns that only saving a post writes, in the order in which `packed` holds their values; new ones come last. A page of
 * a search lies scattered, and there each column costs as much as this one with all of them.
 */
const packedColumns = [
  'collected_at',
  'source_id',
  'platform',
  'source',
  'media',
  'kind',
  'url',
  'lang',
  'lang_confidence',
  'parent',
  'root',
  'links',
  'has',
  'author_id',
  'author_name',
  'author_handle',
  'author_bio',
  'author_followers',
  'author_verified',
  'likes',
  'shares',
  'comments',
  'views',
  'rating',
  'latitude',
  'longitude',
  'emotions',
  'complaint',
  'toxic',
  'aspects',
  'quotes',
  'spam',
  'images',
  'author_bot',
] as const satisfies (keyof MentionRow)[]

/** The value of the column `packed` of a row, which the engine works out itself unless it is given. */
export function pack(row: MentionRow): string {
  return JSON.stringify(packedColumns.map((column) => row[column]))
}

/** A row as `pageColumns` reads it. */
export type PackedRow = Omit<MentionRow, (typeof packedColumns)[number]> & { packed: string }

export function unpack<Row extends PackedRow>(row: Row): Row & MentionRow {
  const values = JSON.parse(row.packed) as unknown[]
  // A row that was packed before a column was kept ends before it.
  const told = packedColumns.slice(0, values.length).map((column, i) => [column, values[i]])
  return Object.assign(row, { images: '', author_bot: null }, Object.fromEntries(told)) as Row & MentionRow
}

/** What the engine needs to find the words, and nobody reads. */
export const wordTypes = {
  terms: 'Array(FixedString(8))',
  words: 'Array(UInt32)',
  word_at: 'Array(UInt16)',
  stems: 'Array(UInt32)',
  stem_at: 'Array(UInt16)',
  text_at: 'UInt16',
} as const satisfies { [column in Exclude<keyof StoredWords, 'spelled'>]: string }

/** All but the cluster, which is settled after a page was written down and stands last. */
export const pageTypes = { ...readTypes, ...wordTypes } as const

export const mentionTypes = { ...pageTypes, cluster: 'String' } as const

const readColumns = [...Object.keys(readTypes), 'cluster']

/** Everything but the word arrays. */
export const mentionColumns = readColumns.join(', ')

/** The same in fewer columns, for rows that lie scattered; see `unpack`. */
export const pageColumns = [
  ...readColumns.filter((column) => !(packedColumns as readonly string[]).includes(column)),
  'packed',
].join(', ')

export type NewMention = {
  post: Post & { postedAt: Date }
  project: number
  sourceId: number | null
  collectedAt: Date
  langConfidence: number | null
  cluster: string
  topics: number[]
  places: { [topic: string]: MatchPlace[] }
  /** Absent: nobody tried. */
  understood?: Understanding
  words: StoredWords
}

export function toRow(mention: NewMention): MentionRow & StoredWords {
  const { post } = mention
  const understood = mention.understood ?? nothingUnderstood
  const place = understood.place ?? post.place
  return {
    project_id: mention.project,
    id: post.id,
    posted_at: moment(post.postedAt),
    collected_at: moment(mention.collectedAt),
    version: 1,
    source_id: mention.sourceId,
    platform: post.platform,
    source: post.source ?? '',
    media: post.media ?? '',
    kind: post.kind ?? '',
    url: post.url ?? '',
    title: post.title ?? '',
    text: post.text,
    lang: post.lang ?? '',
    lang_confidence: mention.langConfidence,
    parent: post.parent ?? '',
    root: post.root ?? '',
    cluster: mention.cluster,
    links: post.links,
    has: post.has,
    images: post.images === null ? '' : JSON.stringify(post.images.map(({ url, alt }) => [url, alt])),
    author_id: post.author?.id ?? '',
    author_name: post.author?.name ?? '',
    author_handle: post.author?.handle ?? '',
    author_bio: post.author?.bio ?? '',
    author_followers: post.author?.followers ?? null,
    author_verified: post.author?.verified ?? null,
    author_bot: post.author?.bot ?? null,
    likes: post.likes,
    shares: post.shares,
    comments: post.comments,
    views: post.views,
    rating: post.rating,
    country: place?.country ?? '',
    region: place?.region ?? '',
    city: place?.city ?? '',
    latitude: post.place?.point?.latitude ?? null,
    longitude: post.place?.point?.longitude ?? null,
    place_from: understood.place?.from ?? (post.place ? 'platform' : ''),
    place_confidence: understood.place?.confidence ?? (post.place ? 1 : null),
    topics: mention.topics,
    places: JSON.stringify(mention.places),
    sentiment: understood.sentiment ?? '',
    sentiment_confidence: understood.sentimentConfidence,
    chance_negative: understood.chanceNegative,
    chance_positive: understood.chancePositive,
    negative_topics: understood.negativeTopics,
    positive_topics: understood.positiveTopics,
    stage: understood.stage ?? '',
    stage_confidence: understood.stageConfidence,
    emotions: understood.emotions,
    complaint: understood.complaint,
    toxic: understood.toxic,
    aspects: understood.aspects,
    quotes: understood.quotes.length === 0 ? '' : JSON.stringify(understood.quotes),
    categories: understood.categories,
    spam: understood.spam,
    tags: post.tags,
    read: false,
    important: false,
    ticket: null,
    status: '',
    assignee: '',
    due_at: null,
    first_answer_at: null,
    corrected: [],
    ...mention.words,
  }
}

export function fromRow(row: MentionRow): Mention {
  const author = row.author_id !== '' || row.author_name !== '' || row.author_handle !== ''
  return {
    projectId: row.project_id,
    id: row.id,
    postedAt: readMoment(row.posted_at),
    collectedAt: readMoment(row.collected_at),
    version: row.version,
    platform: row.platform,
    source: known(row.source),
    media: known(row.media) as MediaType | null,
    kind: known(row.kind) as PostKind | null,
    url: known(row.url),
    title: known(row.title),
    text: row.text,
    lang: known(row.lang),
    langConfidence: row.lang_confidence,
    parent: known(row.parent),
    root: known(row.root),
    cluster: row.cluster,
    links: row.links,
    has: row.has as Attachment[],
    images: imagesOf(row),
    author: author
      ? {
          id: row.author_id,
          name: known(row.author_name),
          handle: known(row.author_handle),
          bio: known(row.author_bio),
          followers: row.author_followers,
          verified: row.author_verified,
          ...(row.author_bot === null ? {} : { bot: row.author_bot }),
        }
      : null,
    likes: row.likes,
    shares: row.shares,
    comments: row.comments,
    views: row.views,
    rating: row.rating,
    place: placeOf(row),
    topics: row.topics,
    places: row.places === '' ? {} : (JSON.parse(row.places) as Mention['places']),
    sentiment: known(row.sentiment) as Mention['sentiment'],
    sentimentConfidence: row.sentiment_confidence,
    chanceNegative: row.chance_negative,
    chancePositive: row.chance_positive,
    negativeTopics: row.negative_topics,
    positiveTopics: row.positive_topics,
    stage: known(row.stage),
    stageConfidence: row.stage_confidence,
    emotions: row.emotions,
    complaint: row.complaint,
    toxic: row.toxic,
    placeFrom: known(row.place_from) as Mention['placeFrom'],
    placeConfidence: row.place_confidence,
    aspects: row.aspects,
    quotes: row.quotes === '' ? [] : (JSON.parse(row.quotes) as Quote[]),
    categories: row.categories,
    spam: row.spam,
    tags: row.tags,
    read: row.read,
    important: row.important,
    ticket: row.ticket,
    status: known(row.status),
    assignee: known(row.assignee),
    dueAt: row.due_at === null ? null : readMoment(row.due_at),
    corrected: row.corrected as Mention['corrected'],
  }
}

function placeOf({ country, region, city, latitude, longitude }: MentionRow): Place | null {
  const point = latitude !== null && longitude !== null ? { latitude, longitude } : null
  const names = { country: known(country), region: known(region), city: known(city) }
  if (point) return { ...names, point }
  return (names.country ?? names.region ?? names.city) === null ? null : names
}

function imagesOf({ images }: MentionRow): PostImage[] | null {
  if (images === '') return null
  return (JSON.parse(images) as [string, string | null][]).map(([url, alt]) => ({ url, alt }))
}

function known(text: string): string | null {
  return text === '' ? null : text
}
