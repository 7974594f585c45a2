import { z } from '@hono/zod-openapi'

export const ArticleKind = z.enum(['article', 'answer', 'canned']).openapi('ArticleKind')
export type ArticleKind = z.infer<typeof ArticleKind>
export const ArticleState = z.enum(['draft', 'ready', 'archived']).openapi('ArticleState')
export type ArticleState = z.infer<typeof ArticleState>

const Day = z.iso.date()
const Lang = z
  .string()
  .min(2)
  .max(3)
  .regex(/^[a-z]+$/)
const Title = z.string().trim().min(1).max(200)
const Body = z.string().trim().min(1).max(100_000)

export const ArticleText = z
  .object({
    lang: z.string(),
    version: z.int(),
    title: z.string(),
    body: z.string().openapi({ description: 'Markdown; HTML in it is never shown as such.' }),
    writtenAt: z.iso.datetime(),
    writtenBy: z.string().nullable(),
  })
  .openapi('ArticleText')
export type ArticleText = z.infer<typeof ArticleText>

export const Article = z
  .object({
    id: z.int(),
    kind: ArticleKind.openapi({ description: 'To be read, a reply agreed with the client, or a part of replies.' }),
    state: ArticleState,
    isPublic: z.boolean().openapi({ description: 'Everybody may read it on the help page once it is ready.' }),
    owner: z.object({ id: z.string(), name: z.string() }).nullable(),
    reviewOn: Day.nullable().openapi({ description: 'The day somebody has to look whether it is still true.' }),
    madeAt: z.iso.datetime(),
    madeBy: z.string().nullable(),
    uses: z.int().openapi({ description: 'How often it was taken into an answer.' }),
    texts: z.array(ArticleText).openapi({ description: 'The current text of each language.' }),
  })
  .openapi('Article')
export type Article = z.infer<typeof Article>

export const ArticlePage = z
  .object({
    items: z.array(Article),
    next: z.string().nullable(),
    counts: z.object({ article: z.int(), answer: z.int(), canned: z.int() }),
    overdue: z.int().openapi({ description: 'Those whose review is due by today.' }),
  })
  .openapi('ArticlePage')
export type ArticlePage = z.infer<typeof ArticlePage>

export const ArticleVersions = z.object({ items: z.array(ArticleText.omit({ lang: true })) }).openapi('ArticleVersions')
export type ArticleVersions = z.infer<typeof ArticleVersions>

const OwnerId = z.string().min(1).max(100)

export const NewArticle = z
  .object({
    kind: ArticleKind,
    lang: Lang,
    title: Title,
    body: Body,
    isPublic: z.boolean().optional(),
    ownerId: OwnerId.nullish(),
    reviewOn: Day.nullish(),
  })
  .openapi('NewArticle')
export type NewArticle = z.infer<typeof NewArticle>

export const ArticleChange = z
  .object({
    state: ArticleState.optional(),
    isPublic: z.boolean().optional(),
    ownerId: OwnerId.nullish(),
    reviewOn: Day.nullish(),
  })
  .openapi('ArticleChange')

export const ArticleWriting = z
  .object({
    lang: Lang,
    title: Title,
    body: Body,
    was: z.int().min(0).openapi({ description: 'The version one began from; 0 for a new language.' }),
  })
  .openapi('ArticleWriting')

const Place = z.object({ start: z.int(), end: z.int() })

export const Suggestion = z
  .object({
    articleId: z.int(),
    lang: z.string(),
    kind: ArticleKind,
    isPublic: z.boolean(),
    title: z.string(),
    score: z.number().openapi({ description: '0 to 1: how much of the question the article says too.' }),
    excerpt: z.string(),
    why: z
      .object({
        words: z.array(z.string()),
        inExcerpt: z.array(Place),
        inTitle: z.array(Place),
        meaning: z
          .number()
          .nullable()
          .openapi({ description: 'How near they are in meaning, where that stands out; null: no model says so.' }),
      })
      .openapi({ description: 'The words they share, and where they stand.' }),
  })
  .openapi('Suggestion')
export type Suggestion = z.infer<typeof Suggestion>

export const Filled = z
  .object({
    text: z.string(),
    gaps: z
      .array(z.object({ name: z.string(), reason: z.enum(['unknown', 'empty']) }))
      .openapi({ description: 'Variables that could not be filled; they stand in the text as they were written.' }),
  })
  .openapi('Filled')
export type Filled = z.infer<typeof Filled>

const Link = z.string().max(100).openapi({ description: 'What stands at the end of the address that the expert got.' })

export const ExpertQuestion = z
  .object({
    id: z.int(),
    ticketId: z.int(),
    expert: z.string(),
    email: z.string().nullable(),
    text: z.string(),
    askedAt: z.iso.datetime(),
    askedBy: z.string(),
    expiresAt: z.iso.datetime(),
    remindAt: z.iso.datetime().nullable().openapi({ description: 'Null: nobody reminds them any more.' }),
    reminded: z.int(),
    state: z.enum(['open', 'answered', 'withdrawn', 'expired']),
    link: z.string().nullable().openapi({ description: 'For the expert, without an account; null when it has ended.' }),
    answeredAt: z.iso.datetime().nullable(),
    answer: z.string().nullable(),
    articleId: z.int().nullable().openapi({ description: 'The draft that the answer became.' }),
  })
  .openapi('ExpertQuestion')
export type ExpertQuestion = z.infer<typeof ExpertQuestion>

export const NewExpertQuestion = z
  .object({
    ticket: z
      .int()
      .min(1)
      .max(2 ** 31 - 1),
    expert: z.string().trim().min(1).max(100),
    email: z.email().max(200).nullish(),
    text: z.string().trim().min(1).max(5000),
    lang: Lang,
    days: z.int().min(1).max(60).optional().openapi({ description: 'How long the link is good; 7 unless told.' }),
  })
  .openapi('NewExpertQuestion')

export const ExpertLink = z.object({ link: Link }).openapi('ExpertLink')

export const AskedOfExpert = z
  .object({
    project: z.string(),
    askedBy: z.string(),
    expert: z.string(),
    text: z.string(),
    expiresAt: z.iso.datetime(),
  })
  .openapi('AskedOfExpert')
export type AskedOfExpert = z.infer<typeof AskedOfExpert>

export const ExpertAnswer = z.object({ link: Link, text: z.string().trim().min(1).max(20_000) }).openapi('ExpertAnswer')

export const Gaps = z
  .object({
    asked: z.int().openapi({ description: 'Questions of the period.' }),
    helped: z.int().openapi({ description: 'Those whose ticket took an answer from the knowledge base.' }),
    measure: z.string().openapi({ description: 'What is counted, in words.' }),
    gaps: z.array(
      z.object({
        words: z.array(z.string()),
        count: z.int(),
        authors: z.int(),
        nearest: z.object({ articleId: z.int(), title: z.string(), score: z.number() }).nullable(),
        questions: z.array(
          z.object({
            mention: z.string(),
            ticket: z.int().nullable(),
            text: z.string(),
            postedAt: z.iso.datetime(),
          }),
        ),
      }),
    ),
  })
  .openapi('KnowledgeGaps')
export type Gaps = z.infer<typeof Gaps>
