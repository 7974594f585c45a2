import { budgetProblems } from './budget-problems.ts'
import { integrationProblems } from './integration-problems.ts'
import { replyProblems } from './reply-problems.ts'
import { siteProblems } from './site-problems.ts'
import { appStoreProblems } from './app-store/problems.ts'
import { blueskyProblems } from './bluesky/problems.ts'
import { discourseProblems } from './discourse/problems.ts'
import { emailProblems } from './email/problems.ts'
import { facebookProblems } from './facebook/problems.ts'
import { feedsProblems } from './feeds/problems.ts'
import { filesProblems } from './files/problems.ts'
import { gatewayProblems } from './gateway/problems.ts'
import { gdeltProblems } from './gdelt/problems.ts'
import { ghostProblems } from './ghost/problems.ts'
import { googleBusinessProblems } from './google-business/problems.ts'
import { googlePlayProblems } from './google-play/problems.ts'
import { googleProblems } from './google/problems.ts'
import { hackernewsProblems } from './hackernews/problems.ts'
import { instagramProblems } from './instagram/problems.ts'
import { mastodonProblems } from './mastodon/problems.ts'
import { metaProblems } from './meta/problems.ts'
import { nodebbProblems } from './nodebb/problems.ts'
import { okProblems } from './ok/problems.ts'
import { redditProblems } from './reddit/problems.ts'
import { stackexchangeProblems } from './stackexchange/problems.ts'
import { telegramBotProblems } from './telegram-bot/problems.ts'
import { telegramProblems } from './telegram/problems.ts'
import { threadsProblems } from './threads/problems.ts'
import { vkProblems } from './vk/problems.ts'
import { webSearchProblems } from './web-search/problems.ts'
import { webhookProblems } from './webhook/problems.ts'
import { wordpressProblems } from './wordpress/problems.ts'
import { xProblems } from './x/problems.ts'
import { youtubeProblems } from './youtube/problems.ts'

/**
 * Something that could not be read, as a key with the values of its gaps, so that screens may say it in the person's
 * language. Every sentence stands in the folder of its platform, in both languages, and says what can be done about it.
 */
export type Problem = { key: ProblemKey; values: { [name: string]: string | number } }

export type ProblemKey = keyof typeof sentences
export type ProblemLanguage = 'en' | 'ru'

const sentences = {
  ...budgetProblems,
  ...integrationProblems,
  ...replyProblems,
  ...siteProblems,
  ...appStoreProblems,
  ...blueskyProblems,
  ...discourseProblems,
  ...emailProblems,
  ...facebookProblems,
  ...feedsProblems,
  ...filesProblems,
  ...gatewayProblems,
  ...gdeltProblems,
  ...ghostProblems,
  ...googleBusinessProblems,
  ...googlePlayProblems,
  ...googleProblems,
  ...hackernewsProblems,
  ...instagramProblems,
  ...mastodonProblems,
  ...metaProblems,
  ...nodebbProblems,
  ...okProblems,
  ...redditProblems,
  ...stackexchangeProblems,
  ...telegramBotProblems,
  ...telegramProblems,
  ...threadsProblems,
  ...vkProblems,
  ...webSearchProblems,
  ...webhookProblems,
  ...wordpressProblems,
  ...xProblems,
  ...youtubeProblems,
} as const

/** A problem with its values shortened, because they come from outside and end up on a screen. */
export function problem(key: ProblemKey, values: { [name: string]: string | number } = {}): Problem {
  const short = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'string' && value.length > 100 ? `${value.slice(0, 99).toWellFormed()}…` : value,
  ])
  return { key, values: Object.fromEntries(short) }
}

export function isProblemKey(key: string): key is ProblemKey {
  return Object.hasOwn(sentences, key)
}

/** The sentence of a problem. */
export function tell(what: Problem, language: ProblemLanguage): string {
  return sentences[what.key][language].replace(/\{(\w+)\}/g, (_gap, name: string) => String(what.values[name] ?? ''))
}
