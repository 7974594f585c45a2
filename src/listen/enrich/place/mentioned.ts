import { numbersOf, type Analysis } from '../../../base/text/analyse.ts'
import { classes, letter, packed } from '../../../base/text/characters.ts'
import { NumberPerWord } from '../../../base/text/word.ts'
import type { Gazetteer, Name } from './gazetteer.ts'

/** `place`: the text is nothing but the name of a place, as in a profile. `prose`: a name needs evidence. */
export type Manner = 'place' | 'prose'

/** A name of a place where it stands, and what speaks for its being one. Positions run from `from` to before `to`. */
export type Mentioned = {
  name: Name
  from: number
  to: number
  /** Where it stands in its field. */
  start: number
  end: number
  capital: boolean
  /** Begins a sentence, where every word has a capital. */
  opens: boolean
  /** Every letter is a capital: PA, USA. */
  capitals: boolean
  /** Behind “in”, “from”, в, из and the like, or a tag. */
  led: boolean
  /** Beside a capitalised word that is no place, or in quotation marks: a person, a club, a company. */
  doubted: boolean
}

/**
 * Places named among the first 300 words of an analysed text, in reading order; where names overlap, the longest. In prose only
 * words with a capital and those behind a preposition are looked at.
 */
export function mentionedPlaces(analysis: Analysis, gazetteer: Gazetteer, manner: Manner): Mentioned[] {
  const found: Mentioned[] = []
  const last = readTokens(analysis)
  for (let position = 0; position < last;) {
    const token = tokenAt[position]!
    const isPossible = token >= 0 && (manner === 'place' || mayBegin(analysis, position, token))
    const name = isPossible ? longestName(analysis, gazetteer, position, last) : null
    if (!name) {
      position++
      continue
    }
    const to = position + name.words.length
    found.push(describe(analysis, name, position, to))
    position = to
  }
  for (const [i, place] of found.entries()) place.doubted ||= isPartOfName(analysis, found, i, last)
  return found
}

const mostPositions = 300
// The token at each position, and a second one there: the word inside dell'Italia.
const tokenAt = new Int32Array(mostPositions)
const insideAt = new Int32Array(mostPositions)

const wide = 1
const leads = 2
const kinds = new NumberPerWord(({ width, folded }) => (width > 1 ? wide : 0) | (leading.has(folded) ? leads : 0))

function readTokens(analysis: Analysis): number {
  const { positions } = analysis
  const numbers = numbersOf(analysis)
  let last = 0
  for (let token = 0; token < numbers.length; token++) {
    const position = positions[token]!
    if (position >= mostPositions) break
    while (last <= position) {
      tokenAt[last] = -1
      insideAt[last++] = -1
    }
    if ((kinds.of(numbers[token]!) & wide) !== 0) continue
    if (tokenAt[position]! < 0) tokenAt[position] = token
    else insideAt[position] = token
  }
  return last
}

/**
 * By the letters of the text, which are at hand, while words lie all over memory. dell'Italia begins with a small letter, and so
 * may whatever stands behind “in”.
 */
function mayBegin(analysis: Analysis, position: number, token: number): boolean {
  const { starts, ends } = analysis
  const code = fieldOf(analysis, token).charCodeAt(starts[token]!)
  const isSmall = (code >= 0x61 && code <= 0x7a) || (code >= 0x430 && code <= 0x45f)
  if (!isSmall || insideAt[position]! >= 0) return true
  const before = position > 0 ? tokenAt[position - 1]! : -1
  if (before < 0 || ends[before]! - starts[before]! > longestLeading) return false
  return (kinds.of(numbersOf(analysis)[before]!) & leads) !== 0
}

// Of those behind which people write names of places in small letters: в, из, in, from.
const longestLeading = 4

function longestName(analysis: Analysis, gazetteer: Gazetteer, position: number, last: number): Name | null {
  return (
    longestFrom(analysis, gazetteer, tokenAt[position]!, position, last) ??
    (insideAt[position]! < 0 ? null : longestFrom(analysis, gazetteer, insideAt[position]!, position, last))
  )
}

function longestFrom(analysis: Analysis, gazetteer: Gazetteer, token: number, position: number, last: number) {
  const numbers = numbersOf(analysis)
  let best: Name | null = null
  for (const first of gazetteer.wordsBehind(numbers[token]!)) {
    best ??= first.name
    const next = position + 1 < last ? tokenAt[position + 1]! : -1
    if (next < 0 || !first.opens) continue
    for (const second of gazetteer.wordsBehind(numbers[next]!)) {
      for (const name of gazetteer.namesFrom(first.written, second.written)) {
        if (best && name.words.length <= best.words.length) break
        if (position + name.words.length <= last && goesOn(analysis, gazetteer, name, position)) best = name
      }
    }
  }
  return best
}

function goesOn(analysis: Analysis, gazetteer: Gazetteer, { words: wanted }: Name, position: number) {
  const { starts, ends } = analysis
  const numbers = numbersOf(analysis)
  for (let i = 1; i < wanted.length; i++) {
    const [before, token] = [tokenAt[position + i - 1]!, tokenAt[position + i]!]
    if (token < 0 || starts[token]! - ends[before]! > 2) return false
    if (i > 1 && !gazetteer.wordsBehind(numbers[token]!).some(({ written }) => written === wanted[i])) return false
  }
  return true
}

function describe(analysis: Analysis, name: Name, from: number, to: number): Mentioned {
  const { words, starts, ends } = analysis
  const [first, last] = [tokenAt[from]!, tokenAt[to - 1]!]
  const inside = insideAt[from]!
  const field = fieldOf(analysis, first)
  const { written } = words[inside < 0 ? first : inside]!
  const [start, end] = [starts[first]!, ends[last]!]
  const tagged = start > 0 && field[start - 1] === '#'
  const before = from > 0 ? tokenAt[from - 1]! : -1
  const elided = inside >= 0 && inside !== first && ends[inside] === ends[first]
  return {
    name,
    from,
    to,
    start,
    end,
    capital: tagged || isCapital(written),
    opens: !tagged && !startsInside(field, start),
    capitals: isCapitals(written),
    led: tagged || elided || (before >= 0 && isLed(analysis, field, before, start)),
    doubted: name.words.length === 1 && isQuoted(field, start, end),
  }
}

/** Words before a place: where from, where to, where in; and “city”. */
const leading = new Set(
  `в во из г город города городе городом під у з із зі до місто місті м қаласы қаласында in from near at outside based
  living live города a ad da di città en desde à aus nach`.split(/\s+/),
)
// One letter says little in a language where it is also an article or something else.
const weak = new Set(['a', 'у', 'з', 'м', 'at', 'di', 'da', 'до', 'en', 'à'])

function isLed(analysis: Analysis, field: string, before: number, start: number): boolean {
  const { words, starts, ends } = analysis
  const { folded, written } = words[before]!
  // в подмосковном Ногинске, из украинской Одессы
  if (before > 0 && adjective.test(written) && field.slice(ends[before], start) === ' ')
    return leading.has(words[before - 1]!.folded) && field.slice(ends[before - 1], starts[before]) === ' '
  if (!leading.has(folded)) return false
  const between = field.slice(ends[before], start)
  return between === ' ' || (folded === 'г' && /^\.? ?$/.test(between)) || (weak.has(folded) && between === '. ')
}

const adjective = /^[а-яё-]{4,}(?:ом|ем|ой|ей|ого|его|ий|ый)$/

function fieldOf(analysis: Analysis, token: number): string {
  return token < analysis.textToken ? analysis.title : analysis.text
}

function isCapital(written: string): boolean {
  const first = written[0]!
  return first !== first.toLowerCase() || written.codePointAt(0)! > 0xffff
}

function isCapitals(written: string): boolean {
  return written === written.toUpperCase() && written !== written.toLowerCase()
}

function isQuoted(field: string, start: number, end: number): boolean {
  return start > 0 && '«"“„'.includes(field[start - 1]!) && '»"”“'.includes(field[end] ?? '-')
}

/** Paris Hilton, Новгородова Анна Казань: a capitalised neighbour that is no place, with nothing but a space between. */
function isPartOfName(analysis: Analysis, found: Mentioned[], at: number, last: number): boolean {
  const { words, starts, ends } = analysis
  const place = found[at]!
  if (place.capitals || place.name.words.length > 1) return false
  const field = fieldOf(analysis, tokenAt[place.from]!)
  if (place.to < last && found[at + 1]?.from !== place.to) {
    const next = tokenAt[place.to]!
    if (next >= 0 && field.slice(place.end, starts[next]) === ' ' && isCapital(words[next]!.written)) return true
  }
  if (place.from > 0 && !place.led && found[at - 1]?.to !== place.from) {
    const before = tokenAt[place.from - 1]!
    if (before < 0 || field.slice(ends[before], place.start) !== ' ') return false
    return isCapital(words[before]!.written) && startsInside(field, starts[before]!)
  }
  return false
}

/** Behind a word or a comma and a space: not at the beginning of a sentence, where every word has a capital. */
function startsInside(field: string, start: number): boolean {
  let at = start - 1
  while (at >= 0 && field[at] === ' ') at--
  if (at < 0 || at === start - 1) return false
  const code = field.charCodeAt(at)
  const kind = classes[code]
  return code === comma || kind === letter || kind === packed
}

const comma = 44
