import type { FeedDocument } from './document.ts'

/**
 * What went wrong inside a gateway. rss-bridge answers well and puts its trouble into a feed of one entry, which would
 * become a mention; null when the feed is no such message.
 */
export function errorOfGateway({ entries }: Pick<FeedDocument, 'entries'>): string | null {
  const titles = entries.map(({ title }) => title?.value.trim() ?? '')
  return titles.length > 0 && titles.every((title) => /^Bridge returned error\b/i.test(title))
    ? (titles[0] ?? null)
    : null
}
