import { countryCode, languageCode } from './codes.ts'
import { and, not, or, type Dialect } from './dialect.ts'
import { author, count, inside, lost, same, site } from './field-rule.ts'

/**
 * YouScan, after its page “Search query language”: a blank is AND, a word finds all its forms and quotation marks its
 * precise form and order, `/n` counts steps in either order (`hand /2 cream` has at most one word between) and binds tighter
 * than AND NOT, `-` excludes, `*` stands for any letters, signs such as + and # at a word count, `<<< >>>` is a comment.
 * Not said in what could be read, and assumed: AND binds tighter than OR; operators are in capitals; the names of its author
 * and text operators, which the editor of the tool inserts by itself.
 */
export const youscan: Dialect = {
  name: 'YouScan',
  operators: { AND: and, OR: or, NOT: not },
  smallOperators: false,
  distances: [{ write: /^\/(\d{1,9})$/, ordered: false, counts: 'steps', otherwise: 1 }],
  marks: { '|': or },
  words: 'any',
  quoted: 'exact',
  foldsAccents: false,
  wildcards: '*',
  prefixes: [{ sign: '-', asks: 'not' }],
  braces: null,
  tilde: 'nothing',
  comments: true,
  bareCompare: false,
  escapes: false,
  signsPart: false,
  keepsSigns: true,
  sitesAreEither: false,
  unknownField: 'lost',
  assumed: false,
  fields: {
    title: inside('title'),
    text: inside('text'),
    site: site(),
    source: site(),
    url: same('url'),
    author,
    nickname: same('handle'),
    author_description: same('bio'),
    subscribers: count('followers'),
    lang: same('lang', languageCode),
    language: same('lang', languageCode),
    country: same('country', countryCode),
    region: same('region'),
    city: same('city'),
    hashtag: same('hashtag'),
    gender: lost,
    age: lost,
    interests: lost,
    occupation: lost,
  },
}
