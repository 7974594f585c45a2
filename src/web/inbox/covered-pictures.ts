import { useQuery } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { ownCareQuery } from '../care/queries.ts'
import { useUncover, useUncovered } from './uncovered.ts'

/** The mentions whose pictures this person asked for although they want all of them blurred; again blurred when the page opens anew. */
const askedFor = new Set<string>()
const watchers = new Set<() => void>()

export type Covered = 'not-known' | 'toxic' | 'by-wish' | 'open'

/**
 * Whether the pictures of a mention are blurred for this person, and how to show them. Beside abusive words they are blurred until
 * the words are shown: it is one thing to show, and it counts once. `not-known`: their own wish has not arrived.
 */
export function useCovered({ id, toxic }: { id: string; toxic: boolean | null }): {
  covered: Covered
  show: () => void
} {
  const own = useQuery(ownCareQuery)
  const wordsShown = useUncovered(id)
  const asked = useSyncExternalStore(watch, () => askedFor.has(id))
  const uncover = useUncover()
  const isToxic = toxic === true && !wordsShown
  // Without an answer nobody is shown what they may not want to see.
  const wishesBlur = own.data?.blurImages ?? true
  const covered = own.isPending && !asked ? 'not-known' : isToxic ? 'toxic' : wishesBlur && !asked ? 'by-wish' : 'open'
  const show = () => {
    askFor(id, true)
    if (isToxic) uncover(id, true)
  }
  return { covered, show }
}

export function isAskedFor(id: string): boolean {
  return askedFor.has(id)
}

/** Shows the pictures of a mention to somebody who wants them blurred, or blurs them again. */
export function askFor(id: string, on: boolean): void {
  if (on) askedFor.add(id)
  else askedFor.delete(id)
  for (const changed of watchers) changed()
}

function watch(changed: () => void) {
  watchers.add(changed)
  return () => void watchers.delete(changed)
}
