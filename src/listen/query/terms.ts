import { analysePost, type AnalysisMode } from '../../base/text/analyse.ts'
import { dropAccents, lower, tidy } from '../../base/text/fold.ts'
import { makeWord } from '../../base/text/make-word.ts'
import { stemsInQuery } from '../../base/text/stem.ts'
import type { Word } from '../../base/text/word.ts'
import type { WordForm } from './query.ts'

/** One word of a query, prepared once: what a token must look like to be it. */
export type Term = {
  written: string
  accented: string
  folded: string
  stems: readonly string[]
  accentedStems: readonly string[]
  form: WordForm
  /** An accent was typed, so it must be there. */
  demandsAccent: boolean
}

/**
 * The words of a piece of a query, in order, one for each position: the parts of a hyphenated word when any form will do, for
 * people also write it without; the whole of one asked for exactly, of a tag or an address. Empty when there is no word in it.
 */
export function termsOf(text: string, form: WordForm, mode: AnalysisMode): Term[] {
  const analysis = analysePost({ title: null, text, lang: null }, mode)
  const terms: Term[] = []
  let next = 0
  for (let token = 0; token < analysis.words.length; token++) {
    if (analysis.positions[token]! < next) continue
    const word = analysis.words[token]!
    const tag = /^[#@$]/.test(word.folded)
    if (word.width > 1 && !tag && form === 'any') continue
    terms.push(mode === 'plain' ? plainTerm(word) : term(word, form))
    next = analysis.positions[token]! + word.width
  }
  return terms
}

/** A single word as `termsOf` has it, without looking where words begin and end in it. */
export function termOf(word: string, form: WordForm): Term {
  return term(makeWord(word, '', 1), form)
}

/** Whether a token is the word asked for. */
export function isTerm(term: Term, word: Word): boolean {
  if (term.form === 'case') return word.written === term.written
  if (term.demandsAccent) {
    return word.accented === term.accented || (term.form === 'any' && shareOne(word.accentedStems, term.accentedStems))
  }
  return word.folded === term.folded || (term.form === 'any' && shareOne(word.stems, term.stems))
}

function shareOne(a: readonly string[], b: readonly string[]): boolean {
  for (const one of a) if (b.includes(one)) return true
  return false
}

function plainTerm(word: Word): Term {
  return {
    written: word.written,
    accented: word.accented,
    folded: word.folded,
    stems: [],
    accentedStems: [],
    form: 'exact',
    demandsAccent: false,
  }
}

function term(word: Word, form: WordForm): Term {
  const forms =
    word.width > 1 || /^[#@$]/.test(word.folded) || word.stems.length === 0
      ? { folded: [], accented: [] }
      : stemsInQuery(word.accented)
  return {
    written: word.written,
    accented: word.accented,
    folded: word.folded,
    stems: forms.folded,
    accentedStems: forms.accented,
    form,
    demandsAccent: word.accented !== word.folded,
  }
}

/** A pattern with `*` and `?` (one character, also one of two units) against a whole word; at most the product of both lengths in time. */
export function isLike(pattern: string, word: string): boolean {
  let p = 0
  let w = 0
  let star = -1
  let retry = 0
  while (w < word.length) {
    if (p < pattern.length && pattern[p] === '?') {
      p++
      w += word.codePointAt(w)! > 0xffff ? 2 : 1
    } else if (p < pattern.length && pattern[p] === word[w] && pattern[p] !== '*') {
      p++
      w++
    } else if (p < pattern.length && pattern[p] === '*') {
      star = p++
      retry = w
    } else if (star >= 0) {
      p = star + 1
      retry += word.codePointAt(retry)! > 0xffff ? 2 : 1
      w = retry
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

export function foldPattern(pattern: string, mode: AnalysisMode): { folded: string; accented: string } {
  if (mode === 'plain') return { folded: pattern.toLowerCase(), accented: pattern.toLowerCase() }
  const accented = lower(tidy(pattern))
  return { folded: dropAccents(accented), accented }
}
