import type { Cursor } from './connector.ts'

/**
 * A walk from the newest item back to where the last walk began, on a platform that numbers its items upwards and
 * pages by “before this number”. `newest` is what a finished walk has reached, 0 before the first; a walk under way
 * knows the `top` it began at, the number `before` which it goes on, and its `pages`.
 */
export type Walk = { newest: number; top: number; before: number; pages: number }

export function readWalk(cursor: Cursor): Walk {
  const [newest, top, before, pages] = [cursor['newest'], cursor['top'], cursor['before'], cursor['pages']].map(
    (value) => (typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0),
  )
  return { newest: newest ?? 0, top: top ?? 0, before: before ?? 0, pages: pages ?? 0 }
}

/**
 * The walk after a page with these numbers. It ends where it meets what is known, where a page brings nothing
 * further back (also one that repeats), and, the first time, after `firstPages`: the past has no end.
 */
export function stepBack(walk: Walk, page: number[], firstPages: number): { next: Walk; more: boolean } {
  const numbers = page.filter((one) => Number.isSafeInteger(one) && (walk.before === 0 || one < walk.before))
  const lowest = numbers.reduce((a, b) => Math.min(a, b), Infinity)
  const top = numbers.reduce((a, b) => Math.max(a, b), walk.top)
  const pages = walk.pages + 1
  const isOver = lowest === Infinity || lowest <= walk.newest + 1 || (walk.newest === 0 && pages >= firstPages)
  return isOver
    ? { next: { newest: Math.max(top, walk.newest), top: 0, before: 0, pages: 0 }, more: false }
    : { next: { newest: walk.newest, top, before: lowest, pages }, more: true }
}
