import { countryCode, languageCode } from './codes.ts'
import { and, not, or, type Dialect } from './dialect.ts'
import { author, count, inside, is, lost, oneOf, same, site, tonality, wider } from './field-rule.ts'

/**
 * Talkwalker, after its query syntax: neither case nor accents count, words have no other forms, `NEAR/n` is 15 without a
 * number, `ONEAR` and `OSENTENCE` keep the order, `"…"~n` is a distance and `word~n` different letters, `"…"~` also finds the
 * words with a hyphen or as one, `+"…"` takes the signs literally and `++"…"` the case too; side by side, several `site:`
 * are alternatives.
 * Not said there, and assumed: a blank is AND otherwise; n counts the words between; AND binds tighter than OR; `*` counts
 * in quotation marks too.
 */
export const talkwalker: Dialect = {
  name: 'Talkwalker',
  operators: {
    AND: and,
    OR: or,
    NOT: not,
    '+': and,
    SENTENCE: { kind: 'sentence', ordered: false },
    OSENTENCE: { kind: 'sentence', ordered: true },
  },
  smallOperators: false,
  distances: [
    { write: /^NEAR(?:\/(\d{1,9}))?$/, ordered: false, counts: 'words', otherwise: 15 },
    { write: /^ONEAR(?:\/(\d{1,9}))?$/, ordered: true, counts: 'words', otherwise: 15 },
  ],
  marks: {},
  words: 'exact',
  quoted: 'exact',
  foldsAccents: true,
  wildcards: '*?',
  prefixes: [
    { sign: '-', asks: 'not' },
    { sign: '++', asks: 'characters-case' },
    { sign: '+', asks: 'characters' },
  ],
  braces: null,
  tilde: 'fuzzy',
  comments: false,
  bareCompare: false,
  escapes: false,
  signsPart: false,
  keepsSigns: false,
  sitesAreEither: true,
  unknownField: 'lost',
  assumed: false,
  fields: {
    title: inside('title'),
    content: inside('text'),
    site: site(),
    domainurl: site(),
    domain_url: site(),
    host_url: site(),
    root_url: site(),
    url: same('url'),
    author,
    authorshort: same('handle'),
    author_id: same('author_id', (text) => text.replace(/^\w+:/, '')),
    authordescription: same('bio'),
    mention: same('mentions'),
    hashtag: same('hashtag'),
    lang: same('lang', languageCode),
    sourcecountry: wider(same('country', countryCode)),
    authorcountry: same('country', countryCode),
    country: same('country', countryCode),
    region: same('region'),
    city: same('city'),
    followers: count('followers'),
    twitter_followers: count('followers'),
    engagement: count('engagement'),
    facebook_likes: wider(count('likes')),
    twitter_likes: wider(count('likes')),
    instagram_likes: wider(count('likes')),
    youtube_likes: wider(count('likes')),
    facebook_shares: wider(count('shares')),
    twitter_shares: wider(count('shares')),
    twitter_retweets: wider(count('shares')),
    youtube_views: wider(count('views')),
    twitter_video_views: wider(count('views')),
    // Milliseconds since 1970; by our clocks it is a moment of the project's zone.
    published: wider(same('posted', sinceEpoch)),
    sentiment: tonality,
    sourcetype: oneOf({
      blog: is('media', 'blog'),
      messageboard: is('media', 'forum'),
      onlinenews: is('media', 'news'),
      consumer_reviews: is('media', 'review'),
      socialmedia: is('media', 'social'),
      socialmedia_twitter: is('platform', 'x'),
      socialmedia_facebook: is('platform', 'facebook'),
      socialmedia_instagram: is('platform', 'instagram'),
      socialmedia_youtube: is('platform', 'youtube'),
      socialmedia_tiktok: is('platform', 'tiktok'),
      socialmedia_reddit: is('platform', 'reddit'),
      socialmedia_vkontakte: is('platform', 'vk'),
    }),
    posttype: oneOf({ image: is('has', 'image'), video: is('has', 'video'), link: is('has', 'link') }),
    contains: oneOf({ image: is('has', 'image'), video: is('has', 'video') }),
    is: oneOf({
      comment: is('kind', 'comment'),
      retweet: is('kind', 'repost'),
      twitter_reply: is('kind', 'reply'),
      reply: is('kind', 'reply'),
      author_verified: is('verified', 'yes'),
      question: is('has', 'question'),
    }),
    gender: lost,
    source_id: lost,
    score: lost,
    device: lost,
    image: lost,
    demographic: lost,
    customerentity: lost,
    reach: count('reach'),
  },
}

function sinceEpoch(text: string): string | null {
  return /^\d{10,14}$/.test(text) ? new Date(Number(text)).toISOString().slice(0, 16) : text
}
