import { z } from '@hono/zod-openapi'
import { corrigible } from '../../../listen/mentions/correction.ts'
import { judgedFields } from '../../../listen/mentions/judged-columns.ts'
import { marks } from '../../../listen/mentions/filter.ts'
import { attachments, mediaTypes, postKinds } from '../../../listen/posts/post.ts'

/** Of a ticket. */
export const TitleOf = z.string().nullable().openapi({
  description: 'The toxic mention whose words the title repeats; null: the title may be read by everybody.',
})

export const AuthorShape = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    handle: z.string().nullable(),
    bio: z.string().nullable(),
    followers: z.int().nullable(),
    verified: z.boolean().nullable(),
  })
  .openapi('Author')

export const MatchPlace = z
  .object({ field: z.enum(['title', 'text']), start: z.int(), end: z.int() })
  .openapi('MatchPlace', { description: 'UTF-16 offsets into the field.' })

const Tonality = z.enum(['negative', 'neutral', 'positive'])
const Chance = z.number().min(0).max(1)

/** What the stream shows. Null is unknown, never zero. */
export const Mention = z
  .object({
    id: z.string(),
    platform: z.string(),
    source: z.string().nullable(),
    media: z.enum(mediaTypes).nullable(),
    kind: z.enum(postKinds).nullable(),
    url: z.string().nullable().openapi({ description: 'http or https only.' }),
    title: z.string().nullable(),
    text: z.string(),
    lang: z.string().nullable(),
    postedAt: z.iso.datetime(),
    collectedAt: z.iso.datetime(),
    author: AuthorShape.nullable(),
    likes: z.int().nullable(),
    shares: z.int().nullable(),
    comments: z.int().nullable(),
    views: z.int().nullable(),
    rating: z.number().nullable(),
    place: z
      .object({ country: z.string().nullable(), region: z.string().nullable(), city: z.string().nullable() })
      .nullable(),
    parent: z.string().nullable(),
    root: z.string().nullable(),
    links: z.array(z.string()),
    has: z.array(z.enum(attachments)),
    images: z.array(z.object({ url: z.string(), alt: z.string().nullable() })).openapi({
      description:
        'Where its first pictures lie at the platform. Heed fetches them for people: `/mentions/{mention}/images/{n}`, counted from 0.',
    }),
    cluster: z.string(),
    clusterSize: z
      .int()
      .openapi({ description: 'Mentions of this project that are near copies of one text, this one included.' }),
    topics: z.array(z.int()),
    places: z.array(MatchPlace),
    sentiment: Tonality.nullable(),
    sentimentConfidence: Chance.nullable().openapi({
      description:
        'Of those with 0.8, about 80 of 100 are right. With a confidence and no sentiment the machine is unsure.',
    }),
    chanceNegative: Chance.nullable(),
    chancePositive: Chance.nullable(),
    negativeTopics: z.array(z.int()).openapi({ description: 'The topics towards which it is negative.' }),
    positiveTopics: z.array(z.int()),
    stage: z.string().nullable(),
    stageConfidence: Chance.nullable(),
    emotions: z.array(z.string()),
    complaint: z.boolean().nullable(),
    toxic: z.boolean().nullable(),
    placeFrom: z.enum(['platform', 'profile', 'text', 'language']).nullable(),
    placeConfidence: Chance.nullable(),
    aspects: z.array(z.string()).openapi({ description: 'As price:negative.' }),
    quotes: z.array(
      z.object({
        aspect: z.string(),
        polarity: Tonality,
        start: z.int(),
        end: z.int(),
        kind: z.enum(['functional', 'emotional']).nullable(),
      }),
    ),
    categories: z.array(z.string()),
    corrected: z
      .array(z.enum(judgedFields))
      .openapi({ description: 'The fields that hold the word of a person instead of a machine.' }),
    spam: z.boolean().nullable(),
    tags: z.array(z.string()),
    read: z.boolean(),
    important: z.boolean(),
    ticket: z.int().nullable(),
    status: z.enum(['open', 'pending', 'solved', 'closed']).nullable(),
  })
  .openapi('Mention')
export type Mention = z.infer<typeof Mention>

/**
 * The filters of every list, count and chart. They stand in the address bar under the same names;
 * a list is written with commas.
 */
export const MentionFilter = z.object({
  q: z.string().max(200_000).optional().openapi({ description: 'A query in the query language.' }),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  topic: z.string().optional().openapi({ description: 'Topic ids with commas: mentions of any of them.' }),
  media: z.string().optional(),
  platform: z.string().optional(),
  source: z.string().optional(),
  sourceId: z
    .string()
    .optional()
    .openapi({ description: 'Ids of sources of this project with commas; a source keeps its id when it is renamed.' }),
  lang: z.string().optional(),
  kind: z.string().optional(),
  tag: z.string().optional(),
  author: z.string().optional().openapi({ description: 'Author id.' }),
  cluster: z.string().optional(),
  sentiment: z.string().optional().openapi({ description: 'negative, neutral, positive or `unknown`, with commas.' }),
  stage: z.string().optional().openapi({ description: 'Stages with commas; `unknown` for none.' }),
  emotion: z.string().optional(),
  category: z.string().optional().openapi({ description: 'Categories of the project by name, with commas.' }),
  sign: z.string().optional().openapi({ description: 'complaint, toxic or spam, with commas: any of them.' }),
  without: z.string().optional().openapi({
    description: 'The same signs: mentions that are known to have one are left out, those of which it is unknown stay.',
  }),
  status: z.string().optional().openapi({ description: 'Ticket status; `none` for mentions without a ticket.' }),
  mark: z.enum(marks).optional().openapi({
    description: '`judged`: a person said the tonality; `unsure`: the machine leaves it to one.',
  }),
})
export type MentionFilter = z.infer<typeof MentionFilter>

export const MentionPage = z
  .object({
    items: z.array(Mention),
    next: z.string().nullable().openapi({ description: 'Pass as `cursor` for the following page; null at the end.' }),
    total: z.int(),
    newest: z.string().nullable().openapi({ description: 'Pass as `after` to ask how many arrived since.' }),
  })
  .openapi('MentionPage')
export type MentionPage = z.infer<typeof MentionPage>

const FacetCount = z.object({ value: z.string(), label: z.string(), count: z.int() })
/** How many mentions each value of a filter would leave, the other filters applied. */
export const Facets = z
  .object({
    topic: z.array(FacetCount),
    media: z.array(FacetCount),
    platform: z.array(FacetCount),
    source: z.array(FacetCount),
    lang: z.array(FacetCount),
    kind: z.array(FacetCount),
    tag: z.array(FacetCount),
    status: z.array(FacetCount),
    sentiment: z.array(FacetCount),
    stage: z.array(FacetCount),
    emotion: z.array(FacetCount),
    category: z.array(FacetCount),
    sign: z.array(FacetCount),
  })
  .openapi('Facets')
export type Facets = z.infer<typeof Facets>

export const MentionDetail = z
  .object({
    mention: Mention,
    thread: z
      .object({ above: z.array(Mention), below: z.array(Mention) })
      .openapi({ description: 'Only what this project has collected of the thread.' }),
    cluster: z.array(Mention).openapi({ description: 'Up to 20 other members, oldest first.' }),
    author: z
      .object({ mentions: z.int(), firstAt: z.iso.datetime(), lastAt: z.iso.datetime(), latest: z.array(Mention) })
      .nullable(),
    matches: z.array(z.object({ topic: z.int(), name: z.string(), places: z.array(MatchPlace) })),
    corrections: z
      .array(
        z.object({
          at: z.iso.datetime(),
          actor: z.string(),
          field: z.enum(judgedFields),
          from: z.string().nullable(),
          to: z.string().nullable(),
          reason: z.string().nullable(),
        }),
      )
      .openapi({
        description: 'What people judged, oldest first; `to` like `from`: it was confirmed; null: it was taken back.',
      }),
    tickets: z.array(z.object({ id: z.int(), title: z.string(), titleOf: TitleOf, status: z.string() })),
  })
  .openapi('MentionDetail')
export type MentionDetail = z.infer<typeof MentionDetail>

/** Applied to one or many mentions at once. */
export const MentionChange = z
  .object({
    ids: z.array(z.string()).min(1).max(1000),
    addTags: z.array(z.string().trim().min(1).max(60)).optional(),
    removeTags: z.array(z.string()).optional(),
    read: z.boolean().optional(),
    important: z.boolean().optional(),
  })
  .openapi('MentionChange')
export type MentionChange = z.infer<typeof MentionChange>

/** A person's judgement of one or many mentions. */
export const CorrectionInput = z
  .union([
    correctionOf('sentiment', z.enum(corrigible.sentiment)),
    correctionOf('stage', z.enum(corrigible.stage)),
    correctionOf('place', z.string().regex(/^[A-Z]{2}$/)),
  ])
  .openapi('CorrectionInput', {
    description:
      '`value` null takes the correction back: what the machine said holds again. A place is a country by its two letters.',
  })
export type CorrectionInput = z.infer<typeof CorrectionInput>

/** Those that changed, as they stand now. */
export const Corrected = z.object({
  items: z.array(z.object({ id: z.string(), value: z.string().nullable(), corrected: z.boolean() })),
})
export type Corrected = z.infer<typeof Corrected>

function correctionOf<const Field extends (typeof judgedFields)[number], Value extends z.ZodType>(
  field: Field,
  value: Value,
) {
  return z.object({
    ids: z.array(z.string()).min(1).max(1000),
    field: z.literal(field),
    value: value.nullable(),
    reason: z.string().trim().min(1).max(500).optional().openapi({ description: 'Why, in the words of the person.' }),
  })
}

const Count = z.int().nullable()

export const Engagement = z
  .object({
    removedAt: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'When the post was deleted at its platform; then nothing of it is kept.' }),
    counted: z.array(z.object({ at: z.iso.datetime(), likes: Count, shares: Count, comments: Count, views: Count })),
  })
  .openapi('Engagement')
export type Engagement = z.infer<typeof Engagement>
