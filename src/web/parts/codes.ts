import type { CorrectionInput, Mention } from '../../serve/api/shapes/mention.ts'

type MediaType = NonNullable<Mention['media']>
type Stage = Extract<CorrectionInput, { field: 'stage' }>['value']
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
export const tonalities = ['negative', 'neutral', 'positive'] as const satisfies readonly Mention['sentiment'][]
export const stages = [
  'general-request',
  'competitor-request',
  'product-request',
  'first-review',
  'praise',
  'negative',
  'support',
  'leaving',
  'awkward-question',
] as const satisfies readonly Stage[]

export const emotions = ['joy', 'anger', 'sadness', 'fear', 'surprise', 'disgust', 'none'] as const
/** What a post is besides its tonality. */
export const signs = ['complaint', 'toxic', 'spam'] as const
export const aspects = [
  'price',
  'terms',
  'quality',
  'performance',
  'speed',
  'delivery',
  'service',
  'staff',
  'support',
  'app',
  'connection',
  'payment',
  'returns',
  'choice',
  'safety',
  'honesty',
  'design',
  'atmosphere',
  'comfort',
  'taste',
  'place',
  'size',
  'material',
  'screen',
  'sound',
  'battery',
  'camera',
  'keyboard',
  'advertising',
] as const
