import { useState } from 'react'

export type Draft = { name: string; group: string; competitor: boolean; query: string }

/**
 * What is typed and not saved yet outlives leaving the screen and reloading it, until it is saved or equals what is saved.
 */
export function useDraft(key: string, saved: Draft) {
  const place = `heed.draft.${key}`
  const [draft, setDraft] = useState<Draft>(() => read(place) ?? saved)
  const isChanged =
    draft.name !== saved.name ||
    draft.group !== saved.group ||
    draft.competitor !== saved.competitor ||
    draft.query !== saved.query
  return {
    draft,
    isChanged,
    change(part: Partial<Draft>) {
      const next = { ...draft, ...part }
      setDraft(next)
      sessionStorage.setItem(place, JSON.stringify(next))
    },
    /** Takes what is saved and forgets what was typed. */
    settle(next: Draft) {
      setDraft(next)
      sessionStorage.removeItem(place)
    },
  }
}

function read(place: string): Draft | null {
  const kept: unknown = JSON.parse(sessionStorage.getItem(place) ?? 'null')
  return isDraft(kept) ? kept : null
}

function isDraft(kept: unknown): kept is Draft {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    ['name', 'group', 'competitor', 'query'].every((part) => Object.hasOwn(kept, part))
  )
}
