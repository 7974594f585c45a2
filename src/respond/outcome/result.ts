import type { Evidence, Outcome, Result } from './outcome.ts'

/**
 * What follows from the evidence, in the order of time. A person's mark holds until it is taken away. Else the newest thing
 * that decides does — unless it was a complaint that we have answered since: then the author has not said yet how that was.
 */
export function resultOf(
  evidence: Pick<Evidence, 'kind' | 'verdict' | 'at'>[],
  { since, until }: Pick<Outcome, 'since' | 'until'>,
  now: Date,
): Pick<Outcome, 'result' | 'saidBy'> {
  const mark = evidence.findLast(({ kind }) => kind === 'mark' || kind === 'mark-removed')
  if (mark?.kind === 'mark') return { result: mark.verdict, saidBy: 'member' }
  const told = evidence.filter(({ kind }) => kind !== 'mark' && kind !== 'mark-removed')
  const newest = told.findLast(({ verdict }) => verdict !== null)
  if (newest && (newest.verdict === 'satisfied' || newest.at > since))
    return { result: newest.verdict, saidBy: newest.kind === 'answer' ? 'author' : 'observed' }
  const wrote = told.some(({ verdict, at }) => verdict === null && at > since)
  const result: Result | null = wrote ? 'undecided' : now >= until ? 'silent' : null
  return { result, saidBy: result === null ? null : 'observed' }
}
