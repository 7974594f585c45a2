import { and, not, or, type Dialect } from './dialect.ts'

/**
 * Brand Analytics. Its blog tells to write the spellings of a brand with commas between them; no reference of the language
 * could be read, so the rest is assumed from how such queries are written: a blank, `&` and `+` are AND, `|` and a comma OR,
 * `-` before a word excludes, a word finds all its forms also in quotation marks, `!` fixes the form of a word or phrase,
 * `/n` counts steps in either order, `"…"~n` the words between, `*` stands for any letters. It has no fields: sources,
 * places and authors are chosen beside the query.
 */
export const brandAnalytics: Dialect = {
  name: 'Brand Analytics',
  operators: { AND: and, OR: or, NOT: not, И: and, ИЛИ: or, НЕ: not, '+': and, '&': and, '&&': and },
  smallOperators: false,
  distances: [{ write: /^\/(\d{1,9})$/, ordered: false, counts: 'steps', otherwise: 1 }],
  marks: { '||': or, '|': or, ',': or },
  words: 'any',
  quoted: 'any',
  foldsAccents: false,
  wildcards: '*',
  prefixes: [
    { sign: '-', asks: 'not' },
    { sign: '!', asks: 'exact' },
    { sign: '=', asks: 'exact' },
  ],
  braces: null,
  tilde: 'nothing',
  comments: false,
  bareCompare: false,
  escapes: false,
  signsPart: false,
  keepsSigns: false,
  sitesAreEither: false,
  unknownField: 'words',
  assumed: true,
  fields: {},
}
