import type { CatalogueEntry } from './catalogue-entry.ts'
import type { Connector } from './connector.ts'
import { appStoreEntry } from './app-store/entry.ts'
import { blueskyEntry } from './bluesky/entry.ts'
import { discourseEntry } from './discourse/entry.ts'
import { emailEntry } from './email/entry.ts'
import { facebookEntry } from './facebook/entry.ts'
import { feedEntry, pageEntry } from './feeds/entry.ts'
import { gatewayEntry } from './gateway/entry.ts'
import { gdeltEntry } from './gdelt/entry.ts'
import { ghostEntry } from './ghost/entry.ts'
import { googleBusinessEntry } from './google-business/entry.ts'
import { googlePlayEntry } from './google-play/entry.ts'
import { hackerNewsEntry } from './hackernews/entry.ts'
import { instagramEntry } from './instagram/entry.ts'
import { mastodonEntry } from './mastodon/entry.ts'
import { nodebbEntry } from './nodebb/entry.ts'
import { okEntry } from './ok/entry.ts'
import { redditEntry } from './reddit/entry.ts'
import { stackExchangeEntry } from './stackexchange/entry.ts'
import { telegramBotEntry } from './telegram-bot/entry.ts'
import { telegramEntry } from './telegram/entry.ts'
import { threadsEntry } from './threads/entry.ts'
import { vkEntry } from './vk/entry.ts'
import { braveEntry, yandexEntry } from './web-search/entry.ts'
import { webhookEntry } from './webhook/entry.ts'
import { wordpressEntry } from './wordpress/entry.ts'
import { xEntry } from './x/entry.ts'
import { youtubeEntry } from './youtube/entry.ts'

/** Every platform that can be read, in the order in which people are offered them. Files are not here: they are read once, by import. */
export const catalogue: CatalogueEntry[] = [
  feedEntry,
  telegramEntry,
  telegramBotEntry,
  vkEntry,
  okEntry,
  hackerNewsEntry,
  discourseEntry,
  blueskyEntry,
  emailEntry,
  webhookEntry,
  pageEntry,
  mastodonEntry,
  stackExchangeEntry,
  wordpressEntry,
  ghostEntry,
  nodebbEntry,
  gatewayEntry,
  gdeltEntry,
  xEntry,
  youtubeEntry,
  facebookEntry,
  appStoreEntry,
  googlePlayEntry,
  instagramEntry,
  threadsEntry,
  redditEntry,
  braveEntry,
  yandexEntry,
  googleBusinessEntry,
]

/** The connector of a platform, as a stored source names it. */
export function findConnector(platform: string): Connector<unknown> | null {
  return catalogue.find(({ connector }) => connector.platform === platform)?.connector ?? null
}
