import { countryCode, languageCode } from './codes.ts'
import { and, not, or, type Dialect } from './dialect.ts'
import {
  asked,
  author,
  count,
  inside,
  is,
  lost,
  oneOf,
  same,
  site,
  tonality,
  wider,
  type FieldRule,
} from './field-rule.ts'
import type { Query } from '../query.ts'

/**
 * Brandwatch Consumer Research, after its page “Query operators”: operators in capitals, a word finds only itself, an accent
 * typed must be there, `NEAR/n` and `"…"~n` count the words between, `NEAR/nf` keeps the order, `{BT}` the case, `(a AND b)~n`
 * is the older NEAR; signs inside a word are ignored; `-` before a word excludes, as in its guide for the product that came
 * before.
 * Not said there, and assumed: a blank is AND; where AND, OR and NOT stand without brackets (the product refuses most of
 * that), AND binds tighter; `*` counts in quotation marks too.
 */
export const brandwatch: Dialect = {
  name: 'Brandwatch',
  operators: { AND: and, OR: or, NOT: not },
  smallOperators: false,
  distances: [
    { write: /^NEAR(?:\/(\d{1,9}))?$/, ordered: false, counts: 'words', otherwise: 4 },
    { write: /^NEAR\/(\d{1,9})f$/, ordered: true, counts: 'words', otherwise: 4 },
  ],
  marks: {},
  words: 'exact',
  quoted: 'exact',
  foldsAccents: false,
  wildcards: '*?',
  prefixes: [{ sign: '-', asks: 'not' }],
  braces: 'case',
  tilde: 'nothing',
  comments: true,
  bareCompare: false,
  escapes: false,
  signsPart: true,
  keepsSigns: false,
  sitesAreEither: false,
  unknownField: 'lost',
  assumed: false,
  fields: {
    title: inside('title'),
    raw: { kind: 'raw' },
    site: site(),
    domain: site(),
    topleveldomain: same('site', (text) => text.replace(/^\./, '')),
    url: same('url'),
    links: same('link'),
    author,
    weblogtitle: author,
    blogname: same('source'),
    publication: same('source'),
    subreddit: wider(same('source', (name) => `*${name}`)),
    authorfollowers: count('followers'),
    authorverified: same('verified'),
    authorverifiedtype: wider(same('verified', () => 'yes')),
    rating: count('rating'),
    language: same('lang', languageCode),
    country: same('country', countryCode),
    region: placeOf(2),
    city: placeOf(3),
    hashtags: same('hashtag'),
    tags: same('hashtag'),
    at_mentions: same('mentions'),
    sentiment: tonality,
    engagementtype: oneOf({
      comment: is('kind', 'comment'),
      reply: is('kind', 'reply'),
      retweet: is('kind', 'repost'),
      quote: is('kind', 'quote'),
    }),
    imagetype: oneOf({ image: is('has', 'image') }),
    publishersubtype: oneOf({ image: is('has', 'image'), video: is('has', 'video') }),
    guid: numberOf('id'),
    engagingwithguid: numberOf('parent'),
    parentpostid: numberOf('parent'),
    rootpostid: numberOf('root'),
    continent: lost,
    latitude: lost,
    longitude: lost,
    channelid: lost,
    authorgender: lost,
    parentblogname: lost,
    rootblogname: lost,
    brandids: lost,
    objects: lost,
    engagingwith: lost,
    itemreview: lost,
    minuteofday: lost,
    pubtype: lost,
    redditauthorflair: lost,
    redditpostflair: lost,
    redditspoiler: lost,
    sensitivecontent: lost,
    subredditnsfw: lost,
    subreddittopics: lost,
  },
}

/** `deu.berlin` and `deu.berlin.berlin`: country, region, city. Regions are named in many ways, so a city is asked without its own. */
function placeOf(parts: 2 | 3): FieldRule {
  return {
    kind: 'value',
    wider: parts === 3,
    make: ({ text }): Query | null => {
      const named = text.split('.')
      const country = countryCode(named[0] ?? '')
      const name = named[parts - 1]
      if (named.length !== parts || country === null || name === undefined) return null
      const place = asked(parts === 2 ? 'region' : 'city', { text: name, compare: null })
      return place && { kind: 'and', of: [is('country', country), place] }
    },
  }
}

/** The number of a post on its platform; ours begins with the platform. */
function numberOf(field: 'id' | 'parent' | 'root'): FieldRule {
  return same(field, (text) => `*:${text}`)
}
