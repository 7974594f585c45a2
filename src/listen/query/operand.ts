import { meantOperator } from './operators.ts'
import type { ProblemKey } from './problems.ts'
import { standsAlone } from './print.ts'
import type { Query } from './query.ts'
import { isFindable } from './signs.ts'

/** What a word or a phrase as written looks for, and what its writer should know. `repair` replaces what was written. */
export type Operand = {
  query: Query | null
  problems: { key: ProblemKey; values: { [name: string]: string }; repair: string | null }[]
}

/** A word that is not letters alone, or the letters of an operator written small. */
export function readWord(written: string, form: 'any' | 'exact'): Operand {
  if (form === 'any' && written.length > 1 && written.length < longest) {
    const kept = /^[-−–—+]*(.*?)(?:\^\d+(?:\.\d+)?)?$/s.exec(written)![1]!.replace(/^[=!]+/, '')
    if (kept !== written && isFindable(kept)) return noted(written, kept)
    if (/^\/.+\/[a-z]*$/.test(written)) return unfindable(written, 'pattern')
  }
  const operand: Operand = { query: lookFor(written, form), problems: [] }
  if (!operand.query) return unfindable(written, 'no-letters')
  if (operand.query.kind === 'wildcard') {
    if (written.replace(/[*?]/g, '').length < 3) tell(operand, 'short-wildcard', { text: written })
    return operand
  }
  const meant = form === 'any' ? meantOperator(written) : null
  if (meant) tell(operand, 'small-operator', { word: written, operator: meant }, meant)
  if (/^[^#@$].*[+#]$/.test(written)) {
    const repair = `raw:"${written}"`
    tell(operand, 'signs-ignored', { text: written, repair }, repair)
  }
  return operand
}

export function readPhrase(written: string, forms: 'any' | 'exact'): Operand {
  if (!isFindable(written)) return unfindable(written.trim(), 'no-letters')
  return { query: { kind: 'phrase', text: oneLine(written), forms }, problems: [] }
}

export function readCase(written: string): Operand {
  return isFindable(written)
    ? { query: { kind: 'word', text: oneLine(written), form: 'case' }, problems: [] }
    : unfindable(written, 'no-letters')
}

function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

function lookFor(written: string, form: 'any' | 'exact'): Query | null {
  if (/^\*+$/.test(written)) return { kind: 'all' }
  if (!isFindable(written)) return null
  if (/[*?]/.test(written)) return { kind: 'wildcard', pattern: written }
  // 18:30 and name:value are words side by side.
  if (written.includes(':') && !/^(https?:|www\.)/i.test(written))
    return { kind: 'phrase', text: written, forms: 'exact' }
  return standsAlone(written) ? { kind: 'word', text: written, form } : { kind: 'phrase', text: written, forms: form }
}

// Signs of search engines, put at words by habit; nobody puts them at a whole text without blanks.
const longest = 200

function noted(written: string, kept: string): Operand {
  const operand = readWord(kept, 'any')
  if (!written.endsWith(kept)) tell(operand, 'boost-ignored', { text: written, kept }, kept)
  else if (written.startsWith('+')) tell(operand, 'plus-ignored', { text: written, kept }, kept)
  return operand
}

function unfindable(written: string, key: ProblemKey): Operand {
  const repair = `raw:${JSON.stringify(written)}`
  return { query: null, problems: [{ key, values: { text: written, repair }, repair: written === '' ? '' : repair }] }
}

function tell(operand: Operand, key: ProblemKey, values: { [name: string]: string }, repair: string | null = null) {
  operand.problems.push({ key, values, repair })
}
