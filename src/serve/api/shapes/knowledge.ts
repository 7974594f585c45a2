import { z } from '@hono/zod-openapi'

export const ArticleKind = z.enum(['article', 'answer', 'canned']).openapi('ArticleKind')
export type ArticleKind = z.infer<typeof ArticleKind>
export const ArticleState = z.enum(['draft', 'ready', 'archived']).openapi('ArticleState')
export type ArticleState = z.infer<typeof ArticleState>

const Day = z.iso.date()
const Lang = z.string().regex(/^[a-z]{2,3}$/)
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
      .object({ words: z.array(z.string()), inExcerpt: z.array(Place), inTitle: z.array(Place) })
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
