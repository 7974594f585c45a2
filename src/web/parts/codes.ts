import type { Mention } from '../../serve/api/shapes/mention.ts'

type MediaType = NonNullable<Mention['media']>
type PostKind = NonNullable<Mention['kind']>

// The screens import types only; `satisfies` keeps these lists to what the server knows.
export const mediaTypes = [
  'social',
  'news',
  'blog',
  'forum',
  'review',
  'video',
  'messenger',
] as const satisfies readonly MediaType[]
export const postKinds = [
  'post',
  'comment',
  'reply',
  'repost',
  'quote',
  'article',
  'review',
  'question',
  'message',
] as const satisfies readonly PostKind[]
