import { z } from '@hono/zod-openapi'
import { moderations } from '../../../respond/help/page.ts'
import { heldReasons, postStates, topicKinds, topicStatuses } from '../../../respond/help/post.ts'

const Slug = z.string().max(60).openapi({ description: 'Small Latin letters, digits and hyphens.' })

export const HelpPageInput = z.object({
  slug: Slug,
  isOn: z.boolean(),
  isListed: z.boolean().openapi({ description: 'Whether search engines may keep it.' }),
  lang: z.enum(['en', 'ru']),
  title: z.string().trim().min(1).max(120),
  intro: z.string().trim().max(500),
  moderation: z.enum(moderations).openapi({
    description: 'Which posts wait for a moderator: all, the first of a visitor, or none. What looks bad waits anyway.',
  }),
})

export const HelpPage = HelpPageInput.extend({ url: z.string() }).openapi('HelpPage')
export type HelpPage = z.infer<typeof HelpPage>

export const HelpState = z
  .object({ page: HelpPage.nullable().openapi({ description: 'Null: never set up.' }), held: z.int() })
  .openapi('HelpState')
export type HelpState = z.infer<typeof HelpState>

export const HelpPostState = z.enum(postStates)
export const TopicStatus = z.enum(topicStatuses)

export const HelpPost = z
  .object({
    id: z.int(),
    topic: z
      .object({ id: z.int(), title: z.string() })
      .nullable()
      .openapi({ description: 'What a comment is about; null: it is a topic itself.' }),
    kind: z.enum([...topicKinds, 'comment', 'answer']),
    name: z.string().nullable().openapi({ description: 'As they sign; null: without a name.' }),
    title: z.string().nullable(),
    text: z.string(),
    state: HelpPostState,
    heldFor: z.array(z.enum(heldReasons)).openapi({ description: 'Why it waited for a moderator.' }),
    reason: z.string().nullable(),
    decidedBy: z.string().nullable(),
    status: TopicStatus,
    mergedInto: z.int().nullable(),
    votes: z.int(),
    ticket: z.int().nullable(),
    madeAt: z.iso.datetime(),
    url: z.string(),
  })
  .openapi('HelpPost')
export type HelpPost = z.infer<typeof HelpPost>

export const HelpPosts = z.object({ items: z.array(HelpPost), next: z.string().nullable() }).openapi('HelpPosts')
export type HelpPosts = z.infer<typeof HelpPosts>

export const SimilarTopic = z
  .object({
    id: z.int(),
    title: z.string(),
    excerpt: z.string(),
    votes: z.int(),
    words: z.array(z.string()).openapi({ description: 'What both say.' }),
    url: z.string(),
  })
  .openapi('SimilarTopic')
export type SimilarTopic = z.infer<typeof SimilarTopic>
