import type { MediaType, PostKind } from '../posts/post.ts'

const byPlatform: { [platform: string]: MediaType } = {
  vk: 'social',
  ok: 'social',
  x: 'social',
  twitter: 'social',
  bluesky: 'social',
  mastodon: 'social',
  facebook: 'social',
  instagram: 'social',
  threads: 'social',
  linkedin: 'social',
  reddit: 'forum',
  tiktok: 'video',
  youtube: 'video',
  rutube: 'video',
  telegram: 'messenger',
  whatsapp: 'messenger',
  viber: 'messenger',
  discord: 'messenger',
  forum: 'forum',
  discourse: 'forum',
  nodebb: 'forum',
  stackexchange: 'forum',
  hackernews: 'forum',
  reviews: 'review',
  appstore: 'review',
  googleplay: 'review',
  trustpilot: 'review',
  otzovik: 'review',
  irecommend: 'review',
  news: 'news',
  gdelt: 'news',
  blog: 'blog',
  dzen: 'blog',
  livejournal: 'blog',
  medium: 'blog',
  wordpress: 'blog',
  ghost: 'blog',
  substack: 'blog',
}

/** The media type when the platform or the kind leaves no doubt; null where a site could be anything. */
export function mediaTypeOf(platform: string, kind: PostKind | null): MediaType | null {
  if (kind === 'review') return 'review'
  return byPlatform[platform] ?? null
}
