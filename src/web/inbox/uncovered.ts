import { useSyncExternalStore } from 'react'

/**
 * The toxic texts that this person has chosen to read. They stay covered for everybody else, and are covered again when
 * the page is opened anew.
 */
const uncovered = new Set<string>()
const watchers = new Set<() => void>()

export function useUncovered(id: string): boolean {
  return useSyncExternalStore(watch, () => uncovered.has(id))
}

export function uncover(id: string, on: boolean): void {
  if (on) uncovered.add(id)
  else uncovered.delete(id)
  for (const changed of watchers) changed()
}

export function isUncovered(id: string): boolean {
  return uncovered.has(id)
}

function watch(changed: () => void) {
  watchers.add(changed)
  return () => void watchers.delete(changed)
}
