/**
 * Codes as people call them. What we have no word for is shown as it came.
 *   platformName(t, 'telegram')  mediaName(t, 'forum')  kindName(t, 'reply')  statusName(t, 'open')  stageName(t, 'praise')
 */
import type { TFunction } from 'i18next'
import { aspects, emotions, mediaTypes, postKinds, signs, stages, tonalities } from './codes.ts'

export const platforms = [
  'telegram',
  'telegram-bot',
  'vk',
  'ok',
  'youtube',
  'x',
  'bluesky',
  'mastodon',
  'wordpress',
  'ghost',
  'nodebb',
  'gateway',
  'email',
  'reddit',
  'facebook',
  'instagram',
  'threads',
  'app-store',
  'google-play',
  'google-business',
  'brave',
  'yandex',
  'appstore',
  'googleplay',
  'hackernews',
  'discourse',
  'stackexchange',
  'gdelt',
  'webhook',
  'help',
  'forum',
  'reviews',
  'news',
  'blog',
  'feed',
] as const
const statuses = ['open', 'pending', 'solved', 'closed', 'none'] as const

export function platformName(t: TFunction, code: string): string {
  const known = knownOf(platforms, code)
  return known === null ? code : t(`platforms.${known}`)
}

/** A platform without sources stands in their place itself, under its code. */
export function sourceName(t: TFunction, source: string): string {
  return platformName(t, source)
}

export function mediaName(t: TFunction, code: string): string {
  const known = knownOf(mediaTypes, code)
  return known === null ? code : t(`media.${known}`)
}

export function kindName(t: TFunction, code: string): string {
  const known = knownOf(postKinds, code)
  return known === null ? code : t(`kinds.${known}`)
}

export function statusName(t: TFunction, code: string): string {
  const known = knownOf(statuses, code)
  return known === null ? code : t(`statuses.${known}`)
}

export function stageName(t: TFunction, code: string): string {
  const known = knownOf(stages, code)
  return known === null ? code : t(`stages.${known}`)
}

export function tonalityName(t: TFunction, code: string): string {
  const known = knownOf(tonalities, code)
  return known === null ? code : t(`tonality.${known}`)
}

export function emotionName(t: TFunction, code: string): string {
  const known = knownOf(emotions, code)
  return known === null ? code : t(`emotions.${known}`)
}

export function signName(t: TFunction, code: string): string {
  const known = knownOf(signs, code)
  return known === null ? code : t(`signs.${known}`)
}

/** A project's own aspects are called as its customers call them. */
export function aspectName(t: TFunction, code: string): string {
  const known = knownOf(aspects, code)
  return known === null ? code : t(`aspects.${known}`)
}

function knownOf<Code extends string>(codes: readonly Code[], code: string): Code | null {
  return codes.find((known) => known === code) ?? null
}
