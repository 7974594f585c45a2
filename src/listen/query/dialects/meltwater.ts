import { countryCode, languageCode } from './codes.ts'
import { and, not, or, type Dialect } from './dialect.ts'
import { author, count, inside, is, lost, oneOf, same, wider } from './field-rule.ts'

/**
 * Meltwater Explore, after its library of operators: `NEAR` is at most 4 words between and `ONEAR` the same in order,
 * `bill XNOT "bill gates"`, `word{3}` is how often, `^2` only weights, a backslash takes a sign literally, `followers >1000`
 * has no colon, operators count in small letters too.
 * Not said there, and assumed: a blank is AND; AND binds tighter than OR; words have no other forms, as its advice to write
 * them all out tells; `-` before a word excludes.
 */
export const meltwater: Dialect = {
  name: 'Meltwater',
  operators: { AND: and, OR: or, NOT: not, XNOT: { kind: 'outside' } },
  smallOperators: true,
  distances: [
    { write: /^NEAR(?:\/(\d{1,9}))?$/, ordered: false, counts: 'words', otherwise: 4 },
    { write: /^ONEAR(?:\/(\d{1,9}))?$/, ordered: true, counts: 'words', otherwise: 4 },
  ],
  marks: {},
  words: 'exact',
  quoted: 'exact',
  foldsAccents: false,
  wildcards: '*?',
  prefixes: [{ sign: '-', asks: 'not' }],
  braces: 'times',
  tilde: 'nothing',
  comments: false,
  bareCompare: true,
  escapes: true,
  keepsSigns: false,
  sitesAreEither: false,
  unknownField: 'lost',
  assumed: false,
  fields: {
    title: inside('title'),
    content: inside('text'),
    body: inside('text'),
    // Their first paragraph is without the title, our lead has both.
    ingress: inside('lead', true),
    casesensitive: { kind: 'case' },
    site: same('site', (text) => text.replace(/^(?:\*|www)\./, '')),
    url: same('url'),
    containslink: same('link'),
    author,
    from: same('handle'),
    to: same('mentions'),
    mention: same('mentions'),
    hashtag: same('hashtag'),
    bio: same('bio'),
    sourcename: same('source'),
    language: same('lang', languageCode),
    country: same('country', countryCode),
    followers: count('followers'),
    likes: count('likes'),
    shares: count('shares'),
    'enrichments.socialscores.tw_likes': count('likes'),
    'enrichments.socialscores.fb_post_reactions': count('likes'),
    verified: same('verified'),
    authorverifiedtype: wider(same('verified', () => 'yes')),
    sentiment: oneOf({
      positive: is('sentiment', 'positive'),
      negative: is('sentiment', 'negative'),
      neutral: is('sentiment', 'neutral'),
    }),
    socialtype: oneOf({
      twitter: is('platform', 'x'),
      facebook: is('platform', 'facebook'),
      instagram: is('platform', 'instagram'),
      reddit: is('platform', 'reddit'),
      youtube: is('platform', 'youtube'),
      tiktok: is('platform', 'tiktok'),
      social_blogs: is('media', 'blog'),
      social_comments: is('kind', 'comment'),
      social_reviews: is('media', 'review'),
      social_message_boards: is('media', 'forum'),
    }),
    infotype: oneOf({ news: is('media', 'news'), social: is('media', 'social') }),
    posttype: oneOf({
      og: { kind: 'not', of: { kind: 'or', of: [is('kind', 'repost'), is('kind', 'quote'), is('kind', 'reply')] } },
    }),
    attachmenttype: oneOf({ image: is('has', 'image'), video: is('has', 'video'), reel: is('has', 'video') }),
    authorhuman: lost,
    spam: lost,
    nsfw: lost,
    reach: lost,
    authority: lost,
    imagetext: lost,
    imageentity: lost,
    imageobject: lost,
    imagescene: lost,
    imageemotion: lost,
  },
}
