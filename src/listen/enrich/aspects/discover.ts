import type { Analysis } from '../../../base/text/analyse.ts'
import type { Post } from '../../posts/post.ts'
import { plain } from '../stage/units.ts'
import { logLikelihood } from './log-likelihood.ts'
import { keyOfUnit, type ProjectTerms } from './project-terms.ts'
import { readClauses } from './read-clauses.ts'
import { aspectReaderOf } from './tables.ts'

export type Text = { post: Pick<Post, 'lang'>; analysis: Analysis }

/** A word or two neighbours that stand in clauses that praise or blame more often than elsewhere. */
export type FoundTerm = {
  key: string
  /** As most people write it. */
  written: string
  clauses: number
  praised: number
  blamed: number
  /** Log-likelihood ratio against the background, in judging clauses of the project. */
  association: number
}

/**
 * What the people of a project judge that the taxonomy does not know, strongest first: words and pairs in clauses that
 * praise or blame, against all clauses of the background (other projects, or the project's own archive).
 */
export function discoverTerms(
  own: Iterable<Text>,
  background: Iterable<Text>,
  { most = 30, least = 5, significant = 10.83 } = {},
): FoundTerm[] {
  const here = count(own)
  const there = count(background)
  const terms: FoundTerm[] = []
  for (const [key, { judging, praised, blamed, forms }] of here.terms) {
    if (judging < least) continue
    const elsewhere = there.terms.get(key)?.clauses ?? 0
    const association = logLikelihood(judging, here.judging, elsewhere, Math.max(1, there.clauses))
    if (association < significant) continue
    const [written = key] = [...forms.entries()].toSorted((a, b) => b[1] - a[1])[0] ?? []
    terms.push({ key, written, clauses: judging, praised, blamed, association })
  }
  return terms
    .toSorted((a, b) => b.association - a.association)
    .filter((term, i, all) => !all.slice(0, i).some(({ key }) => isPart(term.key, key) || isPart(key, term.key)))
    .slice(0, most)
}

/** To be looked for by `findAspects`. */
export function termsOf(found: readonly FoundTerm[]): ProjectTerms {
  return new Map(found.map(({ key, written }) => [key, written]))
}

type Count = { clauses: number; judging: number; praised: number; blamed: number; forms: Map<string, number> }

function count(texts: Iterable<Text>): { clauses: number; judging: number; terms: Map<string, Count> } {
  const result = { clauses: 0, judging: 0, terms: new Map<string, Count>() }
  for (const { post, analysis } of texts) {
    const reader = aspectReaderOf(post.lang)
    if (!reader) continue
    const { units, starts, count: clauses, tones, known } = readClauses(reader, analysis)
    for (let clause = 0; clause < clauses; clause++) {
      const end = starts[clause + 1]!
      let tone = 0
      for (let unit = starts[clause]!; unit < end; unit++) tone += tones[unit]!
      const judges = Math.abs(tone) > loud
      result.clauses++
      if (judges) result.judging++
      const seen = new Set<string>()
      for (let unit = starts[clause]!; unit < end; unit++) {
        if (known[unit] === 1 || tones[unit] !== 0 || units.kinds[unit] !== plain) continue
        if (isName(units.words[unit]!.folded)) note(keyOfUnit(units, unit, 1), unit, 1)
        const next = unit + 1
        if (
          next < end &&
          known[next] === 0 &&
          tones[next] === 0 &&
          isName(units.words[unit]!.folded) &&
          isName(units.words[next]!.folded)
        )
          note(keyOfUnit(units, unit, 2), unit, 2)
      }
      function note(key: string, unit: number, length: number): void {
        if (key === '' || seen.has(key)) return
        seen.add(key)
        let term = result.terms.get(key)
        if (!term) result.terms.set(key, (term = { clauses: 0, judging: 0, praised: 0, blamed: 0, forms: new Map() }))
        term.clauses++
        if (!judges) return
        term.judging++
        if (tone > 0) term.praised++
        else term.blamed++
        const form = units.words
          .slice(unit, unit + length)
          .map(({ written }) => written.toLowerCase())
          .join(' ')
        term.forms.set(form, (term.forms.get(form) ?? 0) + 1)
      }
    }
  }
  return result
}

const loud = 0.5

/** Short words are seldom things, and numbers never. */
function isName(folded: string): boolean {
  return folded.length > 3 && !/\d/.test(folded)
}

function isPart(one: string, other: string): boolean {
  return other !== one && other.split(' ').includes(one)
}
