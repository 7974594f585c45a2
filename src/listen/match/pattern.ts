import type { AnalysisMode } from '../../base/text/analyse.ts'
import type { Word } from '../../base/text/word.ts'
import { guessedShare } from '../query/cost.ts'
import { lettersApart } from '../query/fields.ts'
import { foldPattern, isLike, isTerm, termOf, type Term } from '../query/terms.ts'
import { keyKinds, type KeyKind } from './keys.ts'

/** What one word of a text may have to look like. */
export type Pattern =
  | { kind: 'term'; term: Term }
  | { kind: 'like'; pattern: string }
  | { kind: 'fuzzy'; text: string; letters: number }

/** The keys of a word by which it may fit, what is still to be asked then, and a name unless its only key is name enough. */
export type Described = { keys: [KeyKind, string][]; fits: ((word: Word) => boolean) | null; name: string | null }

/** Where a word finds the pattern. */
export function describePattern(pattern: Pattern, mode: AnalysisMode): Described {
  if (pattern.kind === 'term') {
    const { term } = pattern
    const exact = term.form === 'case' || term.demandsAccent
    const fits = exact ? (word: Word) => isTerm(term, word) : null
    const name = term.form === 'any' || exact ? writeName(pattern) : null
    const stems = term.form === 'any' ? term.stems.map((stem): [2, string] => [keyKinds.stem, stem]) : []
    return { keys: [[keyKinds.folded, term.folded], ...stems], fits, name }
  }
  const name = writeName(pattern)
  if (pattern.kind === 'fuzzy') {
    const { folded } = foldPattern(pattern.text, mode)
    const { letters } = pattern
    // Any word may be a misspelling of a short one.
    return {
      keys: [[keyKinds.beginning, '']],
      fits: (word) => lettersApart(folded, word.folded, letters) <= letters,
      name,
    }
  }
  const { folded, accented } = foldPattern(pattern.pattern, mode)
  const fits = (word: Word) => (folded === accented ? isLike(folded, word.folded) : isLike(accented, word.accented))
  const beginning = /^[^*?]*/.exec(folded)![0]
  if (folded === accented && folded === `${beginning}*` && beginning.length < 31)
    return { keys: [[keyKinds.beginning, beginning]], fits: null, name: null }
  if (beginning !== '') return { keys: [[keyKinds.beginning, beginning.slice(0, 30)]], fits, name }
  const ending = /[^*?]*$/.exec(folded)![0]
  if (ending !== '') return { keys: [[keyKinds.ending, ending.slice(-30)]], fits, name }
  const inside = longestRun(folded).slice(0, insideLength)
  return { keys: [inside.length === insideLength ? [keyKinds.inside, inside] : [keyKinds.beginning, '']], fits, name }
}

/** Lengths of beginnings and of endings that are keys, one bit each, and whether insides are. */
export type KeyLengths = { beginnings: number; endings: number; insides: boolean }

/** Calls `take` with every key by which a pattern may fit the word. */
export function eachKeyOf(word: Word, lengths: KeyLengths, take: (kind: KeyKind, text: string) => void): void {
  const { folded } = word
  take(keyKinds.folded, folded)
  for (const stem of word.stems) take(keyKinds.stem, stem)
  for (let length = 0; length <= folded.length && lengths.beginnings >>> length !== 0; length++)
    if ((lengths.beginnings >>> length) & 1) take(keyKinds.beginning, folded.slice(0, length))
  for (let length = 1; length <= folded.length && lengths.endings >>> length !== 0; length++)
    if ((lengths.endings >>> length) & 1) take(keyKinds.ending, folded.slice(-length))
  if (!lengths.insides) return
  for (let at = 0; at + insideLength <= folded.length; at++) take(keyKinds.inside, folded.slice(at, at + insideLength))
}

function writeName(pattern: Pattern): string {
  if (pattern.kind === 'like') return `*${pattern.pattern}`
  if (pattern.kind === 'fuzzy') return `${pattern.letters}${pattern.text}`
  const { form, written, accented } = pattern.term
  // An address is no word, and several signs may stand for one: what would not be read as it was is written down whole.
  if (!readsAlone.test(written)) return `"${JSON.stringify(pattern.term)}`
  return form === 'case' ? `{${written}` : form === 'any' ? `~${accented}` : `=${accented}`
}

const readsAlone = /^[#@$]?[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*$/u

/** The pattern of a name. */
export function readName(name: string): Pattern {
  const text = name.slice(1)
  switch (name[0]) {
    case '*':
      return { kind: 'like', pattern: text }
    case '1':
    case '2':
      return { kind: 'fuzzy', text, letters: Number(name[0]) }
    case '"':
      return { kind: 'term', term: JSON.parse(text) as Term }
    default:
      return { kind: 'term', term: termOf(text, name[0] === '{' ? 'case' : name[0] === '~' ? 'any' : 'exact') }
  }
}

function longestRun(pattern: string): string {
  return pattern.split(/[*?]+/).reduce((longest, run) => (run.length > longest.length ? run : longest), '')
}

// How many letters of a pattern without a beginning or an end lead to it.
const insideLength = 3

/** The share of posts that probably have the pattern, while nothing is known of it. */
export function guess(pattern: Pattern): number {
  if (pattern.kind === 'like') return guessedShare(pattern.pattern)
  if (pattern.kind === 'fuzzy') return Math.min(1, guessedShare(pattern.text) * 2)
  const { form, folded } = pattern.term
  return form === 'any' ? guessedShare(folded) : guessedShare(folded) / 2
}
