import type { Analysis } from '../../base/text/analyse.ts'

/** A part of the mention: positions that count, the end not among them, and the fields they are in. */
export type Scope = { from: number; to: number; title: boolean; text: boolean }

/** The part of a part; null is the whole mention. */
export function narrow(where: 'title' | 'lead' | 'text', analysis: Analysis, scope: Scope | null): Scope {
  const { textPosition, paragraphAt } = analysis
  // A text of signs alone has a position, too: the one after the last word.
  const outer = scope ?? { from: 0, to: paragraphAt.length + 1, title: true, text: true }
  if (where === 'title') return { ...outer, to: Math.min(outer.to, textPosition), text: false }
  if (where === 'text') return { ...outer, from: Math.max(outer.from, textPosition), title: false }
  let to = textPosition + 1
  while (to < paragraphAt.length && paragraphAt[to] === paragraphAt[textPosition]) to++
  return { ...outer, to: Math.min(outer.to, to) }
}
