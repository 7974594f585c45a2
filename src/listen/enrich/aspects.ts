import type { Analysis } from '../../base/text/analyse.ts'
import type { Post } from '../posts/post.ts'
import type { ProjectTerms } from './aspects/project-terms.ts'
import { beside, readClauses, type Clauses, type Named } from './aspects/read-clauses.ts'
import { aspectReaderOf } from './aspects/tables.ts'
import { aspects, isOfAnother, type Aspect } from './aspects/taxonomy.ts'

export type FoundAspect = {
  /** One of the taxonomy, or a term of the project. */
  aspect: string
  polarity: 'negative' | 'neutral' | 'positive'
  /** The clause in the customer's own words: offsets into the post's text. */
  quote: { start: number; end: number }
  /** Whether it is about what a thing does, or about what somebody feels. */
  kind: 'functional' | 'emotional'
}

/**
 * What a post praises and blames: each aspect once for each clause that speaks of it, in the order of the text. The polarity
 * is that of the clause, by words whose tone was learnt, turned round behind a “not”, nearer ones counting more. Empty for
 * a language without a table, and where nothing is named. `terms`: what else the people of a project name (discover.ts).
 */
export function findAspects(post: Pick<Post, 'lang'>, analysis: Analysis, terms?: ProjectTerms): FoundAspect[] {
  const reader = aspectReaderOf(post.lang)
  if (!reader) return []
  const clauses = readClauses(reader, analysis, terms)
  const found: (FoundAspect & { strength: number })[] = []
  const seen = new Map<string, number>()
  for (const named of lendJudgements(clauses)) {
    const clause = clauses.of[named.unit]!
    const strength = strengthOf(clauses, named)
    const key = `${named.aspect} ${clause}`
    const before = seen.get(key)
    // A clause that names an aspect and judges it in one word says the same twice.
    if (before !== undefined) {
      if (Math.abs(strength) > Math.abs(found[before]!.strength)) {
        found[before]!.strength = strength
        found[before]!.polarity = polarityOf(strength)
      }
      continue
    }
    seen.set(key, found.length)
    const emotional = clauses.felt[clause] === 1 || aspects[named.aspect as Aspect] === 'emotional'
    found.push({
      aspect: named.aspect,
      polarity: polarityOf(strength),
      quote: quoteOf(clauses, clause, analysis),
      kind: emotional ? 'emotional' : 'functional',
      strength,
    })
  }
  return found.map(({ aspect, polarity, quote, kind }) => ({ aspect, polarity, quote, kind }))
}

/** What a post says of the words at this offset of its text, whether they name an aspect or not; null outside of a word. */
export function polarityAt(
  post: Pick<Post, 'lang'>,
  analysis: Analysis,
  offset: number,
): FoundAspect['polarity'] | null {
  const reader = aspectReaderOf(post.lang)
  if (!reader) return null
  const clauses = readClauses(reader, analysis)
  const { units, first } = clauses
  for (let unit = first; unit < units.count; unit++) {
    const token = units.tokens[unit]!
    if (analysis.starts[token]! <= offset && offset < analysis.ends[token]!)
      return polarityOf(strengthOf(clauses, { unit, says: 0 }))
  }
  return null
}

/** “The screen does not work” is about the screen: such judgements go to what is named in the same clause. */
function lendJudgements({ named, of }: Clauses): Named[] {
  const lent = named.filter(({ aspect, says }) => says !== 0 && isOfAnother(aspect))
  if (lent.length === 0) return named
  return named.flatMap((one) => {
    const others = named.filter(({ unit, aspect }) => of[unit] === of[one.unit] && !isOfAnother(aspect))
    if (isOfAnother(one.aspect)) return others.length > 0 ? [] : [one]
    if (one.says !== 0) return [one]
    const judgement = lent.find(({ unit }) => of[unit] === of[one.unit])
    return [judgement ? { ...one, says: judgement.says } : one]
  })
}

/** What a clause says of the aspect at a unit: above zero praise, below it blame. */
function strengthOf(clauses: Clauses, { unit, says }: Pick<Named, 'unit' | 'says'>): number {
  if (says !== 0) return says * plainWord
  const clause = clauses.of[unit]!
  const own = toneIn(clauses, clause, unit)
  if (Math.abs(own) > enough) return own
  // “Food, service and prices were fine”: the tone stands in a clause beside, unless one turns against the other.
  const after = toneBeside(clauses, clause, unit, 1)
  return Math.abs(own + after) > enough ? own + after : own + after + toneBeside(clauses, clause, unit, -1)
}

/** The tone of the next clause in this direction, over the short ones of a list. */
function toneBeside(clauses: Clauses, clause: number, unit: number, step: 1 | -1): number {
  for (let other = clause + step; other >= 0 && other < clauses.count; other += step) {
    if (clauses.bounds[step === 1 ? other : other + 1] !== beside) return 0
    const tone = toneIn(clauses, other, unit)
    if (Math.abs(tone) > enough || clauses.starts[other + 1]! - clauses.starts[other]! > inList) return tone
  }
  return 0
}

function toneIn({ starts, tones }: Clauses, clause: number, unit: number): number {
  let sum = 0
  for (let other = starts[clause]!; other < starts[clause + 1]!; other++)
    sum += tones[other]! / (1 + Math.abs(other - unit) / halfway)
  return sum
}

/** Words away at which a word counts half. */
const halfway = 3
const enough = 0.25
/** So many words has an item of a list: “and the prices”. */
const inList = 3
/** “Expensive” needs no other word. */
const plainWord = 1

function polarityOf(strength: number): FoundAspect['polarity'] {
  return strength > enough ? 'positive' : strength < -enough ? 'negative' : 'neutral'
}

function quoteOf({ starts, units }: Clauses, clause: number, analysis: Analysis): { start: number; end: number } {
  const first = units.tokens[starts[clause]!]!
  const last = units.tokens[starts[clause + 1]! - 1]!
  return { start: analysis.starts[first]!, end: Math.min(analysis.ends[last]!, analysis.starts[first]! + longestQuote) }
}

const longestQuote = 280
